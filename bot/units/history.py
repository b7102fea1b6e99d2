"""A unit through time: its names, and the units above it, each with its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """Under this unit from `since` until the day before `until` (None: until further notice)."""

    code: str
    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the day lies within."""
        return self.since <= day and not ended(self.until, day)


@dataclass(frozen=True, slots=True)
class History:
    """What the list of units knows of one. `until` is the first day on which it is no more.

    Names hold until the next one. The last of `parents` and of `recognisers` stays open even where the unit is closed.
    """

    code: str
    kind: str
    since: date
    until: date | None = None
    names: tuple[tuple[date, str], ...] = ()
    parents: tuple[Span, ...] = ()
    recognisers: tuple[Span, ...] = ()
    predecessors: frozenset[str] = frozenset()
    members: int | None = None
    workers: int | None = None
    sector: str = ""

    def name_on(self, day: date) -> str:
        """Give the name of that day."""
        return next((name for since, name in reversed(self.names) if since <= day), "")

    def closed_on(self, day: date) -> bool:
        """Tell whether the unit is no more on that day."""
        return ended(self.until, day)


def ended(until: date | None, day: date) -> bool:
    """Tell whether something that holds until the day before `until` is over on that day."""
    return until is not None and until <= day


def earlier(one: date | None, other: date | None) -> date | None:
    """Give the earlier of two ends, None being no end at all."""
    if one is None or other is None:
        return one or other
    return min(one, other)


def span_on(spans: Sequence[Span], day: date) -> Span | None:
    """Give the span that covers a day."""
    return next((span for span in spans if span.covers(day)), None)


def redirected(spans: Sequence[Span], code: str, since: date) -> tuple[tuple[Span, ...], Span]:
    """Put a unit under another from that day, until the next dated change; give all spans, and the new one."""
    old = span_on(spans, since)
    later = min((span.since for span in spans if span.since > since), default=None)
    new = Span(code, since, old.until if old else later)
    kept = [span for span in spans if span is not old]
    if old and old.since < since:
        kept.append(Span(old.code, old.since, since))
    return tuple(sorted([*kept, new], key=lambda span: span.since)), new


def renamed(names: Sequence[tuple[date, str]], name: str, since: date) -> tuple[tuple[date, str], ...]:
    """Call a unit something else from that day, until the next dated change."""
    return tuple(sorted([*(old for old in names if old[0] != since), (since, name)]))
