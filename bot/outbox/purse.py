"""What a channel spends in a month: what each message takes is told before it goes, and taken back if it did not."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.effects import StartJob
from bot.messages import Priority
from bot.outbox.budget import Budget, Short
from bot.ports import ONE, Channel, Claim, MeteredChannel, Store, Toll
from bot.reporting.periods import month_start
from bot.vitals import Vitals

log = structlog.get_logger(__name__)


class Purse:
    """Accounts for one channel."""

    def __init__(self, channel: Channel, store: Store, vitals: Vitals) -> None:
        """Nothing is known of the month before `open`."""
        facts = channel.facts
        self._channel = channel
        self._meter = channel if isinstance(channel, MeteredChannel) else None
        self._asks_money = facts.window is not None
        self._budget = Budget(facts.monthly, facts.money)
        self._store, self._vitals = store, vitals
        self._spent: dict[int, Toll] = {}  # by messages that are under way

    async def open(self, now: datetime) -> None:
        """Count what was sent, where that matters and a month begins."""
        if not self._budget.is_known(now):
            self._budget.begin(now, await self._store.sent_since(self._channel.name, month_start(now)))
            self._show()

    async def toll(self, claim: Claim, now: datetime) -> Toll:
        """Tell what a message takes if it goes now."""
        if self._meter is None:
            return ONE
        silence = timedelta(0)
        if self._asks_money and claim.out.priority is not Priority.REPLY:
            async with self._store.reading() as reads:
                used = await reads.used_at(claim.out.address)
            silence = now - used if used is not None else timedelta.max
        return self._meter.toll(claim.out.message, silence)

    def wait(self, claim: Claim, toll: Toll, now: datetime) -> datetime | None:
        """Tell until when a message has to wait because the month is for others; None: it may go."""
        return self._budget.wait(claim.out.priority, toll, now)

    def spend(self, claim: Claim, toll: Toll | None = None) -> list[StartJob]:
        """Note that a message goes; an answer, for which nothing was asked, costs no money. Give whom to tell what."""
        if toll is None:
            toll = self._meter.toll(claim.out.message, timedelta(0)) if self._meter is not None else ONE
        self._spent[claim.id] = toll
        told = [self._told(short) for short in self._budget.spend(toll)]
        self._show()
        return told

    def paid(self, claim: Claim) -> Toll:
        """Give what a message took that arrived."""
        return self._spent.pop(claim.id, ONE)

    def unspend(self, claim: Claim) -> None:
        """Take back what a message would have taken."""
        if (toll := self._spent.pop(claim.id, None)) is not None:
            self._budget.unspend(toll)
            self._show()

    def _told(self, short: Short) -> StartJob:
        """Let the office be told, once a month of each."""
        name = self._channel.name
        log.warning("outbox: the month runs short", channel=name, of=short.what, spent=short.spent)
        key = f"budget/{name}/{self._budget.month:%Y-%m}" + ("/money" if short.what == "money" else "")
        args = {"key": key, "channel": name, "what": short.what, "spent": short.spent, "monthly": short.most}
        return StartJob(key, "budget", args)

    def _show(self) -> None:
        name, budget, vitals = self._channel.name, self._budget, self._vitals
        if budget.monthly:
            vitals.month.labels(name).set(budget.spent.parts)
            vitals.month_limit.labels(name).set(budget.monthly)
        if budget.money:
            vitals.month_cost.labels(name).set(budget.spent.cost)
            vitals.month_cost_limit.labels(name).set(budget.money)
