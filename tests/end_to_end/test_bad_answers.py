"""Answers that are no answers, or only look odd: what is understood, what is asked back, what stays as it was typed."""

from __future__ import annotations

import unicodedata

import pytest

from bot.messages import Arrival
from handlers.dialogue import DIALOGUE
from handlers.withdrawing import WITHDRAWAL
from storage.tables import drafts, submissions
from tests.end_to_end.actor import Actor, chair
from tests.end_to_end.rows import Rows
from tests.end_to_end.someone import label, speaker
from tests.stage import Stage

ENGLISH = speaker("en", "Páo", "anh")
ATTENDEES, TOPICS = (ENGLISH.speak(label(DIALOGUE, code)) for code in ("attendees", "topics"))
OPINIONS, RESULT = (ENGLISH.speak(label(DIALOGUE, code)) for code in ("opinions", "key_results"))


async def at_attendees(on_stage: Stage) -> Actor:
    who = await chair(on_stage)
    assert ATTENDEES in await who.types("doi thoai", "1", "9/11")
    return who


async def at_result(on_stage: Stage) -> Actor:
    """Go on to a question for free words."""
    who = await at_attendees(on_stage)
    assert RESULT in await who.types("18", "1", "0", "4")
    return who


async def answers(rows: Rows) -> dict[str, object]:
    [draft] = await rows.of(drafts)
    return dict(draft["answers"])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("１２", 12),
        ("12 ng", 12),
        ("mười hai", 12),
        ("mười hai".upper(), 12),
        (unicodedata.normalize("NFD", "mười hai"), 12),
        ("\u200b12\u200f", 12),
        ("12.", 12),
    ],
)
async def test_a_number_written_otherwise(typed: str, kept: int, on_stage: Stage, rows: Rows) -> None:
    """Full-width digits, words, invisible characters and decomposed letters are the numbers they look like."""
    who = await at_attendees(on_stage)
    assert TOPICS in await who.types(typed)
    assert (await answers(rows))["attendees"] == kept


@pytest.mark.parametrize("typed", ["1,5", "-3", "không nhớ", "x" * 4000, "ko có", "<b>", "🙈"])
async def test_no_number(typed: str, on_stage: Stage, rows: Rows) -> None:
    """What is no number of people is asked again, without a trace in the report."""
    who = await at_attendees(on_stage)
    assert ATTENDEES in await who.types(typed)
    assert "attendees" not in await answers(rows)
    assert TOPICS in await who.types("18")


async def test_a_thousand_and_none(on_stage: Stage, rows: Rows) -> None:
    """ "1.200" is a thousand and asked about, "ko có" is none where there can be none."""
    who = await at_attendees(on_stage)
    assert "1,200" in await who.types("1.200")
    assert TOPICS in await who.types("1")
    await who.types("13")
    await who.types("ko có")
    assert {"attendees": 1200, "opinions": 0}.items() <= (await answers(rows)).items()


async def test_stickers_and_voices(on_stage: Stage, rows: Rows) -> None:
    """A sticker or a voice message at a question asks it again; without a question it is answered kindly too."""
    who = await at_attendees(on_stage)
    before = await answers(rows)
    for kind in ("sticker", "voice", "location"):
        assert ATTENDEES in await who.gets(who.message(kind, what=Arrival.OTHER))
    assert await answers(rows) == before
    await who.types("huy", "1")
    assert "MENU" in await who.gets(who.message("sticker", what=Arrival.OTHER))


async def test_a_very_long_text(on_stage: Stage) -> None:
    """4,000 characters at a text question are too many, and the answer says how many would do."""
    who = await at_result(on_stage)
    said = await who.types("Cải thiện bữa ăn ca. " * 190)
    assert "300" in said
    assert RESULT in said
    assert len(said) < 1000
    assert "Cải thiện bữa ăn ca." in await who.types("Cải thiện bữa ăn ca.")


@pytest.mark.parametrize(
    "typed", ["<b>1 & 2</b> <script>", "*đậm* _nghiêng_ `mã` [x](http://y)", "{you} {0} %s", "'; DROP TABLE people; --"]
)
async def test_markup_is_shown_as_typed(typed: str, on_stage: Stage, rows: Rows) -> None:
    """HTML, Markdown, gaps and SQL are only words."""
    who = await at_result(on_stage)
    assert typed in await who.types(typed)
    await who.types("1")
    [report] = await rows.of(submissions)
    assert report["answers"]["key_results"] == typed
    assert typed in await who.types("xem 1")


async def test_right_to_left_and_invisible_characters(on_stage: Stage, rows: Rows) -> None:
    """Characters that nobody sees, or that turn the line around, are left out; letters are stored composed."""
    who = await at_result(on_stage)
    await who.types("\u202eTăng\u200b lương\u2066 " + unicodedata.normalize("NFD", "tháng tới") + "\ufeff\x00")
    assert (await answers(rows))["key_results"] == "Tăng lương tháng tới"


async def test_a_name_with_markup(on_stage: Stage, rows: Rows) -> None:
    """Somebody whose name has braces and tags is greeted by just that."""
    who = await chair(on_stage, "Páo{you}<b>")
    assert "Páo{you}<b>" in await who.types("/start")
    assert "Páo{you}<b>" in await who.types("doi thoai", "1", "9/11", "18", "1", "0", "0", "1")
    assert len(await rows.of(submissions)) == 1


@pytest.mark.parametrize("typed", ["31/02", "12/12/2026", "29/2/2026", "ngày mai", "32", "0"])
async def test_no_day_in_the_past(typed: str, on_stage: Stage, rows: Rows) -> None:
    """A day that never was, or is still to come, is not taken for the day of an event."""
    who = await chair(on_stage)
    asked = await who.types("doi thoai", "1")
    said = await who.types(typed)
    assert asked.splitlines()[1] in said
    assert "event_date" not in await answers(rows)
    assert ATTENDEES in await who.types("9/11")


async def test_a_reason_is_needed(on_stage: Stage) -> None:
    """A withdrawal without words is asked about again."""
    who = await chair(on_stage)
    await who.types("doi thoai", "1", "9/11", "18", "1", "0", "0", "1")
    assert ENGLISH.speak(label(WITHDRAWAL, "reason")) in await who.types("rut 1")
    assert ENGLISH.speak(label(WITHDRAWAL, "reason")) in await who.types("\u200b \u200b")
    assert "BC1" in await who.types("nhầm", "1")
