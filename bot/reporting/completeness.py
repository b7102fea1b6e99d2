"""Who has reported for a period, who is late, who is still to come: a count for leaders, a list for officers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.ports import Asked, UnitReport
from bot.records import Unit
from bot.reporting.calendar import Calendar
from bot.reporting.kinds import REPORTING_KINDS
from bot.reporting.periods import ONE_DAY, Period, days_late

SILENT: Final = 2  # periods without a word


class Standing(StrEnum):
    """How a unit stands with its report for a period."""

    ON_TIME = "on_time"
    LATE = "late"
    WAITING = "waiting"  # not yet, and the deadline is ahead
    MISSING = "missing"  # not yet, and the deadline has passed
    RETURNED = "returned"  # sent back to be completed: counts as received on its first date
    EXEMPT = "exempt"  # nothing is asked: it was founded or closed on the way, or somebody exempted it


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """How one unit stands. `days_late` of a missing report are the days since the deadline."""

    unit: Unit
    standing: Standing
    days_late: int = 0
    filed_at: datetime | None = None
    nil: bool = False  # it reported that there is nothing to report
    reason: str = ""  # why somebody exempted it

    @property
    def received(self) -> bool:
        """Tell whether it has reported."""
        return self.filed_at is not None


@dataclass(frozen=True, slots=True)
class Particulars:
    """What may be different for some units: their own calendar, and who was exempted from a period for which reason."""

    calendar: Calendar | None = None
    exempted: Mapping[int, str] = field(default_factory=dict)

    def period(self, unit: Unit, period: Period) -> Period:
        """Give the period as it is for one unit."""
        return self.calendar.for_unit(unit).at(period.code) if self.calendar is not None else period


NOTHING_PARTICULAR: Final = Particulars()


@dataclass(frozen=True, slots=True)
class Completeness:
    """How all units of an area stand with a period, in the order in which they were given."""

    period: Period
    units: tuple[UnitStanding, ...]

    def those(self, *standings: Standing) -> tuple[UnitStanding, ...]:
        """List the units that stand so."""
        return tuple(each for each in self.units if each.standing in standings)

    @property
    def due(self) -> int:
        """Count the units that are asked to report: all but the exempt."""
        return len(self.units) - len(self.those(Standing.EXEMPT))

    @property
    def received(self) -> int:
        """Count the units that reported, nil and what was returned included."""
        return sum(1 for each in self.units if each.received)

    @property
    def on_time(self) -> int:
        """Count the units that reported by the deadline."""
        return self.received - self.late

    @property
    def late(self) -> int:
        """Count the units that reported after the deadline."""
        return sum(1 for each in self.units if each.received and each.days_late)

    @property
    def waiting(self) -> int:
        """Count the units that have not reported and still have time."""
        return len(self.those(Standing.WAITING))

    @property
    def missing(self) -> int:
        """Count the units that have not reported although the deadline passed."""
        return len(self.those(Standing.MISSING))

    @property
    def share(self) -> float:
        """Give the share of the due reports that was received; 1 where none was due, for then none lacks."""
        return self.received / self.due if self.due else 1.0


def completeness(
    period: Period,
    units: Sequence[Unit],
    receipts: Sequence[UnitReport],
    now: datetime,
    particulars: Particulars = NOTHING_PARTICULAR,
) -> Completeness:
    """Tell how each unit among `units` that is asked stands with a period; other kinds of units are left out."""
    received = {receipt.unit: receipt for receipt in receipts}
    kinds = period.kinds or REPORTING_KINDS
    asked = [unit for unit in units if unit.kind in kinds]
    return Completeness(
        period,
        tuple(
            _standing(particulars.period(unit, period), unit, received.get(unit.id), now)
            if unit.id not in particulars.exempted or unit.id in received
            else UnitStanding(unit, Standing.EXEMPT, reason=particulars.exempted[unit.id])
            for unit in asked
        ),
    )


def _standing(period: Period, unit: Unit, receipt: UnitReport | None, now: datetime) -> UnitStanding:
    filed_at = receipt.first_filed_at if receipt else None
    if receipt and filed_at:
        late = days_late(filed_at, period.due_at)
        nil = receipt.nil and not receipt.reports
        received = Standing.LATE if late else Standing.ON_TIME
        return UnitStanding(unit, Standing.RETURNED if receipt.returned else received, late, filed_at, nil)
    if is_exempt(unit, period):
        return UnitStanding(unit, Standing.EXEMPT)
    late = days_late(now, period.due_at)
    return UnitStanding(unit, Standing.MISSING if late else Standing.WAITING, late)


def silence(calendar: Calendar, now: datetime, since: date | None) -> list[Period]:
    """Give the two periods, the latest first, that decide who is silent: whoever sent nothing for either of them.

    They are the last ones of which the deadline has passed. Somebody could report here when each of them began, which
    is so `since` the first chair or deputy came in (None: nobody has); until then the list is empty, for in a new house
    everybody would be silent.
    """
    periods = calendar.ended(now, SILENT)
    return periods if since is not None and all(since <= asked(one).begun_by for one in periods) else []


def asked(period: Period) -> Asked:
    """Tell whom a period asks, and what closes it: nobody is asked who was founded on the way, or closed before it was
    over or due.

    On the way is after the first day of a month; of a longer period, after the first day of its last month.
    """
    lasting = max(period.until, period.due_at.date() - ONE_DAY)
    return Asked(
        period.codes,
        period.kinds or REPORTING_KINDS,
        begun_by=min(period.news_since, period.until),
        lasting=lasting,
        due_at=period.due_at,
        forms=period.forms,
        nil=period.nil,
        days=(period.since, period.until),
    )


def is_among(unit: Unit, these: Asked) -> bool:
    """Tell whether a unit is one of those that a period asks."""
    return unit.kind in these.kinds and not _exempt(unit, these)


def is_exempt(unit: Unit, period: Period) -> bool:
    """Tell whether nothing is asked of a unit."""
    return _exempt(unit, asked(period))


def _exempt(unit: Unit, these: Asked) -> bool:
    return unit.valid_from > these.begun_by or (unit.valid_to is not None and unit.valid_to <= these.lasting)
