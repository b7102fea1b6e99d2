"""Which figures an officer should look at first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.forms.fields import Figure, Integer
from bot.forms.form import Filed, Filing, Form
from bot.i18n import _
from bot.records import Submission, Unit
from bot.reporting.acceptance import Acceptance, Step
from bot.reporting.flags import PEOPLE, Reason, flags

DAY = date(2026, 11, 10)
NOON = datetime(2026, 11, 10, 5, tzinfo=UTC)
SMALL = Unit(7, "TU-01", "CĐCS Chè", "cdcs", members=35, workers=60)


def _never(filing: Filing) -> Filed:
    raise LookupError(filing.form.name)


FORM = Form(
    "event",
    _("Event"),
    Integer("attendees", _("How many?"), short=_("Taking part"), unit=PEOPLE, figure=Figure.TOTAL),
    Integer("copies", _("How many copies?"), short=_("Copies"), figure=Figure.TOTAL),
    Integer("total_members", _("How many members?"), short=_("Members"), unit=PEOPLE, figure=Figure.LAST),
    Integer("room", _("Which room?"), short=_("Room")),
    file=_never,
)


def told(number: int, accepted: dict[str, Any] | None = None, **answers: int) -> Submission:
    """Give a report of the unit."""
    day = DAY - timedelta(days=100 - number)
    return Submission(
        f"s{number}", 7, "event", number, 1, "p", "telegram", day, "2026-11", NOON, answers, accepted or {}
    )


def found(report: Submission, *earlier: Submission, unit: Unit = SMALL) -> list[tuple[str, Reason, int]]:
    """Give what is flagged: (field, why, beside what)."""
    return [(one.field.code, one.reason, one.beside) for one in flags(FORM, report, [report, *earlier], unit)]


@pytest.mark.parametrize(
    ("copies", "flagged"),
    [(10, False), (29, False), (49, False), (50, True), (500, True), (0, False)],
)
def test_a_figure_far_from_the_usual_is_flagged(copies: int, flagged: bool) -> None:
    """Five times the median of what the unit reported before, and at least twenty away."""
    earlier = [told(number, copies=value) for number, value in ((1, 8), (2, 10), (3, 300))]
    assert found(told(9, copies=copies), *earlier) == ([("copies", Reason.UNUSUAL, 10)] if flagged else [])


def test_nothing_is_usual_without_a_history() -> None:
    """The first report of a unit is compared with nothing, nor with itself, nor with other kinds."""
    assert found(told(9, copies=5000)) == []


def test_few_is_as_unusual_as_many() -> None:
    """A unit that always reports hundreds and now reports five is flagged too."""
    earlier = [told(number, copies=200) for number in (1, 2)]
    assert found(told(9, copies=5), *earlier) == [("copies", Reason.UNUSUAL, 200)]


def test_standing_figures_are_flagged_when_they_double_or_halve() -> None:
    """The number of members does not jump like the number of leaflets."""
    earlier = [told(1, total_members=58)]
    assert found(told(9, total_members=29), *earlier) == [("total_members", Reason.UNUSUAL, 58)]
    assert found(told(9, total_members=40), *earlier) == []


def test_more_people_than_workers_contradict_the_size_of_the_unit() -> None:
    """Copies and rooms are no people; of a unit whose size nobody knows nothing is said."""
    assert found(told(9, attendees=61, copies=900, room=900)) == [("attendees", Reason.TOO_MANY, 60)]
    assert found(told(9, attendees=60)) == []
    assert found(told(9, attendees=900), unit=Unit(7, "X", "X", "cdcs")) == []


def test_what_the_assistant_doubted_and_the_unit_explained_is_shown() -> None:
    """A confirmation without a reason is the chair's own affair; one with a reason is for the officer."""
    explained = {"copies!counted": {"mark": "x", "reason": "in thêm"}, "attendees!many": {"mark": "y"}}
    (flag,) = flags(FORM, told(9, explained, copies=3, attendees=5), [], SMALL)
    assert (flag.field.code, flag.reason, flag.words) == ("copies", Reason.DOUBTED, "in thêm")


def test_acceptance_is_decided_kind_by_kind() -> None:
    """A row of its own wins over that for every kind; without any row nothing is required and everybody may."""
    office = Acceptance({"*": Step(True, "ldld_tinh"), "dialogue": Step(False)})
    assert (office.of("propaganda").required, office.of("dialogue").required) == (True, False)
    assert not office.may_accept("propaganda", {"cd_xa_phuong"})
    assert office.may_accept("propaganda", {"cd_xa_phuong", "ldld_tinh"})
    assert office.may_accept("dialogue", {"cd_xa_phuong"})
    assert not Acceptance().of("dialogue").required
