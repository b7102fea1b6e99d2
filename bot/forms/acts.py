"""What control words and the engine's own buttons do: go back, skip, keep for later, file, confirm a doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.forms import steps
from bot.forms.answering import answer, done, give_reason, keep
from bot.forms.fields import Field
from bot.forms.outcome import Outcome, again, code_of, just_touched, passed_over, proceed, put, skip, still_there
from bot.forms.steps import Stand, Step, next_step
from bot.i18n import _
from bot.messages import Incoming, Say

CONTROLS: Final = {
    "huy": "cancel",
    "lai": "back",
    "quay lai": "back",
    "tiep": "go on",
    "tiep tuc": "go on",
    "boqua": "skip",
    "bo qua": "skip",
    "de sau": "later",
    "desau": "later",
    "xong": "done",
    "cancel": "cancel",
    "back": "back",
    "continue": "go on",
    "skip": "skip",
    "later": "later",
    "done": "done",
}


ASKED_BACK: Final = frozenset({"cancel", "back", "go on"})  # at a text question these might be the answer


def act(stand: Stand, name: str, incoming: Incoming) -> Outcome:
    """Do what a control word or one of the engine's own buttons asks for."""
    verb, _colon, mark = name.partition(":")
    doing = _ACTS.get(verb)
    if verb == "file":
        return _file(stand, mark)
    if mark and (stand.ask is None or mark != steps.mark(stand, stand.ask.step, stand.ask.state)):
        return passed_over(stand) if just_touched(stand) else again(stand, _("That question no longer applies."))
    return doing(stand, incoming) if doing is not None else again(stand, _("That button is no longer in use."))


def _file(stand: Stand, mark: str) -> Outcome:
    if next_step(stand).name != steps.RECAP:
        return proceed(stand)
    if mark != steps.fingerprint(stand):
        return proceed(stand, _("The answers have changed since that summary. Please check them again."))
    return Outcome(stand.draft, None, confirmed=True)


def _cancel(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    if stand.at(steps.CANCEL):
        return again(stand)
    if not stand.draft.answers:
        return Outcome(None, None, (Say(_("Dropped. Type MENU to choose something else.")),))
    back = stand.ask.step if stand.ask is not None else ""
    return put(stand, Step(steps.CANCEL, state={"back": back, "was": dict(stand.state())}))


def _drop(stand: Stand, incoming: Incoming) -> Outcome:
    if not stand.at(steps.CANCEL):
        return _cancel(stand, incoming)
    return Outcome(None, None, (Say(_("Dropped. Type MENU to choose something else.")),))


def _later(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    if stand.form.settings.later is not None:
        return Outcome(None, None, (Say(_("All right, nothing was changed.")),))
    text = _("Kept. Type TIEP whenever {you} want to go on.")
    return Outcome(stand.draft, None, (Say(text),))


def _back_to(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    return _reopen(stand, str(stand.state().get("back", "")))


def _reopen(stand: Stand, name: str) -> Outcome:
    was = stand.state().get("was", {})
    return put(stand, Step(name, state=was)) if name and still_there(stand, name, was) else proceed(stand)


def _back(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    if stand.at(steps.EDIT):
        return proceed(stand)
    path = stand.path
    codes = [field.code for field in path.fields if field.code in path.stored]
    here = code_of(stand.ask.step) if stand.ask is not None else ""
    order = [field.code for field in path.fields]
    if here in order:
        codes = [code for code in codes if order.index(code) < order.index(here)]
        if stand.ask is not None and stand.ask.step != here:
            codes = [here]
    if not codes:
        return again(stand, _("This is the first question."))
    return put(stand, Step(codes[-1]))


def _go_on(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    return proceed(stand)


def _skip_open(stand: Stand, incoming: Incoming) -> Outcome:
    name = str(stand.state().get("back", "")) if stand.at(steps.STUCK) else stand.ask.step if stand.ask else ""
    field = stand.form.by_code.get(code_of(name))
    if name == steps.MORE:
        return _enough(stand, incoming)
    if "#" in name:
        return proceed(stand)
    if field is None:
        return again(stand)
    if field.required:
        return again(stand, _("This one is needed. Type HUY to drop the report, or DE SAU to keep it for later."))
    return skip(stand, field)


def _done_open(stand: Stand, incoming: Incoming) -> Outcome:
    field = stand.form.by_code.get(stand.ask.step) if stand.ask is not None else None
    if field is None:
        return _more_done(stand, incoming)
    return done(stand, field, incoming)


def _more_done(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    if not stand.at(steps.MORE):
        return again(stand)
    return proceed(stand.accepting(steps.MORE, list(stand.state().get("picks", ()))))


def _enough(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    return proceed(stand.accepting(steps.MORE, [])) if stand.at(steps.MORE) else again(stand)


def _edit(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    return put(stand, Step(steps.EDIT))


def _same(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    old = steps.new_similar(stand)
    if not old:
        return again(stand)
    return Outcome(stand.draft, stand.ask, updates=old[0].id)


def _other(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    if stand.form.settings.period:
        return again(stand)
    told_apart = stand.accepting(steps.SIMILAR, [report.id for report in steps.similar_reports(stand)])
    apart = stand.form.settings.apart
    return proceed(told_apart.answering(*apart) if apart is not None else told_apart)


def _call(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    back = str(stand.state().get("back", ""))
    outcome = _reopen(stand, back)
    return replace(outcome, call=code_of(back))


def _accept_warning(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    found = _warned(stand)
    if found is None:
        return again(stand)
    field, name = found
    warning = next(w for w in field.warnings if w.name == name)
    mark = steps.warning_mark(stand.path, field, warning)
    accepted = stand.accepting(f"{field.code}!{name}", {"mark": mark})
    return put(accepted, Step(f"{field.code}#{name}")) if warning.reason else proceed(accepted)


def _take_instead(stand: Stand, incoming: Incoming) -> Outcome:
    found = _warned(stand)
    if found is None:
        return again(stand)
    field, name = found
    instead = next(w for w in field.warnings if w.name == name).instead
    value = instead.value(stand.path.scope) if instead is not None else None
    return keep(stand, field, value, incoming.source) if value is not None else again(stand)


def _warned(stand: Stand) -> tuple[Field, str] | None:
    if stand.ask is None or "!" not in stand.ask.step:
        return None
    code, name = stand.ask.step.split("!")
    field = stand.path.field(code)
    known = field is not None and code in stand.path.stored and any(w.name == name for w in field.warnings)
    return (field, name) if known and field is not None else None


def _type_again(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    code = code_of(stand.ask.step) if stand.ask is not None else ""
    return put(stand, Step(code)) if stand.path.field(code) is not None else again(stand)


def _read_rightly(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    code = stand.ask.step.removesuffix("?") if stand.ask is not None else ""
    field = stand.path.field(code)
    if field is None or "value" not in stand.state():
        return again(stand)
    return keep(stand, field, stand.state()["value"], str(stand.state().get("source", "")))


def _was_command(stand: Stand, incoming: Incoming) -> Outcome:
    if not stand.at(steps.WORD):
        return again(stand)
    back = str(stand.state()["back"])
    assert stand.ask is not None  # noqa: S101 - at() said so
    return act(replace(stand, ask=replace(stand.ask, step=back, state={})), str(stand.state()["was"]), incoming)


def _was_answer(stand: Stand, incoming: Incoming) -> Outcome:
    del incoming
    if not stand.at(steps.WORD):
        return again(stand)
    back, said = str(stand.state()["back"]), str(stand.state()["said"])
    assert stand.ask is not None  # noqa: S101 - at() said so
    before = replace(stand, ask=replace(stand.ask, step=back, state={}))
    if "#" in back:
        return give_reason(before, said)
    return answer(before, stand.form.by_code[back], said, str(stand.state()["source"]))


_ACTS: Final[Mapping[str, Callable[[Stand, Incoming], Outcome]]] = {
    "cancel": _cancel,
    "drop": _drop,
    "later": _later,
    "back": lambda stand, incoming: (
        _back_to(stand, incoming) if stand.at(steps.CANCEL) or stand.at(steps.STUCK) else _back(stand, incoming)
    ),
    "go on": _go_on,
    "skip": _skip_open,
    "done": _done_open,
    "more": _more_done,
    "enough": _enough,
    "edit": _edit,
    "same": _same,
    "other": _other,
    "call": _call,
    "yes": _accept_warning,
    "instead": _take_instead,
    "again": _type_again,
    "read": _read_rightly,
    "command": _was_command,
    "answer": _was_answer,
}
