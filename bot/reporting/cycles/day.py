"""A day of a cycle as the office writes it: "15", "16 tháng trước", "15/3", "1/12 năm trước", "23/12 ÂL", "+5"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

from lunar_vn import LunarDate, lunar_to_solar, solar_to_lunar

from bot.forms.fold import fold
from bot.i18n import _
from bot.reporting.cells import BadCell

LAST_OF_MONTH: Final = 31
LONGEST_LUNAR: Final = 30
MONTHS: Final = 12
LEAP_YEAR: Final = 2028  # has every day of the solar calendar
TURNS: Final = {"truoc": -1, "nay": 0, "sau": 1, "": 0}
OF_MONTH: Final = re.compile(r"(?:(?P<day>\d{1,2})|cuoi)(?:\s+thang\s+(?P<turn>truoc|nay|sau)|(?P<end>\s+thang))?")
OF_YEAR: Final = re.compile(
    r"(?P<day>\d{1,2})\s*/\s*(?P<month>\d{1,2})\s*(?P<lunar>\(?(?:al|am lich|am)\)?)?"
    r"(?:\s*nam\s+(?P<turn>truoc|nay|sau))?"
)
AFTER: Final = re.compile(r"\+\s*(?P<days>\d{1,3})(?:\s*ngay)?")
AS_A_DATE: Final = re.compile(r"\d{4}-(?P<month>\d\d)-(?P<day>\d\d)")  # what a spreadsheet makes of 15/3


class Kind(StrEnum):
    """What a day is counted from."""

    MONTH = "month"  # the month of the period's name
    YEAR = "year"  # its year
    LUNAR = "lunar"  # the lunar year of the same number
    AFTER = "after"  # the last day of its data


@dataclass(frozen=True, slots=True)
class Day:
    """A day of every period of a cycle. One beyond the end of its month is the month's last day."""

    kind: Kind
    day: int
    month: int = 0
    turn: int = 0  # months (or years) from the one that the period is named after

    def on(self, number: int, last: date | None = None) -> date:
        """Give the day in one period: `number` is its month (year x 12 + month - 1) or its year.

        `last` is the last day of the period's data. Raises ValueError for a lunar day beyond the tables (1901-2100).
        """
        if self.kind is Kind.AFTER:
            if last is None:
                raise ValueError("days after the last day of data need that day")
            return last + timedelta(days=self.day)
        if self.kind is Kind.LUNAR:
            return lunar_day(self.day, self.month, number + self.turn)
        month = number + self.turn if self.kind is Kind.MONTH else (number + self.turn) * MONTHS + self.month - 1
        return day_in(month, self.day)

    def __str__(self) -> str:
        """Write it as in the office's book."""
        turn = {-1: " trước", 0: "", 1: " sau"}[self.turn]
        if self.kind is Kind.AFTER:
            return f"+{self.day}"
        if self.kind is Kind.MONTH:
            return f"{self.day} tháng{turn}" if turn else str(self.day)
        lunar = " ÂL" if self.kind is Kind.LUNAR else ""
        return f"{self.day}/{self.month}{lunar}{' năm' + turn if turn else ''}"


def day_in(month: int, day: int) -> date:
    """Give a day of a month (year x 12 + month - 1), or its last one."""
    year, number = divmod(month, MONTHS)
    return date(year, number + 1, min(day, monthrange(year, number + 1)[1]))


@cache
def lunar_day(day: int, month: int, year: int) -> date:
    """Give the solar day of one by the Vietnamese lunar calendar (UTC+7), never of a leap month."""
    wanted = LunarDate(day, month, year)
    solar = lunar_to_solar(wanted)
    # The 30th of a month of 29 days is its last day.
    return solar if solar_to_lunar(solar) == wanted else solar - timedelta(days=1)


def read_monthly(words: str) -> Day:
    """Read a day of a monthly cycle: "15", "cuối tháng", "16 tháng trước", "+5"."""
    said = fold(words)
    if after := AFTER.fullmatch(said):
        return Day(Kind.AFTER, int(after["days"]))
    found = OF_MONTH.fullmatch(said)
    day = int(found["day"]) if found and found["day"] else LAST_OF_MONTH
    if found is None or (found["day"] and found["end"]) or not 1 <= day <= LAST_OF_MONTH:
        raise BadCell(
            _(
                "“{value}” is no day of a month: write 15, “cuối tháng”, “16 tháng trước”, +5 (days after the data).",
                value=words[:60],
            )
        )
    return Day(Kind.MONTH, day, turn=TURNS[found["turn"] or ""])


def read_yearly(words: str) -> Day:
    """Read a day of a yearly cycle: "15/3", "1/12 năm trước", "23/12 ÂL năm trước", "+5"."""
    said = fold(words)
    if after := AFTER.fullmatch(said):
        return Day(Kind.AFTER, int(after["days"]))
    if made := AS_A_DATE.fullmatch(said.partition(" ")[0]):
        said = f"{made['day']}/{made['month']}"
    found = OF_YEAR.fullmatch(said)
    if found is None:
        raise BadCell(
            _(
                "“{value}” is no day of a year: write 15/3, “1/12 năm trước”, “23/12 ÂL năm trước”, +5 (days after "
                "the data).",
                value=words[:60],
            )
        )
    day, month, lunar = int(found["day"]), int(found["month"]), bool(found["lunar"])
    _refuse_impossible(words, day, month, lunar=lunar)
    return Day(Kind.LUNAR if lunar else Kind.YEAR, day, month, TURNS[found["turn"] or ""])


def _refuse_impossible(words: str, day: int, month: int, *, lunar: bool) -> None:
    longest = 0
    if 1 <= month <= MONTHS:
        longest = LONGEST_LUNAR if lunar else monthrange(LEAP_YEAR, month)[1]
    if not 1 <= day <= longest:
        raise BadCell(
            _("“{value}”: no lunar month has that day; a lunar day is from 1/1 to 30/12.", value=words[:60])
            if lunar
            else _("“{value}”: no year has that day; the last of April, for example, is 30/4.", value=words[:60])
        )
