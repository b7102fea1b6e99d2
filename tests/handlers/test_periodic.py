"""The periodic report: which period, what is offered from event reports, what is doubted, what it closes and counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from bot.effects import DropUnsent
from bot.i18n import ZONE
from bot.ports import Sum
from bot.records import Submission
from bot.reporting.figures import Totals, fields_per_period, kind_lines
from handlers.dialogue import DIALOGUE
from handlers.incident import INCIDENT
from handlers.membership import MEMBERSHIP
from handlers.nil import NIL_FORM
from handlers.periodic import PERIODIC_REPORT
from handlers.propaganda import PROPAGANDA
from handlers.safety import SAFETY
from tests.forms.visit import Visit, report
from tests.handlers.filling import answered, counted, filing, sent, submission, visiting, voice

EVENTS = [
    report(MEMBERSHIP, 1, day=date(2026, 10, 20), total_members=37, total_workers=61),
    report(DIALOGUE, 2, day=date(2026, 10, 20)),
    report(DIALOGUE, 3, day=date(2026, 11, 9)),
    report(DIALOGUE, 4, day=date(2026, 11, 16)),  # after the year's text report
    report(PROPAGANDA, 5, day=date(2025, 12, 1), sessions=2, attendees=80),
    report(PROPAGANDA, 6, day=date(2026, 11, 9), sessions=1, attendees=45),
    report(PROPAGANDA, 7, day=date(2026, 11, 9), sessions=0),
    report(PROPAGANDA, 8, day=date(2025, 11, 30), sessions=9, attendees=900),  # the day before the year began
]
YEAR = ("năm 2026", "1", "30", "1", "0", "0", "2", "3", "1")  # everything as it is known


def opened(now: str, *, history: list[Submission] | None = None, **options: Any) -> Visit:
    """Open the report at a moment, with events reported or those given."""
    visit = visiting(PERIODIC_REPORT, history=EVENTS if history is None else history, **options)
    visit.now = datetime.fromisoformat(now).replace(tzinfo=ZONE)
    visit.resumes()
    return visit


def offered(visit: Visit) -> list[str]:
    """List the periods offered."""
    return [option.code for option in visit.stand().path.options(PERIODIC_REPORT.by_code["period"])]


def earlier(period: str, number: int = 20, **answers: Any) -> Submission:
    """Make a periodic report filed before, with the figures that it must have."""
    given = {"total_workers": 60, "female_workers": 28, "total_members": 35, "disputes": 0, "accidents": 0, **answers}
    return report(PERIODIC_REPORT, number, days=1, period=period, **given)


# --- the period -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "periods"),
    [
        ("2026-11-10T09:00", ["2026"]),  # November is absorbed by the year
        ("2026-11-24T09:00", ["2026S", "2026-12"]),  # the next deadline first
        ("2026-12-16T09:00", ["2026-12", "2027-01"]),
        ("2027-03-01T09:00", ["2027-Q1"]),
        ("2027-05-26T09:00", ["2027-H1S", "2027-06"]),
        ("2027-09-10T09:00", ["2027-9M"]),
    ],
)
def test_periods_that_are_asked_for_are_offered(now: str, periods: list[str]) -> None:
    """The one with the next deadline comes first; campaigns, which other kinds close, are none of it."""
    assert offered(opened(now)) == periods


def test_a_period_reported_already_comes_last() -> None:
    """What is still owed is preselected."""
    visit = opened("2026-12-16T09:00", history=[earlier("2026-12")])
    assert offered(visit) == ["2027-01", "2026-12"]


@pytest.mark.parametrize(
    ("typed", "code"), [("tháng 11", "2026"), ("quý 3", "2026-9M"), ("9", "2026-9M"), ("10/2026", "2026-10")]
)
def test_other_periods_can_be_typed(typed: str, code: str) -> None:
    """A month that a longer period absorbs means the longer one; what is locked is asked about."""
    visit = opened("2026-11-10T09:00")
    visit.types(typed)
    assert visit.stand().draft.answers == {"period": code}
    assert visit.step == ("total_workers" if code == "2026" else "period!locked")


@pytest.mark.parametrize("typed", ["hôm qua", "quý 5", "CDVN_2807-2026", "12/2026", "6 tháng 2027", "2026S"])
def test_what_no_periodic_report_is_for_is_refused(typed: str) -> None:
    """No period, a campaign, and what is not to be written yet: the question stays open."""
    visit = opened("2026-11-10T09:00")
    visit.types(typed)
    assert visit.step == "period"


def test_with_nothing_reported_it_first_asks_whether_that_is_so() -> None:
    """A period without any event report is asked about; with one it is not."""
    visit = opened("2026-11-10T09:00", history=[])
    visit.types("1")
    assert visit.step == "period!nothing"
    assert answered(visit, "1").step == "total_workers"


# --- what is offered, and doubted -------------------------------------------------------------------------------------


def test_what_event_reports_tell_is_confirmed_with_a_digit() -> None:
    """Totals are those of the last membership report; events are counted over the period's days, and no others."""
    filed = submission(sent(answered(opened("2026-11-17T09:00"), *YEAR)))
    assert filed.answers == {
        "period": "2026",
        "total_workers": 61,
        "female_workers": 30,
        "total_members": 37,
        "disputes": 0,
        "accidents": 0,
        "dialogue_count": 2,
        "propaganda_sessions": 3,
        "propaganda_attendees": 125,
    }
    assert filed.accepted == {}


def test_a_typed_one_is_one() -> None:
    """Where two dialogues were counted, 1 is an answer like any other, and asked about."""
    visit = answered(opened("2026-11-10T09:00"), *YEAR[:6])
    assert "2. " in visit.says
    assert answered(visit, "1").step == "dialogue_count!counted"


@pytest.mark.parametrize(("choice", "kept"), [("1", 2), ("2", 5)])
def test_a_difference_is_asked_about(choice: str, kept: int) -> None:
    """Either the counted figure is taken, or the other one with its reason."""
    visit = answered(opened("2026-11-10T09:00"), *YEAR[:6], "5")
    assert visit.step == "dialogue_count!counted"
    answered(visit, choice)
    if choice == "2":
        answered(visit, "chưa kịp gửi ba cuộc")
    filed = submission(sent(answered(visit, *YEAR[7:])))
    assert filed.answers["dialogue_count"] == kept
    reasons = [one["reason"] for one in filed.accepted.values()]
    assert reasons == (["chưa kịp gửi ba cuộc"] if choice == "2" else [])


def test_totals_that_differ_from_the_membership_report_are_asked_about() -> None:
    """A total of members or workers beside the last membership report is doubted; one without such a report is not."""
    assert answered(opened("2026-11-10T09:00"), "1", "62").step == "total_workers!counted"
    assert answered(opened("2026-11-10T09:00", history=EVENTS[1:]), "1", "62").step == "female_workers"


def test_without_events_counts_are_optional() -> None:
    """Nothing counted, nothing asked; a figure given all the same is doubted."""
    visit = answered(opened("2026-11-10T09:00", history=EVENTS[:1]), *YEAR[:6])
    assert visit.step == "+more"
    visit.presses("e:draft00001:dialogue_count")
    assert answered(visit, "3").step == "dialogue_count!counted"


def test_a_period_beyond_the_history_counts_nothing() -> None:
    """What goes back further than reports are looked at is not counted: half a count would be a wrong one."""
    visit = opened("2027-02-20T09:00")
    answered(visit, "năm 2026", "1", "61", "30", "37", "0", "0")
    assert visit.step == "+more"


def test_rules_between_the_numbers() -> None:
    """Women, members and others are at most all workers; a wage is within its bounds; wages owed bring a word."""
    visit = answered(opened("2026-11-10T09:00"), "1", "1")
    visit.types("62")
    assert visit.step == "female_workers"
    answered(visit, "30")
    visit.types("62")
    assert visit.step == "total_members"
    answered(visit, "1", "0", "0", "2", "3", "1")
    for code, wrong, right in [("avg_wage", "900k", "7tr"), ("insured", "62", "61"), ("wage_arrears", "trừ 3", "12tr")]:
        visit.presses(f"e:draft00001:{code}")
        visit.types(wrong)
        assert visit.step == code
        answered(visit, right)
    assert "HELP" in sent(visit).says[0].spoken(voice("vi")).text


def test_numbers_of_the_last_time_are_offered() -> None:
    """What no event report tells is remembered from the periodic report before, as long as it fits."""
    before = earlier("2026-10", insured=58, female_workers=28)
    visit = answered(opened("2026-11-10T09:00", history=[*EVENTS, before]), "1", "1")
    assert "28" in visit.says
    answered(visit, "1", "1", "0", "0", "2", "3", "1")
    visit.presses("e:draft00001:insured")
    assert answered(visit, "1").answers["insured"] == 58


# --- what it closes ---------------------------------------------------------------------------------------------------


def test_it_closes_its_period_and_silences_its_reminders() -> None:
    """The year's text closes the year and its month, not the figures of the year."""
    filed = sent(answered(opened("2026-11-10T09:00"), *YEAR))
    assert (submission(filed).period, submission(filed).day) == ("2026", date(2026, 11, 10))
    dropped = {one.drop_key for one in filed.effects if isinstance(one, DropUnsent)}
    assert dropped == {"period/2026/unit-1", "period/2026-11/unit-1"}


def test_figures_of_the_year_close_only_themselves() -> None:
    """Filed after the cut-off they are kept on its day, under their own code."""
    filed = sent(answered(opened("2026-12-04T09:00"), "2026S", "1", "30", "1", "0", "0", "3", "3", "1"))
    assert (submission(filed).period, submission(filed).day) == ("2026S", date(2026, 11, 30))
    assert [one.drop_key for one in filed.effects if isinstance(one, DropUnsent)] == ["period/2026S/unit-1"]


def test_it_takes_the_place_of_a_nil() -> None:
    """A nil of its period is retired, and its date kept; one of another period stays."""
    nil = replace(report(NIL_FORM, 5, days=2), period="2026")
    other = replace(report(NIL_FORM, 6, days=2), period="2026-10")
    filed = sent(answered(opened("2026-11-10T09:00", history=[*EVENTS, nil, other]), *YEAR))
    assert filing(filed).retires == ("report-5",)
    assert submission(filed).first_filed_at == nil.filed_at


# --- one for each period ----------------------------------------------------------------------------------------------


def test_a_second_one_updates_the_first() -> None:
    """The same period again offers the report that is there, or another period; there are never two."""
    visit = opened("2026-11-10T09:00", history=[*EVENTS, earlier("2026")])
    assert answered(visit, "năm 2026").step == "+similar"
    visit.presses(next(data for _label, data in visit.buttons if ":same:" in data).replace(":same:", ":other:"))
    assert visit.step == "+similar"
    answered(visit, "1")
    assert visit.stand().draft.replaces == "report-20"


def test_a_locked_one_stands_in_the_way() -> None:
    """A report that can no longer be changed is not doubled; the officer is asked."""
    visit = opened("2026-11-10T09:00", history=[*EVENTS, replace(earlier("2026-10"), day=date(2026, 10, 15))])
    visit.now = datetime(2026, 11, 24, 9, tzinfo=ZONE)
    visit.types("tháng 10")
    assert visit.step == "period"
    assert "BC20" in visit.says


def test_a_correction_cannot_move_onto_another_report() -> None:
    """A correction may change its period, but not to one that has its report."""
    old, other = earlier("2026", 20), earlier("2026-10", 21)
    visit = opened("2026-11-10T09:00", history=[*EVENTS, old, other])
    visit.corrects(old)
    visit.presses("e:draft00001:period")
    visit.types("tháng 10")
    assert visit.step == "period"
    assert "BC21" in visit.says


# --- what it counts ---------------------------------------------------------------------------------------------------


def test_figures_are_those_that_no_event_report_gives() -> None:
    """Sums have the code of their period; what events are the source of stands beside what they tell."""
    visit = answered(opened("2026-11-10T09:00"), *YEAR)
    visit.presses("e:draft00001:avg_wage")
    answered(visit, "7tr")
    assert counted(sent(visit)) == {
        ("female_workers", ""): 30,
        ("avg_wage", "2026"): 7_000_000 * 61,
        ("avg_wage", "2026/beside"): 61,
        ("disputes", "2026"): 0,
        ("accidents", "2026"): 0,
        **{
            (code, choice): number
            for code, number in [
                ("total_workers", 61),
                ("total_members", 37),
                ("dialogue_count", 2),
                ("propaganda_sessions", 3),
                ("propaganda_attendees", 125),
            ]
            for choice in ("2026", "2026/beside")
        },
    }


def summed(**values: int) -> list[Sum]:
    """Make sums of two reports from "field__choice"; "of" stands for what is beside."""
    found = []
    for name, value in values.items():
        field, choice = name.replace("_of", "/beside").replace("Y", "2026").split("__")
        found.append(Sum("periodic", field, choice, value, 2))
    return found


def digest_of(*rows: Sum) -> str:
    """Speak the digest of the year."""
    per_period = fields_per_period([PERIODIC_REPORT])
    totals = Totals.of(rows, period="2026", per_period=per_period)
    text = kind_lines(PERIODIC_REPORT, totals, Totals())
    return voice("en").speak(text) if text is not None else ""


def test_a_digest_takes_only_the_reports_for_its_period() -> None:
    """A quarter, its months and the year tell of the same disputes: those of the year are in the digest of the year."""
    others = Sum("periodic", "disputes", "2026-Q1", 40, 9), Sum("periodic", "disputes", "2026-10", 20, 9)
    said = digest_of(*others, *summed(disputes__Y=7, accidents__Y=0))
    assert "2 reports" in said
    assert "Disputes: 7" in said
    assert digest_of(*others) == ""


def test_a_digest_weighs_averages_and_hides_those_of_few() -> None:
    """An average is by worker, not by unit; of fewer than five people it is not shown."""
    said = digest_of(*summed(disputes__Y=0, avg_wage__Y=7_000_000 * 30 + 10_000_000 * 10, avg_wage__Y_of=40))
    assert "Average wage: 7,750,000" in said
    assert "wage" not in digest_of(*summed(disputes__Y=0, avg_wage__Y=21_000_000, avg_wage__Y_of=3))


def test_a_digest_shows_differences_and_adds_nothing_twice() -> None:
    """What units state of their events is only shown where it differs from the events themselves."""
    said = digest_of(*summed(disputes__Y=0, dialogue_count__Y=5, dialogue_count__Y_of=4))
    assert "the units state 5, their own reports give 4" in said
    assert "Dialogues" not in digest_of(*summed(disputes__Y=0, dialogue_count__Y=4, dialogue_count__Y_of=4))


def test_accidents_and_stoppages_that_were_told_are_offered() -> None:
    """What safety reports and urgent incidents told is offered to be confirmed; fewer than that are asked about."""
    told = [
        *EVENTS,
        report(SAFETY, 21, days=1, accidents=1),
        report(INCIDENT, 22, days=1, incident_type="tai_nan_ld", occurred_at="2026-11-09T15:00:00+07:00"),
        report(INCIDENT, 23, days=2, incident_type="dinh_cong_ngung_viec", occurred_at="2026-11-08T15:00:00+07:00"),
    ]
    visit = opened("2026-11-10T09:00", history=told)
    for _turn in range(20):
        if visit.step == "disputes":
            break
        visit.types("1")
    assert "1" in visit.says
    assert visit.types("0")
    assert visit.step == "disputes!counted"
    visit.types("1")
    assert visit.answers["disputes"] == 1
    assert visit.step == "accidents"
    visit.types("1")
    assert visit.answers["accidents"] == 1
