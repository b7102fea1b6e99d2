"""The door through which everything is said: hands messages to the sender of their channel, writes down the outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

import structlog

from bot.alarm import Alarm, Sleep
from bot.outbox.marks import Marks
from bot.outbox.sender import Desk, Sender
from bot.ports import Channel, Claim, SentMark, Store, StoreBusy
from bot.traces import trace_of
from bot.vitals import Vitals

log = structlog.get_logger(__name__)

# How long marks wait for somebody else's commit to ride along with.
RIDE: Final = 0.5


class Outbox:
    """Sends messages: replies handed over after a commit, everything else as it falls due in the store."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime],
        *,
        sleep: Sleep = asyncio.sleep,
        vitals: Vitals | None = None,
    ) -> None:
        """Keep what is needed; nothing is sent from the store before `run`."""
        self._bell = Alarm(sleep)
        self._marks = Marks(self._bell.ring)
        always = tuple(name for name, channel in channels.items() if channel.facts.window is None)
        self._desk = Desk(store, clock, sleep, self._marks, vitals or Vitals(), tuple(channels), always)
        self._senders = {name: Sender(channel, self._desk) for name, channel in channels.items()}

    def say_now(self, claims: Sequence[Claim]) -> None:
        """Send replies whose rows were committed just now."""
        for claim in claims:
            if sender := self._senders.get(claim.out.address.channel):
                sender.reply(claim)

    def wake(self) -> None:
        """Look for due messages: a commit may have brought some."""
        for sender in self._senders.values():
            sender.wake()

    async def run(self) -> None:
        """Send until cancelled. Rows that a crash left half sent are settled first."""
        await self._settle_leftovers()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._write_marks())
            for sender in self._senders.values():
                group.create_task(sender.run())

    async def caught_up(self, seconds: float) -> None:
        """Wait until what the last run left unsent is in hand, lest something new overtake it; no longer than this."""
        waits = [asyncio.ensure_future(sender.caught_up.wait()) for sender in self._senders.values()]
        if waits:
            _done, late = await asyncio.wait(waits, timeout=seconds)
            for wait in late:
                wait.cancel()

    async def drain(self, timeout: float) -> None:  # noqa: ASYNC109 what is late is broken off, not an error
        """At stop, after `run` was cancelled: let what is under way arrive, write down what became of it.

        Raises StoreBusy when that could not be written.
        """
        await asyncio.gather(*(sender.finish(timeout) for sender in self._senders.values()))
        await self._flush()

    def take_marks(self) -> list[SentMark]:
        """Give what became of sends, to be written within the next transaction of the inbox.

        If that fails, `return_marks` must follow, and `wake` if it is committed. Asking again means that it is over.
        """
        return self._marks.ride()

    def return_marks(self, marks: Sequence[SentMark]) -> None:
        """Take marks back whose commit failed."""
        self._marks.put_back(marks)

    async def _settle_leftovers(self) -> None:
        while True:
            try:
                await self._desk.store.due_messages(self._desk.clock(), 0, after_restart=True)
                return
            except StoreBusy as busy:
                self._desk.vitals.trouble("outbox", str(busy))
                log.warning("outbox: the database is busy", why=str(busy))
                await self._desk.sleep(1.0)

    async def _write_marks(self) -> None:
        """Write marks that nobody took along for a while."""
        while True:
            await self._bell.wait()
            while self._marks:
                taken = self._marks.times_taken
                await self._desk.sleep(RIDE)
                if self._marks.times_taken == taken or self._marks.effects:
                    await self._try_flush()

    async def _try_flush(self) -> None:
        try:
            await self._flush()
        except StoreBusy as busy:
            log.warning("outbox: sent marks could not be written yet", why=str(busy))
        except Exception as error:
            log.error("outbox: sent marks could not be written", trace=trace_of(error))

    async def _flush(self) -> None:
        marks, effects = self._marks.take(), self._marks.take_effects()
        if not marks and not effects:
            return
        try:
            async with self._desk.store.batch() as batch:
                if effects:
                    await batch.write(effects)
                await batch.sent(marks)
        except BaseException as error:
            # What the database will never take must not keep the marks from being written.
            passing = isinstance(error, StoreBusy | asyncio.CancelledError)
            self._marks.put_back(marks, effects if passing else ())
            raise
        self._marks.written(marks)
        if any(mark.state in {"pending", "elsewhere"} for mark in marks):
            self.wake()
