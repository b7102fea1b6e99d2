"""What the report of workers' mood tells of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.cases.case import Case, Kind, State
from bot.cases.mood import mood_rows
from bot.cases.statistics import tallies, tally
from bot.documents.gathering import Area, Desk
from bot.documents.mood import mood_sheets
from bot.documents.sheets import each
from bot.i18n import Plain
from handlers.sentiment import SENTIMENT
from tests.cases.province import Province

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
CASE = Case("c", 1, Kind.PETITION, "nha_o", 1, "pao", NOW, State.OPENED, "mai", 2, NOW + HOUR)
TOPICS = {"nha_o": Plain("Nhà ở"), "bhxh": Plain("BHXH"), "tien_luong": Plain("Lương")}


def some(topic: str, count: int, **changes: object) -> list[Case]:
    """Give so many cases of a topic."""
    return [replace(CASE, topic=topic, **changes) for _n in range(count)]  # type: ignore[arg-type]


def told(cases: list[Case]) -> dict[str, int]:
    """Give the rows as topic and number."""
    return {getattr(row.topic, "text", "others"): row.tally.opened for row in mood_rows(cases, TOPICS, NOW)}


def test_topics_of_few_cases_are_told_together() -> None:
    """A topic with fewer than five cases is never a row of its own, nor can it be worked out."""
    assert told(some("nha_o", 7) + some("bhxh", 5) + some("tien_luong", 4) + some("x", 2)) == {
        "Nhà ở": 7,
        "BHXH": 5,
        "others": 6,
    }
    assert told(some("nha_o", 7) + some("bhxh", 5) + some("tien_luong", 1)) == {"Nhà ở": 7, "others": 6}
    assert told(some("nha_o", 2)) == {"others": 2}
    assert told([]) == {}


def test_only_edited_wording_and_no_questions() -> None:
    """Wordings of officers appear once each; questions and incidents are no petitions."""
    cases = [*some("nha_o", 3, wording="Thiếu nhà ở"), *some("nha_o", 2), *some("nha_o", 9, kind=Kind.QUESTION)]
    (row,) = mood_rows(cases, TOPICS, NOW)
    assert (row.tally.opened, row.wordings) == (5, ("Thiếu nhà ở",))


def test_numbers_of_cases() -> None:
    """Opened, answered, overdue, and the median time to the first answer; groups the largest first."""
    late = replace(CASE, due_at=NOW - HOUR, unit=2)
    quick, slow = (replace(CASE, answered_at=NOW + HOUR * n, state=State.ANSWERED) for n in (2, 10))
    numbers = tally([CASE, late, quick, slow], NOW)
    assert (numbers.opened, numbers.answered, numbers.overdue, numbers.median) == (4, 2, 1, HOUR * 6)
    assert tally([], NOW).median is None
    assert list(tallies([late, CASE, quick], lambda case: case.unit, NOW)) == [1, 2]
    assert not replace(late, kind=Kind.INCIDENT).overdue(NOW)


async def test_the_export_names_nobody(province: Province) -> None:
    """Counts of the mood with small ones hidden, petitions of few units together with edited wording; no raw words."""
    secret = "anh Páo ở tổ 3 bị chậm lương"
    await province.types("Páo", "kien nghi", "2", secret, "1", "1", "1")
    await province.types("Mai", "kn1 loi van", "Chậm trả lương", "1")
    await province.types("Páo", "tam tu", "1", "3", "2", "lương trả rất chậm", "1", "0", "1")
    house = province.stage.house
    async with province.stage.store.reading() as reads:
        unit = await reads.unit_by_code("TU")
        assert unit is not None
        desk = Desk((SENTIMENT,), house.calendar, {}, province.stage.clock.now)
        area = Area(desk, reads, [unit], house.calendar.at("2026-11"))
        await area.load()
        moods, petitions = await mood_sheets(area, SENTIMENT, TOPICS, house.voice(None))
        told = [[row.cells async for row in each(sheet.rows)] for sheet in (moods, petitions)]
    cells = [cell for lines in told for line in lines for cell in line]
    assert {line[2] for line in told[0]} == {0, "*"}  # of one report not even which answer it gave
    assert "Chậm trả lương" in cells
    assert not any("Páo" in str(cell) or "rất chậm" in str(cell) or "Chè" in str(cell) for cell in cells)
    assert [line[:3] for line in told[1]] == [["Chủ đề khác", 1, 0]]
