"""One HTTP server: webhooks of messengers, health for whoever watches, numbers for Prometheus."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol, cast, runtime_checkable

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.ports import Channel, Deliver, Store, StoreBusy, WebhookChannel
from bot.vitals import Vitals

log = structlog.get_logger(__name__)

CALL_SECONDS: Final = 1.5  # that calls under way may take when the server closes
LARGEST_CALL: Final = 1024 * 1024
DATABASE_SECONDS: Final = 2.0
LEAST_DISK: Final = 100 * 1024 * 1024
LATE_SECONDS: Final = 900.0  # a message that should have gone this long ago says that sending stands still


@dataclass(frozen=True, slots=True)
class Site:
    """What the server hands to and looks at. `deliver` is the inbox; `folder` lies on the disk that must not fill."""

    store: Store
    channels: Mapping[str, Channel]
    deliver: Deliver
    clock: Callable[[], datetime]
    vitals: Vitals
    folder: Path


@runtime_checkable
class Mounted(Protocol):
    """A channel that brings pages and answers of its own."""

    def mount(self, app: web.Application) -> None:
        """Add its routes."""


class Server:
    """The HTTP server."""

    def __init__(self, site: Site) -> None:
        """Keep what is served."""
        self._runner = web.AppRunner(application(site), access_log=None, shutdown_timeout=CALL_SECONDS)

    async def start(self, host: str, port: int) -> int:
        """Begin to listen; give the port, which for 0 is any that was free.

        Raises OSError when the address cannot be had.
        """
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        return int(self._runner.addresses[0][1])

    async def close(self) -> None:
        """Let calls finish, and stop listening."""
        await self._runner.cleanup()


def application(site: Site) -> web.Application:
    """Make the aiohttp application."""
    pages = Pages(site)
    app = web.Application(client_max_size=LARGEST_CALL)
    app.router.add_get("/healthz", pages.health)
    app.router.add_get("/metrics", pages.metrics)
    app.router.add_post("/webhook/{channel}", pages.webhook)
    for channel in site.channels.values():
        if isinstance(channel, Mounted):
            channel.mount(app)
    return app


class Pages:
    """Answers calls."""

    def __init__(self, site: Site) -> None:
        """Keep what is looked at."""
        self._site = site

    async def webhook(self, request: web.Request) -> web.Response:
        """Take what a messenger brings. Only after the commit it hears 200; otherwise it will bring it again."""
        channel = self._site.channels.get(request.match_info["channel"])
        if not hasattr(channel, "receive"):
            raise web.HTTPNotFound
        called = cast(WebhookChannel, channel)
        body = await request.read()
        try:
            incoming = called.receive(request.headers, body)
            await self._site.deliver(incoming)
        except PermissionError:
            log.warning("server: a webhook call with a wrong secret", channel=called.name)
            raise web.HTTPForbidden from None
        except StoreBusy:
            raise web.HTTPServiceUnavailable from None
        called.settle(incoming)
        return web.Response()

    async def health(self, _request: web.Request) -> web.Response:
        """Tell whether all is well: 200, or 503 with what is wrong."""
        report = await examine(self._site)
        return web.json_response(report, status=503 if report["problems"] else 200)

    async def metrics(self, _request: web.Request) -> web.Response:
        """Give the numbers in the format of Prometheus. Without the database those of the doors are still given."""
        numbers = generate_latest(self._site.vitals.registry)
        try:
            numbers += _generated(await self._site.store.counts())
        except StoreBusy as busy:
            log.warning("server: no counts", why=str(busy))
        return web.Response(body=numbers, headers={"Content-Type": CONTENT_TYPE_LATEST})


async def examine(site: Site) -> dict[str, Any]:
    """Look at everything that can go wrong; `problems` is empty when nothing did."""
    now, last = site.clock(), site.vitals.last_batch
    away = {name: channel.trouble for name, channel in site.channels.items() if channel.trouble}
    problems = {**site.vitals.troubles, **away}
    database = await _examine_database(site, now, problems)
    free = shutil.disk_usage(_existing(site.folder)).free
    if free < LEAST_DISK:
        problems["disk"] = f"only {free // 2**20} MB free"
    return {
        "status": "unwell" if problems else "well",
        "problems": problems,
        **database,
        "last_batch_seconds_ago": (now - last).total_seconds() if last else None,
        "channels": {name: problems.get(name, "well") for name in site.channels},
        "disk_free_bytes": free,
    }


async def _examine_database(site: Site, now: datetime, problems: dict[str, str]) -> dict[str, Any]:
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            counts, due = await site.store.counts(), await site.store.next_message_at()
    except Exception as error:  # whatever it is, this page is there to tell it
        problems["database"] = str(error) or type(error).__name__
        return {"database": "unreachable"}
    late = max(0.0, (now - due).total_seconds()) if due else 0.0
    if late > LATE_SECONDS:
        problems.setdefault("outbox", f"a message waits since {late:.0f} seconds")
    return {"database": "reachable", **counts, "outbox_late_seconds": late}


def _existing(folder: Path) -> Path:
    folder = folder.absolute()
    return next(place for place in (folder, *folder.parents) if place.exists())


class _Counts(Collector):
    """What the store counted, as gauges: a number, or one for each state."""

    def __init__(self, counts: Mapping[str, Any]) -> None:
        self._counts = counts

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give the gauges."""
        for name, count in self._counts.items():
            if not isinstance(count, Mapping):
                yield GaugeMetricFamily(f"bot_{name}", f"Rows: {name}.", value=count)
                continue
            family = GaugeMetricFamily(f"bot_{name}", f"Rows by state: {name}.", labels=["state"])
            for state, number in count.items():
                family.add_metric([state], number)
            yield family


def _generated(counts: Mapping[str, Any]) -> bytes:
    registry = CollectorRegistry()
    registry.register(_Counts(counts))
    return generate_latest(registry)
