"""What a turn of a conversation brings about, and the ways to go on: the next step, a given one, the same again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from bot.forms import steps
from bot.forms.fields import Calculated, Field
from bot.forms.questions import draw
from bot.forms.steps import Stand, Step, next_step
from bot.i18n import Text, _
from bot.messages import Say
from bot.records import Ask, Draft, StoredFile

TRIES: Final = 3  # wrong answers before help is offered
DOUBLE_TAP: Final = timedelta(seconds=3)  # a second press of the same button within it is no new wish


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn brings about. `draft` None means that it is gone."""

    draft: Draft | None
    ask: Ask | None = None
    says: tuple[Say, ...] = ()
    confirmed: bool = False  # file it
    files: tuple[StoredFile, ...] = ()
    receipt: bool = False  # the says wait a moment, and a newer one takes their place (an album)
    call: str = ""  # the person asks to be called about this field
    understood: bool = True  # false: the open question made nothing of it
    updates: str = ""  # the person wants to update this earlier report instead


def proceed(stand: Stand, note: Text | None = None, *, edits: str = "") -> Outcome:
    """Go to the next step, whatever it is."""
    step = next_step(stand)
    if step.name == steps.FILE:
        return Outcome(stand.draft, None, confirmed=True)
    return put(stand, step, note, edits=edits)


def put(stand: Stand, step: Step, note: Text | None = None, *, edits: str = "") -> Outcome:
    """Ask a step."""
    question = draw(stand, step, note=note, edits=edits)
    return Outcome(stand.draft, question.ask, (question.say,))


def again(stand: Stand, note: Text | None = None) -> Outcome:
    """Ask the open question once more; the next one when there is none."""
    ask = stand.ask
    if ask is None or ask.draft != stand.draft.id or not still_there(stand, ask.step, ask.state):
        return proceed(stand, note)
    return put(stand, Step(ask.step, state=ask.state), note)


def passed_over(stand: Stand) -> Outcome:
    """Take a second press of a button for the first: nothing is said, and the open question stays."""
    return Outcome(stand.draft, stand.ask)


def just_touched(stand: Stand) -> bool:
    """Tell whether the draft changed a moment ago, so that a press may be the second of a double tap."""
    touched = stand.draft.touched_at
    return stand.ask is not None and touched is not None and stand.facts.now - touched < DOUBLE_TAP


def misread(stand: Stand, step: Step, why: Text) -> Outcome:
    """Say why an answer cannot be taken, and ask again; after some tries, offer help."""
    state = dict(stand.state()) if stand.at(step.name) else {}
    tries = int(state.pop("tries", 0)) + 1
    if tries >= TRIES and step.name not in {steps.STUCK, steps.CANCEL}:
        outcome = put(stand, Step(steps.STUCK, state={"back": step.name, "was": state}), why)
    else:
        outcome = put(stand, Step(step.name, state={**state, "tries": tries}), why)
    return replace(outcome, understood=False)


def skip(stand: Stand, field: Field) -> Outcome:
    """Leave an optional question out."""
    if field.required:
        return again(stand, _("This one is needed."))
    return proceed(stand.answering(field.code, None))


def still_there(stand: Stand, name: str, state: Mapping[str, Any]) -> bool:
    """Tell whether a step can still be asked: its field may have left the path or the form."""
    if name.startswith("+"):
        return _own_still_there(stand, name, state)
    path, code = stand.path, code_of(name)
    field = path.field(code)
    if field is None or isinstance(field, Calculated):
        return False
    if "!" in name:
        warning = steps.open_warning(stand, path, field) if code in path.stored else None
        return warning is not None and name == f"{code}!{warning.name}"
    if "#" in name:
        return name.replace("#", "!") in stand.draft.accepted
    return name == code or "value" in state


def _own_still_there(stand: Stand, name: str, state: Mapping[str, Any]) -> bool:
    if name == steps.WORD:
        return "said" in state and still_there(stand, str(state["back"]), {})
    if name == steps.UNIT:
        return stand.draft.unit is None
    if name in {steps.SIMILAR, steps.RECAP}:
        return next_step(stand).name == name
    return True


def code_of(step: str) -> str:
    """Give the field that a step is about: that of "code?", "code!name" and "code#name" too."""
    return re.split(r"[?!#]", step)[0]
