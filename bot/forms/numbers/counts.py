"""How many, and how many of how many: what people answer when members or workers are counted."""

from __future__ import annotations

from bot.forms.numbers.choice import is_ratio, the_one
from bot.forms.numbers.message import survey
from bot.forms.numbers.words import INTEGER_WORDS
from bot.forms.readings import Doubt, Doubting, Reading, Value, Wrong


def read_integer(text: str) -> Reading[int]:
    """Read how many, e.g. "dạ 17 đ/c" -> Value(17), "tầm 30" -> Doubt(30), "45/50" -> Value(45)."""
    found = the_one(survey(text, INTEGER_WORDS), of_total=True)
    if isinstance(found, Wrong):
        return found
    return Doubt(found.value, Doubting.APPROXIMATE) if found.approximate else Value(found.value)


def read_ratio(text: str) -> tuple[int, int] | None:
    """Read so many of so many, e.g. "45/50" or "45 trên 50" -> (45, 50); whether it makes sense the caller judges."""
    seen = survey(text, INTEGER_WORDS)
    if len(seen.numbers) != 2 or not is_ratio(seen) or any(number.trouble for number in seen.numbers):
        return None
    part, whole = seen.numbers
    return part.value, whole.value
