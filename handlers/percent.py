"""A percentage as an answer, also told as so many of so many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bot.forms.conditions import Scope
from bot.forms.fields import Integer, ReadAnswer, Understood
from bot.forms.numbers import read_ratio
from bot.i18n import Text, _

PERCENT: Final = _("%")


@dataclass(frozen=True, slots=True, eq=False)
class Percentage(Integer):
    """From 0 to 100."""

    unit: Text | None = PERCENT
    maximum: int = 100

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Read "90%", "90" or "45/50"; just more than half of many is 51, not 50."""
        of = read_ratio(text)
        if of is None or not 0 < of[0] <= of[1]:
            return Integer.read(self, text, scope)
        share = round(of[0] * 100 / of[1])
        return Understood(share + 1 if share * 2 == 100 and of[0] * 2 > of[1] else share)

    def show(self, value: Any) -> Text:
        """Show it without a space, as people write it."""
        return _("{number}%", number=value)
