"""How cases fare: opened, answered, overdue, and how long an answer takes; in all, by topic and by area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TypeVar

from bot.cases.case import Case

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of some cases; `median` is the time from opening to the first answer, None while there is none."""

    opened: int
    answered: int
    overdue: int
    median: timedelta | None


def tally(cases: Iterable[Case], now: datetime) -> Tally:
    """Count cases."""
    these = list(cases)
    times = [case.answered_at - case.opened_at for case in these if case.answered_at is not None]
    return Tally(
        len(these),
        len(times),
        sum(1 for case in these if case.overdue(now)),
        timedelta(seconds=median(time.total_seconds() for time in times)) if times else None,
    )


def tallies(cases: Sequence[Case], by: Callable[[Case], K], now: datetime) -> dict[K, Tally]:
    """Count cases in groups, the largest first."""
    groups: dict[K, list[Case]] = defaultdict(list)
    for case in cases:
        groups[by(case)].append(case)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), str(item[0])))
    return {key: tally(group, now) for key, group in ordered}
