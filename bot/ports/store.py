"""What the doors need of a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.cases.case import Case
from bot.effects import Effect, StartJob
from bot.messages import Address, Incoming, Outgoing
from bot.ports.behind import BehindReads
from bot.ports.cases import CaseReads
from bot.ports.channels import ONE, Toll
from bot.ports.figures import FigureReads
from bot.ports.keys import KeyReads
from bot.ports.notices import NoticeReads
from bot.ports.office import OfficeReads
from bot.ports.people import PeopleReads
from bot.ports.registers import RegisterReads
from bot.ports.reports import ReportReads
from bot.ports.reviews import ReviewReads
from bot.ports.status import StatusReads
from bot.ports.surveys import SurveyReads
from bot.ports.talks import TalkReads
from bot.ports.targets import TargetReads
from bot.ports.units import UnitReads
from bot.ports.wordings import WordingReads
from bot.records import Ask, Draft, Person


@dataclass(slots=True)
class World:
    """What the turns of a batch may know of the people they talk with. Later turns see what earlier ones changed."""

    people: dict[Address, Person] = field(default_factory=dict)
    asks: dict[str, Ask] = field(default_factory=dict)  # by person
    drafts: dict[str, Draft] = field(
        default_factory=dict
    )  # by id: the person's own and those of the units they report for
    stale: bool = False  # somebody's roles or addresses changed: load it again before the next turn


@dataclass(frozen=True, slots=True)
class Claim:
    """An outbox row taken for sending."""

    id: int
    out: Outgoing
    attempts: int


@dataclass(frozen=True, slots=True)
class SentMark:
    """What became of one outbox row.

    "elsewhere": not there; to another open address of the person on one of the channels `to`, or else there again at
    `again`, or else failed.
    """

    id: int
    state: str  # sent, pending (again at not_before), elsewhere, failed, uncertain
    message_id: str = ""
    not_before: datetime | None = None
    why: str = ""
    attempts: int = 0
    to: tuple[str, ...] = ()
    took: Toll = ONE  # where it was sent
    again: datetime | None = None


@dataclass(frozen=True, slots=True)
class JobClaim:
    """A job taken for doing."""

    job: StartJob
    attempts: int


class Reads(
    BehindReads,
    CaseReads,
    FigureReads,
    KeyReads,
    NoticeReads,
    OfficeReads,
    PeopleReads,
    RegisterReads,
    ReportReads,
    ReviewReads,
    SurveyReads,
    StatusReads,
    TalkReads,
    TargetReads,
    UnitReads,
    WordingReads,
    Protocol,
):
    """What can be asked of the database, inside a batch or beside it."""


class Batch(Reads, Protocol):
    """One write transaction."""

    async def unseen(self, batch: Sequence[Incoming]) -> list[Incoming]:
        """Drop the repeats (seen before, or twice in the batch) and mark the rest as seen."""

    async def world(self, batch: Sequence[Incoming], now: datetime) -> World:
        """Load what the turns of these messages may know, one statement per kind of fact."""

    async def old_drafts(self, before: datetime, after: str, limit: int) -> list[Draft]:
        """List drafts that were not touched since, by id, from after that id on; nobody changes them meanwhile."""

    async def due_cases(self, now: datetime, limit: int) -> list[Case]:
        """List the cases at which the clock must look; nobody changes them meanwhile."""

    async def cases_adrift(self, limit: int) -> list[Case]:
        """List the open cases whose owner holds no post today at the union where they lie; nobody changes them."""

    async def hold(self, units: Sequence[int]) -> None:
        """Keep reports of these units from being filed until this transaction is over. Raises StoreBusy if one is."""

    async def write(self, effects: Iterable[Effect]) -> list[Claim]:
        """Write effects, one statement per table; give the outbox rows that may be sent at once (priority reply)."""

    async def sent(self, marks: Sequence[SentMark]) -> None:
        """Note what became of sends."""


class Store(Protocol):
    """The database."""

    def batch(self) -> AbstractAsyncContextManager[Batch]:
        """Open a write transaction: committed at the end, rolled back when something raises.

        Raises StoreBusy when the database cannot take it now (locked, disk full, connection lost).
        """

    def reading(self) -> AbstractAsyncContextManager[Reads]:
        """Open a read-only connection beside the writer."""

    async def due_messages(
        self, now: datetime, limit: int, *, channel: str = "", after_restart: bool = False
    ) -> list[Claim]:
        """Take pending rows that are due, highest priority and oldest first; below reply they are marked "sending".

        `channel` takes those of one channel only, so that a slow one holds up no other. `after_restart` first turns
        rows left "sending" by a crash into "uncertain", and gives replies again.
        """

    async def next_message_at(self, channel: str = "") -> datetime | None:
        """Tell when the earliest pending message (of one channel) is due."""

    async def put_back(self, channel: str, now: datetime) -> list[tuple[str, datetime]]:
        """List the chats of a channel with a message that was tried, or waits behind one: (chat, until when)."""

    async def sent_since(self, channel: str, since: datetime) -> Toll:
        """Tell what a channel has sent from that moment on took in all."""

    async def due_jobs(self, now: datetime, limit: int) -> list[JobClaim]:
        """Take waiting jobs that are due."""

    async def jobs_done(self, done: Sequence[tuple[str, Sequence[Effect]]]) -> None:
        """Finish jobs and write the effects of each, all in one transaction."""

    async def job_later(self, job: str, not_before: datetime, why: str) -> None:
        """Put a job back until then."""

    async def mark(self, name: str, until: datetime) -> None:
        """Note until when something has been done."""

    async def marked(self, name: str) -> datetime | None:
        """Tell until when something has been done."""

    async def prune(self, now: datetime, bodies: int, seen: int) -> None:
        """Blank sent messages and failures older than `bodies` days; forget updates seen `seen` days ago."""

    async def counts(self) -> Mapping[str, Any]:
        """Count what health and metrics show: outbox by state, jobs by state, drafts, failures of the last day."""

    async def close(self) -> None:
        """Let go of connections."""


class StoreBusy(Exception):
    """The database cannot take a write now: locked, full, or away. Nothing was kept; try again."""


class Conflict(Exception):
    """A constraint refused the write: another process was first. Take the batch again."""
