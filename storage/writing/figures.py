"""Writes figures, and in the same transaction what they add up to: a digest that reads `totals` is always exact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, delete

from bot.effects import FileReport
from storage.halves import half_of
from storage.sql import add, add_up, among, row_of
from storage.tables import figures, totals

_KEY: Final = ("parent", "half", "form", "field", "choice")
_DROP = (
    delete(figures)
    .where(among(figures.c.submission, "ids"))
    .returning(*(column for column in figures.c if column.name not in {"submission", "weight"}))
)


def add_figures(connection: Connection, reports: Iterable[FileReport]) -> list[dict[str, Any]]:
    """Insert figures, one row for each submission, field and choice: parts of the same figure are added up.

    Gives these rows.
    """
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for report in reports:
        new = {"filed_at": report.submission.filed_at, "value": 0}
        for figure in report.figures:
            row = rows.setdefault((figure.submission, figure.field, figure.choice), row_of(figure) | new)
            row["value"] += figure.value
    add(connection, figures, list(rows.values()))
    _add_up(connection, ((_place(row), row["value"], 1) for row in rows.values()))
    return list(rows.values())


def drop_figures(connection: Connection, submissions: Sequence[str]) -> list[dict[str, Any]]:
    """Delete the figures of submissions that no longer count, and give them."""
    gone = [dict(row) for row in connection.execute(_DROP, {"ids": submissions}).mappings()]
    _add_up(connection, ((_place(row), -row["value"], -1) for row in gone))
    return gone


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["parent"], half_of(row["day"]), row["form"], row["field"], row["choice"]


def _add_up(connection: Connection, told: Iterable[tuple[tuple[Any, ...], int, int]]) -> None:
    """Change totals by (key, value, reports), each key once and in order: two processes cannot block each other."""
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    for key, value, reports in told:
        if key[0] is not None:  # a unit that nobody manages: read by itself
            sums[key][0] += value
            sums[key][1] += reports
    rows = [
        {**dict(zip(_KEY, key, strict=True)), "value": value, "reports": reports}
        for key, (value, reports) in sorted(sums.items())
    ]
    add_up(connection, totals, rows)
