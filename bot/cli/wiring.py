"""Puts the house together: settings in, a running program out. The only place that knows everything."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import click

import handlers
from bot.backup.nightly import Nightly
from bot.channels.draw import draw
from bot.channels.web.site import NAME as WEB
from bot.cli.clockwork import Clockwork
from bot.cli.job_kinds import exports, job_kinds
from bot.clock import ALIVE, Clock, Heartbeat, Housekeeping, Tick, Tidied
from bot.config import Settings
from bot.forms.form import FormError
from bot.forms.translations import untranslated
from bot.i18n import Catalogue, load_catalogues
from bot.inbox.door import Inbox
from bot.jobs import FollowCases, Jobs, Speaking, Sweep
from bot.jobs.notices import Notifying, notice_jobs
from bot.messages import Message
from bot.office.cycles import CYCLES
from bot.office.days import DAYS
from bot.office.house import in_force
from bot.office.library import default_library
from bot.office.sheet import Rows
from bot.outbox import Outbox
from bot.ports import BridgeChannel, Channel, MeteredChannel, Ticket
from bot.reporting.anniversaries import default_year
from bot.reporting.occasions import Rules
from bot.server import Server, Site
from bot.talk import House
from bot.vitals import Vitals
from handlers.codes import ALPHABET, LENGTH
from storage.migrate import migrate
from storage.store import SqlStore

LOCALES: Final = Path(__file__).resolve().parents[2] / "locales"
STOP_SECONDS: Final = 8.0  # for all that is under way when we are told to stop
BATCH_SECONDS: Final = 3.0  # of these for the batch that the inbox is taking
ID_BYTES: Final = 6


def utc_now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


def new_id() -> str:
    """Make a short random id: ten characters that fit behind a button."""
    return secrets.token_urlsafe(ID_BYTES + 1)[:10].replace("-", "a").replace("_", "b")


def new_code() -> str:
    """Make an invitation code."""
    return "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))


def hash_code(code: str) -> str:
    """Hash an invitation code: only this is kept."""
    return hashlib.sha256(code.encode()).hexdigest()


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[SqlStore]:
    """Open the database, brought up to date."""
    url = settings.database_url.get_secret_value()
    await migrate(url)
    store = await SqlStore.open(url)
    try:
        yield store
    finally:
        await store.close()


def base_book(settings: Settings) -> dict[str, Rows]:
    """Give the sheets of the office's book as config.toml has them, before any book is stored."""
    days = [
        {"date": day.date.isoformat(), "working": "có" if day.working else "không"} for day in settings.reports.days
    ]
    return {CYCLES.name: settings.reports.rows, DAYS.name: tuple(days)}


def build_house(settings: Settings, channels: Mapping[str, Channel]) -> House:
    """Make what every turn relies on."""
    facts = {name: channel.facts for name, channel in channels.items()}
    return replace(
        _house_of(settings),
        links=lambda code: {name: link for name, channel in channels.items() if (link := channel.link(code))},
        monthly={name: one.monthly for name, one in facts.items() if one.monthly},
        money={name: one.money for name, one in facts.items() if one.window is not None},
        bridge=partial(_bridge, channels),
        bridged=frozenset(name for name, one in facts.items() if not one.files),
    )


def _house_of(settings: Settings) -> House:
    """Make what does not depend on channels: forms, commands, words, and what the settings say."""
    folder = settings.files.folder
    calendar, days = settings.reports.calendar.known_to({form.name for form in handlers.FORMS}), default_year()
    return House(
        forms={form.name: form for form in handlers.FORMS},
        commands={command.name: command for command in handlers.COMMANDS},
        catalogues=_catalogues(),
        days=days,
        rules=Rules(calendar, year=days),
        library=default_library(),
        shipped=base_book(settings),
        calendar=calendar,
        new_id=new_id,
        hash_code=hash_code,
        new_code=new_code,
        links=lambda _code: {},
        office=settings.office.name,
        ask_whom=settings.office.contact,
        file_path=lambda sha256: str(folder / sha256) if (folder / sha256).is_file() else "",
        max_mb=settings.files.max_mb,
        invite_days=settings.invites.valid_days,
        tries=settings.invites.tries,
        approve_above=settings.notices.approve_above,
        stranger=handlers.stranger,
        sent=handlers.sent,
        web_only=settings.privacy.kept_off,
        remembers=frozenset({WEB}),
    )


def _catalogues() -> dict[str, Catalogue]:
    """Read the translations. Raises FormError when a language lacks words of a form."""
    catalogues = load_catalogues(LOCALES)
    if lacking := untranslated(handlers.FORMS, catalogues):
        raise FormError("; ".join(lacking))
    return catalogues


def _parts(channels: Mapping[str, Channel], channel: str, message: Message) -> int:
    """Tell how many messages a channel makes of one."""
    known: object = channels.get(channel)
    return known.toll(message, timedelta(0)).parts if isinstance(known, MeteredChannel) else 1


def _bridge(channels: Mapping[str, Channel], ticket: Ticket, language: str) -> str:
    """Give the link that honours a ticket, where there is a page."""
    page: object = channels.get(WEB)
    return page.ticket_link(ticket, language) if isinstance(page, BridgeChannel) else ""


@dataclass(frozen=True, slots=True)
class App:
    """A running program: its doors, and how to stop it."""

    settings: Settings
    store: SqlStore
    channels: Mapping[str, Channel]
    inbox: Inbox
    outbox: Outbox
    doors: tuple[asyncio.Task[None], ...]
    vitals: Vitals
    port: int = 0  # that the server listens on

    async def serve(self) -> None:
        """Run the channels until this is cancelled, or one of them ends (a terminal does).

        Raises what a channel or a door broke with: a program that only half works must not go on in silence.
        """
        await self.outbox.caught_up(STOP_SECONDS)
        deliver = self.vitals.watched(self.inbox.deliver, utc_now)
        talking = [asyncio.create_task(channel.run(deliver)) for channel in self.channels.values()]
        try:
            done, _waiting = await asyncio.wait([*talking, *self.doors], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in talking:
                task.cancel()
            await asyncio.gather(*talking, return_exceptions=True)


@asynccontextmanager
async def running(
    settings: Settings, store: SqlStore, channels: Mapping[str, Channel], *, listen: bool = True
) -> AsyncIterator[App]:
    """Start the doors; at the end let what is under way finish, write it down, and let go of everything."""
    vitals = Vitals()
    outbox = Outbox(store, channels, utc_now, vitals=vitals)
    house = await _furnished(settings, store, channels)
    facts = {name: channel.facts for name, channel in channels.items()}
    speaking = Speaking(store, house.rules, house.voice, utc_now, house.titles, outbox.wake, facts=facts)
    clockwork = Clockwork(house, speaking)
    notifying = Notifying(store, lambda: clockwork.house, facts, utc_now, draw, outbox.wake, partial(_parts, channels))
    kinds = job_kinds(settings, store, channels, house, utc_now, outbox.wake)
    kinds |= clockwork.jobs() | notice_jobs(notifying)
    jobs = Jobs(store, kinds, utc_now, vitals=vitals, spoke=outbox.wake)
    inbox = Inbox(store, house, outbox, utc_now, wake_jobs=jobs.wake)
    inbox.away_since = await store.marked(ALIVE)
    _look_up(channels, inbox)
    following = FollowCases(store, lambda: clockwork.house, outbox.wake)
    ticks = _ticks(settings, store, channels) | _nightly(settings, store, jobs.wake) | {"cases": following}
    clock = Clock(ticks | {"planner": clockwork.planner(jobs.wake)}, utc_now)
    _counted(vitals, inbox, store)
    site = Site(store, channels, vitals.watched(inbox.deliver, utc_now), utc_now, vitals, settings.files.folder)
    server = Server(site) if listen else None
    port = await _listen(server, settings) if server is not None else 0
    doors = tuple(asyncio.create_task(work) for work in (inbox.run(), outbox.run(), jobs.run(), clock.run()))
    app = App(settings, store, channels, inbox, outbox, doors, vitals, port)
    try:
        yield app
    finally:
        await _stop(app, server)


def _counted(vitals: Vitals, inbox: Inbox, store: SqlStore) -> None:
    vitals.count("bot_turns_failed", "Turns that broke.", lambda: float(inbox.turns_failed))
    vitals.count("bot_commits", "Write transactions committed.", lambda: float(store.commits))


def _look_up(channels: Mapping[str, Channel], inbox: Inbox) -> None:
    """Let the pages find out what is asked of a chat."""
    for channel in channels.values():
        if isinstance(channel, BridgeChannel):
            channel.looks_up(inbox.open_question)


async def _furnished(settings: Settings, store: SqlStore, channels: Mapping[str, Channel]) -> House:
    """Give the house by the book in force. Raises BookError when the stored one cannot be used."""
    async with store.reading() as reads:
        return await in_force(build_house(settings, channels), reads, strict=True)


async def _listen(server: Server, settings: Settings) -> int:
    """Begin to listen; give the port. Raises ClickException when the address is taken."""
    host, port = settings.server.host, settings.server.port
    try:
        return await server.start(host, port)
    except OSError as trouble:
        await server.close()
        how = "If something else listens there, choose another port with PORT=8090 in the environment."
        raise click.ClickException(f"Cannot listen on {host}:{port} ({trouble.strerror}). {how}") from None


def _ticks(settings: Settings, store: SqlStore, channels: Mapping[str, Channel]) -> dict[str, Tick]:
    """Name who is told what time it is."""
    tidied = {name: channel.tidy for name, channel in channels.items() if isinstance(channel, Tidied)}
    return tidied | {
        "heartbeat": Heartbeat(store),
        "housekeeping": Housekeeping(store, settings.keep.bodies, settings.keep.seen),
        "sweep": Sweep(store, settings.files.folder, exports(settings)),
    }


def _nightly(settings: Settings, store: SqlStore, wake: Callable[[], None]) -> dict[str, Tick]:
    """Name who asks for the backup of a night, if the office wants one."""
    if not settings.backup.enabled:
        return {}
    return {"backup": Nightly(store, settings.backup.at, wake, utc_now())}


async def _stop(app: App, server: Server | None) -> None:
    """Take no more calls, let the batch under way be committed and what it says be sent; write down what became of it.

    What takes too long is broken off: whoever brought a message and heard nothing brings it again.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + STOP_SECONDS
    if server is not None:
        await server.close()
    await app.inbox.settle(BATCH_SECONDS)
    for door in app.doors:
        door.cancel()
    await asyncio.gather(*app.doors, return_exceptions=True)
    await app.outbox.drain(max(1.0, end - loop.time()))
