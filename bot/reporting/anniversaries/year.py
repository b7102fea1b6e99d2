"""The office's anniversaries together: what falls where, what is announced on a day, and what is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Final

from bot.reporting.anniversaries.anniversary import Anniversary, Occurrence
from bot.reporting.anniversaries.rows import default_anniversaries

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Notice:
    """A day is announced: `lead` days before it."""

    of: Occurrence
    lead: int

    @property
    def on(self) -> date:
        """Give the day on which it is sent."""
        return self.of.since - timedelta(days=self.lead)

    @property
    def key(self) -> str:
        """Name it for good: "day/CDVN_2807/2027/T-10"; with a person behind it, it is the key of one message."""
        return f"day/{self.of.code}/{self.of.year}/T-{self.lead}"

    @property
    def first(self) -> bool:
        """Tell whether it is the first word about it; the later ones only remind."""
        return self.lead == max(self.of.leads)


@dataclass(frozen=True, slots=True)
class Result:
    """A day is over, and what was asked for is in: officers are told what came of it."""

    of: Occurrence

    @property
    def on(self) -> date:
        """Give the day on which it is sent."""
        return self.of.report_by + ONE_DAY

    @property
    def key(self) -> str:
        """Name it for good."""
        return f"day/{self.of.code}/{self.of.year}/result"


@dataclass(frozen=True, slots=True)
class Anniversaries:
    """All days of the office's book, switched off ones too: reports of the past still name them."""

    all: tuple[Anniversary, ...]
    names: Mapping[str, str] = field(init=False, compare=False, repr=False)  # the official names, by code

    def __post_init__(self) -> None:
        """Gather the names once: everything that is said looks for them here."""
        object.__setattr__(self, "names", {one.code: one.name for one in self.all})

    def get(self, code: str) -> Anniversary | None:
        """Give one by its code, switched off or not."""
        return next((one for one in self.all if one.code == code), None)

    def retired(self, code: str) -> bool:
        """Tell whether a day is switched off now."""
        one = self.get(code)
        return one is not None and not one.active

    def open_on(self, day: date) -> list[Anniversary]:
        """List what an activity of that day may be tied to, the nearest first."""
        found = [one for one in self._active() if one.around(day)]
        return sorted(found, key=lambda one: min(abs(each.since - day) for each in one.near(day)))

    def between(self, since: date, until: date) -> list[Occurrence]:
        """List the occurrences that begin from one day to another, both included, as they come."""
        found = (
            each
            for one in self._active()
            for each in _over(one, since.year - 1, until.year + 1)
            if since <= each.since <= until
        )
        return sorted(found, key=lambda each: (each.since, each.rank, each.code))

    def notices(self, since: date, until: date) -> list[Notice]:
        """List what is announced from one day to another, both included, as it comes."""
        found = [notice for notice in self._notices(since, until) if since <= notice.on <= until]
        return sorted(found, key=lambda notice: (notice.on, notice.of.rank, notice.of.since, notice.of.code))

    def results(self, since: date, until: date) -> list[Result]:
        """List of what the officers are told the result from one day to another, as it comes; never of short news."""
        found = (
            Result(each) for one in self._active() for each in _over(one, since.year - 2, until.year + 1) if each.asks
        )
        return sorted(
            (result for result in found if since <= result.on <= until), key=lambda result: (result.on, result.of.code)
        )

    def announced(self, key: str) -> Notice | Result | None:
        """Give what a key names, or None where the office has changed its mind since."""
        _day, code, year, step = key.split("/")
        one = self.get(code)
        found = next(_over(one, int(year), int(year)), None) if one is not None and one.active else None
        if found is None:
            return None
        if step == "result":
            return Result(found) if found.asks else None
        lead = int(step.removeprefix("T-"))
        return Notice(found, lead) if lead in found.leads else None

    def _notices(self, since: date, until: date) -> Iterator[Notice]:
        for one in self._active():
            for each in _over(one, since.year - 1, until.year + 2):
                yield from (Notice(each, lead) for lead in each.leads)

    def _active(self) -> Iterator[Anniversary]:
        return (one for one in self.all if one.active)


def _over(one: Anniversary, first: int, last: int) -> Iterator[Occurrence]:
    for year in range(first, last + 1):
        since, until = one.rule.first(year), one.rule.last(year)
        if since is not None and until is not None:
            yield Occurrence(one, year, since, until)


@cache
def default_year() -> Anniversaries:
    """Give the days that are there from the start."""
    return Anniversaries(default_anniversaries())
