"""Cycles as rows: what is shipped, what they mean year by year, and everything that is refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.i18n import ZONE, Phrase, Voice, load_catalogues
from bot.records import Unit
from bot.reporting.calendar import Calendar
from bot.reporting.cells import Row
from bot.reporting.cycles import COLUMNS, default_rows, read_cycles
from bot.reporting.kinds import REPORT_KINDS
from bot.reporting.years import calendar_year, statistical_year, statistical_year_of
from tests.reporting.calendars import ROOT, complaints

SHIPPED = Calendar()
NOW = datetime(2026, 11, 22, 9, tzinfo=ZONE)


def made(*changes: Row) -> Calendar:
    """Make a calendar of the shipped rows and some more."""
    cycles, wrong = read_cycles([*default_rows(), *changes], REPORT_KINDS)
    assert wrong == []
    return Calendar(cycles)


@pytest.mark.parametrize(
    ("code", "since", "until", "due", "commune", "province", "lock"),
    [
        ("2027-Q1", "2026-12-01", "2027-03-15", "2027-03-15", "2027-03-18", "2027-03-22", "2027-03-20"),
        ("2027-H1", "2026-12-01", "2027-05-15", "2027-05-17", "2027-05-18", "2027-05-20", "2027-05-20"),
        ("2027-H1S", "2026-12-01", "2027-05-31", "2027-06-07", "2027-06-10", "2027-06-15", "2027-06-15"),
        ("2027-9M", "2026-12-01", "2027-09-15", "2027-09-15", "2027-09-20", "2027-09-20", "2027-09-20"),
        ("2026", "2025-12-01", "2026-11-15", "2026-11-16", "2026-11-18", "2026-11-20", "2026-11-20"),
        ("2026S", "2025-12-01", "2026-11-30", "2026-12-07", "2026-12-10", "2026-12-15", "2026-12-15"),
        ("THANG_CN-2027", "2027-05-01", "2027-05-31", "2027-06-07", "2027-06-07", "2027-06-10", "2027-06-10"),
        ("CDVN_2807-2027", "2027-06-18", "2027-07-28", "2027-08-02", "2027-08-04", "2027-08-09", "2027-08-07"),
        ("TET-2027-A", "2026-12-01", "2026-12-20", "2026-12-20", "2026-12-22", "2026-12-25", "2026-12-25"),
        ("TET-2027-B", "2027-01-08", "2027-01-30", "2027-01-30", "2027-01-31", "2027-02-01", "2027-02-02"),
        ("TET-2030-B", "2030-01-04", "2030-01-26", "2030-01-26", "2030-01-27", "2030-01-28", "2030-01-29"),
        ("TET-2027-C", "2027-02-06", "2027-02-12", "2027-02-12", "2027-02-13", "2027-02-14", "2027-02-15"),
        ("NH-2026-2027", "2026-09-01", "2027-05-31", "2027-06-10", "2027-06-15", "2027-06-21", "2027-06-20"),
    ],
)
def test_the_shipped_calendar(
    code: str, since: str, until: str, due: str, commune: str, province: str, lock: str
) -> None:
    """Every longer cycle has the days of the union's calendar, its deadlines moved off weekends and holidays."""
    period = SHIPPED.at(code)
    assert (period.code, str(period.since), str(period.until)) == (code, since, until)
    deadlines = [str(day.date()) for day in (period.due_at, period.due_commune, period.due_province, period.locks_at)]
    assert deadlines == [due, commune, province, lock]
    assert period.due_at.hour == 17


def test_what_ships_is_sound_and_uses_the_columns_that_are_told() -> None:
    """The shipped rows have no complaints and no column that nobody knows; Tết's first and last and schools are off."""
    assert complaints() == []
    assert {column for row in default_rows() for column in row} <= set(COLUMNS)
    assert [one.code for one in SHIPPED.cycles if not one.active] == ["TET-A", "TET-C", "NH"]


@pytest.mark.parametrize("year", range(2024, 2041))
def test_a_month_is_absorbed_by_the_longer_period_with_the_same_due_day(year: int) -> None:
    """In March, May, September and November one report is asked for, and either's reports close both."""
    absorbed = {
        month: SHIPPED.at(f"{year}-{month:02}").absorbed_by
        for month in range(1, 13)
        if SHIPPED.at(f"{year}-{month:02}").absorbed_by
    }
    assert absorbed == {3: f"{year}-Q1", 5: f"{year}-H1", 9: f"{year}-9M", 11: f"{year}"}
    for month, code in absorbed.items():
        short, longer = SHIPPED.at(f"{year}-{month:02}"), SHIPPED.at(code)
        assert set(short.codes) == set(longer.codes) == {short.code, code}
        assert short.due_at == longer.due_at


def test_nothing_is_absorbed_once_due_days_differ_or_the_longer_one_is_switched_off() -> None:
    """An office that moves the due day of a quarter, or does without it, gets its month back."""
    moved = [{**row, "due": "16/3"} if row["cycle"] == "Q1" else row for row in default_rows()]
    off = [{**row, "active": "không"} if row["cycle"] == "Y" else row for row in default_rows()]
    assert Calendar(read_cycles(moved, REPORT_KINDS)[0]).at("2027-03").absorbed_by == ""
    assert Calendar(read_cycles(off, REPORT_KINDS)[0]).at("2026-11").absorbed_by == ""


def test_what_is_asked_for_now() -> None:
    """On the 22nd of November the year's figures and the month of December are open, the next deadline first."""
    assert [period.code for period in SHIPPED.asked(NOW)] == ["2026S", "2026-12"]
    eve = datetime(2026, 11, 10, 9, tzinfo=ZONE)
    assert [period.code for period in SHIPPED.asked(eve)] == ["2026", "2026S"]
    assert SHIPPED.due(eve).code == "2026"
    assert SHIPPED.open(eve).code == "2026-11"


def test_what_no_form_could_close_is_not_asked_for() -> None:
    """As long as the house has no form for the year's figures, nobody is asked for them."""
    calendar = SHIPPED.known_to({"dialogue", "propaganda"})
    assert [period.code for period in calendar.asked(NOW)] == ["2026-12"]
    assert calendar.at("2026S").code == "2026S"


@pytest.mark.parametrize(
    ("form", "day", "closed"),
    [
        ("dialogue", date(2026, 11, 9), {"2026", "2026-11"}),
        ("dialogue", date(2026, 11, 20), {"2026-12"}),
        ("periodic", date(2026, 11, 20), {"2026-12"}),  # the year's figures are filed under their own code
        ("propaganda", date(2026, 10, 18), {"2026", "2026-11", "PNVN_2010-2026"}),
        ("dialogue", date(2026, 10, 18), {"2026", "2026-11"}),
    ],
)
def test_which_periods_a_report_closes(form: str, day: date, closed: set[str]) -> None:
    """A report closes its month and what absorbs it; one of the right kind also the campaign of its day."""
    assert set(SHIPPED.closed_by(form, day, NOW)) == closed


@pytest.mark.parametrize(
    ("period", "closed"),
    [
        ("2026", {"2026", "2026-11"}),
        ("2026S", {"2026S"}),
        ("2026-12", {"2026-12"}),
        ("2026-9M", {"2026-9M", "2026-09"}),
    ],
)
def test_a_periodic_report_closes_what_it_is_for(period: str, closed: set[str]) -> None:
    """Whatever other periods its day may be in."""
    assert set(SHIPPED.closed_by("periodic", SHIPPED.at(period).until, NOW, period)) == closed


@pytest.mark.parametrize(
    ("said", "code"),
    [("tháng 11", "2026"), ("quý 3", "2026-9M"), ("10/2026", "2026-10"), ("2026s", "2026S"), ("TET-2027-A", None),
     ("hôm qua", None)],
)  # fmt: skip
def test_what_units_are_asked_for_when_a_period_is_named(said: str, code: str | None) -> None:
    """For an absorbed month the longer one; nothing for a cycle that is switched off, and for what is no period."""
    found = SHIPPED.meant(said, NOW)
    assert (found.code if found is not None else None) == code


def test_a_report_stays_with_its_period_when_the_office_takes_that_away() -> None:
    """A code that no cycle knows any more is the month of the report's day."""
    assert SHIPPED.kept("2026S", date(2026, 11, 30)).code == "2026S"
    assert SHIPPED.kept("SCHOOL-2026", date(2026, 11, 30)).code == "2026-12"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-11", "2026-11"),
        ("t10", "2026-10"),
        ("quý 1", "2026-Q1"),
        ("quý I/2027", "2027-Q1"),
        ("6 tháng 2026", "2026-H1"),
        ("9 tháng", "2026-9M"),
        ("năm 2025", "2025"),
        ("2026", "2026"),
        ("2026s", "2026S"),
        ("tet-2027-b", "TET-2027-B"),
        ("nh-2026-2027", "NH-2026-2027"),
        ("NH-2025-2027", None),
        ("quý 5", None),
        ("tết", None),
    ],
)
def test_periods_as_people_name_them(text: str, code: str | None) -> None:
    """Codes, months, quarters and half years are read; the latest that has ended where no year is named."""
    assert SHIPPED.read(text, NOW) == code


def test_titles_in_vietnamese() -> None:
    """Each period is called as unions call it, in the language of the reader."""
    voice = Voice(load_catalogues(ROOT / "locales")["vi"])
    said = [voice.speak(SHIPPED.at(code).named) for code in ("2026-12", "2027-Q1", "2026", "TET-2027-B")]
    assert said == [
        "tháng 12/2026 (16/11–15/12)",
        "quý I/2027 (01/12–15/03)",
        "năm 2026 (01/12/2025–15/11/2026)",
        "Tết 2027: chăm lo (08/01–30/01)",
    ]


def test_a_row_for_a_kind_of_unit_or_one_unit() -> None:
    """A unit's own row wins over that of its kind, and that over everybody's; cells left empty are everybody's."""
    calendar = made(
        {"cycle": "month", "for": "nghiep_doan_co_so", "due": "17", "due_commune": "19"},
        {"cycle": "month", "for": "TU-01", "due": "16"},
        {"cycle": "Y", "for": "TU-01", "active": "không"},
    )
    kind = Unit(1, "TU-09", "Nghiệp đoàn", "nghiep_doan_co_so")
    one = Unit(2, "TU-01", "CĐCS", "nghiep_doan_co_so")
    other = Unit(3, "TU-02", "CĐCS", "cdcs")
    days = [calendar.for_unit(unit).at("2026-12").due_at.day for unit in (kind, one, other, None)]
    assert days == [17, 16, 15, 15]
    assert calendar.for_unit(one).at("2026-11").absorbed_by == ""
    assert calendar.for_unit(other).at("2026-11").absorbed_by == "2026"
    assert len(calendar.views) == 3


@pytest.mark.parametrize(
    ("change", "column", "complaint"),
    [
        ({"cycle": "X", "repeats": "tuần"}, "repeats", "“{value}” is none of: {choices}."),
        (
            {"cycle": "X", "from": "30/2"},
            "from",
            "“{value}”: no year has that day; the last of April, for example, is 30/4.",
        ),
        (
            {"cycle": "X", "from": "31/1 ÂL"},
            "from",
            "“{value}”: no lunar month has that day; a lunar day is from 1/1 to 30/12.",
        ),
        (
            {"cycle": "X", "from": "1/13 ÂL"},
            "from",
            "“{value}”: no lunar month has that day; a lunar day is from 1/1 to 30/12.",
        ),
        ({"cycle": "X", "forms": "propaganda; dance"}, "forms", "“{value}” is none of: {choices}."),
        ({"cycle": "X", "kinds": "cdcs, ldld_tinh"}, "kinds", "“{value}” is none of: {choices}."),
        ({"cycle": "X", "time": "25:00"}, "time", "“{value}” is no time of day: write 17:00."),
        ({"cycle": "X", "due": "1/6"}, "due", "{period} is due on {day}, before its data end on {until}."),
        ({"cycle": "X", "from": "15/6 năm trước"}, "from", "{period} runs into {after}, which begins on {day}."),
        ({"cycle": "X", "from": "2/7"}, "cut_off", "in {period} the data end on {until}, before they begin."),
        ({"cycle": "X", "code": "X"}, "code", "“{value}” names no periods: write a code with gaps, like {example}."),
        ({"cycle": "X", "code": "{year}"}, "code", "{cycle} has the same codes of periods."),
        ({"cycle": "X", "name": "Kỳ {tháng}"}, "name", "“{value}”: the gaps of a name are {gaps}."),
        ({"cycle": "X", "lock": ""}, "lock", "this cell must not be empty."),
        ({"cycle": "Q1"}, "cycle", "the same as row {row} says already."),
        ({"cycle": "Z", "for": "TU-01"}, "for", "there is no row of {cycle} for everybody."),
    ],
)
def test_rows_that_are_refused(change: Row, column: str, complaint: str) -> None:
    """Every cell that cannot be understood, and days that do not fit together, are told by row and column."""
    sound = {
        "repeats": "năm",
        "code": "X-{year}",
        "from": "1/4",
        "cut_off": "30/6",
        "due": "5/7",
        "due_commune": "6/7",
        "due_province": "7/7",
        "lock": "10/7",
        "forms": "mọi loại",
    }
    assert complaints({**sound, "cycle": "X"}) == []
    found = complaints({**sound, **change})
    said = {(one.row, one.column, one.text.msgid) for one in found if isinstance(one.text, Phrase)}
    assert (len(default_rows()), column, complaint) in said


def test_all_complaints_come_at_once() -> None:
    """Whoever sets up cycles reads everything that is wrong in one go, and that months are needed."""
    rows = [{"cycle": "Q1", "repeats": "năm", "due": "hôm nào cũng được", "forms": "múa"}]
    found = {(one.row, one.column) for one in read_cycles(rows, REPORT_KINDS)[1]}
    assert found >= {(0, "due"), (0, "forms"), (0, "from"), (0, "cut_off"), (0, "lock"), (0, "code"), (0, "cycle")}


def test_a_lunar_day_beyond_its_month_is_the_last_one() -> None:
    """The 30th of Chạp is New Year's Eve also where the month has 29 days; leap months do not disturb."""
    calendar = made(
        {
            "cycle": "EVE",
            "repeats": "năm",
            "code": "EVE-{year}",
            "from": "30/12 ÂL năm trước",
            "forms": "welfare",
            "cut_off": "30/12 ÂL năm trước",
            "due": "+0",
            "due_commune": "+0",
            "due_province": "+0",
            "lock": "+0",
        }
    )
    eves = [str(calendar.at(f"EVE-{year}").until) for year in (2025, 2026, 2027, 2028, 2029)]
    assert eves == ["2025-01-28", "2026-02-16", "2027-02-05", "2028-01-25", "2029-02-12"]


def test_the_two_years_of_the_union() -> None:
    """Statistics run from December to November, targets and plans with the calendar."""
    assert statistical_year(2026) == (date(2025, 12, 1), date(2026, 11, 30))
    assert calendar_year(2026) == (date(2026, 1, 1), date(2026, 12, 31))
    assert [statistical_year_of(date(2026, 11, 30)), statistical_year_of(date(2026, 12, 1))] == [2026, 2027]
    assert (SHIPPED.at("2026S").since, SHIPPED.at("2026S").until) == statistical_year(2026)
