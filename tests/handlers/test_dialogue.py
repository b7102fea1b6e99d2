"""The dialogue report: the rule on delegates, and sums that must hold."""

from __future__ import annotations

import pytest

from handlers.dialogue import DIALOGUE, delegates
from handlers.membership import MEMBERSHIP
from tests.forms.visit import Visit, report
from tests.handlers.filling import answered, counted, sent, visiting

# Decree 145/2020/NĐ-CP, article 38: workers' delegates by size; 0 for no upper bound.
RULE = [
    (1, 3, 0),
    (49, 3, 0),
    (50, 4, 8),
    (149, 4, 8),
    (150, 9, 13),
    (299, 9, 13),
    (300, 14, 18),
    (499, 14, 18),
    (500, 19, 23),
    (999, 19, 23),
    (1000, 24, 0),
    (20000, 24, 0),
]


@pytest.mark.parametrize(("size", "least", "most"), RULE)
def test_delegates_by_size(size: int, least: int, most: int) -> None:
    """The rule of delegates, at the edge of each row."""
    assert delegates(size) == (least, most)


@pytest.mark.parametrize(
    ("size", "side", "asked"),
    [(49, 2, True), (49, 3, False), (49, 30, False), (60, 3, True), (60, 4, False), (60, 8, False), (60, 9, True),
     (1000, 23, True), (1000, 24, False), (1000, 90, False)],
)  # fmt: skip
def test_delegates_off_the_rule_are_asked_about(size: int, side: int, asked: bool) -> None:
    """Too few or too many delegates are asked about, never refused."""
    visit = up_to_the_extras(visiting(DIALOGUE, workers=size), attendees=90)
    visit.presses("e:draft00001:worker_side")
    visit.types(str(side))
    assert (visit.step == "worker_side!rule") is asked
    if asked:
        visit.types("1")
    assert visit.answers["worker_side"] == side


def test_the_size_comes_from_the_last_membership_report() -> None:
    """The number of workers is the one last reported, before the one of the list of units."""
    history = [report(MEMBERSHIP, days=20, total_members=50, total_workers=200)]
    visit = up_to_the_extras(visiting(DIALOGUE, history=history), attendees=90)
    visit.presses("e:draft00001:worker_side")
    assert "9" in visit.types("8")
    assert visit.step == "worker_side!rule"


def test_both_sides_are_not_more_than_all() -> None:
    """Each side, and both together, are at most those taking part."""
    visit = up_to_the_extras(visiting(DIALOGUE), attendees=12)
    visit.presses("e:draft00001:worker_side")
    visit.types("13")
    assert visit.step == "worker_side"
    answered(visit, "8")
    visit.presses("e:draft00001:employer_side")
    visit.types("5")
    assert visit.step == "employer_side"
    answered(visit, "4")


def test_what_is_left_open_follows_from_opinions() -> None:
    """Opinions still open are computed; sending them above is offered only then."""
    visit = answered(visiting(DIALOGUE), "1", "hôm nay", "18", "13", "3", "3")
    assert "forwarded" not in [field.code for field in visit.stand().path.optional_left()]
    visit = answered(visiting(DIALOGUE), "1", "hôm nay", "18", "13", "3")
    visit.types("4")
    assert visit.step == "resolved"
    answered(visit, "1")
    assert "forwarded" in [field.code for field in visit.stand().path.optional_left()]
    assert counted(sent(visit))["remaining", ""] == 2


@pytest.mark.parametrize(("kind", "asks"), [("1", "event_date"), ("2", "requested_by"), ("3", "case_ground")])
def test_each_kind_of_dialogue_asks_its_own(kind: str, asks: str) -> None:
    """On request: by whom. About a case: which. Periodic: neither."""
    assert answered(visiting(DIALOGUE), kind).step == asks


def up_to_the_extras(visit: Visit, attendees: int) -> Visit:
    """Answer everything required."""
    answered(visit, "1", "hôm nay", str(attendees))
    if visit.step == "attendees!crowd":
        answered(visit, "1")
    return answered(visit, "1", "0")
