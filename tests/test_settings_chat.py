"""An admin and the office's book in the chat: out, in again, refused, confirmed, brought back; taken up at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.effects import KeepBook
from bot.i18n import Voice, load_catalogues
from bot.jobs.jobs import JobHandler
from bot.messages import Arrival, FileRef, Later, Message, Refused
from bot.office.book import Book
from bot.office.importing import LOOK, SEND, TAKE
from bot.office.sending import LookAtBook, Office, SendBook, TakeBook
from bot.office.writing import write_book
from bot.ports import Claim, Deliver, Facts, SentMark
from bot.records import BookVersion, Role
from storage.migrate import migrate
from tests.stage import ROOT, Stage, stage

CALENDAR = "Ngày kỷ niệm"
VOICE = Voice(load_catalogues(ROOT / "locales")["en"])


class Files:
    """A channel that brings one file, or the failure it is told to."""

    name = "telegram"
    facts = Facts(4096, buttons=True, edits=True, files=True, pace=30)
    trouble = ""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.failure: Exception | None = None

    async def fetch(self, remote: str, limit: int) -> bytes:
        if self.failure is not None:
            raise self.failure
        return self.path.read_bytes()

    async def run(self, deliver: Deliver) -> None:
        raise AssertionError

    async def send(self, chat: str, message: Message) -> str:
        raise AssertionError

    def link(self, code: str) -> str:
        return ""

    async def close(self) -> None:
        raise AssertionError


class Desk:
    """The admin's chat with the jobs behind it."""

    def __init__(self, on_stage: Stage, folder: Path) -> None:
        self.stage = on_stage
        self.file = folder / "sent.xlsx"
        self.channel = Files(self.file)
        exports = folder / "exports"
        store, clock = on_stage.store, on_stage.clock
        office = Office(store, {"telegram": self.channel}, exports, {}, lambda _l: VOICE, lambda: clock.now, 1 << 20)
        self.jobs: dict[str, JobHandler] = {SEND: SendBook(office), LOOK: LookAtBook(office), TAKE: TakeBook(office)}
        self.chat = ""

    async def types(self, words: str) -> list[str]:
        """Type something; give the answers, the jobs' too."""
        said = [message.text for _address, message in await self.stage.gets(self.stage.text(self.chat, words))]
        return said + [message.text for message in await self.work()]

    async def sends(self) -> list[str]:
        """Send the workbook; give the answers."""
        ref = FileRef("remote", "file", "so-quy-dinh.xlsx")
        incoming = self.stage.text(self.chat, "", what=Arrival.FILES, files=(ref,))
        said = [message.text for _address, message in await self.stage.gets(incoming)]
        return said + [message.text for message in await self.work()]

    async def work(self) -> list[Message]:
        """Do all jobs that are due; give what they say."""
        store, said = self.stage.store, []
        for claim in await store.due_jobs(self.stage.clock.now, 9):
            effects = await self.jobs[claim.job.kind](claim.job.args, claim.attempts)
            await store.jobs_done([(claim.job.id, effects)])
            said += [one.out.message for one in await self._messages()]
        return said

    async def _messages(self) -> list[Claim]:
        """Take what is to be sent, and note that it was."""
        claims = await self.stage.store.due_messages(self.stage.clock.now, 9, channel="telegram")
        async with self.stage.store.batch() as batch:
            await batch.sent([SentMark(claim.id, "sent") for claim in claims])
        return claims

    def change(self, **cells: str) -> None:
        """Change cells of the calendar."""
        workbook = load_workbook(self.file)
        for place, words in cells.items():
            workbook[CALENDAR][place] = words
        workbook.save(self.file)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """An admin with the workbook as it ships."""
    template = tmp_path / "template.db"
    await asyncio.to_thread(asyncio.run, migrate(f"sqlite+aiosqlite:///{template}"))
    async with stage(tmp_path, template) as on_stage:
        one = Desk(on_stage, tmp_path)
        one.chat = await on_stage.person("Quản", Role.ADMIN, "LC", language="en")
        write_book(Book(), one.file, VOICE)
        yield one


async def test_a_changed_workbook_is_shown_and_confirmed(desk: Desk) -> None:
    """What a workbook changes is told first; confirmed, it is in force for the next message of anybody."""
    desk.change(K3="không")
    thanks, shown = await desk.sends()
    assert thanks.startswith("Thank you.")
    assert shown == "1 row is different:\nNgày kỷ niệm: VANHOA_2411: Dùng – → không."
    assert desk.stage.inbox.house.version == 0
    assert await desk.types("caidat nhan") == ["Version 1 is in force."]
    chair = await desk.stage.person("Páo", Role.CHAIR, "TU-01", language="en")
    await desk.stage.gets(desk.stage.text(chair, "menu"))
    house = desk.stage.inbox.house
    assert house.version == 1
    assert "VANHOA_2411" not in [one.code for one in house.days.open_on(date(2026, 11, 24))]
    assert "VANHOA_2411" not in [n.of.code for n in house.rules.year.notices(date(2026, 11, 1), date(2026, 11, 30))]  # type: ignore[union-attr]


async def test_a_wrong_workbook_is_refused(desk: Desk) -> None:
    """Every problem comes to the chat; nothing can be confirmed."""
    desk.change(C3="31/4", E4="X")
    _thanks, shown = await desk.sends()
    assert shown.splitlines()[0].startswith("Sheet “Ngày kỷ niệm”, row 3, column Ngày: ")
    assert shown.endswith("Nothing was written. Problems to mend: 2.")
    assert "Version 1 is in force." not in await desk.types("caidat nhan")


async def test_somebody_else_was_faster(desk: Desk) -> None:
    """When the book changed since it was looked at, what is different now is shown again."""
    desk.change(K3="không")
    await desk.sends()
    other = Book().with_sheets({"days": ({"date": "2027-02-13", "working": "có"},)})
    async with desk.stage.store.batch() as batch:
        await batch.write([KeepBook(BookVersion(1, desk.stage.clock.now, "operator", "x", other.stored()))])
    (again,) = await desk.types("caidat nhan")
    assert again.splitlines()[0] == "2 rows are different:"  # the sheet of days in the file is empty
    assert await desk.types("caidat nhan") == ["Version 2 is in force."]


async def test_a_file_that_cannot_be_had(desk: Desk) -> None:
    """A file that is gone is asked for again; one that is late is waited for."""
    desk.channel.failure = Refused("gone")
    assert (await desk.sends())[1] == "The file did not arrive whole. Please send it again."
    desk.channel.failure = Later(1)
    with pytest.raises(Later):
        await desk.sends()


async def test_the_workbook_comes_to_the_chat(desk: Desk) -> None:
    """An admin gets the book in force as a workbook, whose import changes nothing."""
    said = await desk.stage.gets(desk.stage.text(desk.chat, "cai dat"))
    assert [button.label for button in said[0][1].buttons] == ["Send me the workbook"]
    await desk.stage.gets(desk.stage.text(desk.chat, "1"))
    (message,) = await desk.work()
    desk.file.write_bytes(Path(message.attachments[0].path).read_bytes())
    assert (await desk.sends())[1] == "Nothing is different from the book in force."


async def test_the_version_before_comes_back(desk: Desk) -> None:
    """An admin sees what bringing the version before back changes, and does it; who changed what is audited."""
    desk.change(K3="không")
    await desk.sends()
    await desk.types("caidat nhan")
    await desk.types("cai dat")
    assert await desk.types("2") == ["1 row is different:\nNgày kỷ niệm: VANHOA_2411: Dùng không → –."]
    assert await desk.types("1") == ["Version 2 is in force."]
    (listed,) = await desk.types("cai dat")
    assert listed.splitlines()[0].endswith("by Quản: undo: 0")
    async with desk.stage.store.reading() as reads:
        admin = next(iter({one.by for one in await reads.books(1)}))
        assert [action for _at, action in await reads.audited(admin)].count("settings") == 2


async def test_only_an_admin(desk: Desk) -> None:
    """A chair's workbook is no book, and the command is not theirs."""
    desk.chat = await desk.stage.person("Páo", Role.CHAIR, "TU-01", language="en")
    assert (await desk.sends())[0].startswith("To send photos or files, open a report first")
    assert await desk.types("/caidat") == ["That is for union officers. Type MENU to see what Mr Páo can do here."]


async def test_a_book_that_cannot_be_used_changes_nothing(desk: Desk) -> None:
    """A version that another program stored is passed over while running, once, and the talk goes on."""
    sheets = {"calendar": [{"code": "A", "rule": "31/4"}], "of_tomorrow": [{"who": "later"}]}
    await desk.stage.effects(KeepBook(BookVersion(1, desk.stage.clock.now, "newer", "x", sheets)))
    before = desk.stage.inbox.house
    assert (await desk.types("menu"))[0].startswith("What would Mr Quản like to see?")
    after = desk.stage.inbox.house
    assert (after.version, after.days, after.rules) == (1, before.days, before.rules)


async def test_sheets_of_a_newer_program_are_passed_over(desk: Desk) -> None:
    """What this program has no sheet for is left out; the rest is in force."""
    sheets = {"days": [{"date": "2027-02-13", "working": "có"}], "of_tomorrow": [{"who": "later"}]}
    await desk.stage.effects(KeepBook(BookVersion(1, desk.stage.clock.now, "newer", "x", sheets)))
    await desk.types("menu")
    assert desk.stage.inbox.house.calendar.working_days.works(date(2027, 2, 13))
