"""What a form may know besides the answers: the hour, the unit, what it reported before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from bot.i18n import ZONE, Text, Voice
from bot.records import Submission, Target, Unit

HISTORY: Final = timedelta(days=400)  # how far back a form looks


class PeriodLike(Protocol):
    """A reporting period, as far as a form is concerned."""

    @property
    def code(self) -> str:
        """Its code, e.g. 2026-11."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Its code, and those of the months under which reports for it are kept."""

    @property
    def absorbed_by(self) -> str:
        """The code of the longer period that is asked for instead, if there is one."""

    @property
    def since(self) -> date:
        """The first day of its data."""

    @property
    def until(self) -> date:
        """The last day of its data."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The report kinds that close it; none: any."""

    @property
    def title(self) -> Text:
        """Its name for people."""

    @property
    def named(self) -> Text:
        """Its name for people, with its days."""

    @property
    def due_at(self) -> datetime:
        """Until when a report for it is on time."""

    @property
    def locks_at(self) -> datetime:
        """From when its reports can no longer be changed by their unit."""


class PeriodsLike(Protocol):
    """Tells periods from days."""

    def of(self, day: date) -> PeriodLike:
        """Give the period that a day's event counts for."""

    def open(self, now: datetime) -> PeriodLike:
        """Give the period that today's events count for."""

    def due(self, now: datetime) -> PeriodLike:
        """Give the period that a unit is asked for now."""

    def asked(self, now: datetime) -> Sequence[PeriodLike]:
        """List the periods that a unit is asked for now, the next deadline first."""

    def meant(self, words: str, now: datetime) -> PeriodLike | None:
        """Give the period that somebody named, if units are asked for it at all; for an absorbed month, the longer."""

    def kept(self, code: str, day: date) -> PeriodLike:
        """Give the period that a report is kept under; that of its day, where the code names none any more."""

    def closed_by(self, form: str, day: date, now: datetime, period: str = "") -> Sequence[str]:
        """Name the periods around now that a report of this kind and day, or for this period, closes."""


class CampaignLike(Protocol):
    """A day or a campaign of the union year, as far as a form is concerned."""

    @property
    def code(self) -> str:
        """Its code, e.g. CDVN_2807."""


class CampaignsLike(Protocol):
    """Tells what an activity may belong to."""

    def open_on(self, day: date) -> Sequence[CampaignLike]:
        """List what an activity of that day may be tied to, the nearest first."""

    def retired(self, code: str) -> bool:
        """Tell whether it was offered once and is switched off now."""


class NoCampaigns:
    """A year without any."""

    def open_on(self, day: date) -> Sequence[CampaignLike]:
        """List none."""
        return ()

    def retired(self, code: str) -> bool:
        """Know none."""
        return False


NO_CAMPAIGNS: Final = NoCampaigns()


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one turn. `history` holds the unit's current reports of the forms concerned, the latest first."""

    now: datetime
    voice: Voice
    periods: PeriodsLike
    unit: Unit | None = None
    history: Sequence[Submission] = ()
    units: Sequence[Unit] = ()  # where the person may report for
    found: Sequence[Unit] = ()  # units that match what was typed just now, for a unit picker
    replaces: str = ""  # id of the report that this draft corrects
    number: int = 0  # of the unit's last report
    parents: Sequence[tuple[date, date | None, int]] = ()  # who manages the unit: from, to, managing unit
    campaigns: CampaignsLike = NO_CAMPAIGNS
    unlocked: Mapping[str, datetime] = field(default_factory=dict)  # periods open again for the unit, until when
    goals: Sequence[tuple[Target, int]] = ()  # of the unit this year, where filing is near: and how much is done
    documents: Sequence[tuple[str, str]] = ()  # to implement, of the register: number and what it is about
    open_cases: frozenset[int] = frozenset()  # numbers of the unit's reports whose cases are not closed
    said_at: datetime | None = None  # when the message was written, which "today" in it goes by

    @property
    def today(self) -> date:
        """The local date of the message: "today" in it stays today, however late it reaches us."""
        return (self.said_at or self.now).astimezone(ZONE).date()

    def parent_on(self, day: date) -> int | None:
        """Give the unit that managed this one on a day; before its first link the first, after its last the last."""
        for since, until, parent in self.parents:
            if since <= day and (until is None or day < until):
                return parent
        if not self.parents:
            return None
        first, last = min(self.parents), max(self.parents)
        return first[2] if day < first[0] else last[2]

    def reports(self, form: str) -> list[Submission]:
        """List the unit's other reports of one form, the latest day first; the one being corrected is left out."""
        return [report for report in self.history if report.form == form and report.id != self.replaces]
