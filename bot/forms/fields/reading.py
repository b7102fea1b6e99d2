"""Words what the readers of numbers and dates found: a value, a doubt to put, or why not, with an example."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.forms.fields.base import Misread, ReadAnswer, Understood
from bot.forms.readings import Doubt, Doubting, Reading, Trouble, Value, Wrong
from bot.i18n import Text, _, lines


def understood(
    reading: Reading[Any],
    example: Text,
    ask: Callable[[Any], Text],
    store: Callable[[Any], Any] = lambda value: value,
) -> ReadAnswer:
    """Turn a reading into an answer; `ask` words a doubt about the value, `store` makes it JSON."""
    match reading:
        case Value(value):
            return Understood(store(value))
        case Doubt(value, why):
            return Understood(store(value), _doubt(why, value, ask))
        case Wrong(why, detail):
            return Misread(_trouble(why, detail, example))


def _doubt(why: Doubting, value: Any, ask: Callable[[Any], Text]) -> Text:
    if why is Doubting.THOUSANDS:
        return _("{amount} đ, is that right?", amount=value)
    return ask(value)


def _trouble(why: Trouble, detail: str, example: Text) -> Text:
    reasons = {
        Trouble.DECIMAL: _("{typed} is not a whole number.", typed=detail),
        Trouble.NEGATIVE: _("A number below zero does not fit here."),
        Trouble.VAGUE: _("Please give a number, even a rough one."),
        Trouble.SEVERAL: _("There is more than one value in that; just one is needed."),
        Trouble.IMPOSSIBLE: _("There is no day {typed}.", typed=detail),
        Trouble.FUTURE: _("{typed} has not come yet. Please type the day it was done.", typed=detail),
        Trouble.PAST: _("{typed} has already passed.", typed=detail),
        Trouble.OTHER: _("People are counted here, and “{typed}” are not people.", typed=detail),
        Trouble.UNCLEAR: _("That can be read in more than one way."),
        Trouble.TOO_BIG: _("That number is too large."),
    }
    return lines(reasons.get(why, _("I did not understand.")), example)
