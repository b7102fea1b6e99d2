"""Days of the union year, announced by the clock: once to each person, to whom it concerns, by the book in force."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.clockwork import Clockwork
from bot.effects import KeepBook, Mute
from bot.i18n import ZONE
from bot.jobs import Speaking
from bot.messages import Outgoing, Priority
from bot.office.book import Book
from bot.ports import SentMark
from bot.records import BookVersion, Role
from bot.reporting.anniversaries import default_rows
from storage.migrate import migrate
from tests.stage import Stage, stage
from tests.storage.people import look

MORNING = datetime(2026, 11, 21, 7, 59, tzinfo=ZONE)
MINUTE = timedelta(minutes=1)


class Office:
    """A small province with the clock at work."""

    def __init__(self, on_stage: Stage) -> None:
        self.stage = on_stage
        self.house = on_stage.house
        speaking = Speaking(on_stage.store, self.house.rules, self.house.voice, lambda: on_stage.clock.now)
        self.clockwork = Clockwork(self.house, speaking)
        self.heard: list[Outgoing] = []
        self.tick = self.clockwork.planner(lambda: None)

    async def lives(self, until: datetime, step: timedelta = timedelta(hours=6)) -> None:
        """Let time pass, the clock ticking and the jobs being done."""
        while self.stage.clock.now < until:
            self.stage.clock.now = min(self.stage.clock.now + step, until)
            await self.tick(self.stage.clock.now)
            await self.work()

    async def work(self) -> None:
        """Do the jobs that are due, and those they bring."""
        store, jobs = self.stage.store, self.clockwork.jobs()
        while claims := await store.due_jobs(self.stage.clock.now, 9):
            for claim in claims:
                await store.jobs_done([(claim.job.id, await jobs[claim.job.kind](claim.job.args, claim.attempts))])

        ready = await store.due_messages(self.stage.clock.now, 500)
        async with store.batch() as batch:
            await batch.sent([SentMark(claim.id, "sent") for claim in ready])
        self.heard += [claim.out for claim in ready]

    def said(self, kind: str = "day/") -> list[Outgoing]:
        """Give what was sent of one kind, by key."""
        return sorted((one for one in self.heard if one.key.startswith(kind)), key=lambda one: one.key)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Two chairs, a deputy whose chair is there, an officer; the clock has just begun."""
    template = tmp_path / "template.db"
    await asyncio.to_thread(asyncio.run, migrate(f"sqlite+aiosqlite:///{template}"))
    async with stage(tmp_path, template, MORNING - MINUTE) as on_stage:
        await on_stage.person("Páo", Role.CHAIR, "TU-01", honorific="anh")
        await on_stage.person("Phụ", Role.DEPUTY, "TU-01", honorific="chi")
        await on_stage.person("Lan", Role.CHAIR, "TU-02", honorific="chi")
        await on_stage.person("Mai", Role.AREA_OFFICER, "TU", honorific="co")
        one = Office(on_stage)
        await one.tick(MORNING - MINUTE)
        yield one


def people(claims: list[Outgoing]) -> list[str]:
    """Name the chats that are written to."""
    return sorted(one.address.chat for one in claims)


async def test_a_day_is_announced_once_to_each_chair(office: Office) -> None:
    """At eight the chairs hear of a day, in their own words; neither deputy nor officer does, nor anybody twice."""
    await office.lives(MORNING + timedelta(hours=2), MINUTE * 30)
    await office.lives(MORNING + timedelta(hours=3), MINUTE * 30)
    told = [one for one in office.said() if one.key.startswith("day/VANHOA_2411/2026/T-3/")]
    assert people(told) == ["lan", "páo"]
    assert {one.priority for one in told} == {Priority.NOTICE}
    pao = next(one.message for one in told if one.address.chat == "páo")
    assert pao.text.splitlines() == [
        "Còn 3 ngày nữa: kỷ niệm 80 năm Ngày Văn hóa Việt Nam (24/11/1946 – 24/11/2026).",
        "Làm xong, anh Páo gõ DOT 24/11 để báo (khoảng 1 phút). Hạn 29/11/2026.",
    ]
    assert [(button.key, button.data) for button in pao.buttons] == [("DOT 24/11", "/dot VANHOA_2411")]


async def test_a_week_of_ticks_says_nothing_twice(office: Office) -> None:
    """However often the clock ticks, every key is there once, and each was planned; what was planned was told."""
    await office.lives(MORNING + timedelta(days=7))
    await office.lives(MORNING + timedelta(days=7, hours=1), MINUTE)
    keys = [one.key for one in office.said()]
    assert len(set(keys)) == len(keys)
    planned = office.house.days.notices(MORNING.date(), (MORNING + timedelta(days=7)).date())
    assert {key.rpartition("/")[0] for key in keys if "result" not in key} <= {one.key for one in planned}
    texts = "\n".join(one.message.text for one in office.said())
    assert all(one.of.anniversary.name in texts for one in planned)


def two_days() -> Book:
    """Make a book with two days of which the notices fall on the same morning, and no others."""
    rows = [{**row, "active": "không"} for row in default_rows()]
    rows.append({"code": "LON", "name": "Ngày lớn", "rule": "24/11", "rank": "A", "leads": "3"})
    rows.append({"code": "NHO", "name": "Ngày nhỏ", "rule": "22/11", "rank": "B", "leads": "1"})
    rows.append({"code": "TIN", "name": "Ngày tin ngắn", "rule": "23/11", "rank": "C", "leads": "2"})
    return Book().with_sheets({"calendar": tuple(rows)})


async def put_in_force(office: Office, book: Book) -> None:
    """Store the first version of a book."""
    await office.stage.effects(KeepBook(BookVersion(1, MORNING, "operator", "x", book.stored())))


async def reports(office: Office, chat: str, day: str) -> None:
    """Report an activity for a day, by the word that its notice gives."""
    for words in (f"dot {day}", "hôm qua; 2; 3; 2; 30", "0", "1"):
        await office.stage.gets(office.stage.text(chat, words))


async def test_several_days_of_one_morning_are_one_message(office: Office) -> None:
    """The more important day stands first; each that wants a report has its button."""
    await put_in_force(office, two_days())
    await office.lives(MORNING + timedelta(hours=1), MINUTE * 30)
    assert people(office.said()) == ["lan", "páo"]
    told = office.said()[0]
    assert told.key.startswith("day/LON/2026/T-3/")
    assert told.message.text.splitlines() == [
        "Sắp tới Ngày lớn, 24/11/2026 (Thứ Ba).",
        "Sắp tới Ngày nhỏ, 22/11/2026 (Chủ Nhật).",
        "Tin ngắn: Ngày tin ngắn, 23/11/2026 (Thứ Hai).",
        "Làm xong ngày nào, chị Lan gõ DOT và ngày đó để báo, ví dụ DOT 24/11 (khoảng 1 phút).",
    ]
    assert [button.data for button in told.message.buttons] == ["/dot LON", "/dot NHO"]
    assert len({button.label for button in told.message.buttons}) == 2


async def test_a_unit_that_has_reported_for_a_day_is_not_told_of_it(office: Office) -> None:
    """It hears of the other days of the morning, and that it was spared is listed with the rule."""
    await put_in_force(office, two_days())
    await office.tick(office.stage.clock.now)
    office.stage.house = office.house = office.stage.inbox.house = office.clockwork.house
    await reports(office, "páo", "24/11")
    await office.lives(MORNING + timedelta(hours=1), MINUTE * 30)
    keys = {one.address.chat: one.key.rpartition("/")[0] for one in office.said()}
    assert keys == {"lan": "day/LON/2026/T-3", "páo": "day/NHO/2026/T-1"}
    unsaid = await look(office.stage.store, "SELECT occasion, person, rule FROM unsaid")
    assert unsaid == [("day/LON/2026/T-3", "p-páo", "reported")]


async def test_a_notice_that_waits_is_dropped_by_the_report(office: Office) -> None:
    """Filing for the day takes the unsent notice back in the same transaction."""
    office.stage.clock.now = MORNING + timedelta(hours=1)
    await office.tick(office.stage.clock.now)
    store, jobs = office.stage.store, office.clockwork.jobs()
    for claim in await store.due_jobs(office.stage.clock.now, 9):
        await store.jobs_done([(claim.job.id, await jobs[claim.job.kind](claim.job.args, claim.attempts))])
    waiting = "SELECT key FROM outbox WHERE key LIKE 'day/VANHOA%' ORDER BY key"
    assert len(await look(store, waiting)) == 2
    for words in ("dot 24/11", "hôm qua; 2; 3; 2; 30", "0", "1"):
        await office.stage.inbox.take_batch([office.stage.text("páo", words)])
    assert [key for (key,) in await look(store, waiting)] == ["day/VANHOA_2411/2026/T-3/p-lan"]


async def test_who_wants_none_hears_none(office: Office) -> None:
    """Somebody who muted notices of days is left out; the others are told."""
    await office.stage.effects(Mute("p-páo", "day", MORNING))
    await office.lives(MORNING + timedelta(hours=1), MINUTE * 30)
    assert people(office.said("day/VANHOA_2411")) == ["lan"]


async def test_a_new_book_is_gone_by_at_the_next_tick(office: Office) -> None:
    """A day switched off a minute before is not announced; a new one is."""
    rows = [{**row, "active": "không"} if row["code"] == "VANHOA_2411" else row for row in default_rows()]
    rows.append({"code": "MOI", "name": "Ngày mới", "rule": "22/11", "rank": "C", "leads": "1"})
    book = Book().with_sheets({"calendar": tuple(rows)})
    await office.stage.effects(KeepBook(BookVersion(1, MORNING, "operator", "x", book.stored())))
    await office.lives(MORNING + timedelta(hours=1), MINUTE * 30)
    keys = {one.key.rpartition("/")[0] for one in office.said()}
    assert "day/MOI/2026/T-1" in keys
    assert not any("VANHOA" in key for key in keys)
    assert office.clockwork.house.version == 1


async def test_a_day_is_said_by_its_rules_of_the_moment(office: Office) -> None:
    """What is switched off between planning and saying is dropped, and that is noted."""
    office.stage.clock.now = MORNING + timedelta(hours=1)
    await office.tick(office.stage.clock.now)
    off = Book().with_sheets({"calendar": tuple({**row, "active": "không"} for row in default_rows())})
    await office.stage.effects(KeepBook(BookVersion(1, MORNING, "operator", "x", off.stored())))
    office.stage.clock.now += MINUTE
    await office.tick(office.stage.clock.now)
    await office.work()
    assert office.said() == []


async def test_the_result_goes_to_the_officer(office: Office) -> None:
    """Six days after a day the officer reads how many units reported for it, and the sums."""
    office.stage.clock.now = MORNING + timedelta(days=3, hours=3)
    await office.tick(office.stage.clock.now)
    for words in ("dot 24/11", "24/11; 2; 3; 2; 30", "0", "1"):
        await office.stage.gets(office.stage.text("páo", words))
    await office.lives(datetime(2026, 11, 30, 9, tzinfo=ZONE))
    (told,) = office.said("day/VANHOA_2411/2026/result")
    assert told.address.chat == "mai"
    assert told.message.title == "Kết quả: Ngày Văn hóa Việt Nam"
    assert told.message.text.splitlines() == ["1/3 đơn vị đã báo hoạt động.", "Lượt người: 30", "Số buổi: 2"]
