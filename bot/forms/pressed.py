"""Takes a button: what it stands for is checked again, since the message it hangs on may be old."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from bot.forms import steps
from bot.forms.acts import act
from bot.forms.answering import done, keep
from bot.forms.fields import Date, Field
from bot.forms.outcome import Outcome, again, just_touched, passed_over, proceed, put, skip, still_there
from bot.forms.steps import Stand, Step
from bot.i18n import _
from bot.messages import Arrival, Incoming


def press(stand: Stand, data: str, incoming: Incoming) -> Outcome:
    """Take a button of this draft; what it means is checked again, since it may be old."""
    verb, _draft, *rest = data.split(":")
    pressed: Callable[[Stand, list[str], Incoming], Outcome] | None = _VERBS.get(verb)
    if pressed is None or not rest:
        return again(stand, _("That button is no longer in use."))
    return pressed(stand, rest, incoming)


def _press_answer(stand: Stand, rest: list[str], incoming: Incoming) -> Outcome:
    field = stand.form.by_code.get(rest[0])
    code = rest[-1]
    if field is None or not still_there(stand, field.code, {}):
        return again(stand, _("That question no longer applies."))
    if not stand.at(field.code):
        return _stale(stand, field, code)
    if code == "+skip":
        return skip(stand, field)
    if code == "+done":
        return done(stand, field, incoming)
    value = _pressed_value(stand, field, code)
    if value is None:
        return again(stand, _("That choice is no longer offered."))
    return keep(stand, field, value, incoming.source if incoming.what is Arrival.TEXT else "")


def _pressed_value(stand: Stand, field: Field, code: str) -> Any:
    if code == "+default" and field.default is not None:
        return field.default.value(stand.path.scope)
    if isinstance(field, Date):
        days = {"today": 0, "yesterday": -1, "tomorrow": 1}
        return (stand.facts.today + timedelta(days=days[code])).isoformat() if code in days else None
    known = {option.code for option in stand.path.options(field)}
    return code if code in known else None


def _stale(stand: Stand, field: Field, code: str) -> Outcome:
    """A button of a question that is not open: a double tap is passed over, an older one reopens its question."""
    stored = stand.draft.answers.get(field.code)
    value = _pressed_value(stand, field, code)
    said = field.code in stand.draft.answers and (stored is None if code == "+skip" else stored and code == "+done")
    if just_touched(stand) and (said or (value is not None and value == stored)):
        return passed_over(stand)
    return put(stand, Step(field.code), _("That question was answered before. It is open again."))


def _press_toggle(stand: Stand, rest: list[str], incoming: Incoming) -> Outcome:
    step, code = rest[0], rest[-1]
    field = stand.form.by_code.get(step)
    if not stand.at(step):
        return _stale(stand, field, code) if field is not None and still_there(stand, step, {}) else again(stand)
    known = (
        {option.code for option in stand.path.options(field)}
        if field is not None
        else {extra.code for extra in stand.path.optional_left()}
    )
    if code not in known:
        return again(stand, _("That choice is no longer offered."))
    if incoming.what is Arrival.TEXT:
        return _toggle_typed(stand, step, field, code, incoming)
    picks = list(stand.state().get("picks", ()))
    picks = [pick for pick in picks if pick != code] if code in picks else [*picks, code]
    return put(stand, Step(step, state={**stand.state(), "picks": picks}), edits=incoming.message_id)


def _press_several(stand: Stand, rest: list[str], incoming: Incoming) -> Outcome:
    """Take all picks of a page at once: the whole answer."""
    del incoming
    step, codes = rest[0], rest[-1].split("+")
    field = stand.form.by_code.get(step)
    if not stand.at(step):
        return again(stand, _("That question no longer applies."))
    known = stand.path.options(field) if field is not None else stand.path.optional_left()
    if not {one.code for one in known}.issuperset(codes):
        return again(stand, _("That choice is no longer offered."))
    return keep(stand, field, codes) if field is not None else proceed(stand.accepting(step, codes))


def _toggle_typed(stand: Stand, step: str, field: Field | None, code: str, incoming: Incoming) -> Outcome:
    """A typed single digit is the whole answer; a pressed one may be the first of several."""
    picks = list(dict.fromkeys([*stand.state().get("picks", ()), code]))
    if field is not None:
        return keep(stand, field, picks, incoming.source)
    return proceed(stand.accepting(step, picks))


def _press_page(stand: Stand, rest: list[str], incoming: Incoming) -> Outcome:
    step, page = rest[0], rest[-1]
    if not stand.at(step) or not page.isdigit():
        return again(stand)
    edits = incoming.message_id if incoming.what is Arrival.PRESS else ""
    return put(stand, Step(step, state={**stand.state(), "page": int(page)}), edits=edits)


def _press_edit(stand: Stand, rest: list[str], incoming: Incoming) -> Outcome:
    del incoming
    if not still_there(stand, rest[0], {}):
        return again(stand, _("That question no longer applies."))
    return put(stand, Step(rest[0]))


def _press_unit(stand: Stand, rest: list[str], incoming: Incoming) -> Outcome:
    del incoming
    chosen = next((unit for unit in stand.facts.units if str(unit.id) == rest[0]), None)
    if chosen is None or stand.draft.unit is not None:
        return again(stand, _("That choice is no longer offered."))
    draft = replace(stand.draft, unit=chosen.id)
    return proceed(replace(stand, draft=draft, facts=replace(stand.facts, unit=chosen)))


def _press_report(stand: Stand, rest: list[str], incoming: Incoming) -> Outcome:
    """One of several earlier reports that this may be about."""
    del incoming
    if not stand.at(steps.SIMILAR):
        return passed_over(stand) if just_touched(stand) else again(stand, _("That question no longer applies."))
    meant = next((report for report in steps.new_similar(stand) if str(report.number) == rest[0]), None)
    if meant is None:
        return again(stand, _("That choice is no longer offered."))
    return Outcome(stand.draft, stand.ask, updates=meant.id)


def _press_act(stand: Stand, rest: list[str], incoming: Incoming) -> Outcome:
    return act(stand, ":".join(rest), incoming)


_VERBS: Final[Mapping[str, Callable[[Stand, list[str], Incoming], Outcome]]] = {
    "a": _press_answer,
    "t": _press_toggle,
    "m": _press_several,
    "p": _press_page,
    "e": _press_edit,
    "u": _press_unit,
    "r": _press_report,
    "s": _press_act,
}
