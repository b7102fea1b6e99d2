"""How many, and how many of how many: what people answer when members or workers are counted."""

from __future__ import annotations

from dataclasses import replace

from bot.forms.numbers.choice import is_ratio, the_one
from bot.forms.numbers.message import Survey, all_known, survey
from bot.forms.numbers.scan import without_dates
from bot.forms.numbers.words import INTEGER_WORDS
from bot.forms.readings import Doubt, Doubting, Reading, Value, Wrong


def read_integer(text: str) -> Reading[int]:
    """Read how many, e.g. "dạ 17 đ/c" -> Value(17), "tầm 30" -> Doubt(30), "45/50" -> Value(45)."""
    found = the_one(_counts(text), of_total=True)
    if isinstance(found, Wrong):
        return found
    return Doubt(found.value, Doubting.APPROXIMATE) if found.approximate else Value(found.value)


def says_more(text: str) -> bool:
    """Tell whether words stand beside the numbers that nobody counts with: "tổng hợp 10", not "dạ 17 đ/c"."""
    seen = survey(text, INTEGER_WORDS)
    return not all_known(seen.words, seen.numbers)


def _counts(text: str) -> Survey:
    seen = survey(text, INTEGER_WORDS)
    return replace(seen, numbers=tuple(without_dates(seen.words, seen.numbers)))


def read_ratio(text: str) -> tuple[int, int] | None:
    """Read so many of so many, e.g. "45/50" or "45 trên 50" -> (45, 50); whether it makes sense the caller judges."""
    seen = survey(text, INTEGER_WORDS)
    if len(seen.numbers) != 2 or not is_ratio(seen) or any(number.trouble for number in seen.numbers):
        return None
    part, whole = seen.numbers
    return part.value, whole.value
