"""Whole numbers: parts with falling scales, and a tail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.forms.numbers.hundreds import before_scale
from bot.forms.numbers.terms import Kind, Term
from bot.forms.numbers.walk import Part, Walk
from bot.forms.readings import Trouble

LARGEST: Final = 10**12
_FIRST = tuple(
    kind for kind in Kind if kind not in {Kind.TAIL, Kind.ZERO, Kind.LINK, Kind.AND_HALF, Kind.SUFFIX, Kind.COUNTED}
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number found in a message, from word `start` up to word `end`."""

    start: int
    end: int
    value: int
    largest: int = 1  # the largest of trăm, nghìn, triệu, tỷ that was said
    trouble: Trouble | None = None
    in_words: bool = False
    approximate: bool = False


def number_at(terms: Sequence[Term | None], at: int) -> Number | None:
    """Read the longest number that begins at this term."""
    term = terms[at] if at < len(terms) else None
    return _number(Walk(terms, at)) if term is not None and term.kind in _FIRST else None


def _number(walk: Walk) -> Number | None:
    """Take a whole number: parts with falling scales, and a tail."""
    if walk.takes(Kind.MESS):
        return Number(walk.start, walk.at, 0, trouble=Trouble.SEVERAL)
    value = _scaled(walk)
    if walk.at == walk.start:
        return None
    if value > LARGEST:
        walk.trouble = walk.trouble or Trouble.TOO_BIG
    taken = walk.terms[walk.start : walk.at]
    in_words = all(term is not None and term.kind is not Kind.LITERAL for term in taken)
    return Number(walk.start, walk.at, value, walk.largest, walk.trouble, in_words)


def _scaled(walk: Walk) -> int:
    """Take "hai triệu ba trăm nghìn rưỡi": each scale smaller than the one before."""
    total = last = 0
    while walk.trouble is None:
        before = walk.at
        part = before_scale(walk, last)
        scale = _scale(walk, last, part)
        if scale is None:
            return total + _ending(walk, part, last, before)
        total = _times(walk, total, part, scale)
        last = scale
        if walk.takes(Kind.AND_HALF):
            return total + last // 2
    return total


def _scale(walk: Walk, last: int, part: Part | None) -> int | None:
    """Take nghìn, triệu, tỷ, k, tr if one can stand here."""
    term = walk.sees(Kind.SCALE, Kind.SUFFIX)
    if term is None or not _can_follow(term, last, part):
        return None
    walk.at += 1
    walk.largest = max(walk.largest, term.value)
    return term.value


def _can_follow(term: Term, last: int, part: Part | None) -> bool:
    """Whether a scale may stand here: scales fall, except in "nghìn tỷ"."""
    if part is None:
        return term.value > last if last else term.kind is Kind.SCALE
    return not last or term.value < last


def _times(walk: Walk, total: int, part: Part | None, scale: int) -> int:
    """Apply a scale to what stands before it; "nghìn tỷ" multiplies all."""
    if part is None:
        return total * scale if total else scale
    return total + walk.whole(part.value * scale, part.places)


def _ending(walk: Walk, part: Part | None, last: int, before: int) -> int:
    """Take a last part without a scale of its own."""
    if part is None:
        return 0
    value = part.value if not last else _tail(walk, part, last)
    if value is None:
        walk.at = before
        return 0
    if not last and (part.places or walk.takes(Kind.AND_HALF)):
        walk.trouble = Trouble.DECIMAL
    if not last and part.loose:
        walk.trouble = Trouble.SEVERAL
    return value


def _tail(walk: Walk, part: Part, last: int) -> int | None:
    """Say what a part behind a scale adds: "3tr65" 650.000, "nghìn hai" 200, "hai nghìn ba mươi" 30."""
    if part.places or part.value >= last or (last >= 10**6 and walk.sees(Kind.COUNTED)):
        return None
    if part.single and not part.linked:
        return part.value * last // 10
    if last >= 10**6 and part.value < 1000:
        unit: int = 10 ** (part.digits or 3)
        return part.value * last // unit
    return part.value
