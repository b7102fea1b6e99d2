"""Who has reported for a period, who is late, who is still to come: a count for leaders, a list for officers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.ports import UnitReport
from bot.records import Unit
from bot.reporting.kinds import REPORTING_KINDS
from bot.reporting.periods import Period, days_late


class Standing(StrEnum):
    """How a unit stands with its report for a period."""

    ON_TIME = "on_time"
    LATE = "late"
    WAITING = "waiting"  # not yet, and the deadline is ahead
    MISSING = "missing"  # not yet, and the deadline has passed
    EXEMPT = "exempt"  # nothing is asked: it was founded or closed on the way


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """How one unit stands. `days_late` of a missing report are the days since the deadline."""

    unit: Unit
    standing: Standing
    days_late: int = 0
    filed_at: datetime | None = None
    nil: bool = False  # it reported that there is nothing to report


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
        """Count the units that reported, nil included."""
        return self.on_time + self.late

    @property
    def on_time(self) -> int:
        """Count the units that reported by the deadline."""
        return len(self.those(Standing.ON_TIME))

    @property
    def late(self) -> int:
        """Count the units that reported after the deadline."""
        return len(self.those(Standing.LATE))

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


def completeness(period: Period, units: Sequence[Unit], receipts: Sequence[UnitReport], now: datetime) -> Completeness:
    """Tell how each reporting unit among `units` stands with a period; other kinds of units are left out."""
    received = {receipt.unit: receipt for receipt in receipts}
    return Completeness(
        period,
        tuple(_standing(period, unit, received.get(unit.id), now) for unit in units if unit.kind in REPORTING_KINDS),
    )


def _standing(period: Period, unit: Unit, receipt: UnitReport | None, now: datetime) -> UnitStanding:
    filed_at = receipt.first_filed_at if receipt else None
    if receipt and filed_at:
        late = days_late(filed_at, period.due_at)
        nil = receipt.nil and not receipt.reports
        return UnitStanding(unit, Standing.LATE if late else Standing.ON_TIME, late, filed_at, nil)
    if is_exempt(unit, period):
        return UnitStanding(unit, Standing.EXEMPT)
    late = days_late(now, period.due_at)
    return UnitStanding(unit, Standing.MISSING if late else Standing.WAITING, late)


def is_exempt(unit: Unit, period: Period) -> bool:
    """Tell whether nothing is asked of a unit: founded after the period began, or closed before its report was due."""
    if unit.valid_from > period.since:
        return True
    return unit.valid_to is not None and (unit.valid_to <= period.until or unit.valid_to < period.due_at.date())
