"""Standings are parted by the unit below through which they come, at any depth."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.ports import UnitReport
from bot.records import Unit
from bot.reporting.areas import by_area, tally_of
from bot.reporting.calendar import Calendar
from bot.reporting.completeness import Completeness, completeness

NOVEMBER = Calendar().at("2026-11")
NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
FOUNDED = date(2020, 1, 1)


def unit(id_: int, kind: str, parent: int | None) -> Unit:
    """Give a unit of a tree."""
    return Unit(id_, f"U{id_:03}", f"Unit {id_}", kind, parent, valid_from=FOUNDED)


PROVINCE = unit(1, "ldld_tinh", None)
TREE = [
    PROVINCE,
    unit(2, "cd_xa_phuong", 1),
    unit(3, "cd_xa_phuong", 1),
    unit(4, "cum_thi_dua", 3),
    unit(11, "cdcs", 2),
    unit(12, "cdcs", 2),
    unit(13, "cdcs", 4),
    unit(14, "cdcs", 1),
    unit(15, "cdcs_thanh_vien", 11),
]


def standing(*reported: int) -> Completeness:
    """Give how the tree stands when these have reported."""
    receipts = [UnitReport(id_, datetime(2026, 11, 10, tzinfo=UTC), 1) for id_ in reported]
    return completeness(NOVEMBER, TREE, receipts, NOW)


def test_the_least_complete_area_comes_first_and_direct_units_last() -> None:
    """What hangs deeper counts for the area above it."""
    areas = by_area([1], TREE, standing(11, 12, 14))
    assert [(one.unit.id if one.unit else None, one.standing.received, one.standing.due) for one in areas] == [
        (3, 0, 1),
        (2, 2, 2),
        (None, 1, 1),
    ]


def test_an_area_officer_sees_units_not_areas() -> None:
    """Under a commune union all report to it directly."""
    under = [one for one in TREE if one.id in {2, 11, 12, 15}]
    areas = by_area([2], under, completeness(NOVEMBER, under, [], NOW))
    assert [one.unit for one in areas] == [None]


@given(st.sets(st.sampled_from([11, 12, 13, 14])))
def test_areas_add_up_to_the_whole(reported: set[int]) -> None:
    """No unit is lost or counted twice."""
    whole = standing(*reported)
    areas = by_area([1], TREE, whole)
    assert sum(one.standing.due for one in areas) == whole.due == 4
    assert sum(one.standing.received for one in areas) == whole.received == len(reported)
    assert tally_of(whole).on_time == len(reported)
