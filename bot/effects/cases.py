"""What becomes of cases."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cases.case import Case, Event


@dataclass(frozen=True, slots=True)
class KeepCase:
    """Keep a case as it is after an event. Conflict where something else happened to it meanwhile."""

    case: Case
    event: Event
