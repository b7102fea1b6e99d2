"""The engine's own questions: which unit, the same event again, anything to add, send, change, drop, which is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.forms import steps
from bot.forms.fields import Calculated
from bot.forms.recap import answer_lines
from bot.forms.screens import act, paged
from bot.forms.steps import Stand, Step
from bot.i18n import Code, DayMonth, Lines, Phrase, Plain, Text, _, lines
from bot.messages import Choice
from bot.records import Submission


def _unit(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    units = [Choice(Plain(unit.name), f"u:{stand.draft.id}:{unit.id}") for unit in stand.facts.units]
    return _("For which unit is this?"), paged(stand, steps.UNIT, units, step.state)


def _similar(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    old, *more = steps.new_similar(stand)  # the step exists only with such a report
    if stand.form.settings.period:
        return _same_period(stand, step, old)
    if more:
        return _one_of(stand, step, [old, *more])
    text = _(
        "On {day} the unit already has report BC{number} of this kind. Is this the same event?",
        day=old.day,
        number=Code(old.number),
    )
    return text, [
        act(stand, "same", _("Update that one"), "1", at=step),
        act(stand, "other", _("No, another event"), "2", at=step),
    ]


def _one_of(stand: Stand, step: Step, earlier: Sequence[Submission]) -> tuple[Text, list[Choice]]:
    """Several earlier reports may be meant: they are listed, the latest first."""
    items = [Choice(_told_apart(stand, report), f"r:{stand.draft.id}:{report.number}") for report in earlier]
    choices = paged(stand, steps.SIMILAR, items, step.state)
    choices.append(act(stand, "other", _("None of these"), "0", at=step))
    return _("The unit has several such reports. Which one is this about?"), choices


def _told_apart(stand: Stand, report: Submission) -> Text:
    """Tell an earlier report by its day, its number, and the first choice that was made in it."""
    made = (
        field.show(report.answers[field.code])
        for field in stand.form.fields
        if field.type == "select_one" and report.answers.get(field.code) is not None
    )
    number, day = Code(report.number), DayMonth(report.day)
    what = next(made, None)
    if what is None:
        return _("{day} · BC{number}", day=day, number=number)
    return _("{day} · {what} · BC{number}", day=day, what=what, number=number)


def _same_period(stand: Stand, step: Step, old: Submission) -> tuple[Text, list[Choice]]:
    """Of a kind that names its period there is one report for each: the old one is updated, or another period meant."""
    field = stand.form.by_code[stand.form.settings.period]
    text = _(
        "For {period} the unit already has report BC{number}. Shall it be updated?",
        period=field.show(old.answers[field.code]),
        number=Code(old.number),
    )
    return text, [
        act(stand, "same", _("Update that one"), "1", at=step),
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
    choices = paged(stand, steps.MORE, drawn, step.state)
    if picks:
        choices.append(act(stand, "more", _("Done choosing"), "9", at=step))
    choices.append(act(stand, "enough", _("Nothing more"), "0", at=step))
    return _("Anything to add? Choose one or more numbers, or 0 if that is all."), choices


def _recap(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    del step
    confirm = stand.form.settings.confirm or _("Send")
    return recap_lines(stand), [
        act(stand, f"file:{steps.fingerprint(stand)}", confirm, "1"),
        act(stand, "edit", _("Change"), "2"),
        act(stand, "later", stand.form.settings.later or _("Later"), "3"),
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
    return _("Which one shall be changed?"), paged(stand, steps.EDIT, drawn, step.state)


def _cancel(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    return _("Drop what was entered here?"), [
        act(stand, "drop", _("Drop it"), "1", at=step),
        act(stand, "back", _("Go on"), "2", at=step),
        act(stand, "later", _("Keep for later"), "3"),
    ]


def _word(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    word = str(step.state["said"])
    return _("“{word}”: is that a command, or the answer?", word=word), [
        act(stand, "command", _("Command"), "1", at=step),
        act(stand, "answer", _("It is the answer"), "2", at=step),
    ]


def _stuck(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    field = stand.form.by_code.get(str(step.state.get("back", "")))
    skippable = field is not None and not field.required
    return _("Sorry. Shall an officer call {you} about this?"), [
        act(stand, "back", _("Try again"), "1", at=step),
        act(stand, "call", _("Please call me"), "2", at=step),
        act(stand, "skip", _("Skip this question"), "3", at=step)
        if skippable
        else act(stand, "later", _("Keep for later"), "3"),
    ]


def warned(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    """Ask about a value that may be wrong."""
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
            act(stand, "instead", warning.no or field.show(instead), "1", at=step),
            act(stand, "yes", warning.yes or field.show(value), "2", at=step),
            act(stand, "again", _("Type it again"), "3", at=step),
        ]
    no = warning.no or _("Type it again")
    return text, [act(stand, "yes", yes, "1", at=step), act(stand, "again", no, "2", at=step)]


def doubted(stand: Stand, step: Step) -> tuple[Text, list[Choice]]:
    """Ask whether an answer was read as it was meant."""
    text = step.state["text"]
    return Plain(str(text)), [
        act(stand, "read", _("Right"), "1", at=step),
        act(stand, "again", _("Type it again"), "2", at=step),
    ]


OWN: Final[Mapping[str, Callable[[Stand, Step], tuple[Text, list[Choice]]]]] = {
    steps.UNIT: _unit,
    steps.SIMILAR: _similar,
    steps.MORE: _more,
    steps.RECAP: _recap,
    steps.EDIT: _edit,
    steps.CANCEL: _cancel,
    steps.WORD: _word,
    steps.STUCK: _stuck,
}
