from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.effects import FileReport
from bot.ports import Sum, Tied
from bot.records import Figure
from storage.sql import add
from storage.store import SqlStore
from storage.tables import unit_links, units
from tests.storage.people import (
    AREA_A,
    AREA_B,
    CLINIC,
    FOUNDED,
    MILL,
    NOW,
    PROVINCE,
    SCHOOL,
    filed,
    link,
    report,
    write,
)

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def counted(id_: str, number: int, day: date, unit: int = SCHOOL, parent: int = AREA_A, **values: int) -> FileReport:
    """Give a report with figures."""
    figures = tuple(
        Figure(id_, unit, parent, "dialogue", day, *name.partition("__")[::2], value) for name, value in values.items()
    )
    return FileReport(report(id_, number, unit=unit, day=day), figures)


async def totals(store: SqlStore, *under: int, days: tuple[date, date] = YEAR) -> dict[str, int]:
    """Sum what was under units."""
    async with store.reading() as reads:
        return {f"{one.field}{one.choice}": one.value for one in await reads.sums(under, *days)}


async def test_figures_are_summed_by_field_and_choice(store: SqlStore) -> None:
    """Sums say how many reports they come from; zeros count as reports."""
    day = date(2026, 5, 1)
    await filed(
        store,
        counted("s1", 1, day, attendees=12, kind__periodic=1),
        counted("s2", 2, day, attendees=0, kind__urgent=1),
    )
    async with store.reading() as reads:
        assert await reads.sums([AREA_A], *YEAR) == [
            Sum("dialogue", "attendees", "", 12, 2),
            Sum("dialogue", "kind", "periodic", 1, 1),
            Sum("dialogue", "kind", "urgent", 1, 1),
        ]
        assert await reads.sums([], *YEAR) == []


async def test_parts_of_the_same_figure_are_added_up(store: SqlStore) -> None:
    """A report that gives a figure in two parts counts both."""
    one = counted("s1", 1, date(2026, 5, 1), attendees=12)
    await filed(store, FileReport(one.submission, one.figures * 2))
    assert await totals(store, AREA_A) == {"attendees": 24}


async def test_only_the_days_asked_for_count(store: SqlStore) -> None:
    """Both ends of a range belong to it."""
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 30), date(2026, 5, 1)]
    await filed(store, *(counted(f"s{n}", n, day, attendees=10**n) for n, day in enumerate(days)))
    assert await totals(store, AREA_A, days=(days[1], days[2])) == {"attendees": 110}


async def test_sums_reach_down_the_tree_once(store: SqlStore) -> None:
    """The province has what its areas have; asking for both, or for a unit below, counts nothing twice."""
    day = date(2026, 5, 1)
    await filed(
        store,
        counted("s1", 1, day, attendees=1),
        counted("c1", 1, day, CLINIC, attendees=10),
        counted("m1", 1, day, MILL, AREA_B, attendees=100),
    )
    assert await totals(store, PROVINCE) == {"attendees": 111}
    assert await totals(store, AREA_A) == {"attendees": 11}
    assert await totals(store, SCHOOL) == {"attendees": 1}
    assert await totals(store, PROVINCE, AREA_A, SCHOOL) == {"attendees": 111}
    assert await totals(store, SCHOOL, MILL) == {"attendees": 101}


async def test_a_correction_takes_its_figures_with_it(store: SqlStore) -> None:
    """Only the figures of the current version count; a withdrawn report has none."""
    day = date(2026, 5, 1)
    await filed(store, counted("s1", 1, day, attendees=12), counted("s2", 2, day, attendees=5))
    again = counted("s3", 1, day, attendees=13)
    corrected = report("s3", 1, 2, replaces="s1", day=day)
    withdrawn = report("s4", 2, 2, replaces="s2", day=day, state="withdrawn")
    await write(store, FileReport(corrected, again.figures), FileReport(withdrawn))
    assert await totals(store, AREA_A) == {"attendees": 13}


async def test_a_version_corrected_in_the_same_batch_has_no_figures(store: SqlStore) -> None:
    """Filing and correcting at once leaves the figures of the correction."""
    day = date(2026, 5, 1)
    again = counted("s2", 1, day, attendees=13)
    await filed(
        store,
        counted("s1", 1, day, attendees=12),
        FileReport(report("s2", 1, 2, replaces="s1", day=day), again.figures),
    )
    assert await totals(store, AREA_A) == {"attendees": 13}


async def test_sums_follow_the_parent_of_the_day(store: SqlStore) -> None:
    """A unit that moved counts for its old area before the move and for its new one after it."""
    moved = date(2026, 7, 1)
    await relink(store, SCHOOL, valid_to=moved)
    await add_links(store, link(SCHOOL, AREA_B, moved))
    await filed(
        store,
        counted("s1", 1, moved - timedelta(days=1), attendees=1),
        counted("s2", 2, moved, SCHOOL, AREA_B, attendees=10),
    )
    assert await totals(store, AREA_A) == {"attendees": 1}
    assert await totals(store, AREA_B) == {"attendees": 10}
    assert await totals(store, PROVINCE) == {"attendees": 11}
    async with store.reading() as reads:
        assert [unit.code for unit in await reads.subtree([AREA_A], moved)] == ["A", "A-02"]
        assert [unit.code for unit in await reads.subtree([AREA_A], moved - timedelta(days=1))] == ["A", "A-01", "A-02"]
        assert await reads.parents_on([SCHOOL, PROVINCE]) == {
            SCHOOL: [(FOUNDED, moved, AREA_A), (moved, None, AREA_B)],
            PROVINCE: [],
        }


async def test_a_level_that_is_no_more_still_counts_for_its_days(store: SqlStore) -> None:
    """When the district is gone, the province keeps what was under it then, and nothing of later days."""
    ended = date(2026, 7, 1)
    district = {"id": 5, "code": "H", "kind": "ldld_huyen", "valid_from": FOUNDED, "valid_to": ended, "folded": "h"}
    async with store.batch() as batch:
        await batch.run(add, units, [district])
    await add_links(store, link(5, PROVINCE, FOUNDED, ended), link(MILL, 5, FOUNDED, ended))
    await filed(
        store,
        counted("m1", 1, ended - timedelta(days=1), MILL, 5, attendees=1),
        counted("m2", 2, ended, MILL, 5, attendees=10),  # a parent that was not there any more
    )
    assert await totals(store, PROVINCE) == {"attendees": 1}


async def test_a_moved_area_takes_only_its_later_days_along(store: SqlStore) -> None:
    """What an area reported before it came under a unit is not that unit's, and it is counted once."""
    moved = date(2026, 7, 1)
    await relink(store, AREA_B, valid_to=moved)
    await add_links(store, link(AREA_B, AREA_A, moved))
    await filed(
        store,
        counted("m1", 1, moved - timedelta(days=1), MILL, AREA_B, attendees=1),
        counted("m2", 2, moved, MILL, AREA_B, attendees=10),
    )
    assert await totals(store, AREA_A) == {"attendees": 10}
    assert await totals(store, PROVINCE) == {"attendees": 11}
    assert await totals(store, PROVINCE, AREA_A) == {"attendees": 11}


async def test_what_happened_before_a_unit_was_listed_counts_above_it_too(store: SqlStore) -> None:
    """Units entered into the list at go-live report earlier days: their area and the province both show them."""
    listed = date(2026, 11, 5)
    await relink(store, SCHOOL, valid_from=listed)
    await relink(store, AREA_A, valid_from=listed)
    await filed(store, counted("s1", 1, date(2026, 11, 1), attendees=1), counted("s2", 2, listed, attendees=10))
    assert await totals(store, AREA_A) == {"attendees": 11}
    assert await totals(store, PROVINCE) == {"attendees": 11}
    assert await totals(store, PROVINCE, AREA_A) == {"attendees": 11}


async def test_only_the_first_link_reaches_back(store: SqlStore) -> None:
    """A unit that was moved takes nothing of the days before its second link along, nor of a gap before it."""
    gone, back = date(2026, 5, 1), date(2026, 7, 1)
    await relink(store, AREA_B, valid_to=gone)
    await add_links(store, link(AREA_B, AREA_A, back))
    days = (date(2026, 4, 1), date(2026, 6, 1), back)
    await filed(store, *(counted(f"m{n}", n, day, MILL, AREA_B, attendees=10**n) for n, day in enumerate(days)))
    assert await totals(store, AREA_A) == {"attendees": 100}
    assert await totals(store, PROVINCE) == {"attendees": 101}


async def test_two_first_links_of_the_same_day_count_once(store: SqlStore) -> None:
    """Should a list name two managing units from the same day, one of them has what happened before."""
    both = date(2026, 7, 1)
    await relink(store, AREA_B, valid_from=both, valid_to=both)
    await add_links(store, link(AREA_B, AREA_A, both))
    await filed(store, counted("m1", 1, date(2026, 6, 1), MILL, AREA_B, attendees=1))
    assert await totals(store, PROVINCE) == {"attendees": 1}


async def test_the_last_value_of_each_unit(store: SqlStore) -> None:
    """The latest day wins; on the same day the report filed last; later days do not count yet."""
    day = date(2026, 5, 1)
    filed_later = report("s2", 2, day=day, filed_at=NOW + timedelta(hours=1))
    await filed(
        store,
        counted("s0", 7, date(2026, 1, 1), attendees=1, opinions=4),
        FileReport(filed_later, counted("s2", 2, day, attendees=3).figures),
        counted("s1", 1, day, attendees=2),
        counted("s3", 3, date(2026, 6, 1), attendees=9),
        counted("m1", 1, day, MILL, AREA_B, attendees=50),
    )
    fields = [("dialogue", "attendees"), ("dialogue", "opinions"), ("recruitment", "total")]
    async with store.reading() as reads:
        assert await reads.last_values([AREA_A], date(2026, 5, 31), fields) == [
            (SCHOOL, "dialogue", "attendees", 3),
            (SCHOOL, "dialogue", "opinions", 4),
        ]
        assert await reads.last_values([MILL], date(2026, 5, 31), fields[:1]) == [(MILL, "dialogue", "attendees", 50)]
        assert await reads.last_values([AREA_A], date(2026, 5, 31), []) == []


async def add_links(store: SqlStore, *rows: dict[str, Any]) -> None:
    """Insert links between units."""
    async with store.batch() as batch:
        await batch.run(add, unit_links, list(rows))


async def relink(store: SqlStore, child: int, **values: Any) -> None:
    """Change the links of a unit."""
    async with store.batch() as batch:
        statement = unit_links.update().where(unit_links.c.child == child).values(**values)
        await batch.run(lambda connection: connection.execute(statement))


async def test_what_was_reported_for_a_campaign(store: SqlStore) -> None:
    """Of the reports that chose a campaign, all figures are summed, and the units that filed them counted once."""
    day, chosen = date(2026, 7, 28), ("campaign_code", "CDVN_2807")
    await filed(
        store,
        counted("s1", 1, day, attendees=12, campaign_code__CDVN_2807=1),
        counted("s2", 2, day, attendees=3, campaign_code__CDVN_2807=1),
        counted("c1", 1, day, CLINIC, attendees=40, campaign_code__QK_0209=1),
        counted("c2", 2, date(2026, 10, 1), CLINIC, attendees=70, campaign_code__CDVN_2807=1),
        counted("m1", 1, day, MILL, AREA_B, attendees=100, campaign_code__CDVN_2807=1),
    )
    days = (date(2026, 7, 1), date(2026, 8, 31))
    tied = (Sum("dialogue", "attendees", "", 15, 2), Sum("dialogue", "campaign_code", "CDVN_2807", 2, 2))
    async with store.reading() as reads:
        assert await reads.tied([AREA_A], *days, chosen) == Tied(1, tied)
        everybody = await reads.tied([PROVINCE, AREA_A], *days, chosen)
        assert (everybody.units, everybody.sums[0].value) == (2, 115)
        assert await reads.tied([CLINIC], *days, chosen) == Tied()
        assert await reads.tied([], *days, chosen) == Tied()
        assert await reads.chose([SCHOOL, CLINIC, MILL], *days, chosen) == {SCHOOL, MILL}
        assert await reads.chose([CLINIC], date(2026, 10, 1), date(2026, 10, 1), chosen) == {CLINIC}
