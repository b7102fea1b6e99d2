"""Draws a step of a conversation: the question with its choices, and what may be typed for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final

from bot.forms import steps
from bot.forms.fields import Field, Files, Option, SelectMultiple, SelectOne
from bot.forms.own_questions import OWN, doubted, warned
from bot.forms.screens import NEXT, paged
from bot.forms.steps import Stand, Step
from bot.i18n import Text, _, lines
from bot.messages import Choice, Say
from bot.records import Ask

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
    own = OWN.get(step.name)
    if own is not None:
        return own(stand, step)
    if "!" in step.name:
        return warned(stand, step)
    if "#" in step.name:
        return _("In a few words, why? It helps the officer who reads it."), []
    if step.name.endswith("?"):
        return doubted(stand, step)
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
        asked = stand.form.by_code[step.name].asked
        by_itself = asked is not None and asked.holds(stand.path.scope)
        return name if by_itself else _("{form} · extra", form=name)
    return _("{form} · {number}/{total}", form=name, number=number, total=total)


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
        return paged(stand, field.code, [_option(stand, field, option) for option in options], state)
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
    choices = paged(stand, field.code, drawn, state)
    if picks:
        choices.append(_choice(stand, field, "+done", _("Done"), "9"))
    return choices


def _option(stand: Stand, field: Field, option: Option) -> Choice:
    return Choice(option.label, f"a:{stand.draft.id}:{field.code}:{option.code}")


def _choice(stand: Stand, field: Field, code: str, label: Text, key: str) -> Choice:
    return Choice(label, f"a:{stand.draft.id}:{field.code}:{code}", key)
