from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.effects import FileFailed, FileKept, FileReport, KeepFile
from bot.messages import FileRef
from bot.ports import Conflict, UnitReport
from bot.records import StoredFile
from bot.reporting.calendar import Calendar
from bot.reporting.completeness import asked
from storage.store import SqlStore
from tests.storage.people import CLINIC, MILL, NOW, SCHOOL, filed, report, write

FAR_PAST = date(2000, 1, 1)
NOVEMBER = Calendar().at("2026-11")


async def test_a_report_is_given_back_as_it_was_filed(store: SqlStore) -> None:
    """Every field of a submission survives, on either database."""
    full = report(
        "s1",
        accepted={"attendees": {"why": "more than members"}},
        sources={"attendees": "m1"},
        draft="d1",
        first_filed_at=NOW - timedelta(hours=3),
        answers={"note": "Đề nghị tăng ca", "photos": ["a", "b"], "skipped": None, "money": 1_300_000_000},
    )
    await filed(store, FileReport(full))
    async with store.reading() as reads:
        assert await reads.submission("s1") == full
        assert await reads.filed_from("d1") == full
        assert await reads.submission("s2") is None
        assert await reads.filed_from("") is None


async def test_a_corrected_version_takes_the_place_of_the_one_before(store: SqlStore) -> None:
    """Of a number only the last version is current, whether corrected later or in the same batch."""
    v2 = report("s2", version=2, replaces="s1")
    v3 = report("s3", version=3, replaces="s2")
    await filed(store, FileReport(report("s1")))
    await write(store, FileReport(v2), FileReport(v3))
    async with store.reading() as reads:
        assert await reads.numbered([SCHOOL], 1) == [v3]
        assert [one.id for one in await reads.reports_by("pao")] == ["s1", "s2", "s3"]
        assert (await reads.submission("s1")) == report("s1")


async def test_a_draft_is_filed_once(store: SqlStore) -> None:
    """Two processes that file the same draft collide; reports without a draft do not."""
    await filed(store, FileReport(report("s1", draft="d1")), FileReport(report("s2", 2)), FileReport(report("s3", 3)))
    with pytest.raises(Conflict):
        await write(store, FileReport(report("s4", 4, draft="d1")))
    with pytest.raises(Conflict):
        await write(store, FileReport(report("s5", 1)))
    async with store.reading() as reads:
        assert await reads.last_numbers([SCHOOL, MILL]) == {SCHOOL: 3}


async def test_history_leaves_out_what_was_withdrawn_or_replaced(store: SqlStore) -> None:
    """Similar reports are looked for among those that count, the latest day first."""
    await filed(
        store,
        FileReport(report("s1", day=date(2026, 11, 1))),
        FileReport(report("s2", 2, day=date(2026, 11, 5))),
        FileReport(report("s3", 3, day=date(2026, 10, 1))),
        FileReport(report("s4", 4, form="recruitment")),
        FileReport(report("s5", 5)),
        FileReport(report("s6", 5, 2, replaces="s5", state="withdrawn", reason="twice")),
    )
    async with store.reading() as reads:
        found = await reads.history([SCHOOL], ["dialogue"], date(2026, 10, 15))
        everything = await reads.history([SCHOOL, CLINIC], ["dialogue", "recruitment"], FAR_PAST)
    assert [one.id for one in found] == ["s2", "s1"]
    assert {one.id for one in everything} == {"s1", "s2", "s3", "s4"}


async def test_the_list_of_reports_shows_withdrawn_ones_and_pages(store: SqlStore) -> None:
    """Current reports are listed the latest filed first, a page before a moment."""
    times = [NOW - timedelta(hours=hours) for hours in range(4)]
    reports = [FileReport(report(f"s{n}", n + 1, filed_at=at)) for n, at in enumerate(times)]
    gone = FileReport(report("s9", 1, 2, replaces="s0", state="withdrawn"))
    await filed(store, *reports, gone)
    async with store.reading() as reads:
        assert [one.id for one in await reads.submissions([SCHOOL], 2)] == ["s9", "s1"]
        assert [one.id for one in await reads.submissions([SCHOOL], 9, before=times[1])] == ["s2", "s3"]
        assert await reads.submissions([CLINIC], 9) == []


async def test_an_edited_message_finds_its_report(store: SqlStore) -> None:
    """The report with an answer from a message is found by the message's whole id, for sixty days."""
    await filed(
        store,
        FileReport(report("s1", sources={"attendees": "123", "note": "7"})),
        FileReport(report("s2", 2, sources={"attendees": "99"}, filed_at=NOW - timedelta(days=61))),
    )
    async with store.reading() as reads:
        found = await reads.answered_by("pao", "123")
        assert found is not None
        assert found.id == "s1"
        assert await reads.answered_by("pao", "12") is None
        assert await reads.answered_by("mai", "123") is None
        assert await reads.answered_by("pao", "99") is None


async def test_receipts_tell_who_reported_when_first(store: SqlStore) -> None:
    """A unit's receipt is its first filing of the period; a nil is told apart; a withdrawn report is missing."""
    early = NOW - timedelta(days=2)
    await filed(
        store,
        FileReport(report("s1", filed_at=NOW, first_filed_at=early)),
        FileReport(report("s2", 2)),
        FileReport(report("s3", 3, period="2026-10", filed_at=NOW - timedelta(days=30))),
        FileReport(report("c1", unit=CLINIC, form="nil")),
        FileReport(report("m1", unit=MILL)),
        FileReport(report("m2", 1, 2, unit=MILL, replaces="m1", state="withdrawn")),
    )
    async with store.reading() as reads:
        receipts = await reads.receipts([SCHOOL, CLINIC, MILL], NOVEMBER)
    assert sorted(receipts, key=lambda one: one.unit) == [
        UnitReport(SCHOOL, early, 2, nil=False),
        UnitReport(CLINIC, NOW, 0, nil=True),
    ]


async def test_a_periodic_report_closes_only_its_period(store: SqlStore) -> None:
    """A month's report is about days of the year too, but the figures of the year have a report of their own."""
    figures = Calendar().at("2026S")
    await filed(
        store,
        FileReport(report("s1", form="periodic", period="2026-10", day=date(2026, 10, 15))),
        FileReport(report("m1", unit=MILL, form="periodic", period="2026S", day=date(2026, 11, 30))),
    )
    async with store.reading() as reads:
        receipts = await reads.receipts([SCHOOL, MILL], figures)
        assert [one.unit for one in receipts] == [MILL]
        assert (await reads.tally([SCHOOL, MILL], date(2026, 11, 30), asked(figures))).received == 1
        assert [one.unit for one in await reads.receipts([SCHOOL, MILL], Calendar().at("2026-10"))] == [SCHOOL]


async def test_a_report_takes_the_place_of_a_nil(store: SqlStore) -> None:
    """What a report retires is no longer current; the date of the nil goes on in the report."""
    await filed(store, FileReport(report("nil", form="nil", filed_at=NOW - timedelta(days=1))))
    await write(store, FileReport(report("s2", 2, first_filed_at=NOW - timedelta(days=1)), retires=("nil",)))
    async with store.reading() as reads:
        assert await reads.receipts([SCHOOL], NOVEMBER) == [UnitReport(SCHOOL, NOW - timedelta(days=1), 1, nil=False)]


async def test_files_are_followed_until_they_are_kept_or_given_up(store: SqlStore) -> None:
    """A file waits with its channel until it was fetched or will not come; a repeat of the news changes nothing."""
    ref = FileRef("remote", "photo", "ảnh.jpg", "image/jpeg", 900)
    waiting = [StoredFile(f"f{n}", "d1", "photo", "telegram", ref) for n in range(3)]
    await write(store, *(KeepFile(file) for file in (*waiting, waiting[0])))
    await write(store, FileKept("f1", "abc", 899, "image/jpeg"), FileFailed("f2", "too large"))
    async with store.reading() as reads:
        files = await reads.files(["d1", "d2"])
    kept = StoredFile("f1", "d1", "photo", "telegram", ref, "kept", "abc", 899, "image/jpeg")
    failed = StoredFile("f2", "d1", "photo", "telegram", ref, "failed", why="too large")
    assert files == [waiting[0], kept, failed]
