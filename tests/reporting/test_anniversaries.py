"""The days of the union year: what ships, how a row is read, ranks and lead times, and what is announced when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.i18n import Voice, load_catalogues
from bot.records import Unit
from bot.reporting.anniversaries import Anniversaries, Notice, Rank, default_rows, default_year, read_anniversary
from bot.reporting.anniversaries.anniversary import Anniversary
from bot.reporting.cells import Complaint
from tests.stage import ROOT

FORMS = ("propaganda", "welfare", "safety", "emulation")
ENGLISH = Voice(load_catalogues(ROOT / "locales")["en"])
YEAR = default_year()
ROW = {"code": "LDLD_LC", "name": "Ngày truyền thống LĐLĐ tỉnh", "rule": "15/9", "rank": "B", "base_year": "1949"}


def day(code: str) -> Anniversary:
    """Give a day that ships."""
    found = YEAR.get(code)
    assert found is not None
    return found


def spoken(complaints: Collection[Complaint]) -> dict[str, str]:
    """Say complaints, by column."""
    return {one.column: ENGLISH.speak(one.text) for one in complaints}


def test_what_ships_is_sound() -> None:
    """All 55 rows are read without complaint, with codes of their own."""
    rows = default_rows()
    assert len(rows) == 55
    assert [complaints for row in rows if (complaints := read_anniversary(row, FORMS)[1])] == []
    assert len({one.code for one in YEAR.all}) == 55
    assert Counter(one.rank for one in YEAR.all) == {Rank.A: 19, Rank.B: 16, Rank.C: 20}


# code, next occurrence from 22/11/2026, years since
PRINTED = """
VANHOA_2411 24/11/2026 80
AIDS_0112 01/12/2026 38
QDND_2212 22/12/2026 82
TET_DUONG 01/01/2027 -
LC_CHIATACH_0101 01/01/2027 23
ONG_TAO 30/01/2027 -
NDC_0202 02/02/2027 119
TET_ND 06/02/2027 -
PNQT_0803 08/03/2027 117
GIOTO 16/04/2027 -
SACH_2104 21/04/2027 5
QTLD_0105 01/05/2027 141
MATUY_2606 26/06/2027 40
TBLS_2707 27/07/2027 80
CDVN_2807 28/07/2027 98
TRUNGTHU 15/09/2027 -
CMT10_0711 07/11/2027 110
NGVN_2011 20/11/2027 45
"""


@pytest.mark.parametrize("line", PRINTED.strip().splitlines())
def test_next_occurrences(line: str) -> None:
    """Each falls on the day that the office prints, so many years after the event."""
    code, when, years = line.split()
    coming = next(one for one in YEAR.between(date(2026, 11, 22), date(2027, 11, 21)) if one.code == code)
    assert f"{coming.since:%d/%m/%Y}" == when
    assert str(coming.years or "-") == years


def test_a_year_has_each_day_once() -> None:
    """Between two equal dates of following years, every day comes exactly once."""
    codes = [one.code for one in YEAR.between(date(2026, 11, 22), date(2027, 11, 21))]
    assert sorted(codes) == sorted(one.code for one in YEAR.all)


def occurrence(code: str, year: int) -> Notice:
    """Give the first notice of a day in a year."""
    return next(
        n for n in YEAR.notices(date(year - 1, 6, 1), date(year, 12, 31)) if (n.of.code, n.of.year) == (code, year)
    )


def test_a_round_year_raises_the_rank() -> None:
    """In a year that ends in 0 a day counts one rank more, and is announced so much earlier."""
    assert (occurrence("MATUY_2606", 2026).of.rank, occurrence("MATUY_2606", 2026).lead) == (Rank.B, 14)
    assert (occurrence("MATUY_2606", 2027).of.rank, occurrence("MATUY_2606", 2027).lead) == (Rank.A, 30)
    assert occurrence("CMT10_0711", 2027).of.rank is Rank.B
    assert occurrence("TBLS_2707", 2027).of.rank is Rank.A  # there is none above


@pytest.mark.parametrize(
    ("code", "leads"), [("TET_ND", (60, 30, 10, 3)), ("THANG_CN", (45, 10, 3)), ("CDVN_2807", (40, 10, 3))]
)
def test_days_with_lead_times_of_their_own(code: str, leads: tuple[int, ...]) -> None:
    """Tết, the Workers' Month and 28/7 are announced earlier than their rank says."""
    assert occurrence(code, 2029).of.leads == leads  # 28/7/2029 is a round year as well


def test_notices_of_a_stretch_of_days() -> None:
    """What is announced in a stretch of days is told in order, each with its key for ever."""
    found = YEAR.notices(date(2027, 7, 15), date(2027, 7, 18))
    assert [(f"{n.on:%d/%m}", n.key) for n in found] == [
        ("17/07", "day/TBLS_2707/2027/T-10"),
        ("18/07", "day/CDVN_2807/2027/T-10"),
    ]
    assert [n.first for n in found] == [False, False]


def test_any_cut_gives_the_same_notices() -> None:
    """Day by day or the whole year at once: nothing is announced twice, nothing is lost."""
    since, until = date(2027, 12, 1), date(2029, 3, 1)
    days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    assert [n for each in days for n in YEAR.notices(each, each)] == YEAR.notices(since, until)
    assert [r for each in days for r in YEAR.results(each, each)] == YEAR.results(since, until)
    keys = [n.key for n in YEAR.notices(since, until)] + [r.key for r in YEAR.results(since, until)]
    assert len(set(keys)) == len(keys)


def test_results_come_after_the_last_day_to_report() -> None:
    """Six days after a day, or after the end of a campaign, officers get the result; of short news never."""
    found = {r.of.code: r for r in YEAR.results(date(2027, 1, 1), date(2027, 12, 31))}
    assert found["CDVN_2807"].of.report_by == date(2027, 8, 2)
    assert found["CDVN_2807"].on == date(2027, 8, 3)
    assert found["THANG_CN"].on == date(2027, 6, 6)
    assert "TDT_2008" not in found
    assert "BDG_1511" in found  # that of 2026 is over in December, that of 2027 too
    assert found["BDG_1511"].on == date(2027, 12, 21)


def test_a_day_switched_off_is_silent_but_keeps_its_name() -> None:
    """A day that is switched off is neither offered nor announced; old reports still name it."""
    off = Anniversaries(tuple(replace(one, active=one.code != "CDVN_2807") for one in YEAR.all))
    assert "CDVN_2807" not in [one.code for one in off.open_on(date(2027, 7, 28))]
    assert "CDVN_2807" in [one.code for one in YEAR.open_on(date(2027, 7, 28))]
    assert [n for n in off.notices(date(2027, 1, 1), date(2027, 12, 31)) if n.of.code == "CDVN_2807"] == []
    assert off.names["CDVN_2807"] == "Ngày thành lập Công đoàn Việt Nam"
    assert off.retired("CDVN_2807")
    assert not YEAR.retired("CDVN_2807")


def test_what_is_announced_can_be_reported() -> None:
    """From the first notice to the last day of reporting, a day is offered for activities."""
    for one in YEAR.between(date(2027, 1, 1), date(2027, 12, 31)):
        for moment in (one.since - timedelta(days=max(one.leads)), one.since, one.until, one.report_by):
            assert one.anniversary in YEAR.open_on(moment), (one.code, moment)


def unit(kind: str = "cdcs", sector: str = "") -> Unit:
    """Make a unit."""
    return Unit(1, "A", "CĐCS A", kind, sector=sector)


def test_audiences() -> None:
    """A day for schools reaches schools, and units whose sector nobody entered; a day for women reaches all."""
    teachers, women, all_ = day("NGVN_2011"), day("PNVN_2010"), day("QK_0209")
    assert [teachers.is_for(unit(sector=s)) for s in ("giao_duc", "GD", "truong-hoc", "y_te", "")] == [
        True,
        True,
        True,
        False,
        True,
    ]
    assert women.is_for(unit(sector="y_te"))
    assert all_.is_for(unit(sector="y_te"))


def test_an_audience_may_be_a_sector_or_a_kind_of_the_office() -> None:
    """The office's own sector codes and the kinds of units do as well."""
    read, complaints = read_anniversary({**ROW, "audience": "Thủy điện; nghiep_doan_co_so"}, FORMS)
    assert complaints == []
    assert [
        read.is_for(unit(*each)) for each in (("cdcs", "thuy_dien"), ("nghiep_doan_co_so", "che"), ("cdcs", "che"))
    ] == [
        True,
        True,
        False,
    ]


def test_a_good_row() -> None:
    """The office's own day: with defaults where a cell is empty."""
    read, complaints = read_anniversary({**ROW, "leads": "T-20, 5", "form": "Welfare", "active": "có"}, FORMS)
    assert complaints == []
    assert (read.leads, read.form, read.active, read.audience) == ((20, 5), "welfare", True, ())
    assert read_anniversary(ROW, FORMS)[0].active


def test_every_problem_of_a_row_is_told() -> None:
    """All that is wrong with a row is told at once, with an example of what would do."""
    row = {
        "code": "lễ hội",
        "rule": "31/4",
        "rank": "D",
        "base_year": "năm 1949",
        "leads": "sớm",
        "audience": "!",
        "form": "propagand",
        "active": "maybe",
    }
    complaints = spoken(read_anniversary(row, FORMS)[1])
    assert set(complaints) == {"code", "name", "rule", "rank", "base_year", "leads", "audience", "form", "active"}
    assert complaints["rule"] == "“31/4”: no year has that day; the last of April, for example, is 30/4."
    assert complaints["rank"] == "“D” is none of: A, B, C."
    assert complaints["form"].startswith("“propagand” is none of: propaganda, welfare")
    assert complaints["name"] == "this cell must not be empty."
