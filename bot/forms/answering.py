"""Takes one answer to one question: reads it, checks it, keeps it, or says why not."""

from __future__ import annotations

import re
from typing import Any, Final

from bot.forms.fields import Field, Files, Integer, Misread, SelectMultiple, Understood
from bot.forms.fields.choices import says_yes
from bot.forms.fold import fold
from bot.forms.outcome import Outcome, again, misread, proceed, put, skip
from bot.forms.steps import Stand, Step
from bot.i18n import _, lines
from bot.messages import Arrival, Incoming

LONGEST: Final = 200  # characters of an answer that is not free text


def answer(stand: Stand, field: Field, words: str, source: str) -> Outcome:
    """Take typed words as the answer to a field; `source` is the id of their message."""
    if len(words) > LONGEST and not field.free_text:
        long = _("That is long. Please answer just this question.")
        return misread(stand, Step(field.code), lines(long, field.example()))
    picks = _digits(stand, field, words)
    if picks is not None:
        return _picked(stand, field, picks, source)
    if words == "0" and not field.required and not isinstance(field, Integer):
        return skip(stand, field)
    if field.default is not None and field.default_label is not None and says_yes(words):
        return keep(stand, field, field.default.value(stand.path.scope), source)
    match field.read(words, stand.path.scope):
        case Understood(value, None):
            return keep(stand, field, value, source)
        case Understood(value, doubt) if doubt is not None:
            text = stand.facts.voice.speak(doubt)
            return put(stand, Step(f"{field.code}?", state={"value": value, "text": text, "source": source}))
        case Misread(why):
            return misread(stand, Step(field.code), why)
    raise AssertionError(field)


def keep(stand: Stand, field: Field, value: Any, source: str = "") -> Outcome:
    """Keep an answer if it can be right, and go on; else say why not."""
    if value is None:
        return again(stand)
    answered = stand.answering(field.code, field.kept(value, stand.path.scope), source)
    path = answered.path
    loaded = path.scope.answers.get(field.code)
    trouble = field.problem(loaded, path.scope) if loaded is not None else None
    if trouble is not None:
        return misread(stand, Step(field.code), trouble)
    return proceed(answered)


def give_reason(stand: Stand, words: str) -> Outcome:
    """Keep the reason behind a confirmed doubt."""
    assert stand.ask is not None  # noqa: S101 - only heard at the open question
    code, name = stand.ask.step.split("#")
    accepted = {**stand.draft.accepted.get(f"{code}!{name}", {}), "reason": words[:300]}
    return proceed(stand.accepting(f"{code}!{name}", accepted))


def _digits(stand: Stand, field: Field, words: str) -> list[str] | None:
    """Read "13" or "1 3" at a multiple choice as the choices 1 and 3 (7 and 8 turn the page)."""
    digits = several_digits(words)
    if not isinstance(field, SelectMultiple) or not digits:
        return None
    choices = stand.ask.choices if stand.ask is not None else {}
    return [choices.get(digit, "") for digit in digits]


def several_digits(words: str) -> list[str]:
    """Read "13", "1 3", "1, 3", "1; 3" or "1 và 3" as the digits 1 and 3; nothing from anything else."""
    typed = fold(words)
    return re.findall(r"\d", typed) if re.fullmatch(r"[1-9](?:(?:[\s,;.+&]|va|and)*[1-9])*", typed) else []


def _picked(stand: Stand, field: Field, datas: list[str], source: str) -> Outcome:
    if not all(datas):
        return misread(stand, Step(field.code), _("Please choose from the numbers shown."))
    picks = [*stand.state().get("picks", ()), *(data.split(":")[3] for data in datas if data.startswith("t:"))]
    turned = [data for data in datas if data.startswith("p:")]
    picks = list(dict.fromkeys(picks))
    if turned:
        return put(stand, Step(field.code, state={"picks": picks, "page": int(turned[-1].split(":")[3])}))
    return keep(stand, field, picks, source)


def done(stand: Stand, field: Field, incoming: Incoming) -> Outcome:
    """End a question that takes several things: choices, photos."""
    if isinstance(field, SelectMultiple):
        picks = list(stand.state().get("picks", ()))
        if picks:
            return keep(stand, field, picks, incoming.source if incoming.what is Arrival.TEXT else "")
        return misread(stand, Step(field.code), _("Please choose at least one."))
    if isinstance(field, Files) and stand.path.scope.answers.get(field.code):
        return proceed(stand)
    if field.required:
        return again(stand, _("Nothing has come yet."))
    return skip(stand, field)
