"""How PostgreSQL goes about a digest, in a country large enough to make it choose."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.country import CALENDAR, NOW, Country, build
from bot.reporting.completeness import asked
from storage.store import SqlStore, transaction
from tests.storage.test_plans import Asked, engine_of, overheard

COUNTRY = Country("planned", 10, 300, 10_000, 1)
WHOLE, AREA = 1, 2 + COUNTRY.provinces
LARGE = {"units", "unit_links", "unit_names", "submissions", "figures", "totals", "levels"}
LASTS = {("membership", "total_members"): "members"}

Node = dict[str, Any]


@pytest.fixture
async def nation(postgres_url: str) -> AsyncIterator[SqlStore]:
    """A store with the country in it, analysed as its own housekeeping would."""
    engine = create_async_engine(postgres_url)
    async with transaction(engine) as connection:
        await connection.run_sync(build, COUNTRY)
    await engine.dispose()
    store = await SqlStore.open(postgres_url, lambda: NOW)
    yield store
    await store.close()


async def test_a_digest_of_an_area_reads_no_large_table_from_end_to_end(nation: SqlStore) -> None:
    """What an officer of thirty unions asks for is found through indexes."""
    plans = await plans_of_a_digest(nation, AREA)
    assert len(plans) >= 6
    assert [scanned for plan in plans for scanned in scans(plan)] == []


async def test_a_digest_of_the_whole_does_not_look_receipts_up_unit_by_unit(nation: SqlStore) -> None:
    """They are read once, and joined with the units."""
    plans = await plans_of_a_digest(nation, WHOLE)
    looked_up = [node for plan in plans for node in again_and_again(plan) if node.get("Relation Name") == "submissions"]
    assert [node for node in looked_up if node["Plan Rows"] < COUNTRY.unions / 10] == []


async def plans_of_a_digest(store: SqlStore, root: int) -> list[Node]:
    """Ask all that a digest adds up, and let the database say how it goes about it."""
    statements: Asked = []
    period = CALENDAR.open(NOW)
    async with store.reading() as reads:
        with overheard(await reads.run(engine_of), statements):
            await reads.more_than([root], 2_000)
            await reads.tally([root], NOW.date(), asked(period))
            await reads.sums([root], period.since, period.until)
            await reads.last_sums([root], NOW.date(), LASTS)
        return [await reads.run(explained, *one) for one in statements]


def explained(connection: Connection, statement: str, parameters: Any) -> Node:
    """Give the root of a statement's plan."""
    rows: Any = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
    plan: Node = rows[0]["Plan"]
    return plan


def nodes(plan: Node) -> Iterator[Node]:
    """Give a node of a plan and all below it."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def scans(plan: Node) -> list[str]:
    """Name the large tables that are read whole."""
    return [
        name for node in nodes(plan) if node["Node Type"] == "Seq Scan" and (name := node["Relation Name"]) in LARGE
    ]


def again_and_again(plan: Node) -> Iterator[Node]:
    """Give what is done once for each row that a loop goes through."""
    for node in nodes(plan):
        if node["Node Type"] == "Nested Loop":
            yield from nodes(node["Plans"][1])
        yield from (one for below in node.get("Plans", ()) if below.get("Subplan Name") for one in nodes(below))
