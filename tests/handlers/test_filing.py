"""Filing: the submission, its figures and period, corrections, nils, and receipts that fit a small screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import handlers
from bot.effects import DropUnsent
from bot.i18n import ZONE
from bot.records import Submission
from handlers.dialogue import DIALOGUE
from handlers.nil import NIL_FORM
from tests.forms.visit import CALENDAR, MORNING, Visit, report
from tests.handlers.filling import answered, counted, figures, filing, said, sent, submission, visiting
from tests.handlers.longest import FULL, filled

MEETING = ("1", "hôm nay", "18", "13", "3", "1")  # a dialogue: 18 people, wages and hours, 3 opinions, 1 settled


def test_a_report_is_filed_with_everything_about_it() -> None:
    """The submission says what, who, where, when and for which period, under the next number of the unit."""
    filed = submission(sent(answered(visiting(DIALOGUE), *MEETING)))
    assert (filed.form, filed.unit, filed.person, filed.channel) == ("dialogue", 1, "p1", "telegram")
    assert (filed.number, filed.version, filed.replaces) == (12, 1, "")
    assert (filed.day.isoformat(), filed.period) == ("2026-11-10", "2026-11")
    assert filed.filed_at == filed.first_filed_at
    assert filed.filed_at.tzinfo is not None
    assert filed.draft == "draft00001"
    assert filed.answers == {
        "dialogue_type": "dinh_ky",
        "event_date": "2026-11-10",
        "attendees": 18,
        "topics": ["tien_luong", "thoi_gio_lam_viec"],
        "opinions": 3,
        "resolved": 1,
    }
    assert set(filed.sources) == set(filed.answers)


def test_figures_are_the_values_and_choices() -> None:
    """Numbers give their value, choices count one each, computed values count too, days and words give nothing."""
    filed = sent(answered(visiting(DIALOGUE), *MEETING))
    assert counted(filed) == {
        ("dialogue_type", "dinh_ky"): 1,
        ("attendees", ""): 18,
        ("topics", "tien_luong"): 1,
        ("topics", "thoi_gio_lam_viec"): 1,
        ("opinions", ""): 3,
        ("resolved", ""): 1,
        ("remaining", ""): 2,
    }
    assert {(one.submission, one.unit, one.form, one.weight) for one in figures(filed)} == {("new1", 1, "dialogue", 1)}


@pytest.mark.parametrize(("day", "parent"), [("hôm nay", 8), ("1/7", 8), ("30/6", 7)])
def test_figures_belong_to_who_managed_the_unit_that_day(day: str, parent: int) -> None:
    """A figure counts under the unit that was above on the day of the event."""
    visit = answered(visiting(DIALOGUE), "1", day)
    if visit.step == "event_date!period":
        answered(visit, "1")
    filed = sent(answered(visit, "18", "13", "3", "1"))
    assert {one.parent for one in figures(filed)} == {parent}
    assert {one.day for one in figures(filed)} == {submission(filed).day}


def test_an_event_before_the_first_link_counts_under_the_first_parent() -> None:
    """Before anybody is known to have managed the unit, the first who did stands in."""
    facts = visiting(DIALOGUE).facts()
    assert facts.parent_on(datetime(2019, 5, 1, tzinfo=ZONE).date()) == 7
    assert replace(facts, parents=()).parent_on(facts.today) is None


@pytest.mark.parametrize(
    ("today", "day", "period", "asked"),
    [
        ("2026-11-10", "10/11", "2026-11", False),
        ("2026-11-10", "16/10", "2026-11", False),
        ("2026-11-10", "15/10", "2026-10", True),
        ("2026-11-16", "15/11", "2026-11", False),
        ("2026-11-16", "16/11", "2026-12", False),
        ("2026-11-25", "15/11", "2026-11", True),
    ],
)
def test_the_period_is_that_of_the_day(today: str, day: str, period: str, asked: bool) -> None:
    """An event counts for the period of its day; one that is neither open nor due is asked about."""
    visit = visiting(DIALOGUE)
    visit.now = datetime.fromisoformat(f"{today}T09:00").replace(tzinfo=ZONE)
    answered(visit, "1", day)
    assert (visit.step == "event_date!period") is asked
    if asked:
        answered(visit, "1")
    assert submission(sent(answered(visit, "18", "13", "3", "1"))).period == period


def test_filing_silences_the_reminders_of_its_period() -> None:
    """Unsent reminders of the unit for that period go with the report."""
    filed = sent(answered(visiting(DIALOGUE), *MEETING))
    assert DropUnsent("period/2026-11/unit-1") in filed.effects


# --- a nil ------------------------------------------------------------------------------------------------------------


def nil(number: int = 5, period: str = "2026-11", **changes: Any) -> Submission:
    """Make a nil filed five days ago."""
    filed = replace(report(NIL_FORM, number, days=5), period=period)
    return replace(filed, **changes)


def test_a_report_takes_the_place_of_a_nil_and_keeps_its_date() -> None:
    """A nil of the same period is retired, and the report counts as received when the nil was."""
    filed = sent(answered(visiting(DIALOGUE, history=[nil()]), *MEETING))
    assert filing(filed).retires == ("report-5",)
    assert submission(filed).first_filed_at == nil().filed_at
    assert submission(filed).filed_at > nil().filed_at


@pytest.mark.parametrize("other", [nil(period="2026-10"), nil(state="withdrawn")])
def test_other_nils_stay(other: Submission) -> None:
    """A nil of another period, or one withdrawn, is none of the report's business."""
    filed = sent(answered(visiting(DIALOGUE, history=[other]), *MEETING))
    assert filing(filed).retires == ()
    assert submission(filed).first_filed_at == submission(filed).filed_at


# --- corrections ------------------------------------------------------------------------------------------------------


def old_dialogue(**changes: Any) -> Submission:
    """Make a dialogue filed yesterday."""
    old = report(DIALOGUE, 4, days=1, dialogue_type="dinh_ky", attendees=18, topics=["tien_luong"], opinions=0)
    return replace(old, **changes)


def corrected(old: Submission, code: str, *typed: str) -> Visit:
    """Correct one answer of a report, up to the summary."""
    visit = visiting(DIALOGUE, "en", history=[old])
    visit.corrects(old)
    visit.presses(f"e:draft00001:{code}")
    return answered(visit, *typed)


def test_a_correction_keeps_its_number_and_counts_versions() -> None:
    """A correction is the next version of the same report; its first date stays, so that it is not late for it."""
    filed = sent(corrected(old_dialogue(), "attendees", "20"))
    new = submission(filed)
    assert (new.number, new.version, new.replaces) == (4, 2, "report-4")
    assert new.first_filed_at == old_dialogue().filed_at
    assert counted(filed)["attendees", ""] == 20
    assert "18 people → 20 people" in said(filed)
    again = submission(sent(corrected(replace(new, id="report-4b"), "attendees", "21")))
    assert (again.number, again.version, again.first_filed_at) == (4, 3, old_dialogue().filed_at)


def test_a_correction_into_another_period_counts_from_now() -> None:
    """A report moved to another period was not there before: it is received when it is corrected."""
    visit = corrected(old_dialogue(), "event_date", "15/10")
    if visit.step == "event_date!period":
        answered(visit, "1")
    new = submission(sent(visit))
    assert new.period == "2026-10"
    assert new.first_filed_at == new.filed_at


def test_a_correction_of_a_report_that_is_gone_is_refused() -> None:
    """What a draft corrects must still be there when it is filed."""
    visit = corrected(old_dialogue(), "attendees", "20")
    visit.types("1")
    gone = replace(visit.filed[0], facts=replace(visit.filed[0].facts, history=()))
    with pytest.raises(LookupError):
        DIALOGUE.file(gone)


# --- texts ------------------------------------------------------------------------------------------------------------

RECEIPT = 500  # characters on a small screen
QUESTION = 160


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", FULL)
@pytest.mark.parametrize("extras", [False, True], ids=["required", "everything"])
def test_receipts_fit_a_small_screen(kind: str, language: str, extras: bool) -> None:
    """The receipt of the longest report that one can think of is still short, and says how to change it."""
    filed = sent(filled(kind, language, extras=extras))
    receipt = said(filed, language)
    assert len(receipt) <= RECEIPT, receipt
    assert "SUA 12" in receipt
    assert "BC12" in receipt


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", FULL)
def test_doubts_fit_a_small_screen(kind: str, language: str) -> None:
    """Every question asked on the way is short, doubts with large numbers in them included."""
    visit = filled(kind, language, extras=True)
    long = [message.text for message in visit.messages if "\n" not in message.text and len(message.text) > QUESTION]
    assert long == []


def test_a_receipt_says_until_when_it_can_be_changed() -> None:
    """The last day is that of the lock of the period, or three days after a late report."""
    assert "until the end of 20/11/2026, type SUA 12" in said(sent(answered(visiting(DIALOGUE, "en"), *MEETING)))
    late = visiting(DIALOGUE, "en")
    late.now = CALENDAR.at("2026-11").locks_at + timedelta(hours=1)
    filed = sent(answered(late, "1", "10/11", "1", "18", "13", "3", "1"))
    assert "until the end of 24/11/2026, type SUA 12" in said(filed)


def test_filed_at_is_when_it_was_confirmed() -> None:
    """The time of the confirming message counts, in UTC."""
    visit = answered(visiting(DIALOGUE), *MEETING)
    filed = submission(sent(visit))
    assert filed.filed_at == visit.now.astimezone(UTC)
    assert filed.filed_at > MORNING


def test_every_report_kind_with_questions_is_tried_here() -> None:
    """A new report kind gets its longest report in these tests."""
    assert {form.name for form in handlers.FORMS if form.settings.report and form.fields} == set(FULL)
