"""Draws a step of a conversation: the question with its choices, and what may be typed for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final

from bot.forms import steps
from bot.forms.fields import Calculated, Field, Files, Option, SelectMultiple, SelectOne
from bot.forms.recap import answer_lines
from bot.forms.steps import Stand, Step
from bot.i18n import Code, Lines, Phrase, Plain, Text, _, lines
from bot.messages import Choice, Say
from bot.records import Ask, Submission

PAGE: Final = 6  # choices on a screen; 7 is the next page, 8 the one before, 9 done
NEXT: Final = "7"
SMALL: Final = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A question drawn, and the Ask that remembers what its digits mean."""

    say: Say
    ask: Ask


def draw(stand: Stand, step: Step, *, note: Text | None = None, edits: str = "") -> Question:
    """Draw a step. `note` is said before the question: a receipt, or why it is asked again."""
    text, choices = _content(stand, step)
    text = lines(note, step.trouble, text)
    say = Say(text, _title(stand, step), tuple(choices), edits=edits)
    typed = {choice.key.lower(): choice.data for choice in choices if choice.key}
    ask = Ask(stand.draft.person, "draft", typed, stand.draft.id, step.name, step.state)
    return Question(say, ask)


def every_choice(stand: Stand, step: Step) -> list[Choice]:
    """List the choices of a step on all its pages, without those that only turn the page."""
    found: dict[str, Choice] = {}
    for page in count():
        _text, choices = _content(stand, replace(step, state={**step.state, "page": page}))
        found |= {choice.data: choice for choice in choices if not choice.data.startswith("p:")}
        if all(choice.key != NEXT for choice in choices):
            break
    return list(found.values())


def _content(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    own = {
        steps.UNIT: _unit,
        steps.SIMILAR: _similar,
        steps.MORE: _more,
        steps.RECAP: _recap,
        steps.EDIT: _edit,
        steps.CANCEL: _cancel,
        steps.WORD: _word,
        steps.STUCK: _stuck,
    }.get(step.name)
    if own is not None:
        return own(stand, step)
    if "!" in step.name:
        return _warning(stand, step)
    if "#" in step.name:
        return _("In a few words, why? It helps the officer who reads it."), []
    if step.name.endswith("?"):
        return _reading(stand, step)
    return _field(stand, step)


def _title(stand: Stand, step: Step) -> Text | None:
    if step.name == steps.RECAP:
        unit = stand.facts.unit
        return _("{form} · {unit}", form=stand.form.title, unit=unit.name) if unit else stand.form.title
    number, total = steps.progress(stand, step.name)
    if step.name not in stand.form.by_code or total < 2:
        return None
    name = stand.form.settings.menu or stand.form.title
    if not number:
        return _("{form} · extra", form=name)
    return _("{form} · {number}/{total}", form=name, number=number, total=total)


# --- questions of the form --------------------------------------------------------------------------------------------


def _field(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    path = stand.path
    field = stand.form.by_code[step.name]
    default = field.default.value(path.scope) if field.default is not None else None
    asked = field.default_label(default) if field.default_label and default is not None else field.label
    stored = path.scope.answers.get(field.code)
    current = _("Now: {value}", value=field.show(stored)) if stored is not None else None
    choices = _field_choices(stand, field, step.state, default)
    if not field.required:
        leave = _("Skip") if stored is None else _("Leave it out")
        choices.append(_choice(stand, field, "+skip", leave, _skip_key(field)))
    return lines(asked, field.hint, current), choices


def _skip_key(field: Field) -> str:
    return "0" if isinstance(field, SelectOne | Files) else "BOQUA"


def _field_choices(stand: Stand, field: Field, state: Mapping[str, Any], default: Any) -> list[Choice]:
    if isinstance(field, Files):
        return [_choice(stand, field, "+done", _("Done"), "1")]
    if isinstance(field, SelectMultiple):
        return _multiple(stand, field, state)
    options = stand.path.options(field)
    if options:
        return _paged(stand, field.code, [_option(stand, field, option) for option in options], state)
    if default is not None and field.default_label is not None:
        small = field.default_typed and default < SMALL
        return [_choice(stand, field, "+default", _("Right"), str(default) if small else "1")]
    quick = field.quick(stand.path.scope)
    return [_choice(stand, field, q.code, q.label, str(n)) for n, q in enumerate(quick, 1)]


def _multiple(stand: Stand, field: Field, state: Mapping[str, Any]) -> list[Choice]:
    picks = state.get("picks", ())
    drawn = [
        Choice(
            _("✓ {choice}", choice=option.label) if option.code in picks else option.label,
            f"t:{stand.draft.id}:{field.code}:{option.code}",
        )
        for option in stand.path.options(field)
    ]
    choices = _paged(stand, field.code, drawn, state)
    if picks:
        choices.append(_choice(stand, field, "+done", _("Done"), "9"))
    return choices


def _option(stand: Stand, field: Field, option: Option) -> Choice:
    return Choice(option.label, f"a:{stand.draft.id}:{field.code}:{option.code}")


def _choice(stand: Stand, field: Field, code: str, label: Text, key: str) -> Choice:
    return Choice(label, f"a:{stand.draft.id}:{field.code}:{code}", key)


def _paged(stand: Stand, step: str, choices: Sequence[Choice], state: Mapping[str, Any]) -> list[Choice]:
    """Show one page of choices under the digits 1 to 6, with 7 and 8 to turn the page."""
    pages = max(1, -(-len(choices) // PAGE))
    page = min(int(state.get("page", 0)), pages - 1)
    shown = choices[page * PAGE : (page + 1) * PAGE]
    drawn = [Choice(c.label, c.data, str(n)) for n, c in enumerate(shown, 1)]
    if page + 1 < pages:
        drawn.append(Choice(_("More choices"), f"p:{stand.draft.id}:{step}:{page + 1}", NEXT))
    if page:
        drawn.append(Choice(_("Choices before"), f"p:{stand.draft.id}:{step}:{page - 1}", "8"))
    return drawn


# --- the engine's own questions ---------------------------------------------------------------------------------------


def _act(stand: Stand, act: str, label: Text, key: str, *, at: Step | None = None) -> Choice:
    """Offer one of the engine's own acts; `at` ties it to its step, so that an old button does nothing elsewhere."""
    mark = f":{steps.mark(stand, at.name, at.state)}" if at is not None else ""
    return Choice(label, f"s:{stand.draft.id}:{act}{mark}", key)


def _unit(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    units = [Choice(Plain(unit.name), f"u:{stand.draft.id}:{unit.id}") for unit in stand.facts.units]
    return _("For which unit is this?"), _paged(stand, steps.UNIT, units, step.state)


def _similar(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    old = steps.new_similar(stand)
    assert old is not None  # noqa: S101 - the step exists only with such a report
    if stand.form.settings.period:
        return _same_period(stand, step, old)
    text = _(
        "On {day} the unit already has report BC{number} of this kind. Is this the same event?",
        day=old.day,
        number=Code(old.number),
    )
    return text, [
        _act(stand, "same", _("Update that one"), "1", at=step),
        _act(stand, "other", _("No, another event"), "2", at=step),
    ]


def _same_period(stand: Stand, step: Step, old: Submission) -> tuple[Text, list[Choice]]:
    """Of a kind that names its period there is one report for each: the old one is updated, or another period meant."""
    field = stand.form.by_code[stand.form.settings.period]
    text = _(
        "For {period} the unit already has report BC{number}. Shall it be updated?",
        period=field.show(old.answers[field.code]),
        number=Code(old.number),
    )
    return text, [
        _act(stand, "same", _("Update that one"), "1", at=step),
        Choice(_("Another period"), f"e:{stand.draft.id}:{field.code}", "2"),
    ]


def _more(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    picks = step.state.get("picks", ())
    drawn = [
        Choice(
            _("✓ {choice}", choice=field.short) if field.code in picks else field.short,
            f"t:{stand.draft.id}:{steps.MORE}:{field.code}",
        )
        for field in stand.path.optional_left()
    ]
    choices = _paged(stand, steps.MORE, drawn, step.state)
    if picks:
        choices.append(_act(stand, "more", _("Done choosing"), "9", at=step))
    choices.append(_act(stand, "enough", _("Nothing more"), "0", at=step))
    return _("Anything to add? Choose one or more numbers, or 0 if that is all."), choices


def _recap(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    del step
    confirm = stand.form.settings.confirm or _("Send")
    return recap_lines(stand), [
        _act(stand, f"file:{steps.fingerprint(stand)}", confirm, "1"),
        _act(stand, "edit", _("Change"), "2"),
        _act(stand, "later", stand.form.settings.later or _("Later"), "3"),
    ]


def recap_lines(stand: Stand) -> Lines:
    """List what was answered, one line each; in a correction, what changed with its old value."""
    path, old = stand.path, stand.replaced()
    before = stand.form.path(old.answers, stand.facts).scope.answers if old is not None else None
    correcting = _("Correction of BC{number}", number=Code(old.number)) if old is not None else None
    return lines(correcting, *answer_lines(stand.form, path.scope.answers, before), *_reasons(stand))


def _reasons(stand: Stand) -> list[Phrase]:
    path = stand.path
    return [
        _("{label}, reason: {reason}", label=field.short, reason=accepted["reason"])
        for field in path.answered()
        for warning in field.warnings
        if (accepted := stand.draft.accepted.get(f"{field.code}!{warning.name}"))
        and accepted.get("reason")
        and accepted.get("mark") == steps.warning_mark(path, field, warning)
    ]


def _edit(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    path = stand.path
    drawn = [
        Choice(
            _("{label}: {value}", label=field.short, value=field.show(path.scope.answers[field.code]))
            if path.scope.answers.get(field.code) is not None
            else field.short,
            f"e:{stand.draft.id}:{field.code}",
        )
        for field in path.fields
        if not isinstance(field, Calculated)
    ]
    return _("Which one shall be changed?"), _paged(stand, steps.EDIT, drawn, step.state)


def _cancel(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    return _("Drop what was entered here?"), [
        _act(stand, "drop", _("Drop it"), "1", at=step),
        _act(stand, "back", _("Go on"), "2", at=step),
        _act(stand, "later", _("Keep for later"), "3"),
    ]


def _word(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    word = str(step.state["said"])
    return _("“{word}”: is that a command, or the answer?", word=word), [
        _act(stand, "command", _("Command"), "1", at=step),
        _act(stand, "answer", _("It is the answer"), "2", at=step),
    ]


def _stuck(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    field = stand.form.by_code.get(str(step.state.get("back", "")))
    skippable = field is not None and not field.required
    return _("Sorry. Shall an officer call {you} about this?"), [
        _act(stand, "back", _("Try again"), "1", at=step),
        _act(stand, "call", _("Please call me"), "2", at=step),
        _act(stand, "skip", _("Skip this question"), "3", at=step)
        if skippable
        else _act(stand, "later", _("Keep for later"), "3"),
    ]


def _warning(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    path = stand.path
    code, name = step.name.split("!")
    field = stand.form.by_code[code]
    warning = next(w for w in field.warnings if w.name == name)
    value = path.scope.answers[code]
    text = warning.text(value, path.scope)
    instead = warning.instead.value(path.scope) if warning.instead is not None else None
    yes = warning.yes or _("Right")
    if instead is not None:
        return text, [
            _act(stand, "instead", warning.no or field.show(instead), "1", at=step),
            _act(stand, "yes", warning.yes or field.show(value), "2", at=step),
            _act(stand, "again", _("Type it again"), "3", at=step),
        ]
    no = warning.no or _("Type it again")
    return text, [_act(stand, "yes", yes, "1", at=step), _act(stand, "again", no, "2", at=step)]


def _reading(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    text = step.state["text"]
    return Plain(str(text)), [
        _act(stand, "read", _("Right"), "1", at=step),
        _act(stand, "again", _("Type it again"), "2", at=step),
    ]
