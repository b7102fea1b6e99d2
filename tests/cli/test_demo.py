"""`make demo` as a newcomer meets it: a process with a terminal's input, in an empty folder."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.cases.case import State
from bot.cases.terms import Terms
from bot.demo.cases import Area, cases, rung
from bot.demo.directives import DIRECTIVES
from bot.demo.sample import Reporter, Sample, reports
from bot.effects import FileReport
from bot.i18n import Catalogue, Voice
from bot.records import Person, Role, Unit
from bot.reporting.calendar import Calendar
from bot.reporting.kinds import REPORT_KINDS
from bot.reporting.periods import NIL
from handlers.plan import DOCUMENTS

ROOT = Path(__file__).resolve().parents[2]


def demo(folder: Path, typed: str, *options: str) -> str:
    """Run the demo with lines typed at once; give all it showed."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        input=typed.encode(),
        capture_output=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr.decode() == ""
    return done.stdout.decode()


def test_the_first_time_a_province_is_made(tmp_path: Path) -> None:
    """The choice of a part is asked, fresh codes are shown, and the conversation begins."""
    shown = demo(tmp_path, "nobody\n1\nmenu\n/thoat\n", "--console")
    assert "giả định" in shown
    assert shown.count("(mẫu):") >= 2
    assert "Đối thoại" in shown


def test_a_second_demo_goes_on_and_a_reset_begins_afresh(tmp_path: Path) -> None:
    """Lines typed ahead are answered in their order; the next demo has the draft still, one with --reset does not."""
    shown = demo(tmp_path, "huy\ndoi thoai\n1\nhôm qua\n", "--as", "chair")
    places = [shown.index(words) for words in ("MENU", "1/5", "2/5", "3/5")]
    assert places == sorted(places)
    shown = demo(tmp_path, "tiep\n", "--as", "chair")
    assert "giả định" not in shown
    assert "3/5" in shown
    shown = demo(tmp_path, "tiep\n", "--reset", "--as", "chair")
    assert "giả định" in shown
    assert "3/5" not in shown


def test_an_officer_reads_figures(tmp_path: Path) -> None:
    """The sample has reports of two months, so that the digest shows something."""
    shown = demo(tmp_path, "tong hop\n", "--as", "prov_officer")
    assert "kỳ trước" in shown


def test_an_officer_finds_cases(tmp_path: Path) -> None:
    """The sample has petitions, also an overdue one, a question and an incident, in the list and in the statistics."""
    shown = demo(tmp_path, "kien nghi\nthong ke kien nghi\n", "--as", "area_officer")
    assert "KN5" in shown
    assert "KN6" in shown
    assert "VV2" not in shown  # closed
    assert "Nhà trẻ, trường học: nhận 1, đã trả lời 0, quá hạn 1" in shown
    assert "Tai nạn lao động: nhận 1" in shown
    assert "Hợp đồng lao động: nhận 1" in shown


@pytest.mark.parametrize("today", ["2026-11-23", "2027-02-16", "2027-07-01"])
def test_the_cases_of_the_sample_are_in_every_state(today: str) -> None:
    """Whatever the day: one case is overdue and not yet passed on, the others stand where a case can stand."""
    now, ids = datetime.fromisoformat(f"{today}T09:00:00+07:00"), itertools.count()
    sample, terms = Sample(Calendar(), Voice(Catalogue("en", {})), lambda: f"id{next(ids)}", now), Terms()
    union, province = Unit(1, "TU", "Công đoàn xã", "cd_xa_phuong"), Unit(2, "LC", "Tỉnh", "ldld_tinh")
    officer, above = Person("officer", "Mai", "chi"), Person("above", "Hoa", "chi")
    area = Area(
        [(Unit(3, "TU-1", "CĐCS", "cdcs"), Person("p", "Páo", "anh"))],
        rung(union, officer, Role.AREA_OFFICER),
        rung(province, above, Role.PROV_OFFICER),
    )
    told = list(cases(sample, area, terms))
    last = {one.case.number: one.case for one in told}
    states = [last[number].state for number in sorted(last)]
    assert states == [State.ANSWERED, State.CLOSED, State.CLOSED, State.FORWARDED, State.OPENED, State.OPENED]
    assert [number for number, case in last.items() if case.overdue(now)] == [5]
    assert terms.after(last[5].due_at, terms.pass_on_days) > now
    assert max(one.event.at for one in told) <= now
    assert [one.event.seq for one in told] == [0, 1, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 0]


@pytest.mark.parametrize("today", ["2026-11-23", "2027-02-16", "2027-07-01"])
def test_the_sample_has_every_kind(today: str) -> None:
    """Whoever looks at a digest, a workbook or a document of the sample finds all kinds of reports in it."""
    now, ids = datetime.fromisoformat(f"{today}T09:00:00+07:00"), itertools.count()
    sample = Sample(Calendar(), Voice(Catalogue("en", {})), lambda: f"id{next(ids)}", now)
    above = Unit(1, "TU", "Công đoàn xã Than Uyên", "cd_xa_phuong")
    filed = [
        effect.submission
        for n in range(40)
        for unit in [Unit(n, f"TU-{n}", "CĐCS", "cdcs", 1, 30 + n, 40 + n, date(2020, 1, 1))]
        for effect in reports(sample, Reporter(unit, Person("p", "Páo", "anh"), (), (above,), n))
        if isinstance(effect, FileReport)
    ]
    assert {one.form for one in filed if one.period != sample.calendar.open(now).code} == {*REPORT_KINDS, NIL}
    assert max(one.filed_at for one in filed) <= now


def test_the_register_has_the_documents_that_plans_name() -> None:
    """A plan names its document by the number that it has in the register."""
    named = {number for number, _about in DOCUMENTS}
    assert named <= {one.number for one in DIRECTIVES}
