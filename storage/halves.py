"""Half months, for which figures are added up beforehand: from the 1st, and from the 16th on.

They do not depend on the reporting cycle: whatever range of days is asked for consists of whole halves and of single
days at its ends. The usual cycle (16th to 15th) is two halves exactly.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Date
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

SECOND: Final = 16  # the day on which the second half of a month begins
DECEMBER: Final = 12


def half_of(day: date) -> date:
    """Give the first day of the half in which a day lies."""
    return day.replace(day=SECOND if day.day >= SECOND else 1)


def next_half(day: date) -> date:
    """Give the first day of the half that begins on this day or next after it."""
    first = half_of(day)
    if first == day:
        return day
    if first.day == 1:
        return first.replace(day=SECOND)
    if first.month == DECEMBER:
        return date(first.year + 1, 1, 1)
    return date(first.year, first.month + 1, 1)


class HalfOf(GenericFunction[date]):
    """`half_of` in SQL."""

    type = Date()
    inherit_cache = True


@compiles(HalfOf, "sqlite")
def _half_of_text(element: HalfOf, compiler: SQLCompiler, **kw: Any) -> str:
    day = compiler.process(element.clauses, **kw)
    return f"substr({day}, 1, 8) || CASE WHEN substr({day}, 9) < '16' THEN '01' ELSE '16' END"


@compiles(HalfOf, "postgresql")
def _half_of_date(element: HalfOf, compiler: SQLCompiler, **kw: Any) -> str:
    day = compiler.process(element.clauses, **kw)
    second = f"CASE WHEN extract(day FROM {day}) < 16 THEN 0 ELSE 15 END"
    return f"(date_trunc('month', {day})::date + {second})"


def half_of_column(day: ColumnElement[date]) -> ColumnElement[date]:
    """Give the half of a column, in SQL."""
    return HalfOf(day)
