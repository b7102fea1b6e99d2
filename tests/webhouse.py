"""The whole program with its chat page, on a port of this machine, over a real SQLite file."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.channels.web import WebChannel
from bot.channels.web.site import Limits, Seat
from bot.cli.channels import web_channel
from bot.cli.importing import import_units
from bot.cli.wiring import App, hash_code, running, utc_now
from bot.config import Settings, load_settings
from bot.effects import Effect, GrantRole, LinkAddress, NewInvite, NewPerson, Speak
from bot.i18n import ZONE
from bot.messages import Address, Message, Outgoing, Priority
from bot.ports import Channel
from bot.records import Invite, Person, Role
from storage.store import SqlStore

UNITS = Path(__file__).with_name("units.csv")
SINCE = datetime(2026, 1, 1, tzinfo=ZONE).date()
WIDE = Limits(session=(1e6, 1e6), session_files=(1e6, 1e6), address=(1e6, 1e6), streams=1000)


@dataclass
class WebHouse:
    """The running program. `base` is the address of its page."""

    app: App
    page: WebChannel
    store: SqlStore
    folder: Path

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.app.port}"

    async def write(self, *effects: Effect) -> None:
        """Write effects as if a turn had, and let the outbox have what is to be said."""
        async with self.store.batch() as batch:
            claims = await batch.write(effects)
        self.app.outbox.say_now(claims)
        self.app.outbox.wake()

    async def person(self, name: str, role: Role = Role.CHAIR, unit: str = "TU-01", **more: Any) -> str:
        """Put somebody with a web session into a role; give the chat."""
        chat = chat_of(name)
        person = Person(f"p-{name}", more.pop("called", name), more.pop("honorific", "anh"), **more)
        async with self.store.reading() as reads:
            found = await reads.unit_by_code(unit)
        assert found is not None
        link = LinkAddress(Address("web", chat), person.id, utc_now())
        await self.write(NewPerson(person), link, GrantRole(person.id, found.id, role, SINCE))
        return chat

    async def invite(self, code: str, role: Role = Role.CHAIR, unit: str = "TU-01") -> str:
        """Make an invitation; give its link."""
        async with self.store.reading() as reads:
            found = await reads.unit_by_code(unit)
        assert found is not None
        until = utc_now() + timedelta(days=14)
        await self.write(NewInvite(Invite(hash_code(code), found.id, role, until, "test")))
        return f"{self.base}/vao#{code}"

    async def say(self, chat: str, text: str, **more: Any) -> None:
        """Let the assistant say something."""
        message = more.pop("message", None) or Message(text)
        out = Outgoing(f"test/{chat}/{text}", Address("web", chat), message, Priority.REPLY)
        await self.write(Speak(replace(out, **more)))

    async def settled(self) -> None:
        """Wait until it is written down that everything was sent."""

        async def all_sent() -> bool:
            return not (await self.store.counts())["outbox"]["pending"]

        await until(all_sent)

    def cookie(self, chat: str) -> dict[str, str]:
        """Give the session cookie of a chat."""
        desk = self.page._desk
        return {desk.cookie_name: desk.sessions.cookie(chat)}

    @staticmethod
    def page_address(name: str) -> Address:
        """Give the address of somebody's chat."""
        return Address("web", chat_of(name))

    async def reports(self, unit: str = "TU-01") -> list[Any]:
        """List what a unit filed."""
        async with self.store.reading() as reads:
            found = await reads.unit_by_code(unit)
            assert found is not None
            return await reads.submissions([found.id], 50)


async def until(true: Callable[[], bool | Awaitable[bool]]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(20):
        while not (await told if isinstance(told := true(), Awaitable) else told):  # noqa: ASYNC110 - nothing rings
            await asyncio.sleep(0.01)


def chat_of(name: str) -> str:
    """Give the chat of somebody's session."""
    return name.encode().hex()[:22].ljust(22, "x")


def settings_for(folder: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """Make settings for a folder, on any free port."""
    settings = load_settings(None, {"SESSION_SECRET": "a-secret-of-the-tests", "PORT": "0", **(environ or {})})
    files = settings.files.model_copy(update={"folder": folder / "attachments", "max_mb": 1})
    url = type(settings.database_url)(f"sqlite+aiosqlite:///{folder / 'web.db'}")
    return settings.model_copy(update={"database_url": url, "files": files})


@asynccontextmanager
async def web_house(
    folder: Path,
    template: Path,
    *,
    limits: Limits = WIDE,
    environ: Mapping[str, str] | None = None,
    seats: tuple[Seat, ...] = (),
    others: Sequence[Channel] = (),
) -> AsyncIterator[WebHouse]:
    """Run it on a copy of a migrated database with the units of `units.csv`; `others` are more channels."""
    if not (folder / "web.db").exists():
        shutil.copy(template, folder / "web.db")
    settings = settings_for(folder, environ)
    store = await SqlStore.open(settings.database_url.get_secret_value())
    try:
        assert not (await import_units(store, UNITS, dry_run=False)).refused
        made = web_channel(settings, store, seats)
        page = WebChannel(replace(made._site, limits=limits), store, utc_now)
        async with running(settings, store, {one.name: one for one in (page, *others)}) as app, serving(app):
            await until(lambda: page._desk.deliver is not None)
            yield WebHouse(app, page, store, folder)
    finally:
        await store.close()


@asynccontextmanager
async def serving(app: App) -> AsyncIterator[None]:
    """Let the channels run."""
    task = asyncio.create_task(app.serve())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
