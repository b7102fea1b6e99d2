"""The membership report: the ledger, what it starts from, and what it says of later reports."""

from __future__ import annotations

from typing import Any

import pytest

from bot.records import Submission
from handlers.membership import MEMBERSHIP
from tests.forms.visit import Visit, report
from tests.handlers.filling import answered, counted, said, sent, submission, visiting


def earlier(days: int, total: int, number: int = 7, **answers: Any) -> Submission:
    """Make a membership report filed some days ago that ended with this total."""
    said = {"new_members": 1, "members_out": 0, "total_members": total, "total_workers": 200, **answers}
    return report(MEMBERSHIP, number, days=days, **said)


def expected(visit: Visit) -> int | None:
    """Give the total that the report in hand is asked to confirm."""
    assert visit.step == "total_members", visit.says
    default = MEMBERSHIP.by_code["total_members"].default
    assert default is not None
    value = default.value(visit.stand().path.scope)
    return int(value) if value is not None else None


def up_to_the_total(visit: Visit, day: str = "hôm nay", new: str = "4", out: str = "0") -> Visit:
    """Answer everything before the total."""
    answered(visit, day)
    if visit.step == "+similar":
        answered(visit, "2")
    answered(visit, new)
    if visit.step == "new_members!many":
        answered(visit, "1")
    if new != "0":
        answered(visit, "2")
    answered(visit, out)
    if out != "0":
        answered(visit, "1")
    return visit


def test_the_ledger_starts_from_the_opening_figure() -> None:
    """A unit that never reported starts from the figure of its list entry: 35 + 4 - 1."""
    assert expected(up_to_the_total(visiting(MEMBERSHIP), out="1")) == 38


def test_the_ledger_starts_from_the_last_total() -> None:
    """After a report, its total counts and the opening figure no longer does: 50 + 4."""
    assert expected(up_to_the_total(visiting(MEMBERSHIP, history=[earlier(5, 50)]))) == 54


def test_the_ledger_takes_the_last_total_on_or_before_the_day() -> None:
    """An event before the last report starts from the total before it, not from the later one."""
    history = [earlier(2, 70, 9), earlier(6, 50, 8), earlier(40, 40, 7)]
    assert expected(up_to_the_total(visiting(MEMBERSHIP, history=history), day="5/11")) == 54
    assert expected(up_to_the_total(visiting(MEMBERSHIP, history=history), day="4/11")) == 54
    assert expected(up_to_the_total(visiting(MEMBERSHIP, history=history), day="3/11")) == 44
    assert expected(up_to_the_total(visiting(MEMBERSHIP, history=history), day="9/11")) == 74


def test_two_events_of_one_day_follow_each_other() -> None:
    """A second report about the same day starts from the first one's total."""
    visit = visiting(MEMBERSHIP, history=[earlier(0, 39)])
    answered(visit, "hôm nay")
    assert visit.step == "+similar"
    answered(visit, "2", "4", "2", "0")
    assert expected(visit) == 43


def test_without_any_basis_the_total_is_asked_openly() -> None:
    """A unit with no opening figure and no report is asked for its total, and nothing is doubted."""
    visit = up_to_the_total(visiting(MEMBERSHIP, members=None), new="40", out="7")
    assert expected(visit) is None
    answered(visit, "90")
    assert visit.step == "total_workers"


def test_a_ledger_below_zero_is_not_possible() -> None:
    """More cannot leave than there were."""
    visit = answered(visiting(MEMBERSHIP), "hôm nay", "0")
    visit.types("36")
    assert visit.step == "members_out"
    answered(visit, "35", "1")
    assert expected(visit) == 0


def test_members_moved_in_count() -> None:
    """Members who moved in change what is expected, and the total is doubted again until it fits."""
    visit = up_to_the_total(visiting(MEMBERSHIP))
    answered(visit, "1", "1")
    assert visit.step == "+more"
    visit.presses("e:draft00001:members_in")
    visit.types("3")
    assert visit.step == "total_members!ledger"
    answered(visit, "1")
    filed = sent(visit)
    assert submission(filed).answers["total_members"] == 42
    assert counted(filed)["net_members", ""] == 7


def test_a_total_that_does_not_fit_is_kept_with_its_reason() -> None:
    """A total that the ledger does not give can be kept, with the reason in the report."""
    visit = up_to_the_total(visiting(MEMBERSHIP))
    answered(visit, "41")
    assert "35 + mới 4" in visit.says
    answered(visit, "2", "đếm lại danh sách", "1")
    filed = submission(sent(visit))
    assert filed.answers["total_members"] == 41
    assert filed.accepted["total_members!ledger"]["reason"] == "đếm lại danh sách"


def test_a_later_report_is_pointed_at_and_not_changed() -> None:
    """A report about an earlier day says which later one to look at: the nearest."""
    history = [earlier(1, 80, 9), earlier(3, 70, 8), earlier(40, 40, 7)]
    filed = sent(answered(up_to_the_total(visiting(MEMBERSHIP, "en", history=history), day="5/11"), "1", "1"))
    text = said(filed)
    assert "BC8 of 07/11/2026, later than this one, says 70 members in all." in text
    assert "BC9" not in text
    assert {type(one).__name__ for one in filed.effects} == {"FileReport", "DropUnsent", "Audit"}


def test_without_a_later_report_nothing_is_remarked() -> None:
    """A report about the latest day has no such remark."""
    filed = sent(answered(up_to_the_total(visiting(MEMBERSHIP, "en", history=[earlier(3, 70)])), "1", "1"))
    assert "later than this one" not in said(filed)


def test_a_correction_does_not_start_from_itself() -> None:
    """The report being corrected is left out of its own ledger."""
    old = earlier(1, 80, 9, new_members=30, new_female=1)
    visit = visiting(MEMBERSHIP, history=[old, earlier(3, 50, 8)])
    visit.corrects(old)
    visit.presses("e:draft00001:new_members")
    answered(visit, "20", "1")
    assert visit.step == "total_members!ledger"
    assert "50 + mới 20" in visit.says
    answered(visit, "1")
    assert submission(sent(visit)).answers["total_members"] == 70


@pytest.mark.parametrize(("new", "asked"), [("10", False), ("11", True)])
def test_many_new_members_are_asked_about(new: str, asked: bool) -> None:
    """New members above three in ten of all are asked about (35 members: 10 are not, 11 are)."""
    visit = answered(visiting(MEMBERSHIP), "hôm nay", new)
    assert (visit.step == "new_members!many") is asked


def test_counts_of_some_are_not_more_than_all() -> None:
    """Women and minorities among the new are not more than the new, women in all not more than all."""
    visit = answered(visiting(MEMBERSHIP), "hôm nay", "4")
    visit.types("5")
    assert visit.step == "new_female"
    answered(visit, "4", "0", "1", "1")
    for code, typed in (("new_ethnic", "5"), ("total_female", "40"), ("cards_issued", "40")):
        visit.presses(f"e:draft00001:{code}")
        visit.types(typed)
        assert visit.step == code
        visit.types("boqua")


def test_fewer_workers_than_members_are_refused() -> None:
    """The workers in all are at least the members."""
    visit = up_to_the_total(visiting(MEMBERSHIP, workers=20))
    answered(visit, "1")
    visit.types("1")
    assert visit.step == "total_workers"
    answered(visit, "45")
    assert visit.step == "+more"


def test_nobody_admitted_asks_nothing_about_them() -> None:
    """With no new members the questions about them are not asked, and the reasons for leaving only if some left."""
    visit = answered(visiting(MEMBERSHIP), "hôm nay", "0", "0", "1", "1")
    assert visit.step == "+more"
    asked = {field.code for field in visit.stand().path.fields}
    assert not {"new_female", "new_ethnic", "admission_form", "out_reason"} & asked
