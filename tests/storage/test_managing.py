"""Who managed whom is read once in a transaction, and anew in the next."""

from __future__ import annotations

from datetime import timedelta

from bot.reporting.calendar import Calendar
from bot.reporting.completeness import asked
from storage.reading.managing import managers, managing
from storage.sql import add
from storage.store import SqlStore
from storage.tables import unit_links
from tests.storage.people import AREA_A, AREA_B, CLINIC, NOW, PROVINCE, SCHOOL, TODAY, link
from tests.storage.test_plans import Asked, engine_of, overheard

PERIOD = Calendar().open(NOW)


async def test_all_that_a_digest_adds_up_reads_the_tree_once(store: SqlStore) -> None:
    """However many periods and kinds of figures it sets side by side."""
    statements: Asked = []
    async with store.reading() as reads:
        with overheard(await reads.run(engine_of), statements):
            await reads.tally([PROVINCE], TODAY, asked(PERIOD))
            await reads.sums([PROVINCE], PERIOD.since, PERIOD.until)
            await reads.last_sums([PROVINCE, PROVINCE], TODAY, {("membership", "total_members"): "members"})
    assert sum("RECURSIVE" in statement for statement, _given in statements) == 1


async def test_what_another_transaction_changed_is_seen_in_the_next(store: SqlStore) -> None:
    """A union that others are put under is a managing unit from then on, and from that day on only those of today."""
    yesterday = TODAY - timedelta(days=1)
    async with store.reading() as reads:
        before = await reads.run(managers, [PROVINCE], TODAY)
    async with store.batch() as batch:
        await batch.run(add, unit_links, [link(SCHOOL, AREA_B, TODAY), link(CLINIC, SCHOOL, TODAY)])
    async with store.reading() as reads:
        found = [await reads.run(managers, [AREA_B], day) for day in (yesterday, TODAY)]
        spans = await reads.run(managing, [AREA_B], yesterday, TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert before == [PROVINCE, AREA_A, AREA_B]
    assert found == [[AREA_B], [AREA_B, SCHOOL]]
    assert spans == {AREA_B: [(yesterday, tomorrow)], SCHOOL: [(TODAY, tomorrow)]}
