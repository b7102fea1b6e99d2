from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

from bot.effects import DropDraft, DropFiles, DropUnsent, EndRoles, ErasePerson, FileReport, SaveDraft
from bot.ports import Awaiting
from bot.records import Role
from bot.reporting.calendar import Calendar
from bot.reporting.completeness import asked
from storage import jobs, outbox
from storage.batch import SqlBatch
from storage.store import SqlStore
from tests.storage.conftest import clock
from tests.storage.people import NOW, PROVINCE, SCHOOL, TODAY, draft, joined, lay_out, report, wrote

Asked = list[tuple[str, Any]]

# Lists and trees that a statement makes for itself, as long as what it was asked for.
MADE_ON_THE_WAY = {
    "json_each",
    "tree",
    "managing",
    "climb",
    "wanted",
    "these",
    "lasts",
    "each_unit",
    "at_most",
    "CONSTANT",
}


@contextmanager
def overheard(engine: Engine, asked: Asked) -> Iterator[None]:
    """Write down the statements that pass."""

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *rest: object) -> None:
        *_, many = rest
        asked.append((statement, parameters[0] if many else parameters))

    event.listen(engine, "before_cursor_execute", note)
    yield
    event.remove(engine, "before_cursor_execute", note)


def scans(path: str, asked: Asked) -> set[str]:
    """List what SQLite would read from end to end."""
    connection = sqlite3.connect(path)
    found = set()
    for statement, parameters in asked:
        if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found |= {step for *_, step in plan if step.startswith("SCAN")}
    connection.close()
    return {step for step in found if step.split()[1] not in MADE_ON_THE_WAY}


async def test_no_table_is_read_from_end_to_end(sqlite_url: str) -> None:
    """What every batch and every list asks for is found through an index, however many units there are."""
    asked: Asked = []
    store = await SqlStore.open(sqlite_url, clock)
    await lay_out(store)
    async with store.batch() as batch:
        with overheard(await batch.run(engine_of), asked):
            await report_and_send(batch)
            await look_up(batch)
    await store.close()
    assert len(asked) > 30
    assert scans(sqlite_url.partition("///")[2], asked) == set()


def engine_of(connection: Connection) -> Engine:
    """Give the engine under a connection."""
    return connection.engine


async def report_and_send(batch: SqlBatch) -> None:
    """Take a message, write what it causes, and claim what is due."""
    await batch.unseen([wrote("pao", "1")])
    await batch.world([wrote("pao", "1")], NOW)
    await batch.write(
        [
            *joined("pao", Role.CHAIR, SCHOOL),
            SaveDraft(draft("d1", "pao")),
            DropDraft("d1"),
            FileReport(report("s1"), retires=("nil",)),
            DropUnsent("remind"),
            DropFiles("d1"),
            EndRoles(SCHOOL, Role.CHAIR, "pao", TODAY),
            ErasePerson("pao", NOW),
        ]
    )
    await batch.run(outbox.take_due, NOW, 30, "telegram")
    await batch.run(jobs.take_due, NOW, 30, None)


async def look_up(batch: SqlBatch) -> None:
    """Ask what chairs and officers ask every day."""
    await batch.subtree([PROVINCE], TODAY)
    await batch.more_than([PROVINCE], 7)
    await batch.tally([PROVINCE], TODAY, asked(Calendar().at("2026-11")))
    await batch.last_sums([PROVINCE], TODAY, {("dialogue", "attendees"): "members"})
    await batch.contacts([SCHOOL])
    await batch.officers_above(SCHOOL)
    await batch.history([SCHOOL], ["dialogue"], TODAY)
    await batch.submissions([SCHOOL], 7)
    await batch.numbered([SCHOOL], 1)
    await batch.filed_from("d1")
    await batch.answered_by("pao", "77")
    await batch.reports_by("pao")
    await batch.last_numbers([SCHOOL])
    await batch.parents_on([SCHOOL])
    await batch.files(["d1"])
    await batch.files_by_id(["f1"])
    await batch.still_kept(["sha256"])
    await batch.receipts([SCHOOL], Calendar().at("2026-12"))
    await batch.last_values([SCHOOL], TODAY, [("dialogue", "attendees")])
    await batch.sums([PROVINCE], TODAY, TODAY)
    await batch.sums([PROVINCE, SCHOOL], TODAY, TODAY)
    await batch.search_units([PROVINCE], "truong", 7)
    await batch.unit_by_code("A-01")
    await batch.invite("hash")
    await batch.consents("pao")
    waiting = Awaiting((PROVINCE,), ("dialogue",), NOW)
    await batch.awaiting(waiting, 7)
    await batch.awaiting_counts(waiting)
    await batch.reviews(SCHOOL, 1)
    await batch.versions(SCHOOL, 1)
    await batch.within([PROVINCE], [SCHOOL])
    await batch.last_heard([SCHOOL])
    await batch.waiting_messages(NOW)
    await batch.unreached([PROVINCE], NOW)
    await batch.drafts_of("pao")
    await batch.tenures("pao")
    await batch.audited("pao")
