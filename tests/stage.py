"""A stage for whole conversations: the real inbox over a real SQLite file, with a clock and ids that tests control."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, update

import handlers
from bot.channels.draw import draw
from bot.cli.importing import import_units
from bot.effects import Effect, GrantRole, LinkAddress, NewInvite, NewPerson
from bot.i18n import ZONE, load_catalogues
from bot.inbox.door import Inbox
from bot.jobs import FollowCases, Speaking, clock_jobs
from bot.jobs.days import Announce
from bot.jobs.notices import Notifying, notice_jobs
from bot.messages import Address, Arrival, Button, FileRef, Incoming, Message
from bot.office.library import default_library
from bot.planner import Planner
from bot.ports import Claim, Facts, SentMark, Window
from bot.records import Invite, Person, Role
from bot.reporting.anniversaries import default_year
from bot.reporting.calendar import Calendar
from bot.reporting.occasions import Kind, Rules
from bot.talk import House
from storage.store import SqlStore
from storage.tables import units

ROOT = Path(__file__).resolve().parents[1]
UNITS = Path(__file__).with_name("units.csv")
MORNING = datetime(2026, 11, 10, 9, 0, tzinfo=ZONE)
PAUSE = timedelta(seconds=2)  # between two messages
FACTS = {
    "telegram": Facts(4096, buttons=True, edits=True, files=True, pace=30.0),
    "zalo": Facts(2000, buttons=False, edits=False, files=False, pace=5.0, monthly=3000),
    "zalo_oa": Facts(
        2000,
        buttons=False,
        edits=False,
        files=False,
        pace=30.0,
        window=Window(timedelta(hours=48), timedelta(days=7), 55),
    ),
}


class Paper:
    """An outbox that keeps what was said on paper."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []

    def say_now(self, claims: Sequence[Claim]) -> None:
        self.claims += claims

    def wake(self) -> None:
        """Nothing waits for a bell here."""

    def take_marks(self) -> Sequence[SentMark]:
        return ()

    def return_marks(self, marks: Sequence[SentMark]) -> None:
        """There are none."""


class Stage:
    """The house with its people. `says` sends a message of somebody and gives what was answered to everybody."""

    def __init__(self, store: SqlStore, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self.paper = Paper()
        self.ids = itertools.count(1)
        self.updates = itertools.count(1)
        self.house = house(self.ids)
        self.inbox = Inbox(store, self.house, self.paper, lambda: clock.now)
        self.planner = Planner(store, self.house.rules)
        notifying = Notifying(store, lambda: self.house, FACTS, lambda: clock.now, draw)
        self.following = FollowCases(store, lambda: self.house)
        voice, titles, periodic = self.house.voice, self.house.titles, self.house.forms["periodic"]
        speaking = Speaking(store, self.house.rules, voice, lambda: clock.now, titles, periodic=periodic)
        self.jobs = clock_jobs(speaking) | {Kind.DAY: Announce(speaking, self.house.forms)}
        self.jobs |= notice_jobs(notifying)
        self.last: dict[str, Message] = {}
        self.buttons: dict[str, list[Button]] = {}  # every button that a chat was ever shown

    async def ticks(self) -> list[tuple[Address, Message]]:
        """Let the clock tick, do the jobs that come due, and give what was said."""
        await self.planner(self.clock.now)
        await self.following(self.clock.now)
        while claims := await self.store.due_jobs(self.clock.now, 10):
            for claim in claims:
                handler = self.jobs.get(claim.job.kind)
                effects = await handler(claim.job.args, claim.attempts) if handler is not None else ()
                await self.store.jobs_done([(claim.job.id, effects)])
        return await self._said()

    async def gets(self, *messages: Incoming) -> list[tuple[Address, Message]]:
        """Deliver messages in one batch; give what was said, album receipts included."""
        await self.inbox.take_batch(messages)
        await asyncio.sleep(0)  # replies go out in the loop's next round
        return await self._said()

    async def _said(self) -> list[tuple[Address, Message]]:
        self.clock.now += PAUSE
        claims, self.paper.claims = self.paper.claims, []
        late = await self.store.due_messages(self.clock.now, 100)
        seen = {claim.id for claim in claims}
        claims += [claim for claim in late if claim.id not in seen]
        async with self.store.batch() as batch:
            await batch.sent([SentMark(claim.id, "sent", str(claim.id)) for claim in claims])
        for claim in claims:
            self.last[claim.out.address.chat] = claim.out.message
            self.buttons.setdefault(claim.out.address.chat, []).extend(claim.out.message.buttons)
        return [(claim.out.address, claim.out.message) for claim in claims]

    def text(self, chat: str, text: str, **changes: object) -> Incoming:
        """Make a typed message; "zalo.páo" is a chat of another messenger than Telegram."""
        number = next(self.updates)
        address = there(chat)
        message = Incoming(f"1:{number}", address, self.clock.now.astimezone(UTC), text=text, message_id=f"m{number}")
        return replace(message, **changes)  # type: ignore[arg-type]

    def press(self, chat: str, label: str) -> Incoming:
        """Press a button of the last message by a piece of its label, or by its data."""
        buttons = self.last[chat].buttons
        data = next((b.data for b in buttons if label.lower() in b.label.lower()), label)
        return self.text(chat, data, what=Arrival.PRESS)

    def press_first(self, chat: str, label: str) -> Incoming:
        """Press the oldest button with this label: its question may long be answered."""
        data = next(button.data for button in self.buttons[chat] if label.lower() in button.label.lower())
        return self.text(chat, data, what=Arrival.PRESS)

    def photos(self, chat: str, count: int = 1, album: str = "") -> list[Incoming]:
        """Send photos, as an album each in a message of its own."""
        return [self.text(chat, "", what=Arrival.FILES, album=album, files=(_photo(n),)) for n in range(count)]

    async def effects(self, *effects: Effect) -> None:
        """Write effects as if a turn had."""
        async with self.store.batch() as batch:
            await batch.write(effects)

    async def person(self, name: str, role: Role, unit: str, *, honorific: str = "anh", language: str = "vi") -> str:
        """Put somebody into a role; the chat is called like the person, folded ("zalo.Páo": on another messenger)."""
        chat = name.lower()
        person = Person(f"p-{chat}", name.rpartition(".")[2], honorific, "0912345678", language)
        link = LinkAddress(there(chat), person.id, self.clock.now)
        await self.effects(NewPerson(person), link)
        await self.post(name, role, unit)
        return chat

    async def post(self, name: str, role: Role, unit: str) -> None:
        """Give somebody a role more."""
        async with self.store.reading() as reads:
            found = await reads.unit_by_code(unit)
        assert found is not None
        since = datetime(2026, 1, 1, tzinfo=ZONE).date()
        await self.effects(GrantRole(f"p-{name.lower()}", found.id, role, since))

    async def close_unit(self, code: str) -> None:
        """Close a unit as of today."""
        async with self.store.batch() as batch:
            await batch.run(_closed, code, self.clock.now.date())

    async def invite(self, code: str, unit: str, role: Role, *, days: int = 14) -> None:
        """Make an invitation with this code."""
        async with self.store.reading() as reads:
            found = await reads.unit_by_code(unit)
        assert found is not None
        until = self.clock.now + timedelta(days=days)
        await self.effects(NewInvite(Invite(hash_code(code), found.id, role, until, "test")))


def _closed(connection: Connection, code: str, day: date) -> None:
    connection.execute(update(units).where(units.c.code == code).values(valid_to=day))


def there(chat: str) -> Address:
    """Give the address of a chat: "zalo.páo" is on Zalo, "páo" on Telegram."""
    return Address(chat.rpartition(".")[0] or "telegram", chat)


def _photo(number: int) -> FileRef:
    return FileRef(f"photo-{number}", "photo", mime="image/jpeg")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now


def hash_code(code: str) -> str:
    """Hash a code as the program does, with a fixed pepper."""
    return hashlib.sha256(code.encode()).hexdigest()


def house(ids: itertools.count[int], **changes: object) -> House:
    """Build the house with predictable ids and codes."""
    codes = itertools.count(1)
    calendar, days = Calendar().known_to({form.name for form in handlers.FORMS}), default_year()
    built = House(
        forms={form.name: form for form in handlers.FORMS},
        commands={command.name: command for command in handlers.COMMANDS},
        catalogues=load_catalogues(ROOT / "locales"),
        calendar=calendar,
        days=days,
        rules=Rules(calendar, year=days),
        library=default_library(),
        new_id=lambda: f"id{next(ids):08}",
        hash_code=hash_code,
        new_code=lambda: f"CODE{next(codes):04}",
        links=lambda code: {
            "telegram": f"https://t.me/tiengcoso_bot?start={code}",
            "web": f"https://congdoan.vn/vao#{code}",
        },
        bridge=lambda ticket, language: f"https://congdoan.vn/mo?lang={language}#{ticket.purpose}-{ticket.step}",
        bridged=frozenset({"zalo"}),
        office="LĐLĐ tỉnh Lai Châu",
        ask_whom="LĐLĐ tỉnh Lai Châu, 0213 3876 000",
        monthly={"zalo": 3000},
        stranger=handlers.stranger,
        sent=handlers.sent,
    )
    return replace(built, **changes)  # type: ignore[arg-type]


@asynccontextmanager
async def stage(
    folder: Path, template: Path, now: datetime = MORNING, listed: Path | None = UNITS
) -> AsyncIterator[Stage]:
    """Set the stage on a copy of a migrated database, with the units of a list, if there is one."""
    path = folder / "stage.db"
    shutil.copy(template, path)
    clock = Clock(now)
    store = await SqlStore.open(f"sqlite+aiosqlite:///{path}", lambda: clock.now)
    try:
        if listed is not None:
            outcome = await import_units(store, listed, dry_run=False)
            assert not outcome.refused, outcome.plan.problems
        yield Stage(store, clock)
    finally:
        await store.close()
