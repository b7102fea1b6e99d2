"""How many numbers of a report stand ready: those that its questions will really be asked with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bot.forms.facts import Facts
from bot.i18n import ZONE, Voice, load_catalogues
from bot.records import Submission, Unit
from bot.reporting.calendar import Calendar
from bot.reporting.prefilled import prefilled
from handlers.periodic import PERIODIC_REPORT
from tests.stage import ROOT

NOW = datetime(2027, 3, 12, 8, tzinfo=ZONE)
VOICE = Voice(load_catalogues(ROOT / "locales")["vi"])
UNKNOWN = Unit(1, "TU-01", "Chè", "cdcs", valid_from=date(2020, 1, 1))
LISTED = Unit(1, "TU-01", "Chè", "cdcs", members=35, workers=60, valid_from=date(2020, 1, 1))


def report(form: str, day: date, **answers: Any) -> Submission:
    """Make a report of the unit."""
    return Submission(f"{form}-{day}", 1, form, 1, 1, "p", "telegram", day, f"{day:%Y-%m}", NOW, answers)


def ready(unit: Unit, *history: Submission) -> int:
    """Count what stands ready for the first quarter."""
    return prefilled(PERIODIC_REPORT, "2027-Q1", Facts(NOW, VOICE, Calendar(), unit, history))


def test_nothing_is_promised_of_a_unit_of_which_nothing_is_known() -> None:
    """Its questions are asked empty."""
    assert ready(UNKNOWN) == 0


def test_what_the_list_of_units_says_stands_ready() -> None:
    """Workers and members."""
    assert ready(LISTED) == 2


def test_what_happened_in_the_period_stands_ready() -> None:
    """Meetings and attendances of its days are counted, those of other days are not; no dialogue: not asked."""
    inside = report("propaganda", date(2027, 2, 9), sessions=2, attendees=45)
    before = report("propaganda", date(2026, 11, 9), sessions=1, attendees=10)
    assert ready(LISTED, inside, before) == 4
    assert ready(LISTED, before) == 2
    assert ready(LISTED, inside, report("dialogue", date(2027, 1, 5))) == 5


def test_what_was_said_last_time_stands_ready_where_it_is_asked() -> None:
    """Women are asked of everybody; the insured only of whoever wants to add them, so they are not promised."""
    last = report("periodic", date(2026, 11, 15), period="2026", total_workers=60, female_workers=31, insured=50)
    assert ready(LISTED, last) == 3
