"""On which day of each year an anniversary falls: solar, or lunar by the Vietnamese calendar (UTC+7)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from lunar_vn import SUPPORTED_YEAR_RANGE, LunarDate, lunar_to_solar, solar_to_lunar

from bot.forms.fold import fold
from bot.i18n import _
from bot.reporting.cells import BadCell

LEAP_YEAR: Final = 2028  # has every day of the solar calendar
LUNAR_MONTH: Final = 30
MONTHS: Final = 12
WRITTEN: Final = re.compile(
    r"(?P<day>\d{1,2})\s*/\s*(?P<month>\d{1,2})(?:\s*-\s*(?P<last_day>\d{1,2})\s*/\s*(?P<last_month>\d{1,2}))?"
    r"\s*(?P<lunar>\(?(?:al|am lich|lunar)\)?)?"
)
AS_A_DATE: Final = re.compile(r"\d{4}-(?P<month>\d\d)-(?P<day>\d\d)")  # what a spreadsheet makes of 28/7


@dataclass(frozen=True, slots=True)
class Rule:
    """A day of the year, or the first and last day of a campaign; `lunar` ones are never of a leap month."""

    day: int
    month: int
    last_day: int = 0  # 0: it is one day
    last_month: int = 0
    lunar: bool = False

    @property
    def window(self) -> bool:
        """Tell whether it lasts longer than a day."""
        return bool(self.last_day)

    def first(self, year: int) -> date | None:
        """Give its (first) day in a year; a lunar one: of the lunar year that begins in it. None beyond the tables."""
        return self._on(self.day, self.month, year)

    def last(self, year: int) -> date | None:
        """Give its last day; a campaign that ends before it begins, by the calendar, ends in the year after."""
        if not self.window:
            return self.first(year)
        turns = (self.last_month, self.last_day) < (self.month, self.day)
        return self._on(self.last_day, self.last_month, year + turns)

    def _on(self, day: int, month: int, year: int) -> date | None:
        if self.lunar:
            return lunar_day(day, month, year)
        return (
            date(year, month, min(day, monthrange(year, month)[1])) if date.min.year <= year < date.max.year else None
        )

    def __str__(self) -> str:
        """Write it as in the office's book: "28/7", "15/8 ÂL", "1/5–31/5"."""
        last = f"–{self.last_day}/{self.last_month}" if self.window else ""
        return f"{self.day}/{self.month}{last}{' ÂL' if self.lunar else ''}"


@lru_cache(maxsize=4096)
def lunar_day(day: int, month: int, year: int) -> date | None:
    """Give the solar day of a lunar one, 30 being the last day of a month of 29; None beyond 1901–2100."""
    first, last = SUPPORTED_YEAR_RANGE
    if not first < year <= last:
        return None
    wanted = LunarDate(day, month, year)
    solar = lunar_to_solar(wanted)
    try:
        return solar if solar_to_lunar(solar) == wanted else solar - timedelta(days=1)
    except ValueError:  # the tables end inside the last lunar year
        return None


def read_rule(words: str) -> Rule:
    """Read "28/7", "15/8 ÂL" or "1/5–31/5"; refuse a day that no year has."""
    said = fold(words).replace("–", "-").replace("—", "-")
    found = WRITTEN.fullmatch(said) or AS_A_DATE.fullmatch(said.partition(" ")[0])
    if found is None:
        raise BadCell(
            _(
                "“{value}” is no day of the year: write day and month like 28/7, a lunar one like 15/8 ÂL, "
                "a campaign like 1/5–31/5.",
                value=words[:60],
            )
        )
    parts = {name: int(number) for name, number in found.groupdict().items() if number and number.isdecimal()}
    rule = Rule(**parts, lunar=bool(found.groupdict().get("lunar")))
    _refuse_impossible(rule, words)
    return rule


def _refuse_impossible(rule: Rule, words: str) -> None:
    for day, month in ((rule.day, rule.month), (rule.last_day, rule.last_month)):
        if (day, month) != (0, 0) and not _possible(day, month, lunar=rule.lunar):
            why = (
                _("“{value}”: no lunar month has that day; a lunar day is from 1/1 to 30/12.", value=words[:60])
                if rule.lunar
                else _("“{value}”: no year has that day; the last of April, for example, is 30/4.", value=words[:60])
            )
            raise BadCell(why)


def _possible(day: int, month: int, *, lunar: bool) -> bool:
    if not 1 <= month <= MONTHS or day < 1:
        return False
    return day <= (LUNAR_MONTH if lunar else monthrange(LEAP_YEAR, month)[1])
