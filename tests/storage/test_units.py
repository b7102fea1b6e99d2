from __future__ import annotations

from datetime import date

from bot.records import Unit
from storage.folding import fold_unit
from storage.sql import add
from storage.store import SqlStore
from storage.tables import unit_links, units
from tests.storage.people import (
    AREA_A,
    AREA_B,
    CLINIC,
    FOUNDED,
    PROVINCE,
    SCHOOL,
    TODAY,
)


async def codes(store: SqlStore, words: str, *under: int, limit: int = 9) -> list[str]:
    """Search, and give the codes that were found."""
    async with store.reading() as reads:
        return [unit.code for unit in await reads.search_units(under or (PROVINCE,), words, limit)]


async def test_a_unit_is_given_as_it_is_today(store: SqlStore) -> None:
    """By id and by code the same unit comes, with the unit that manages it."""
    school = Unit(SCHOOL, "A-01", "CĐCS Trường Tiểu học Số 1", "cdcs", AREA_A, valid_from=FOUNDED)
    async with store.reading() as reads:
        assert await reads.unit(SCHOOL) == school
        assert await reads.unit_by_code("A-01") == school
        assert await reads.unit(99) is None
        assert await reads.unit_by_code("Z") is None
        assert await reads.unit_by_code("LD") == Unit(
            PROVINCE, "LD", "LĐLĐ tỉnh Lai Châu", "ldld_tinh", valid_from=FOUNDED
        )


async def test_a_subtree_has_its_roots_and_everything_below(store: SqlStore) -> None:
    """Reach is the subtree, at any depth."""
    async with store.reading() as reads:
        assert [u.code for u in await reads.subtree([PROVINCE], TODAY)] == ["A", "A-01", "A-02", "B", "B-01", "LD"]
        assert [u.code for u in await reads.subtree([AREA_B, SCHOOL], TODAY)] == ["A-01", "B", "B-01"]
        assert await reads.subtree([], TODAY) == []
        assert [await reads.more_than([PROVINCE], most) for most in (5, 6)] == [True, False]
        assert not await reads.more_than([], 0)
        assert await reads.subtree([PROVINCE], date(2019, 1, 1)) == []


async def test_recognition_gives_no_access(store: SqlStore) -> None:
    """A unit that only recognises another has not got it in its subtree."""
    row = {"child": SCHOOL, "parent": AREA_B, "relation": "recognises", "valid_from": FOUNDED, "valid_to": None}
    async with store.batch() as batch:
        await batch.run(add, unit_links, [row])
        assert [u.code for u in await batch.subtree([AREA_B], TODAY)] == ["B", "B-01"]


async def test_a_circle_of_managers_ends(store: SqlStore) -> None:
    """A mistake in the list of units must not hang the house."""
    row = {"child": PROVINCE, "parent": AREA_A, "relation": "manages", "valid_from": FOUNDED, "valid_to": None}
    async with store.batch() as batch:
        await batch.run(add, unit_links, [row])
        assert len(await batch.subtree([AREA_A], TODAY)) == 6
        assert await batch.sums([AREA_A], TODAY, TODAY) == []
        assert await batch.officers_above(SCHOOL) == []


async def test_a_closed_unit_is_not_found(store: SqlStore) -> None:
    """From its last day on, a unit is neither listed nor found."""
    statement = units.update().where(units.c.id == CLINIC).values(valid_to=TODAY)
    async with store.batch() as batch:
        await batch.run(lambda connection: connection.execute(statement))
    assert await codes(store, "trung tam y te") == []
    async with store.reading() as reads:
        assert [u.code for u in await reads.subtree([AREA_A], TODAY)] == ["A", "A-01"]
        closed = await reads.unit(CLINIC)
    assert closed is not None
    assert closed.valid_to == TODAY


async def test_search_knows_neither_diacritics_nor_order(store: SqlStore) -> None:
    """Every word must occur somewhere in the code or the name."""
    assert await codes(store, "truong tieu hoc") == ["A-01"]
    assert await codes(store, "ĐOÀN  kết") == ["A"]
    assert await codes(store, "che may") == ["B-01"]
    assert await codes(store, "cdcs") == ["A-01", "A-02", "B-01"]
    assert await codes(store, "cdcs", limit=2) == ["A-01", "A-02"]
    assert await codes(store, "cdcs", AREA_B) == ["B-01"]
    assert await codes(store, "100%_") == []


async def test_search_puts_the_exact_code_first(store: SqlStore) -> None:
    """Who types a code wants that unit, even if the letters occur elsewhere."""
    assert (await codes(store, "b"))[0] == "B"
    assert (await codes(store, "a-02"))[0] == "A-02"


def test_a_unit_is_found_by_its_code_and_every_name() -> None:
    """Renamed units are still found under the names they had."""
    assert fold_unit("A-01", ["CĐCS Đường  Sắt", "CĐCS Cầu Đường"]) == "a-01 | cdcs cau duong | cdcs duong sat"
