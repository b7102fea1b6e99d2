"""The one place that decides what follows from a failed send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.effects import AddressState, Effect
from bot.messages import SILENT, ByDay, Elsewhere, Gone, Later, Priority, SendFailure, Uncertain
from bot.ports import Claim, SentMark

LONGEST_WAIT: Final = 3600.0
# With waits that double from one second to an hour, these tries take about a day.
TRIES: Final = 36
# Each repeat of a reply that may have arrived can be a double to the person.
UNCERTAIN_TRIES: Final = 6
# What waits for somebody to write again is tried every six hours for a month.
UNTIL_THEY_WRITE: Final = timedelta(hours=6)
SILENT_TRIES: Final = 120


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to write down, and who has to wait: the chat, or with `halts` the whole channel."""

    mark: SentMark
    effects: tuple[Effect, ...] = ()
    until: datetime | None = None
    halts: bool = False


def remedy(claim: Claim, failure: SendFailure, now: datetime, others: Sequence[str] = ()) -> Remedy:
    """Decide what follows when this message could not be sent; `others` are channels where it can always be said."""
    match failure:
        case ByDay():
            until = now + timedelta(seconds=failure.after)
            return Remedy(_mark(claim, "pending", failure, until))
        case Later() if failure.halts or claim.attempts + 1 < TRIES:
            return _again(claim, failure, now)
        case Uncertain() if claim.out.priority is Priority.REPLY and claim.attempts + 1 < UNCERTAIN_TRIES:
            return _again(claim, Later(0, str(failure)), now)
        case Uncertain():
            return Remedy(_mark(claim, "uncertain", failure))
        case Gone():
            return Remedy(_elsewhere(claim, failure, now, others), (AddressState(claim.out.address, "closed"),))
        case Elsewhere():
            return Remedy(_elsewhere(claim, failure, now, others))
        case _:
            return Remedy(_mark(claim, "failed", failure))


def _elsewhere(claim: Claim, failure: SendFailure, now: datetime, others: Sequence[str]) -> SentMark:
    """Try the person's other addresses. A reply belongs where the question was put.

    An alert for one person (the answer to a petition, a report sent back) is of use later too: it waits until they
    write again. An alarm rings at several places at once, and has a key by which it ends.
    """
    if claim.out.priority is Priority.REPLY:
        return _mark(claim, "failed", failure)
    waits = claim.out.priority is Priority.ALERT and not claim.out.drop_key and str(failure).startswith(SILENT)
    again = now + UNTIL_THEY_WRITE if waits and claim.attempts + 1 < SILENT_TRIES else None
    return replace(_mark(claim, "elsewhere", failure, now), to=tuple(others), again=again)


def postponed(claim: Claim, until: datetime, why: str) -> SentMark:
    """Put a message back that was not even tried."""
    return SentMark(claim.id, "pending", not_before=until, why=why, attempts=claim.attempts)


def _again(claim: Claim, failure: Later, now: datetime) -> Remedy:
    """Wait as long as the channel says; where only this chat is concerned, longer with every try.

    What halts the whole channel (a used-up quota, a refused token) is no fault of this message, and no try of it.
    """
    least = 1.0 if failure.halts else min(2.0**claim.attempts, LONGEST_WAIT)
    until = now + timedelta(seconds=max(failure.after, least))
    mark = _mark(claim, "pending", failure, until)
    return Remedy(replace(mark, attempts=claim.attempts) if failure.halts else mark, (), until, failure.halts)


def _mark(claim: Claim, state: str, failure: SendFailure, until: datetime | None = None) -> SentMark:
    why = str(failure) or type(failure).__name__.lower()
    return SentMark(claim.id, state, not_before=until, why=why, attempts=claim.attempts + 1)
