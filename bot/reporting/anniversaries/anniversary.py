"""The anniversaries and campaign months of the union year, and their occurrence in one year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.records import Unit
from bot.reporting.anniversaries.rule import Rule

BEFORE: Final = 30  # days that activities begin before the day, where no notice comes earlier
AFTER: Final = timedelta(days=10)  # activities are still reported for it this long after
REPORT_WITHIN: Final = timedelta(days=5)
ROUND: Final = 10
EVERYBODY: Final = "tat_ca"


class Rank(StrEnum):
    """How much is made of a day: A main date, B notice, C short news without a report."""

    A = "A"
    B = "B"
    C = "C"

    @property
    def raised(self) -> Rank:
        """Give the rank above: that of a round year."""
        return Rank.A if self is Rank.A else Rank(chr(ord(self) - 1))


LEADS: Final = {Rank.A: (30, 10, 3), Rank.B: (14, 3), Rank.C: (3,)}  # days before it on which a notice is sent

# Whom a day is for, by the sector of their unit. A day for women is for every unit: all have women to address.
SECTORS: Final = {
    "truong_hoc": frozenset({"truong_hoc", "giao_duc", "gd", "gddt", "education", "school"}),
    "y_te": frozenset({"y_te", "yt", "health"}),
    "doanh_nghiep": frozenset({"doanh_nghiep", "dn", "ngoai_nha_nuoc", "enterprise"}),
}
FOR_ALL: Final = frozenset({EVERYBODY, "nu"})


@dataclass(frozen=True, slots=True)
class Anniversary:
    """One day (or campaign) of the year that unions mark; name and activities are the office's, never translated."""

    code: str
    name: str
    rule: Rule
    rank: Rank
    base_year: int | None = None
    leads: tuple[int, ...] = ()  # empty: by rank
    audience: tuple[str, ...] = ()  # empty: everybody
    activities: str = ""
    form: str = ""  # the report kind that answers it; empty: propaganda
    note: str = ""  # for the office itself
    active: bool = True

    def around(self, day: date) -> bool:
        """Tell whether an activity of that day may be meant for it."""
        return any(one.since - one.before <= day <= one.until + AFTER for one in self.near(day))

    def near(self, day: date) -> Iterator[Occurrence]:
        """Give its occurrences in the years around a day."""
        for year in (day.year - 1, day.year, day.year + 1):
            since, until = self.rule.first(year), self.rule.last(year)
            if since is not None and until is not None:
                yield Occurrence(self, year, since, until)

    def is_for(self, unit: Unit) -> bool:
        """Tell whether it concerns a unit; one whose sector nobody entered is not left out."""
        return not self.audience or any(_means(audience, unit) for audience in self.audience)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An anniversary in one year. `year` is that of its own calendar: with the code it names the occurrence."""

    anniversary: Anniversary
    year: int
    since: date
    until: date

    @property
    def code(self) -> str:
        """Give the code of its day."""
        return self.anniversary.code

    @property
    def years(self) -> int | None:
        """Count the years since the event, where there was one."""
        base = self.anniversary.base_year
        return self.since.year - base if base is not None and self.since.year > base else None

    @property
    def is_round(self) -> bool:
        """Tell whether it is a round year, one that ends in 0 (decree 111/2018/NĐ-CP)."""
        return self.years is not None and self.years % ROUND == 0

    @property
    def rank(self) -> Rank:
        """Give its rank this year: one higher in a round year."""
        return self.anniversary.rank.raised if self.is_round else self.anniversary.rank

    @property
    def leads(self) -> tuple[int, ...]:
        """List how many days before it a notice is sent, the earliest first."""
        return self.anniversary.leads or LEADS[self.rank]

    @property
    def before(self) -> timedelta:
        """Tell how long before it activities begin."""
        return timedelta(days=max(BEFORE, *self.leads))

    @property
    def asks(self) -> bool:
        """Tell whether a report of what was done is asked for."""
        return self.rank is not Rank.C

    @property
    def report_by(self) -> date:
        """Give the last day for that report."""
        return self.until + REPORT_WITHIN

    @property
    def began(self) -> date | None:
        """Give the day of the event itself, where its year is known."""
        base = self.anniversary.base_year
        return self.anniversary.rule.first(base) if base is not None else None


def _means(audience: str, unit: Unit) -> bool:
    if audience in FOR_ALL or audience == unit.kind:
        return True
    return not unit.sector or unit.sector.lower().replace("-", "_") in SECTORS.get(audience, {audience})
