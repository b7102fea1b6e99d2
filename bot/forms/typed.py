"""Takes typed words: control words, digits of the choices shown, one answer or several at once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.forms import steps
from bot.forms.acts import ASKED_BACK, CONTROLS, act
from bot.forms.answering import answer, give_reason, several_digits
from bot.forms.fields import Date, Field, Files, Option, SelectMultiple, SelectOne, Understood
from bot.forms.fields.choices import NO, YES, matching
from bot.forms.fold import clean, fold
from bot.forms.outcome import Outcome, again, code_of, misread, proceed, put
from bot.forms.pressed import press
from bot.forms.questions import every_choice
from bot.forms.steps import Stand, Step
from bot.i18n import Plain, _, lines
from bot.messages import Address, Incoming
from bot.records import Ask

_MOST_PARTS: Final = 20  # answers in one message; no form asks more before its summary
_CLEAR: Final = re.compile(r"\s*[;\n]\s*")
_ANY: Final = re.compile(r"\s*(?:[;\n]|, )\s*")
# "15/11, 4" is a day and a number, "thứ 6, 13/11" is a day.
_AFTER_DAY: Final = re.compile(r"\s*[;\n]\s*|(?:(?<=[/.-]\d)|(?<=[/.-]\d\d)|(?<=[/.-]\d{4})), +(?=\d)")


def hear_text(stand: Stand, incoming: Incoming) -> Outcome:
    """Take typed words at the open question."""
    words = clean(incoming.text)
    word = fold(words).strip(" .!")
    ask = stand.ask
    if ask is None:
        return proceed(stand, _("That question no longer applies."))
    field = stand.form.by_code.get(ask.step)
    control = CONTROLS.get(word)
    if control is not None and not _is_answer(control, field, ask):
        if control in ASKED_BACK and _takes_words(field, ask):
            state = {"said": words, "back": ask.step, "was": control, "source": incoming.source}
            return put(stand, Step(steps.WORD, state=state))
        return act(stand, control, incoming)
    if word in ask.choices:
        return press(stand, ask.choices[word], incoming)
    if "#" in ask.step:
        return give_reason(stand, words)
    agreed = _yes_or_no(ask, word)
    if agreed is not None:
        return press(stand, agreed, incoming)
    about = str(ask.state.get("back", "")) if ask.step == steps.STUCK else ask.step
    doubted = stand.form.by_code.get(code_of(about)) if field is None else None
    if doubted is not None and stand.path.field(doubted.code) is not None:
        meant = _own_label(stand, word)
        return press(stand, meant, incoming) if meant else _retyped(stand, doubted, words, incoming)
    if field is None:
        return _own_step(stand, words, incoming)
    return _answers(stand, field, words, incoming.source)


def _yes_or_no(ask: Ask, word: str) -> str | None:
    """Read "đúng" or "sai" where the choices are a yes and a no: at a doubt, and (only yes) at the summary."""
    doubt = ("!" in ask.step or ask.step.endswith("?")) and "3" not in ask.choices
    if word in YES and (doubt or ask.step == steps.RECAP):
        return ask.choices.get("1")
    return ask.choices.get("2") if word in NO and doubt else None


def _own_label(stand: Stand, word: str) -> str | None:
    """Find the choice of the engine's own question whose whole label was typed: it is no new answer."""
    assert stand.ask is not None  # noqa: S101 - only heard at the open question
    shown = every_choice(stand, Step(stand.ask.step, state=stand.ask.state))
    voice = stand.facts.voice
    return next((one.data for one in shown if fold(voice.speak(one.label)).strip(" .!") == word), None)


def _retyped(stand: Stand, field: Field, words: str, incoming: Incoming) -> Outcome:
    """At a doubt, another value typed is the answer again: "18" when asked whether 180 is right."""
    if isinstance(field.read(words, stand.path.scope), Understood):
        here = replace(stand, ask=Ask(stand.draft.person, "draft", {}, stand.draft.id, field.code))
        return answer(here, field, words, incoming.source)
    return _own_step(stand, words, incoming)


def _is_answer(control: str, field: Field | None, ask: Ask) -> bool:
    """Tell whether a control word is the plain answer here: "xong" only ends what can be ended."""
    return control == "done" and not isinstance(field, Files | SelectMultiple) and ask.step != steps.MORE


def _takes_words(field: Field | None, ask: Ask) -> bool:
    return "#" in ask.step or (field is not None and field.free_text)


def _answers(stand: Stand, field: Field, words: str, source: str) -> Outcome:
    """Take one answer, or several at once: "15/11; 4; 1"."""
    part, rest = _apart(stand, field, words)
    outcome = _part(stand, field, part, source)
    while rest and (following := _following(stand, outcome)) is not None and outcome.draft is not None:
        stand = replace(stand, draft=outcome.draft, ask=outcome.ask)
        part, rest = _apart(stand, following, rest)
        outcome = _part(stand, following, part, source)
    return _telling(outcome, rest)


def _telling(outcome: Outcome, rest: str) -> Outcome:
    """Say which of several answers were not taken: one before them was doubted, or left nothing to ask."""
    if not rest or not outcome.says:
        return outcome
    first = outcome.says[0]
    told = lines(_("Not taken yet: {answers}. Please give it when it is asked for.", answers=rest), first.text)
    return replace(outcome, says=(replace(first, text=told), *outcome.says[1:]))


def _following(stand: Stand, outcome: Outcome) -> Field | None:
    """Give the question that the next of several answers is for; none after an answer that was not taken."""
    return stand.form.by_code.get(outcome.ask.step) if outcome.ask is not None and outcome.understood else None


def _part(stand: Stand, field: Field, part: str, source: str) -> Outcome:
    """Take one of several answers: a digit of the choices shown, words, or the label of a button like "Today"."""
    data = stand.ask.choices.get(fold(part)) if stand.ask is not None else None
    if data is None:
        outcome = answer(stand, field, part, source)
        data = _labelled(stand, field, part) if not outcome.understood else None
        if data is None:
            return outcome
    return press(stand, data, _said_in(stand, source))


def _said_in(stand: Stand, source: str) -> Incoming:
    """Stand for one part of a message: of it, only where it was said counts."""
    chat, _slash, message_id = source.partition("/")
    return Incoming("", Address("", chat), stand.facts.now, message_id=message_id)


def _labelled(stand: Stand, field: Field, words: str) -> str | None:
    typed, voice = fold(words).strip(" .!"), stand.facts.voice
    shown = every_choice(stand, Step(field.code, state=stand.state()))
    return next((choice.data for choice in shown if fold(voice.speak(choice.label)) == typed), None)


def _apart(stand: Stand, field: Field, words: str) -> tuple[str, str]:
    """Part the first of several answers from the rest. Free words have no rest; a label may hold a separator."""
    if field.free_text:
        return words, ""
    words = words.strip("; \n")
    cuts = [(found.start(), found.end()) for found in _separators(field).finditer(words)][:_MOST_PARTS]
    if isinstance(field, SelectOne):
        for start, end in reversed([*cuts, (len(words), len(words))]):
            if isinstance(field.read(words[:start], stand.path.scope), Understood):
                return words[:start], words[end:]
    start, end = cuts[0] if cuts else (len(words), len(words))
    return words[:start], words[end:]


def _separators(field: Field) -> re.Pattern[str]:
    if isinstance(field, SelectMultiple):
        return _CLEAR
    return _AFTER_DAY if isinstance(field, Date) else _ANY


def _own_step(stand: Stand, words: str, incoming: Incoming) -> Outcome:
    """At a question of the engine's own: several digits, or the label of a choice on any of its pages."""
    assert stand.ask is not None  # noqa: S101 - only heard at the open question
    digits = several_digits(words)
    if stand.ask.step == steps.MORE and len(digits) > 1:
        return _more_digits(stand, digits)
    voice, step = stand.facts.voice, Step(stand.ask.step, state=stand.ask.state)
    labels = [Option(c.data, Plain(voice.speak(c.label).removeprefix("✓ "))) for c in every_choice(stand, step)]
    found = matching(words, labels, stand.path.scope)
    if len(found) == 1:
        return press(stand, found[0], incoming)
    return misread(stand, step, _("Please choose one of the numbers."))


def _more_digits(stand: Stand, digits: list[str]) -> Outcome:
    assert stand.ask is not None  # noqa: S101 - only heard at the open question
    codes = [stand.ask.choices.get(digit, "") for digit in digits]
    picks = [data.split(":")[3] for data in codes if data.startswith("t:")]
    turned = [data for data in codes if data.startswith("p:")]
    state = {**stand.state(), "picks": [*stand.state().get("picks", ()), *picks]}
    if not picks and not turned:
        return again(stand, _("Please choose one of the numbers."))
    if turned:
        return put(stand, Step(steps.MORE, state={**state, "page": int(turned[-1].split(":")[3])}))
    return proceed(stand.accepting(steps.MORE, state["picks"]))
