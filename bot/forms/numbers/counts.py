"""How many, and how many of how many: what people answer when members or workers are counted."""

from __future__ import annotations

from dataclasses import replace

from bot.forms.numbers.around import COUNTED_WORDS, THINGS
from bot.forms.numbers.choice import is_ratio, the_one
from bot.forms.numbers.grammar import Number
from bot.forms.numbers.message import Survey, all_known, survey
from bot.forms.numbers.scan import without_dates
from bot.forms.numbers.words import INTEGER_WORDS
from bot.forms.readings import Doubt, Doubting, Reading, Trouble, Value, Wrong

_HAPPENED = frozenset({"hop", "cao", "bc"})  # họp, báo cáo: what stands behind them may be a day


def read_integer(text: str, *, of_people: bool = False) -> Reading[int]:
    """Read how many, e.g. "dạ 17 đ/c" -> Value(17), "tầm 30" -> Doubt(30), "45/50" -> Value(45).

    `of_people`: so many of something else are no answer, "5 băng rôn" -> Wrong(OTHER).
    """
    seen = _counts(text)
    things = _things(seen) if of_people else {}
    if things and len(things) == len(seen.numbers):
        return Wrong(Trouble.OTHER, next(iter(things.values())))
    seen = replace(seen, numbers=tuple(number for number in seen.numbers if number not in things))
    if _is_day(seen):
        return Wrong(Trouble.UNCLEAR)
    found = the_one(seen, of_total=True)
    if isinstance(found, Wrong):
        return found
    return Doubt(found.value, Doubting.APPROXIMATE) if found.approximate else Value(found.value)


def says_more(text: str) -> bool:
    """Tell whether words stand beside the numbers that nobody counts with: "tổng hợp 10", not "dạ 17 đ/c"."""
    seen = survey(text, INTEGER_WORDS)
    return not all_known(seen.words, seen.numbers)


def _things(seen: Survey) -> dict[Number, str]:
    """Give the numbers that count no people, each with what it counts."""
    found = [(number, THINGS.match(seen.words, number.end)) for number in seen.numbers]
    return {number: seen.piece(number.start, thing[1]) for number, thing in found if thing is not None}


def _is_day(seen: Survey) -> bool:
    """Whether it may be a day rather than a part of a whole: "đối thoại 9/11", but neither "9/11" nor "9/11 người"."""
    if not is_ratio(seen):
        return False
    (part, whole), words = seen.numbers, seen.words
    told = words[part.start - 1].bare in _HAPPENED if part.start else False
    if words[part.end].text != "/" or (not told and all_known(words, seen.numbers)):
        return False
    return part.value <= 31 and whole.value <= 12 and COUNTED_WORDS.match(words, whole.end) is None


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
