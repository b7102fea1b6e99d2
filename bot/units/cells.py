"""What single cells mean: codes, days, whole numbers and names; CellError says what is wrong and what would do."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.i18n import Code, Text, _
from bot.units.problem import CellError

EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2099, 12, 31)
LONGEST_CODE: Final = 30
LONGEST_NAME: Final = 200
LARGEST: Final = 99_999_999

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 0?0:00(?::00)?)?", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:[., ]\d{3}){1,4}", re.ASCII)
_WHOLE = re.compile(r"(\d{1,15})(?:[.,]0+)?", re.ASCII)


def _too_long(words: str, most: int) -> Text:
    return _("this has {count} characters, at most {most} will do.", count=len(words), most=most)


def read_code(words: str) -> str:
    """Read a code that people can type on any phone."""
    if len(words) > LONGEST_CODE:
        raise CellError(_too_long(words, LONGEST_CODE))
    if not _CODE.fullmatch(words):
        raise CellError(
            _("“{value}” is no code: use letters without marks, digits, dot and hyphen, like LC01-03.", value=words)
        )
    return words


def read_codes(words: str) -> tuple[str, ...]:
    """Read codes that are set apart by semicolons."""
    parts = [part.strip() for part in words.split(";")]
    return tuple(dict.fromkeys(read_code(part) for part in parts if part))


def read_name(words: str) -> str:
    """Read a name: one line, without spaces to spare."""
    name = " ".join(words.split())
    if len(name) > LONGEST_NAME:
        raise CellError(_too_long(name, LONGEST_NAME))
    return name


def read_day(words: str) -> date:
    """Read a day: dd/mm/yyyy or yyyy-mm-dd."""
    if found := _ISO_DAY.fullmatch(words):
        year, month, day = map(int, found.groups())
    elif found := _DAY.fullmatch(words):
        day, month, year = map(int, found.groups())
    else:
        raise CellError(_("“{value}” is no date: write the day, month and year, like 25/11/2026.", value=words))
    try:
        read = date(year, month, day)
    except ValueError:
        raise CellError(_("there is no day {value} in the calendar.", value=words)) from None
    if not EARLIEST <= read <= LATEST:
        raise CellError(_("the year {year} cannot be right.", year=Code(year)))
    return read


def read_count(words: str) -> int:
    """Read how many people: a whole number, thousands marks allowed."""
    plain = words.replace("\u00a0", " ").replace("\u202f", " ")
    if plain.startswith(("-", "\u2212")):
        raise CellError(_("“{value}” is less than zero: write how many people there are.", value=words))
    if _THOUSANDS.fullmatch(plain):
        number = int(re.sub("[., ]", "", plain))
    elif found := _WHOLE.fullmatch(plain):
        number = int(found[1])
    else:
        raise CellError(_("“{value}” is no whole number: write it in digits, like 120.", value=words))
    if number > LARGEST:
        raise CellError(_("“{value}” is too large to be true.", value=words))
    return number
