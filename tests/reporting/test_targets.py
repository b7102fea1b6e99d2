"""Targets: percentages and words exactly as people are told them, and goals that are split without loss."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import handlers
from bot.forms.fields import Figure, Sensitivity
from bot.i18n import Text, Voice, load_catalogues
from bot.ports import Sum
from bot.records import Target
from bot.reporting.indicators import INDICATORS
from bot.reporting.targets import (
    Pace,
    Progress,
    fraction,
    pace_line,
    progress,
    row,
    split,
    told_to_chair,
    year_passed,
)

VOICE = Voice(load_catalogues(Path(__file__).parents[2] / "locales")["vi"])
NOVEMBER = date(2026, 11, 10)


def at(done: int, goal: int, basis: str = "gross", on: date = NOVEMBER, year: int = 2026) -> Progress:
    """Give the progress of a unit with its members."""
    field = "net_members" if basis == "net" else "new_members"
    return progress(Target(1, "members", year, goal, basis), [Sum("membership", field, "", done, 1)], on)


def vi(text: Text | None) -> str:
    """Say it in Vietnamese."""
    assert text is not None
    return VOICE.speak(text)


@pytest.mark.parametrize(
    ("done", "goal", "words"),
    [
        (63, 100, "63/100 (63,0%)"),
        (112, 100, "112/100 (112,0%, vượt 12,0%)"),
        (100, 100, "100/100 (100,0%)"),
        (1, 3, "1/3 (33,3%)"),
        (2, 3, "2/3 (66,7%)"),
        (1234, 10_000, "1.234/10.000 (12,3%)"),
        (0, 20, "0/20 (0,0%)"),
        (-5, 20, "−5/20"),
        (7, 0, "chưa giao chỉ tiêu"),
        (0, 0, "chưa giao chỉ tiêu"),
        (-3, 0, "chưa giao chỉ tiêu"),
    ],
)
def test_a_share_is_written_as_people_read_it(done: int, goal: int, words: str) -> None:
    """One decimal with a comma; what is over is named; nothing is divided by zero, and below zero is no percentage."""
    assert vi(fraction(at(done, goal))) == words


def test_the_pace_of_the_month_stands_beside_the_share() -> None:
    """By November eleven of twelve months should be done; a year that is over wants all of it."""
    assert vi(pace_line(at(63, 100), NOVEMBER)) == "Đạt 63,0%, tiến độ cần 91,7% (tháng 11)"
    assert vi(pace_line(at(63, 100, year=2025), NOVEMBER)) == "Đạt 63,0%, tiến độ cần 100,0% (cả năm)"
    assert pace_line(at(-5, 20, "net"), NOVEMBER) is None
    assert pace_line(at(1, 20, year=2027), NOVEMBER) is None
    assert year_passed(2026, date(2026, 1, 1)) == pytest.approx(1 / 12)


@pytest.mark.parametrize(
    ("done", "pace", "word"),
    [(92, Pace.REACHED, "Đạt"), (91, Pace.NEAR, "Gần đạt"), (83, Pace.NEAR, "Gần đạt"), (82, Pace.SLOW, "Chậm")],
)
def test_the_word_goes_by_what_the_month_asks_for(done: int, pace: Pace, word: str) -> None:
    """From nine tenths of the expected share on it is nearly reached."""
    assert at(done, 100).pace is pace
    assert vi(row(at(done, 100))) == f"Kết nạp mới đoàn viên: {done}/100 ({done},0%) · {word}"


def test_what_went_down_is_behind_and_what_is_not_assigned_has_no_word() -> None:
    """A net loss is behind; a target of 0 and a year to come are neither."""
    assert vi(row(at(-5, 20, "net"))) == "Thực tăng đoàn viên: −5/20 · Chậm"
    assert vi(row(at(5, 0))) == "Kết nạp mới đoàn viên: chưa giao chỉ tiêu"
    assert at(5, 20, year=2027).pace is None


def test_a_chair_is_told_what_is_left() -> None:
    """In the words of the handbook of the office."""
    assert vi(told_to_chair(at(8, 10))) == "Năm 2026 đơn vị mình kết nạp 8/10 đoàn viên được giao (80,0%). Còn 2 nữa ạ."
    over = "Năm 2026 đơn vị mình kết nạp 12/10 đoàn viên được giao (120,0%, vượt 20,0%)."
    assert vi(told_to_chair(at(12, 10))) == f"{over} Đơn vị mình đã hoàn thành chỉ tiêu."
    down = "Năm 2026 đơn vị mình thực tăng −5/20 đoàn viên được giao. Còn 25 nữa ạ."
    assert vi(told_to_chair(at(-5, 20, "net"))) == down


@given(st.integers(0, 10**7), st.lists(st.integers(-5, 10**6), min_size=1, max_size=60))
def test_a_split_adds_up_to_the_goal(total: int, weights: list[int]) -> None:
    """Whatever the weights, no unit gets less than nothing, and no part is more than one away from its share."""
    parts = split(total, weights)
    assert sum(parts) == total
    assert all(part >= 0 for part in parts)
    given_ = [max(0, weight) for weight in weights]
    if sum(given_):
        exact = [total * weight / sum(given_) for weight in given_]
        assert all(abs(part - share) <= 1 for part, share in zip(parts, exact, strict=True))


def test_a_goal_cannot_be_split_among_nobody() -> None:
    """It would be lost."""
    with pytest.raises(ValueError, match="nobody"):
        split(10, [])
    assert split(5, [0, 0]) == [3, 2]


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda one: one.code)
def test_an_indicator_is_a_figure_that_everybody_may_see(indicator: object) -> None:
    """Each is summed from a plain figure of a report kind; one that counts reports, from a required one."""
    forms = {form.name: form for form in handlers.FORMS}
    for way in (indicator.gross, indicator.net):  # type: ignore[attr-defined]
        if way is not None:
            field = forms[way.measure.form].by_code[way.measure.field]
            assert field.figure is Figure.TOTAL
            assert field.sensitive is Sensitivity.PLAIN
            assert not way.measure.reports or (field.required and field.relevant is None)
