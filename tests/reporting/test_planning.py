"""The plan: who will get what, when, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.i18n import ZONE, Voice, load_catalogues
from bot.records import Unit
from bot.reporting.anniversaries import default_year
from bot.reporting.calendar import Calendar
from bot.reporting.occasions import Rules
from bot.reporting.planning import Area, Planned, asked_periods, plan
from tests.stage import ROOT

YEAR = default_year()
VOICE = Voice(load_catalogues(ROOT / "locales")["en"], names=YEAR.names)
RULES = Rules(Calendar(), year=YEAR)
BORN = date(2020, 1, 1)
TEA = Unit(1, "TU-01", "Chè", "cdcs", valid_from=BORN)
SCHOOL = Unit(2, "TU-02", "Mầm non", "cdcs", valid_from=BORN, sector="giao_duc")
CLINIC = Unit(3, "TU-03", "Y tế", "cdcs", valid_from=BORN, sector="y_te")
COMMUNE = Unit(4, "TU", "Xã", "cd_xa_phuong", valid_from=BORN)
ALL = (TEA, SCHOOL, CLINIC, COMMUNE)


def planned(
    first: str, last: str, units: tuple[Unit, ...] = ALL, received: dict[str, frozenset[int]] | None = None
) -> list[Planned]:
    """Plan the days from one to another."""
    since, until = (datetime.fromisoformat(day).replace(tzinfo=ZONE) for day in (first, f"{last} 23:59"))
    found = plan(RULES, Area(units, received or {}), since, until)
    return [one for one in found if one.key.split("/")[0] not in {"daily", "drafts", "weekly"}]


def told(found: list[Planned]) -> list[str]:
    """Say it in lines."""
    return [
        f"{one.at.astimezone(ZONE):%d/%m %H:%M} {one.key} [{one.code}] {VOICE.speak(one.what)} -> "
        f"{VOICE.speak(one.whom)} ({VOICE.speak(one.why)})"
        for one in found
    ]


def test_a_ladder_and_its_end() -> None:
    """Each step of a period is told with the units that are missing, and the deadline is the reason."""
    received = {"2027-07": frozenset({2, 3})}
    why = "(due by 17:00 on 15/07/2027 (Thursday))"
    assert told(planned("2027-07-14", "2027-07-16", received=received)) == [
        f"14/07 14:00 remind/2027-07/T-1 [2027-07] Reminder T-1: month 7/2027 -> Chè {why}",
        f"15/07 08:00 remind/2027-07/T [2027-07] Reminder T: month 7/2027 -> Chè {why}",
        f"15/07 18:00 closing/2027-07 [2027-07] How month 7/2027 ended -> officers {why}",
        f"16/07 08:00 remind/2027-07/T+1 [2027-07] Reminder T+1: month 7/2027 -> Chè {why}",
    ]


def test_nobody_is_planned_to_be_reminded_after_the_report() -> None:
    """Where all have reported, only the end of the period is told."""
    received = {"2027-07": frozenset({1, 2, 3})}
    assert [one.key for one in planned("2027-07-07", "2027-07-16", received=received)] == ["closing/2027-07"]


def test_a_day_is_for_whom_it_concerns() -> None:
    """A day for teachers reaches schools and units without a sector; a clinic is left out."""
    teachers = [one for one in planned("2027-11-10", "2027-11-10") if one.code == "NGVN_2011"]
    assert told(teachers) == [
        "10/11 08:00 day/NGVN_2011/2027/T-10 [NGVN_2011] Notice T-10: Ngày Nhà giáo Việt Nam -> Chè, Mầm non "
        "(20/11/2027, rank A)"
    ]
    clinic = planned("2027-11-10", "2027-11-10", (CLINIC, COMMUNE))
    assert [one.code for one in clinic] == ["VANHOA_2411"]


def test_a_result_is_for_officers() -> None:
    """After the last day to report, officers get the result."""
    (one,) = [one for one in planned("2027-11-26", "2027-11-26") if one.code == "NGVN_2011"]
    assert told([one])[0].endswith("What came of it: Ngày Nhà giáo Việt Nam -> officers (the day is over)")


def test_many_units_are_counted() -> None:
    """More than three units are a number."""
    many = tuple(replace(TEA, id=n, code=f"U{n}") for n in range(1, 6))
    assert VOICE.speak(planned("2027-07-14", "2027-07-14", many)[0].whom) == "5 units"


def test_a_new_unit_is_spared() -> None:
    """A unit that was founded on the way is not reminded."""
    young = replace(TEA, valid_from=date(2027, 7, 1))
    assert [one.key for one in planned("2027-07-14", "2027-07-16", (young,))] == []


def test_which_periods_must_be_known() -> None:
    """The plan names the periods of which one has to know who reported."""
    since, until = datetime(2027, 7, 1, tzinfo=ZONE), datetime(2027, 8, 5, tzinfo=ZONE)
    assert [one.code for one in asked_periods(RULES, since, until)] == ["2027-07", "CDVN_2807-2027"]
