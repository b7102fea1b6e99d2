"""What the doors tell of themselves: numbers for /metrics, and what is wrong just now for /healthz."""

from __future__ import annotations

import time
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from bot.messages import Incoming
from bot.ports import Deliver

BATCH_SECONDS: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0)


class Vitals:
    """One for the whole program, handed to every door. It has its own registry, so that two programs never mix."""

    def __init__(self) -> None:
        """Begin at zero, with nothing wrong."""
        self.registry = registry = CollectorRegistry()
        self.updates = Counter("bot_updates", "Messages taken in.", ["channel"], registry=registry)
        self.sent = Counter("bot_messages_sent", "Messages that a channel took.", ["channel"], registry=registry)
        self.not_sent = Counter(
            "bot_messages_not_sent", "Sends that failed, by reason.", ["channel", "reason"], registry=registry
        )
        self.jobs = Counter("bot_jobs_tried", "Jobs tried, by outcome.", ["kind", "outcome"], registry=registry)
        self.batch_seconds = Histogram(
            "bot_batch_seconds", "From arrival to commit.", buckets=BATCH_SECONDS, registry=registry
        )
        self.month, self.month_limit, self.month_cost, self.month_cost_limit = (
            Gauge(name, meaning, ["channel"], registry=registry)
            for name, meaning in (
                ("bot_month_messages", "Messages sent this month, where there is a budget."),
                ("bot_month_limit", "Messages that may be sent in a month."),
                ("bot_month_cost", "Đồng spent this month, where there is a budget."),
                ("bot_month_cost_limit", "Đồng that may be spent in a month."),
            )
        )
        self.last_batch: datetime | None = None
        self._troubles: dict[str, str] = {}

    @property
    def troubles(self) -> Mapping[str, str]:
        """Give what is wrong just now: who says so, and what."""
        return MappingProxyType(self._troubles)

    def trouble(self, who: str, what: str) -> None:
        """Note that something is wrong; it stays until `well` is called."""
        self._troubles[who] = what

    def well(self, who: str) -> None:
        """Note that it is over."""
        self._troubles.pop(who, None)

    def watched(self, deliver: Deliver, clock: Callable[[], datetime]) -> Deliver:
        """Give a `deliver` that does the same, and counts and times it."""

        async def counted(batch: Sequence[Incoming]) -> None:
            began = time.perf_counter()
            try:
                await deliver(batch)
            except Exception as error:
                self.trouble("inbox", str(error) or type(error).__name__)
                raise
            self.well("inbox")
            self.batch_seconds.observe(time.perf_counter() - began)
            self.last_batch = clock()
            for channel, count in Tally(incoming.address.channel for incoming in batch).items():
                self.updates.labels(channel).inc(count)

        return counted

    def count(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """Show a number that somebody else counts, such as the inbox its failed turns."""
        self.registry.register(_Counted(name, meaning, read))


class _Counted(Collector):
    def __init__(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        self._name = name
        self._meaning = meaning
        self._read = read

    def collect(self) -> Iterator[CounterMetricFamily]:
        """Read the number."""
        yield CounterMetricFamily(self._name, self._meaning, value=self._read())
