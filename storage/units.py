"""The list of units for its import: what is known of each, and the writing of a plan, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, or_, select, text, update

from bot.units.changes import Closed, Link, Moved, New, Plan, Relation, Renamed
from bot.units.history import History, Span
from storage import levels
from storage.folding import fold_unit
from storage.reads import SqlReads
from storage.sql import add, among
from storage.tables import figures, unit_links, unit_names, units
from storage.totals import rebuild_some

Ids = Mapping[str, int]

_ALL_NAMES = select(unit_names).order_by(unit_names.c.unit, unit_names.c.valid_from)
_ALL_LINKS = select(unit_links).order_by(unit_links.c.child, unit_links.c.valid_from)
_NAMES = select(unit_names.c.unit, unit_names.c.name).where(among(unit_names.c.unit, "ids"))

_this_link = (
    unit_links.c.child == bindparam("of"),
    unit_links.c.relation == bindparam("tie"),
    unit_links.c.valid_from == bindparam("day"),
)
_CUT_LINK = update(unit_links).where(*_this_link).values(valid_to=bindparam("end"))
_DROP_LINK = delete(unit_links).where(*_this_link)
_END_LINKS = (
    update(unit_links)
    .where(
        unit_links.c.child == bindparam("of"),
        or_(unit_links.c.relation == Relation.MANAGES.value, unit_links.c.relation == Relation.RECOGNISES.value),
        or_(unit_links.c.valid_to.is_(None), unit_links.c.valid_to == bindparam("before")),
    )
    .values(valid_to=bindparam("end"))
)
_DROP_NAME = delete(unit_names).where(unit_names.c.unit == bindparam("of"), unit_names.c.valid_from == bindparam("day"))
_this_unit = units.c.id == bindparam("of")
_CLOSE = update(units).where(_this_unit).values(valid_to=bindparam("end"))
_FOLD = update(units).where(_this_unit).values(folded=bindparam("words"))
_COUNT = update(units).where(_this_unit).values(members=bindparam("m"), workers=bindparam("w"))
_CORRECT = update(units).where(_this_unit).values(kind=bindparam("k"), sector=bindparam("s"))
_MOVE_FIGURES = (
    update(figures)
    .where(figures.c.unit == bindparam("of"), figures.c.day >= bindparam("since"), figures.c.day < bindparam("end"))
    .values(parent=bindparam("above"))
)
_PARENTS = (
    select(unit_links.c.parent)
    .join(units, units.c.id == unit_links.c.child)
    .where(unit_links.c.relation == Relation.MANAGES.value, among(units.c.code, "codes"))
    .distinct()
)
_PARENTS_OF_FIGURES = select(figures.c.parent).where(among(figures.c.unit, "units")).distinct()


class UnitList:
    """The list of units inside one transaction: read it, plan, and write the plan before anybody else changes it."""

    def __init__(self, database: SqlReads) -> None:
        """Work in an open transaction: a batch to write, a reading to try."""
        self._database = database

    async def known(self, *, to_change: bool = False) -> dict[str, History]:
        """Give what is known of every unit, by code; `to_change` keeps other imports out until the transaction ends."""
        if to_change:
            await self._database.run(_lock)
        return await self._database.run(_known)

    async def apply(self, plan: Plan) -> None:
        """Write a plan; one with problems is refused."""
        if plan.problems:
            raise ValueError("a plan with problems cannot be written")
        if not plan.empty:
            await self._database.run(_apply, plan)


def _lock(connection: Connection) -> None:
    # Whoever writes to a SQLite file is alone anyway.
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE units IN SHARE ROW EXCLUSIVE MODE"))


def _known(connection: Connection) -> dict[str, History]:
    rows = connection.execute(select(units)).all()
    codes = {row.id: row.code for row in rows}
    names: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for unit, since, name in connection.execute(_ALL_NAMES):
        names[unit].append((since, name))
    spans: dict[tuple[int, str], list[Span]] = defaultdict(list)
    ends = {row.id: row.valid_to for row in rows}
    for link in connection.execute(_ALL_LINKS):
        # What ends with the unit is open to us: were the unit to live longer, so would the link.
        until = None if link.valid_to == ends[link.child] else link.valid_to
        spans[link.child, link.relation].append(Span(codes[link.parent], link.valid_from, until))
    return {row.code: _history(row, names[row.id], spans) for row in rows}


def _history(row: Any, names: list[tuple[date, str]], spans: Mapping[tuple[int, str], list[Span]]) -> History:
    def tied(relation: Relation) -> list[Span]:
        return spans.get((row.id, relation.value), [])

    return History(
        row.code,
        row.kind,
        row.valid_from,
        row.valid_to,
        tuple(names),
        tuple(tied(Relation.MANAGES)),
        tuple(tied(Relation.RECOGNISES)),
        frozenset(span.code for span in tied(Relation.SUCCESSOR_OF)),
        row.members,
        row.workers,
        row.sector or "",
    )


def _apply(connection: Connection, plan: Plan) -> None:
    """Write a plan, and what the units it is about told last, added up for those who managed or will manage them."""
    codes = _told_anew(plan)
    before = _parents(connection, codes)
    _write(connection, plan)
    levels.rebuild_some(connection, before | _parents(connection, codes))


def _told_anew(plan: Plan) -> list[str]:
    """Name the units of which it changes who manages them, whether they are, or how many people the list has."""
    changes = (plan.new, plan.moved, plan.closed, plan.figures_changed)
    return sorted({one.code for some in changes for one in some})


def _parents(connection: Connection, codes: Sequence[str]) -> set[int]:
    return set(connection.execute(_PARENTS, {"codes": codes}).scalars()) if codes else set()


def _write(connection: Connection, plan: Plan) -> None:
    add(connection, units, [_unit_row(unit) for unit in plan.new])
    ids: Ids = dict(connection.execute(select(units.c.code, units.c.id)).all())
    _add_parts(connection, plan.new, ids)
    _rename(connection, plan.renamed, ids)
    # Closing comes first: it moves the ends of links that a move in the same row then cuts.
    _close(connection, plan.closed, ids)
    _move(connection, (*plan.moved, *plan.recognised), ids)
    _run(connection, _COUNT, ({"of": ids[c.code], "m": c.members, "w": c.workers} for c in plan.figures_changed))
    _run(connection, _CORRECT, ({"of": ids[c.code], "k": c.kind, "s": c.sector or None} for c in plan.corrected))
    add(connection, unit_links, [_link_row(change.code, change.link, ids) for change in plan.succeeded])


def _run(connection: Connection, statement: Any, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        connection.execute(statement, listed)


def _unit_row(unit: New) -> dict[str, Any]:
    return {
        "code": unit.code,
        "kind": unit.kind,
        "sector": unit.sector or None,
        "members": unit.members,
        "workers": unit.workers,
        "valid_from": unit.since,
        "valid_to": unit.until,
        "folded": fold_unit(unit.code, [unit.name]),
    }


def _link_row(code: str, link: Link, ids: Ids) -> dict[str, Any]:
    return {
        "child": ids[code],
        "relation": link.relation.value,
        "valid_from": link.since,
        "parent": ids[link.other],
        "valid_to": link.until,
    }


def _add_parts(connection: Connection, new: Iterable[New], ids: Ids) -> None:
    names, links = [], []
    for unit in new:
        names.append({"unit": ids[unit.code], "valid_from": unit.since, "name": unit.name})
        links += [_link_row(unit.code, link, ids) for link in unit.links]
    add(connection, unit_names, names)
    add(connection, unit_links, links)


def _rename(connection: Connection, renamed: Iterable[Renamed], ids: Ids) -> None:
    """Write names, and what the units are found by: their code and every name they ever had."""
    renamed = list(renamed)
    if not renamed:
        return
    _run(connection, _DROP_NAME, ({"of": ids[c.code], "day": c.since} for c in renamed if c.corrects))
    add(connection, unit_names, [{"unit": ids[c.code], "valid_from": c.since, "name": c.name} for c in renamed])
    codes = {ids[change.code]: change.code for change in renamed}
    names: dict[int, list[str]] = defaultdict(list)
    for unit, name in connection.execute(_NAMES, {"ids": list(codes)}):
        names[unit].append(name)
    _run(connection, _FOLD, ({"of": unit, "words": fold_unit(codes[unit], names[unit])} for unit in codes))


def _close(connection: Connection, closed: Iterable[Closed], ids: Ids) -> None:
    rows = [{"of": ids[change.code], "end": change.until, "before": change.before} for change in closed]
    _run(connection, _CLOSE, ({"of": row["of"], "end": row["end"]} for row in rows))
    _run(connection, _END_LINKS, rows)


def _move(connection: Connection, moves: Iterable[Moved], ids: Ids) -> None:
    moves = list(moves)
    started = [move for move in moves if move.before_since]
    _run(connection, _DROP_LINK, (_old_link(m, ids) for m in started if m.before_since == m.link.since))
    cut = (move for move in started if move.before_since != move.link.since)
    _run(connection, _CUT_LINK, (_old_link(move, ids) | {"end": move.link.since} for move in cut))
    add(connection, unit_links, [_link_row(move.code, move.link, ids) for move in moves])
    _move_figures(connection, [_figures_row(move, ids) for move in moves if move.link.relation is Relation.MANAGES])


def _move_figures(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Figures carry the managing unit of their day: a move that is entered late takes them, and their sums, along."""
    above = connection.execute(_PARENTS_OF_FIGURES, {"units": [row["of"] for row in rows]}) if rows else ()
    before = {parent for (parent,) in above}
    if before:
        connection.execute(_MOVE_FIGURES, rows)
        rebuild_some(connection, (before | {row["above"] for row in rows}) - {None})


def _old_link(move: Moved, ids: Ids) -> dict[str, Any]:
    return {"of": ids[move.code], "tie": move.link.relation.value, "day": move.before_since}


def _figures_row(move: Moved, ids: Ids) -> dict[str, Any]:
    link = move.link
    return {"of": ids[move.code], "since": link.since, "end": link.until or date.max, "above": ids[link.other]}
