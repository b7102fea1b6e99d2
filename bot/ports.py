"""The protocols between the doors and the world: Store (databases) and Channel (messengers)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from bot.effects import Effect, StartJob
from bot.messages import Address, FileRef, Incoming, Message, Outgoing
from bot.records import Ask, BookVersion, Draft, Invite, Person, Role, StoredFile, Submission, Unit
from bot.reporting.periods import Period

# --- channels ---------------------------------------------------------------------------------------------------------

Deliver = Callable[[Sequence[Incoming]], Awaitable[None]]
"""Hands what came to the inbox. Returns after the commit; raises when nothing was taken, so that it comes again."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a channel can do."""

    max_text: int  # UTF-16 units
    buttons: bool
    edits: bool
    files: bool
    pace: float  # messages a second in all that it tolerates
    pace_chat: float = 1.0  # messages a second to one chat
    max_file: int = 20 * 1024 * 1024  # bytes that `fetch` can bring


class Channel(Protocol):
    """A messenger, or something that looks like one."""

    name: str
    facts: Facts
    trouble: str  # what keeps it from receiving, in a few words; "" when all is well

    async def run(self, deliver: Deliver) -> None:
        """Receive until cancelled. What `deliver` refused is asked for again."""

    async def send(self, chat: str, message: Message) -> str:
        """Send one message; give the channel's id of it.

        Raises a SendFailure: Later, Gone, Moved, Refused or Uncertain.
        """

    async def fetch(self, remote: str, limit: int) -> bytes:
        """Bring a file that somebody sent.

        Raises Later to be tried again, Refused when it is gone or larger than `limit` bytes.
        """

    def link(self, code: str) -> str:
        """Give the address that opens a chat with an invitation code, or "" where the channel has none."""

    async def close(self) -> None:
        """Let go of connections."""


class WebhookChannel(Channel, Protocol):
    """A channel that can also be called by its messenger."""

    def receive(self, headers: Mapping[str, str], body: bytes) -> list[Incoming]:
        """Read a webhook call.

        Raises PermissionError when the secret is wrong. A body that cannot be read gives an empty list.
        """

    def settle(self, taken: Sequence[Incoming]) -> None:
        """Do what is due after the commit (answer button presses), without waiting for it."""


# --- storage ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class World:
    """What the turns of a batch may know of the people they talk with. Later turns see what earlier ones changed."""

    people: dict[Address, Person] = field(default_factory=dict)
    asks: dict[str, Ask] = field(default_factory=dict)  # by person
    drafts: dict[str, Draft] = field(
        default_factory=dict
    )  # by id: the person's own and those of the units they report for
    wrong_codes: dict[Address, int] = field(default_factory=dict)  # tries of the last 15 minutes
    stale: bool = False  # somebody's roles or addresses changed: load it again before the next turn


@dataclass(frozen=True, slots=True)
class Claim:
    """An outbox row taken for sending."""

    id: int
    out: Outgoing
    attempts: int


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A unit's receipt for one period: when it first reported, if it did."""

    unit: int
    first_filed_at: datetime | None
    reports: int = 0  # current, not counting a nil
    nil: bool = False
    returned: bool = False  # all that it filed was sent back to be completed


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a period asks to report: units of these kinds that had begun by a day, and that last beyond another.

    What closes it: any report kept under one of its codes, or, where it names forms, reports of these about its days.
    """

    codes: tuple[str, ...]
    kinds: frozenset[str]
    begun_by: date
    lasting: date  # a unit whose `valid_to` is this day or earlier is not asked
    due_at: datetime
    forms: tuple[str, ...]
    nil: bool  # "nothing to report" closes it too
    days: tuple[date, date]  # the first and the last


@dataclass(frozen=True, slots=True)
class Tally:
    """How many units stand how with a period: `due` are asked to report, and `nil` of those that did had nothing to."""

    due: int
    on_time: int
    late: int
    nil: int

    @property
    def received(self) -> int:
        """Count the units that reported, nil included."""
        return self.on_time + self.late

    @property
    def lacking(self) -> int:
        """Count the units that have not reported."""
        return self.due - self.received

    @property
    def share(self) -> float:
        """Give the share of the due reports that was received; 1 where none was due, for then none lacks."""
        return self.received / self.due if self.due else 1.0


@dataclass(frozen=True, slots=True)
class Sum:
    """A summed figure: of one form, field and (for counts by choice) choice."""

    form: str
    field: str
    choice: str
    value: int
    rows: int  # submissions it comes from


@dataclass(frozen=True, slots=True)
class Tied:
    """What was reported for one choice, such as a campaign: by how many units, and the sums of those reports."""

    units: int = 0
    sums: tuple[Sum, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call at a unit."""

    unit: int
    role: str
    person: str
    name: str
    honorific: str
    phone: str
    channels: tuple[str, ...]  # of open addresses


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role at a unit today; `reachable` on any channel."""

    unit: int
    role: Role
    person: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation: ours, or (`own`) the person's. `key` stays the same when the wording changes."""

    key: str  # "s" and the id of the outbox row, or "h" and the id of the incoming message
    at: datetime  # when it was said
    own: bool
    message: Message
    files: tuple[FileRef, ...] = ()  # that the person sent


@dataclass(frozen=True, slots=True)
class Tenure:
    """A role that somebody holds or held: `until` is the first day without it."""

    role: Role
    code: str  # of the unit
    name: str
    since: date
    until: date | None


class Reads(Protocol):
    """What can be asked of the database, inside a batch or beside it. "Current" leaves out replaced versions."""

    async def unit(self, unit: int) -> Unit | None:
        """Give a unit by id."""

    async def unit_by_code(self, code: str) -> Unit | None:
        """Give a unit by its code."""

    async def units_of_kind(self, kind: str, limit: int) -> list[Unit]:
        """List valid units of a kind, by code."""

    async def search_units(self, under: Sequence[int], words: str, limit: int) -> list[Unit]:
        """Find valid units in the subtrees of `under` (the roots included) whose code or name has the folded words."""

    async def more_than(self, under: Sequence[int], most: int) -> bool:
        """Tell whether today more units than that are managed by these, at any depth, the roots included."""

    async def subtree(self, under: Sequence[int], on: date) -> list[Unit]:
        """List the units managed on that day by these units, at any depth, the roots included."""

    async def channels_in_use(self) -> set[str]:
        """Name the channels on which anybody is linked."""

    async def contacts(self, units: Sequence[int]) -> list[Contact]:
        """List who holds a role at these units today, chairs first."""

    async def officers_above(self, unit: int) -> list[Contact]:
        """List the officers at the units above, the nearest first."""

    async def history(self, units: Sequence[int], forms: Sequence[str], since: date) -> list[Submission]:
        """List current, not withdrawn submissions of these forms from that day on, the latest day first."""

    async def submissions(self, units: Sequence[int], limit: int, before: datetime | None = None) -> list[Submission]:
        """List the current submissions of units, withdrawn ones too, the latest filed first."""

    async def submission(self, submission: str) -> Submission | None:
        """Give a submission by id."""

    async def numbered(self, units: Sequence[int], number: int) -> list[Submission]:
        """Find the current submissions with this number at these units."""

    async def filed_from(self, draft: str) -> Submission | None:
        """Find the submission that was filed from a draft."""

    async def answered_by(self, person: str, message_id: str) -> Submission | None:
        """Find the current submission (of the last 60 days) with an answer that came in this message of the person."""

    async def last_numbers(self, units: Sequence[int]) -> dict[int, int]:
        """Give the highest report number of each unit."""

    async def parents_on(self, units: Sequence[int]) -> dict[int, list[tuple[date, date | None, int]]]:
        """Give the managing units of each unit with their dates (from, to, parent)."""

    async def files(self, drafts: Sequence[str]) -> list[StoredFile]:
        """List the files that came with these drafts (submissions keep their draft's id)."""

    async def files_by_id(self, ids: Sequence[str]) -> list[StoredFile]:
        """Give the files that answers name, in the order given; those that were erased are left out."""

    async def still_kept(self, hashes: Sequence[str]) -> set[str]:
        """Tell which of these contents (sha256) still belong to a file that was not erased."""

    async def receipts(self, units: Sequence[int], period: Period) -> list[UnitReport]:
        """Tell for each unit that filed anything that closes the period when it first did."""

    async def unlocked(self, unit: int, now: datetime) -> dict[str, datetime]:
        """Give the periods of which the lock is open for a unit now, and until when."""

    async def exempted(self, units: Sequence[int], periods: Sequence[str]) -> dict[int, str]:
        """Give the units that were exempted from one of these periods, with the reason."""

    async def posted(
        self, roles: Sequence[Role], after: str, limit: int, at: Sequence[int] | None = None
    ) -> list[Person]:
        """List people who hold one of these roles today, by id, from after that id on; `at` some units, or anywhere."""

    async def holders(self, units: Sequence[int], roles: Sequence[Role]) -> list[Holder]:
        """List who holds these roles at units today, in the order in which they came to them."""

    async def muted(self, people: Sequence[str], topic: str) -> set[str]:
        """Tell who of these wants none of a topic."""

    async def said(self, keys: Sequence[str]) -> set[str]:
        """Tell which of these messages there are, sent or not."""

    async def busy(self, people: Sequence[str], now: datetime) -> set[str]:
        """Tell with whom of these a question is open: digits mean something to them."""

    async def filed_since(self, under: Sequence[int], since: datetime, until: datetime) -> list[tuple[str, int]]:
        """Count the reports filed for the first time under these units, by kind, the most first: (form, number)."""

    async def marked(self, name: str) -> datetime | None:
        """Tell until when something has been done."""

    async def sums(self, under: Sequence[int], since: date, until: date) -> list[Sum]:
        """Sum the figures of the days since..until over what was under these units on the day of each event."""

    async def tied(self, under: Sequence[int], since: date, until: date, chosen: tuple[str, str]) -> Tied:
        """Give what was reported with this choice (field, code) in these days, by what was under these units then."""

    async def last_values(
        self, under: Sequence[int], until: date, fields: Sequence[tuple[str, str]]
    ) -> list[tuple[int, str, str, int]]:
        """Give for each unit and (form, field) the latest figure up to that day: (unit, form, field, value)."""

    async def last_sums(
        self, under: Sequence[int], days: tuple[date, date], fields: Mapping[tuple[str, str], str]
    ) -> list[Sum]:
        """Add up, over the units managed by these on the first day, their latest figures up to the second.

        `fields` names for each (form, field) what stands in for a unit that told none: "members" or "workers" of the
        list of units, or "" for nothing.
        """

    async def tally(self, under: Sequence[int], on: date, asked: Asked) -> Tally:
        """Count how the units stand that are managed by these on a day."""

    async def invite(self, hash_: str) -> Invite | None:
        """Give an invitation by the hash of its code."""

    async def newer_book(self, than: int) -> BookVersion | None:
        """Give the latest version of the office's book, if it is newer than this one."""

    async def book(self, version: int) -> BookVersion | None:
        """Give one version of the office's book."""

    async def books(self, limit: int) -> list[BookVersion]:
        """List the versions of the office's book without their sheets, the latest first."""

    async def person(self, person: str) -> Person | None:
        """Give a person by id."""

    async def consents(self, person: str) -> list[tuple[str, datetime, bool]]:
        """List what a person agreed to: (version, when, given)."""

    async def reports_by(self, person: str) -> list[Submission]:
        """List every submission version that a person filed."""

    async def drafts_of(self, person: str) -> list[Draft]:
        """List the drafts that a person began, the oldest first."""

    async def tenures(self, person: str) -> list[Tenure]:
        """List every role that a person holds or held, in the order in which they were given."""

    async def audited(self, person: str) -> list[tuple[datetime, str]]:
        """List what was noted of a person's doings: (when, action)."""

    async def person_at(self, address: Address) -> Person | None:
        """Give the person who writes from this address, if it is linked."""

    async def lines(self, address: Address, after: datetime, now: datetime, limit: int) -> list[Line]:
        """Give the latest lines of a conversation from that moment on, the oldest first, without what is not yet due.

        What the person said is there only for channels whose `Heard` is kept.
        """

    async def lines_before(self, address: Address, before: datetime, since: datetime, limit: int) -> list[Line]:
        """Give the latest lines said before that (past) moment, and not before `since`, the oldest first."""

    async def line(self, address: Address, key: str) -> Line | None:
        """Give one line of a conversation."""

    async def file_from(self, channel: str, remote: str) -> StoredFile | None:
        """Find a file by what its channel fetches it by."""

    async def unfetched(self, channel: str, remotes: Sequence[str]) -> set[str]:
        """Tell which of these files a channel still has to bring."""


class Batch(Reads, Protocol):
    """One write transaction."""

    async def unseen(self, batch: Sequence[Incoming]) -> list[Incoming]:
        """Drop the repeats (seen before, or twice in the batch) and mark the rest as seen."""

    async def world(self, batch: Sequence[Incoming], now: datetime) -> World:
        """Load what the turns of these messages may know, one statement per kind of fact."""

    async def old_drafts(self, before: datetime, after: str, limit: int) -> list[Draft]:
        """List drafts that were not touched since, by id, from after that id on; nobody changes them meanwhile."""

    async def hold(self, units: Sequence[int]) -> None:
        """Keep reports of these units from being filed until this transaction is over. Raises StoreBusy if one is."""

    async def write(self, effects: Iterable[Effect]) -> list[Claim]:
        """Write effects, one statement per table; give the outbox rows that may be sent at once (priority reply)."""

    async def sent(self, marks: Sequence[SentMark]) -> None:
        """Note what became of sends."""


@dataclass(frozen=True, slots=True)
class SentMark:
    """What became of one outbox row."""

    id: int
    state: str  # sent, pending (again at not_before), failed, uncertain
    message_id: str = ""
    not_before: datetime | None = None
    why: str = ""
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class JobClaim:
    """A job taken for doing."""

    job: StartJob
    attempts: int


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
