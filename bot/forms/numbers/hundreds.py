"""Numbers below a thousand, or any digits: what can stand before nghìn, triệu, tỷ."""

from __future__ import annotations

from dataclasses import replace

from bot.forms.numbers.tens import decimal, tens
from bot.forms.numbers.terms import Kind
from bot.forms.numbers.walk import Part, Walk


def before_scale(walk: Walk, last: int) -> Part | None:
    """Take what can stand before a scale."""
    if walk.sees(Kind.LITERAL, Kind.DIGIT):
        return _counted_hundreds(walk) or tens(walk)
    if walk.takes(Kind.HUNDRED):
        return _hundreds(walk, 100)
    if last and walk.takes(Kind.LINK):
        return _linked(walk)
    if last and walk.sees(Kind.ZERO) and walk.sees(Kind.HUNDRED, ahead=1):
        walk.at += 2
        return _hundreds(walk, 0)
    return _half(walk) or tens(walk)


def _linked(walk: Walk) -> Part | None:
    """Take the part behind linh, or step back from it: "hai nghìn lẻ năm"."""
    part = tens(walk)
    if part is None:
        walk.at -= 1
        return None
    return replace(part, linked=True)


def _half(walk: Walk) -> Part | None:
    """Take "nửa tá", "nửa triệu"."""
    if not (walk.sees(Kind.HALF) and walk.sees(Kind.SCALE, Kind.CHUC, Kind.DOZEN, Kind.HUNDRED, ahead=1)):
        return None
    walk.at += 1
    if walk.sees(Kind.SCALE):
        return Part(5, places=1)
    term = walk.takes(Kind.CHUC, Kind.DOZEN, Kind.HUNDRED)
    return Part(term.value // 2 if term else 0)


def _counted_hundreds(walk: Walk) -> Part | None:
    """Take "hai trăm…", "5 trăm…", "1,5 trăm"."""
    term = walk.sees(Kind.DIGIT, Kind.LITERAL)
    if term is None or not walk.sees(Kind.HUNDRED, ahead=1):
        return None
    walk.at += 2
    if term.places:
        return decimal(walk, term, 100)
    return _hundreds(walk, term.value * 100)


def _hundreds(walk: Walk, base: int) -> Part:
    """Take what follows trăm: "linh bảy" 7, "rưỡi" 50, "hai" 20, "hai mươi" 20."""
    walk.largest = max(walk.largest, 100)
    if walk.takes(Kind.AND_HALF):
        return Part(base + 50)
    if walk.takes(Kind.LINK):
        part = _linked(walk)
        return Part(base + part.value if part else base)
    if walk.sees(Kind.LITERAL) and not _is_short(walk):
        return Part(base)
    part = tens(walk)
    if part is None:
        return Part(base)
    return Part(base + part.value * (10 if part.single and base else 1))


def _is_short(walk: Walk) -> bool:
    """Whether the digits here can end a hundred ("2 trăm 5", "2 trăm 50") rather than be another number."""
    term = walk.sees(Kind.LITERAL)
    return term is not None and 0 < term.digits < 3
