"""The organisation the storage tests live in: a province, two areas, three grassroots unions, and who is who."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from bot.effects import Effect, FileReport, GrantRole, LinkAddress, NewPerson
from bot.messages import Address, Incoming, Message, Outgoing
from bot.ports import World
from bot.records import Draft, Person, Role, Submission
from storage.folding import fold_unit
from storage.levels import rebuild
from storage.sql import add
from storage.store import SqlStore
from storage.tables import unit_links, unit_names, units

NOW = datetime(2026, 11, 14, 5, 0, tzinfo=UTC)  # noon in Vietnam
TODAY = date(2026, 11, 14)
FOUNDED = date(2020, 1, 1)

PROVINCE, AREA_A, AREA_B, SCHOOL, CLINIC, MILL = 1, 2, 3, 11, 12, 13

NAMES = {
    PROVINCE: ("LD", "ldld_tinh", "LĐLĐ tỉnh Lai Châu"),
    AREA_A: ("A", "cd_xa_phuong", "Công đoàn phường Đoàn Kết"),
    AREA_B: ("B", "cd_xa_phuong", "Công đoàn xã Mường Tè"),
    SCHOOL: ("A-01", "cdcs", "CĐCS Trường Tiểu học Số 1"),
    CLINIC: ("A-02", "cdcs", "CĐCS Trung tâm Y tế"),
    MILL: ("B-01", "cdcs", "CĐCS Nhà máy Chè"),
}
LINKS = {AREA_A: PROVINCE, AREA_B: PROVINCE, SCHOOL: AREA_A, CLINIC: AREA_A, MILL: AREA_B}


async def lay_out(store: SqlStore) -> None:
    """Insert the units, and link each to the one that manages it."""
    listed = [
        {"id": id_, "code": code, "kind": kind, "valid_from": FOUNDED, "folded": fold_unit(code, [name])}
        for id_, (code, kind, name) in NAMES.items()
    ]
    called = [{"unit": id_, "valid_from": FOUNDED, "name": name} for id_, (_, _, name) in NAMES.items()]
    linked = [link(child, parent) for child, parent in LINKS.items()]
    async with store.batch() as batch:
        for table, rows in ((units, listed), (unit_names, called), (unit_links, linked)):
            await batch.run(add, table, rows)
        await batch.run(rebuild)


def link(child: int, parent: int, since: date = FOUNDED, until: date | None = None) -> dict[str, Any]:
    """Give the row that says who manages a unit."""
    return {"child": child, "parent": parent, "relation": "manages", "valid_from": since, "valid_to": until}


def chat(name: str) -> Address:
    """Give the Telegram chat of a person."""
    return Address("telegram", f"chat-{name}")


def wrote(name: str, id_: str, text: str = "1") -> Incoming:
    """Give a message of a person."""
    return Incoming(id_, chat(name), NOW, text=text)


def joined(name: str, role: Role, unit: int) -> list[Effect]:
    """Give what links somebody: the person, the address, the role."""
    return [
        NewPerson(Person(name, name.title(), "anh", "0900000000")),
        LinkAddress(chat(name), name, NOW),
        GrantRole(name, unit, role, FOUNDED),
    ]


def draft(id_: str, person: str, unit: int | None = SCHOOL, **answers: Any) -> Draft:
    """Give a draft of a dialogue report."""
    return Draft(id_, "dialogue", person, unit, answers, started_at=NOW, touched_at=NOW)


def report(id_: str, number: int = 1, version: int = 1, **changes: Any) -> Submission:
    """Give a dialogue report that páo filed for the school."""
    told: dict[str, Any] = {
        "unit": SCHOOL,
        "form": "dialogue",
        "person": "pao",
        "channel": "telegram",
        "day": date(2026, 11, 3),
        "period": "2026-11",
        "filed_at": NOW,
        "answers": {"attendees": 12, "note": "ý kiến"},
    }
    return Submission(id=id_, number=number, version=version, **(told | changes))


def said(key: str, to: str = "pao", text: str = "chào", **changes: Any) -> Outgoing:
    """Give a message to a person."""
    return Outgoing(key, chat(to), Message(text), **changes)


async def write(store: SqlStore, *effects: Effect) -> None:
    """Write effects in a batch of their own."""
    async with store.batch() as batch:
        await batch.write(effects)


async def look(store: SqlStore, sql: str) -> list[tuple[Any, ...]]:
    """Look into the tables themselves."""
    async with store.reading() as reads:
        return await reads.run(lambda connection: [tuple(row) for row in connection.exec_driver_sql(sql)])


async def world_of(store: SqlStore, *names: str, now: datetime = NOW) -> World:
    """Load the world of a batch in which these people wrote."""
    async with store.batch() as batch:
        return await batch.world([wrote(name, f"world-{name}") for name in names], now)


async def filed(store: SqlStore, *reports: FileReport) -> None:
    """File reports of Páo, chair of the school."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), *reports)
