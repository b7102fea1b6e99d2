"""Sends what one channel has to say: replies at once, the rest in small lots at the channel's pace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from bot.alarm import Alarm, Sleep
from bot.effects import MoveAddress
from bot.messages import SHORT, Gone, Later, Moved, Priority, SendFailure, Uncertain
from bot.outbox.lanes import Lanes
from bot.outbox.marks import Marks
from bot.outbox.pace import Pace
from bot.outbox.pauses import Pauses
from bot.outbox.purse import Purse
from bot.outbox.remedies import postponed, remedy
from bot.ports import Channel, Claim, SentMark, Store, StoreBusy, Toll
from bot.traces import trace_of
from bot.vitals import Vitals

log = structlog.get_logger(__name__)

AT_ONCE: Final = 100  # messages under way to a channel
AT_ONCE_PACED: Final = 50  # above this only replies go: a slow channel must not keep them waiting
LARGEST_LOT: Final = 100
LOT_SECONDS: Final = 1.0
GAP: Final = 0.1  # between two looks, however often we are woken
SHORTEST_SLEEP: Final = 0.001
RECHECK: Final = 0.5
IDLE: Final = 60.0
LONGEST_BACK_OFF: Final = 30.0


@dataclass(frozen=True, slots=True)
class Desk:
    """What all senders share."""

    store: Store
    clock: Callable[[], datetime]
    sleep: Sleep
    marks: Marks
    vitals: Vitals
    channels: tuple[str, ...] = ()
    always: tuple[str, ...] = ()  # those of them where whoever is linked may be written to at any time


class Sender:
    """The sender of one channel."""

    def __init__(self, channel: Channel, desk: Desk) -> None:
        """Begin behind whatever the last run left unsent: replies join the queue until that is claimed."""
        self._channel = channel
        self._desk = desk
        self._pace = Pace(channel.facts.pace, channel.facts.pace_chat)
        self._lot = max(1, int(min(channel.facts.pace * LOT_SECONDS, LARGEST_LOT)))
        self._purse = Purse(channel, desk.store, desk.vitals)
        self._lanes = Lanes(self._say, AT_ONCE)
        self._alarm = Alarm(desk.sleep)
        self._paced: list[Claim] = []
        self._paused = Pauses()
        self._crowded = Pauses()
        self._halted: datetime | None = datetime.min.replace(tzinfo=UTC)
        self._in_the_way = 0
        self._remembered = False  # who was waiting when the last run ended
        self.caught_up = asyncio.Event()  # what the last run left unsent is in hand

    def wake(self) -> None:
        """Look for due messages."""
        self._alarm.ring()

    def reply(self, claim: Claim) -> None:
        """Send a reply at once, unless the channel or the chat has to wait.

        A round may have claimed its row already, between the commit and this call.
        """
        if self._desk.marks.holds(claim):
            return
        self._desk.marks.hold(claim)
        until = self._wait_until(claim)
        if until is None:
            self._go(claim)
        else:
            self._postpone([claim], max(until, self._desk.clock()))
            self.wake()

    async def run(self) -> None:
        """Claim and send until cancelled."""
        back_off = 1.0
        while True:
            try:
                await self._round()
            except StoreBusy as busy:
                self._desk.vitals.trouble("outbox", str(busy))
                log.warning("outbox: the database is busy", channel=self._channel.name, why=str(busy))
            except Exception as error:
                self._desk.vitals.trouble("outbox", type(error).__name__)
                log.error("outbox: a round failed", channel=self._channel.name, trace=trace_of(error))
            else:
                self._desk.vitals.well("outbox")
                back_off = 1.0
                continue
            await self._desk.sleep(back_off)
            back_off = min(2 * back_off, LONGEST_BACK_OFF)

    async def finish(self, seconds: float) -> None:
        """Put back what waits for its turn, and let what is under way arrive."""
        self._postpone(self._paced, self._desk.clock())
        self._paced = []
        await self._lanes.finish(seconds)

    async def _round(self) -> None:
        more = await self._claim()
        if more and self._paced:  # a broadcast: the pace is breath enough
            await self._release()
            return
        await self._release()
        if not more:
            await self._alarm.wait(await self._seconds_to_due())
        await self._desk.sleep(GAP)

    async def _claim(self) -> bool:
        """Take a lot from the store; tell whether there is more.

        Replies that are in hand can still stand in the store as due: the next lot is larger by their number.
        """
        now = self._desk.clock()
        if not self._remembered:
            await self._remember(now)
        limit = self._lot - len(self._paced) + self._in_the_way
        if limit <= 0 or (self._halted and self._halted > now):
            return False
        await self._purse.open(now)
        claims = await self._desk.store.due_messages(now, limit, channel=self._channel.name)
        all_here = len(claims) < limit or claims[-1].out.priority is not Priority.REPLY
        if all_here and not self._desk.marks.putting_back():  # all due replies are in hand now
            self._paused.forget(now)
            self._halted = self._halted if self._halted and self._halted > now else None
            self.caught_up.set()
        fresh = [claim for claim in claims if not self._desk.marks.holds(claim)]
        self._in_the_way = len(claims) - len(fresh)
        for claim in fresh:
            self._admit(claim, now)
        return len(claims) >= limit

    async def _remember(self, now: datetime) -> None:
        """Let chats wait that the last run let wait: what comes later must not overtake what was tried then."""
        for chat, until in await self._desk.store.put_back(self._channel.name, now):
            self._paused.add(chat, until)
        self._remembered = True

    def _admit(self, claim: Claim, now: datetime) -> None:
        self._desk.marks.hold(claim)
        chat = claim.out.address.chat
        until = self._wait_until(claim)
        if until and until > now:
            self._postpone([claim], until)
        elif claim.out.priority is Priority.REPLY:
            self._go(claim)
        elif until := self._crowd_until(chat, now):
            self._postpone([claim], until)
        else:
            self._paced.append(claim)

    def _wait_until(self, claim: Claim) -> datetime | None:
        pause = self._paused.until(claim.out.address.chat)
        return max(pause, self._halted) if pause and self._halted else pause or self._halted

    def _crowd_until(self, chat: str, now: datetime) -> datetime | None:
        """Tell until when a chat has enough: what one lot would take longer than its second to say is put back."""
        seconds = sum(claim.out.address.chat == chat for claim in self._paced) * self._pace.chat_interval
        if seconds >= LOT_SECONDS:
            self._crowded.add(chat, now + timedelta(seconds=seconds))
        self._crowded.forget(now)
        return self._crowded.until(chat)

    async def _release(self) -> None:
        """Let the lot go, each message when the pace allows it; those that it keeps longer than a second stay."""
        end = self._desk.clock() + timedelta(seconds=LOT_SECONDS)
        while self._paced and (now := self._desk.clock()) <= end:
            waits = self._waits(now)
            seconds = min(waits)
            if len(self._lanes) >= AT_ONCE_PACED:
                await self._desk.sleep(GAP)
            elif seconds > 0:
                await self._desk.sleep(max(seconds, SHORTEST_SLEEP))
            else:
                claim = self._paced[waits.index(seconds)]
                toll = await self._purse.toll(claim, now)
                if claim in self._paced:  # it may have been put back meanwhile
                    self._paced.remove(claim)
                    self._afford(claim, toll, now)

    def _waits(self, now: datetime) -> list[float]:
        at = now.timestamp()
        return [self._pace.wait(claim.out.address.chat, at) for claim in self._paced]

    async def _seconds_to_due(self) -> float:
        now = self._desk.clock()
        if self._halted and self._halted > now:
            return min((self._halted - now).total_seconds(), IDLE)
        due = await self._desk.store.next_message_at(self._channel.name)
        seconds = IDLE if due is None else (due - now).total_seconds()
        return min([IDLE, seconds if seconds > 0 else RECHECK, *self._waits(now)])

    def _afford(self, claim: Claim, toll: Toll, now: datetime) -> None:
        """Let a message go, unless what is left of the month is for others."""
        if until := self._purse.wait(claim, toll, now):
            self._postpone([claim], until, SHORT)
        else:
            self._go(claim, toll)

    def _go(self, claim: Claim, toll: Toll | None = None) -> None:
        self._pace.spend(claim.out.address.chat, self._desk.clock().timestamp())
        for told in self._purse.spend(claim, toll):
            self._desk.marks.note(told)
        self._lanes.put(claim)

    async def _say(self, claim: Claim) -> None:
        try:
            message_id = await self._send(claim)
        except SendFailure as failure:
            self._fail(claim, failure)
        except Exception as error:  # a bug of the channel: nobody knows how far it came
            log.error("outbox: the channel broke", channel=self._channel.name, row=claim.id, trace=trace_of(error))
            self._fail(claim, Uncertain(type(error).__name__))
        else:
            self._desk.vitals.sent.labels(self._channel.name).inc()
            tries, took = claim.attempts + 1, self._purse.paid(claim)
            self._desk.marks.add(SentMark(claim.id, "sent", message_id, attempts=tries, took=took))

    async def _send(self, claim: Claim) -> str:
        chat, message = claim.out.address.chat, claim.out.message
        try:
            return await self._channel.send(chat, message)
        except Moved as moved:
            self._desk.marks.note(MoveAddress(claim.out.address, moved.to))
            return await self._channel.send(moved.to, message)

    def _fail(self, claim: Claim, failure: SendFailure) -> None:
        self._purse.unspend(claim)
        # Whoever is gone may be asked anywhere; whoever is silent, where that does not matter: it never goes round.
        others = self._desk.channels if isinstance(failure, Gone) else self._desk.always
        what = remedy(claim, failure, self._desk.clock(), others)
        reason = type(failure).__name__.lower()
        self._desk.marks.add(what.mark, what.effects)
        self._desk.vitals.not_sent.labels(self._channel.name, reason).inc()
        say = log.info if isinstance(failure, Later) else log.warning
        say("outbox: not sent", channel=self._channel.name, row=claim.id, reason=reason, why=what.mark.why)
        if what.until and what.halts:
            self._halted = max(what.until, self._halted or what.until)
            self._put_back(None, what.until)
        elif what.until:
            self._paused.add(claim.out.address.chat, what.until)
            self._put_back(claim.out.address.chat, what.until)

    def _put_back(self, chat: str | None, until: datetime) -> None:
        """Nothing overtakes what failed: what else is in hand for the chat (or for all) waits as long."""
        behind = [claim for claim in self._paced if chat in (None, claim.out.address.chat)]
        self._paced = [claim for claim in self._paced if claim not in behind]
        self._postpone([*self._lanes.take_back(chat), *behind], until)

    def _postpone(self, claims: Iterable[Claim], until: datetime, why: str = "waits for its turn") -> None:
        for claim in claims:
            self._purse.unspend(claim)
            self._desk.marks.add(postponed(claim, until, why))
