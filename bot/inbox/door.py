"""Messages in, one transaction per batch: load, take the turns, write, commit; only then is anything acknowledged."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

import structlog

from bot.effects import (
    Ask,
    ChangePerson,
    ClearAsk,
    Draft,
    DropDraft,
    Effect,
    EndAllRoles,
    EndRoles,
    ErasePerson,
    Failure,
    FileReport,
    GrantRole,
    Heard,
    LinkAddress,
    SaveDraft,
    SetAsk,
    Speak,
    WrongCode,
)
from bot.forms.steps import RECAP
from bot.i18n import _
from bot.inbox.memory import Memory
from bot.inbox.turn import take
from bot.messages import Arrival, Incoming, Outgoing, Say
from bot.ports import Batch, Claim, Conflict, SentMark, Store, StoreBusy, World
from bot.talk import House, Talk

log = structlog.get_logger(__name__)
BATCH: Final = 100  # messages in one transaction at most
KEPT: Final = frozenset({Arrival.TEXT, Arrival.PRESS, Arrival.FILES})


class Mouth(Protocol):
    """The outbox, as the inbox knows it."""

    def say_now(self, claims: Sequence[Claim]) -> None:
        """Send these replies at once."""

    def wake(self) -> None:
        """Look for due messages."""

    def take_marks(self) -> Sequence[SentMark]:
        """Give what became of sends, to be written with the next commit."""

    def return_marks(self, marks: Sequence[SentMark]) -> None:
        """Take marks back whose commit failed."""


@dataclass(slots=True)
class _Waiting:
    """Messages of one delivery, and who waits for their commit."""

    messages: Sequence[Incoming]
    done: asyncio.Future[None]


class Work:
    """One batch under way."""

    def __init__(self, batch: Batch, world: World, now: datetime) -> None:
        """Begin with nothing to write."""
        self.batch = batch
        self.world = world
        self.memory = Memory(batch, self.flush, now)
        self.pending: list[Effect] = []
        self.claims: list[Claim] = []
        self.failed = 0

    async def flush(self) -> None:
        """Write what earlier turns asked for, so that SQL sees it."""
        if self.pending:
            effects, self.pending = self.pending, []
            self.claims += await self.batch.write(effects)

    def take_in(self, effects: Sequence[Effect]) -> None:
        """Keep the effects of a turn, and let later turns see them."""
        for effect in effects:
            see(self.world, effect)
            if isinstance(effect, FileReport):
                self.memory.forget(effect.submission.unit)
        self.pending += effects


class Inbox:
    """The door. Everything that channels bring goes through `deliver`."""

    def __init__(
        self,
        store: Store,
        house: House,
        mouth: Mouth,
        clock: Callable[[], datetime],
        *,
        wake_jobs: Callable[[], None] = lambda: None,
    ) -> None:
        """Stand between channels and store."""
        self.store = store
        self.house = house
        self.mouth = mouth
        self.clock = clock
        self.wake_jobs = wake_jobs
        self.queue: asyncio.Queue[_Waiting] = asyncio.Queue()
        self.taken = 0  # updates, for the metrics
        self.turns_failed = 0
        self.last_commit: datetime | None = None
        self.away_since: datetime | None = None  # until what arrived while we were away is taken in

    async def deliver(self, messages: Sequence[Incoming]) -> None:
        """Take messages; return after they are committed.

        Raises StoreBusy when the database could not take them: they must be brought again.
        """
        if not messages:
            return
        waiting = _Waiting(messages, asyncio.get_running_loop().create_future())
        self.queue.put_nowait(waiting)
        await waiting.done

    async def run(self) -> None:
        """Work until cancelled: what arrived while the last commit ran is the next batch."""
        while True:
            lot = [await self.queue.get()]
            while not self.queue.empty() and sum(len(waiting.messages) for waiting in lot) < BATCH:
                lot.append(self.queue.get_nowait())
            await self._take_lot(lot)

    async def _take_lot(self, lot: list[_Waiting]) -> None:
        messages = self._in_time([message for waiting in lot for message in waiting.messages])
        try:
            for start in range(0, len(messages), BATCH):
                await self.take_batch(messages[start : start + BATCH])
        except asyncio.CancelledError:
            for waiting in lot:
                waiting.done.cancel()
            raise
        except Exception as error:
            log.warning("batch refused", action="batch_refused", error=type(error).__name__)
            for waiting in lot:
                if not waiting.done.done():
                    waiting.done.set_exception(error if isinstance(error, StoreBusy) else StoreBusy(str(error)))
            return
        for waiting in lot:
            if not waiting.done.done():
                waiting.done.set_result(None)

    def _in_time(self, messages: list[Incoming]) -> list[Incoming]:
        """After an outage of ours across a deadline, what waited for us (and bears no time of its own) is on time."""
        away, self.away_since = self.away_since, self.away_since if len(messages) >= BATCH else None
        if away is None:
            return messages
        calendar, now = self.house.calendar, self.clock()
        current = calendar.open(now)
        passed = [one.due_at for one in (current, calendar.previous(current)) if away <= one.due_at <= now]
        return [message if message.timed or not passed else replace(message, at=passed[-1]) for message in messages]

    async def take_batch(self, messages: Sequence[Incoming]) -> None:
        """Take a batch in one transaction; when that is refused, message by message: one must not hold the rest."""
        try:
            await self._transact(messages)
        except StoreBusy:
            raise
        except Exception:
            log.exception("batch replayed turn by turn", action="batch_replayed", size=len(messages))
            for message in messages:
                await self._alone(message)

    async def _alone(self, message: Incoming) -> None:
        try:
            await self._transact([message])
        except StoreBusy:
            raise
        except Exception:
            log.exception("turn failed", action="turn_failed", update=message.id)
            trace = traceback.format_exc()
            await self._transact([message], broken=trace)

    async def _transact(self, messages: Sequence[Incoming], broken: str = "") -> None:
        marks = self.mouth.take_marks()
        try:
            async with self.store.batch() as batch:
                work = await self._open(batch, messages, broken)
                await work.flush()
                if marks:
                    await batch.sent(marks)
        except BaseException:
            self.mouth.return_marks(marks)
            raise
        self.taken += len(messages)
        self.turns_failed += work.failed
        self.last_commit = self.clock()
        self.mouth.say_now(work.claims)
        self.mouth.wake()
        self.wake_jobs()

    async def _open(self, batch: Batch, messages: Sequence[Incoming], broken: str) -> Work:
        now = self.clock()
        fresh = await batch.unseen(messages)
        world = await batch.world(fresh, now) if fresh else World()
        work = Work(batch, world, now)
        await self._recall(work, fresh)
        for message in fresh:
            if message.address.channel in self.house.remembers:
                work.pending += heard(message, now)
            if broken:
                self._apologise(work, message, now, broken)
            else:
                await self._turn(work, message, now)
            if work.world.stale:
                await work.flush()
                work.world = await batch.world(fresh, now)
        return work

    async def _recall(self, work: Work, fresh: Sequence[Incoming]) -> None:
        """Read what the open drafts of the batch need, one statement for each kind of fact."""
        wanted: set[tuple[int, str]] = set()
        near_filing: set[int] = set()
        for ask, draft in self._open_drafts(work.world, fresh):
            form = self.house.forms.get(draft.form)
            if form is not None and form.settings.report and draft.unit is not None:
                wanted |= {(draft.unit, name) for name in (form.name, *form.settings.needs)}
                near_filing |= {draft.unit} if ask.step == RECAP else set()
        await work.memory.recall(wanted, near_filing)

    def _open_drafts(self, world: World, fresh: Sequence[Incoming]) -> Iterator[tuple[Ask, Draft]]:
        for message in fresh:
            person = world.people.get(message.address)
            ask = world.asks.get(person.id) if person is not None else None
            if ask is not None and ask.draft in world.drafts:
                yield ask, world.drafts[ask.draft]

    async def _turn(self, work: Work, message: Incoming, now: datetime) -> None:
        async def read() -> Batch:
            await work.flush()
            return work.batch

        talk = Talk(self.house, message, now, work.world, work.world.people.get(message.address), read)
        try:
            await take(talk, work.memory)
        except (StoreBusy, Conflict):
            raise
        except Exception:
            log.exception("turn failed", action="turn_failed", update=message.id)
            self._apologise(work, message, now, traceback.format_exc())
            return
        work.take_in(talk.effects)

    def _apologise(self, work: Work, message: Incoming, now: datetime, trace: str) -> None:
        """Record the failure with its update, and tell the person that nothing they entered is lost."""
        work.failed += 1
        person = work.world.people.get(message.address)
        sorry = Say(
            _("Sorry, something went wrong on our side. Nothing entered is lost; please try again, or type HELP.")
        )
        key = f"re/{message.address.channel}/{message.id}/sorry"
        out = Outgoing(key, message.address, sorry.spoken(self.house.voice(person)))
        what = f"{message.address.channel} {message.id} {message.what}"
        work.pending += [Failure(now, "inbox", what, trace), Speak(out)]


def heard(message: Incoming, now: datetime) -> list[Effect]:
    """Keep what somebody said where only we can show it to them again; never an invitation code."""
    if message.what not in KEPT:
        return []
    words = message.shown or message.text
    secret = words.lower().startswith("/start ")
    return [Heard(message.address, message.id, now, "/start" if secret else words, message.files)]


def see(world: World, effect: Effect) -> None:
    """Let later turns of the batch see what this one changed."""
    match effect:
        case SaveDraft(draft):
            world.drafts[draft.id] = draft
        case DropDraft(draft):
            world.drafts.pop(draft, None)
        case SetAsk(ask):
            world.asks[ask.person] = ask
        case ClearAsk(person):
            world.asks.pop(person, None)
        case _:
            _see_people(world, effect)


def _see_people(world: World, effect: Effect) -> None:
    match effect:
        case WrongCode(address):
            world.wrong_codes[address] = world.wrong_codes.get(address, 0) + 1
        case ChangePerson(person, changes):
            for address, known in world.people.items():
                if known.id == person:
                    world.people[address] = replace(known, **changes)  # type: ignore[arg-type]
        case ErasePerson() | EndAllRoles() | EndRoles() | GrantRole() | LinkAddress():
            world.stale = True
        case _:
            pass
