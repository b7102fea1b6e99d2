"""Messages in, one transaction per batch: load, take the turns, write, commit; only then is anything acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from bot.effects import Failure, Speak
from bot.forms.steps import RECAP
from bot.i18n import _
from bot.inbox.bridging import open_question
from bot.inbox.hearing import heard
from bot.inbox.turn import take
from bot.inbox.work import Unwritten, Work
from bot.messages import Address, Incoming, Outgoing, Say
from bot.office.house import in_force
from bot.ports import Batch, Claim, Conflict, OpenQuestion, SentMark, Store, StoreBusy, World
from bot.records import Ask, Draft
from bot.talk import House, Talk
from bot.traces import trace_of

log = structlog.get_logger(__name__)
BATCH: Final = 100  # messages in one transaction at most
CATCHING_UP: Final = timedelta(minutes=1)  # how long after a start messages may still be from before it


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
        self._back_at: datetime | None = None
        self._idle = asyncio.Event()
        self._idle.set()

    async def deliver(self, messages: Sequence[Incoming]) -> None:
        """Take messages; return after they are committed.

        Raises StoreBusy when the database could not take them: they must be brought again.
        """
        if not messages:
            return
        waiting = _Waiting(messages, asyncio.get_running_loop().create_future())
        self._idle.clear()
        self.queue.put_nowait(waiting)
        await waiting.done

    async def open_question(self, address: Address) -> OpenQuestion | None:
        """Tell what is asked of a chat now; None where nothing is, or nobody is linked to it."""
        return await open_question(self.store, self.house, address, self.clock())

    async def run(self) -> None:
        """Work until cancelled: what arrived while the last commit ran is the next batch."""
        while True:
            lot = [await self.queue.get()]
            while not self.queue.empty() and sum(len(waiting.messages) for waiting in lot) < BATCH:
                lot.append(self.queue.get_nowait())
            await self._take_lot(lot)
            if self.queue.empty():
                self._idle.set()

    async def settle(self, seconds: float) -> None:
        """At stop: let what was delivered be taken in; no longer than this."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)

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
        if self.away_since is None:
            return messages
        calendar, now = self.house.calendar, self.clock()
        self._back_at = self._back_at or now
        if now - self._back_at > CATCHING_UP:
            self.away_since = None
            return messages
        current, away = calendar.open(now), self.away_since
        passed = [one.due_at for one in (current, calendar.previous(current)) if away <= one.due_at <= now]
        return [message if message.timed or not passed else replace(message, at=passed[-1]) for message in messages]

    async def take_batch(self, messages: Sequence[Incoming]) -> None:
        """Take a batch in one transaction; when that is refused, message by message: one must not hold the rest."""
        try:
            await self._transact(messages)
        except StoreBusy:
            raise
        except Exception as error:
            trace = trace_of(error)
            log.warning("batch replayed turn by turn", action="batch_replayed", size=len(messages), trace=trace)
            for message in messages:
                await self._alone(message)

    async def _alone(self, message: Incoming) -> None:
        try:
            await self._transact([message])
        except StoreBusy:
            raise
        except Exception as error:
            log.error("turn failed", action="turn_failed", update=message.id, trace=trace_of(error))
            await self._give_up(message, trace_of(error))

    async def _give_up(self, message: Incoming, trace: str) -> None:
        """Apologise; if even that cannot be written, keep only the failure: the same message must not come for ever."""
        try:
            await self._transact([message], broken=trace)
        except StoreBusy:
            raise
        except Exception as error:
            log.error("apology failed", action="apology_failed", update=message.id, trace=trace_of(error))
            async with self.store.batch() as batch:
                await batch.unseen([message])
                await batch.write([Failure(self.clock(), "inbox", message.id, trace)])

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
        # In the loop's next round: who waits for the commit asks Telegram for more before a hundred replies go out.
        asyncio.get_running_loop().call_soon(self.mouth.say_now, work.claims)
        if work.speaks_later or any(mark.state in {"pending", "elsewhere"} for mark in marks):
            self.mouth.wake()
        if work.starts_jobs:
            self.wake_jobs()

    async def _open(self, batch: Batch, messages: Sequence[Incoming], broken: str) -> Work:
        now = self.clock()
        fresh = await batch.unseen(messages)
        self.house = await in_force(self.house, batch)
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
        others = {post.unit.id for person in work.world.people.values() for post in person.posts}
        for ask, draft in self._open_drafts(work.world, fresh):
            form = self.house.forms.get(draft.form)
            if form is not None and form.settings.report and draft.unit is not None:
                wanted |= {(draft.unit, name) for name in (form.name, *form.settings.needs)}
                near_filing |= {draft.unit} if ask.step == RECAP else set()
        others -= {unit for unit, _form in wanted}
        await work.memory.recall(wanted, near_filing, others)

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
        except (StoreBusy, Conflict, Unwritten):
            raise
        except Exception as error:
            log.error("turn failed", action="turn_failed", update=message.id, trace=trace_of(error))
            self._apologise(work, message, now, trace_of(error))
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
