"""Numbers below a hundred, and digits as typed: mười lăm, ba mốt, 3 chục rưỡi, hai tá."""

from __future__ import annotations

from bot.forms.numbers.terms import Kind, Term
from bot.forms.numbers.walk import Part, Walk


def tens(walk: Walk) -> Part | None:
    """Take a part below a hundred, or digits as typed."""
    if walk.sees(Kind.DIGIT, Kind.LITERAL):
        return _counted_tens(walk) or _pair(walk) or _lone(walk)
    if term := walk.takes(Kind.TEN, Kind.TENS, Kind.CHUC, Kind.DOZEN):
        return Part(term.value + _ones_or_half(walk, term))
    return None


def _counted_tens(walk: Walk) -> Part | None:
    """Take "hai mươi mốt", "3 chục rưỡi", "hai tá"."""
    unit = walk.sees(Kind.TEN, Kind.CHUC, Kind.DOZEN, ahead=1)
    if unit is None:
        return None
    count = walk.terms[walk.at]
    walk.at += 2
    if count is None or count.places:
        return decimal(walk, count or unit, unit.value)
    return Part(count.value * unit.value + _ones_or_half(walk, unit))


def _ones_or_half(walk: Walk, unit: Term) -> int:
    """Take the ones behind tens; only chục and tá have a half."""
    if unit.kind in (Kind.CHUC, Kind.DOZEN) and walk.takes(Kind.AND_HALF):
        return unit.value // 2
    return _ones(walk) if unit.kind is not Kind.DOZEN else 0


def _ones(walk: Walk) -> int:
    """Take the ones behind tens, 0 if none: "năm" is then the year, "nam" five unless a year follows."""
    term = walk.sees(Kind.DIGIT, Kind.TAIL)
    if term is None or term.year or _counts(walk, ahead=1):
        return 0
    if term.value == 5 and term.kind is Kind.DIGIT and walk.sees(Kind.LITERAL, ahead=1):
        return 0
    walk.at += 1
    return term.value


def _counts(walk: Walk, *, ahead: int) -> bool:
    """Whether the term there makes the one before it a count: "hai [mươi]"."""
    return walk.sees(Kind.TEN, Kind.CHUC, Kind.DOZEN, Kind.HUNDRED, ahead=ahead) is not None


def _pair(walk: Walk) -> Part | None:
    """Take "ba mốt", "hai tư": tens and ones without mươi; "hai ba" may be two or three."""
    first, second = walk.sees(Kind.DIGIT), walk.sees(Kind.DIGIT, Kind.TAIL, ahead=1)
    if first is None or second is None or first.value < 2 or _counts(walk, ahead=2):
        return None
    if second.value == 5 and second.kind is Kind.DIGIT and first.value != 4:
        return None
    walk.at += 2
    return Part(first.value * 10 + second.value, loose=second.loose and second.value == first.value + 1)


def _lone(walk: Walk) -> Part | None:
    """Take one digit word, or digits as typed."""
    term = walk.takes(Kind.DIGIT, Kind.LITERAL)
    if term is None:
        return None
    single = term.kind is Kind.DIGIT or term.digits == 1
    return Part(term.value, single, term.digits, term.places)


def decimal(walk: Walk, term: Term, unit: int) -> Part:
    """Take "1,5 trăm" = 150."""
    walk.largest = max(walk.largest, unit)
    return Part(walk.whole(term.value * unit, term.places))
