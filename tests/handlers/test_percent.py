"""Percentages as chairs tell them."""

from __future__ import annotations

import pytest

from bot.forms.fields import Misread, Understood
from bot.i18n import Plain
from handlers.bargaining import BARGAINING
from handlers.percent import Percentage
from tests.handlers.filling import visiting

SHARE = Percentage("share", Plain("How many?"), short=Plain("Share"))


@pytest.mark.parametrize(
    ("said", "percent"),
    [("90", 90), ("90%", 90), ("45/50", 90), ("2/3", 67), ("50/100", 50), ("101/200", 51), ("200/200", 100)],
)
def test_a_share_is_read(said: str, percent: int) -> None:
    """In per cent, or as so many of so many; just more than half is not rounded down to half."""
    assert SHARE.read(said, visiting(BARGAINING).stand().path.scope) == Understood(percent)


@pytest.mark.parametrize("said", ["60/50", "gan het", "-3"])
def test_no_share_is_made_of_nonsense(said: str) -> None:
    """More than all, words and negative numbers are asked again, or refused by the edges."""
    scope = visiting(BARGAINING).stand().path.scope
    read = SHARE.read(said, scope)
    assert isinstance(read, Misread) or read.doubt or SHARE.problem(read.value, scope)


def test_only_a_signed_agreement_needs_more_than_half() -> None:
    """While bargaining goes on, any share may be told."""
    for step, half_is_fine in (("1", True), ("2", False)):
        visit = visiting(BARGAINING, members=35, workers=60)
        visit.types(step)
        visit.types("1")
        if not half_is_fine:
            visit.types("24")
        visit.presses("e:draft00001:approval_rate")
        visit.types("20/40")
        assert (visit.answers.get("approval_rate") == 50) is half_is_fine
