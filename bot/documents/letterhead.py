"""What stands at the head and foot of a unit's official documents: from its kind, or as the office has set it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.records import Unit

PROVINCE: Final = "ldld_tinh"
GRASSROOTS: Final = frozenset({"cdcs", "nghiep_doan_co_so"})
LONG: Final = (
    ("LĐLĐ", "Liên đoàn Lao động"),
    ("CĐCS", "Công đoàn cơ sở"),
    ("NĐCS", "Nghiệp đoàn cơ sở"),
    ("CĐ ", "Công đoàn "),
)
ABOVE_PROVINCE: Final = "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The lines that differ from unit to unit. An empty one is taken from the unit's kind."""

    above: str = ""  # the upper line on the left
    name: str = ""  # the issuing unit
    symbol: str = ""  # after the number: "/BC-LĐLĐ"
    place: str = ""
    authority: str = ""  # "TM. BAN THƯỜNG VỤ"
    title: str = ""  # "CHỦ TỊCH"
    signer: str = ""
    addressees: tuple[str, ...] = ()  # after "Kính gửi:"
    copies: tuple[str, ...] = ()  # under "Nơi nhận:"


def letterhead(unit: Unit, above: Unit | None, given: Letterhead, place: str) -> Letterhead:
    """Fill in what is not given. A vice chair signs "TM. BAN THƯỜNG VỤ" without "KT.": set `title` for that."""
    usual = _usual(unit, above)
    filled = {name: getattr(given, name) or getattr(usual, name) for name in Letterhead.__slots__}
    filled["place"] = given.place or place
    whole = replace(usual, **filled)
    return whole if given.copies else replace(whole, copies=_copies(whole))


def _usual(unit: Unit, above: Unit | None) -> Letterhead:
    name = written_out(unit.name).upper()
    if unit.kind == PROVINCE:
        return Letterhead(
            ABOVE_PROVINCE,
            name,
            "/BC-LĐLĐ",
            authority="TM. BAN THƯỜNG VỤ",
            title="CHỦ TỊCH",
            addressees=("Tổng Liên đoàn Lao động Việt Nam",),
        )
    upper = above.name.upper() if above is not None else ""
    addressees = (written_out(above.name),) if above is not None else ()
    if unit.kind in GRASSROOTS:
        symbol, authority = "/BC-CĐCS", "TM. BAN CHẤP HÀNH"
    else:
        symbol, authority = "/BC-CĐ", "TM. BAN THƯỜNG VỤ"
    return Letterhead(upper, name, symbol, authority=authority, title="CHỦ TỊCH", addressees=addressees)


def _copies(head: Letterhead) -> tuple[str, ...]:
    first = ("- Như trên;",) if head.addressees else ()
    return (*first, "- Lưu: VT.")


def written_out(name: str) -> str:
    """Write the usual abbreviations of a unit's name out."""
    for short, long in LONG:
        name = name.replace(short, long)
    return name
