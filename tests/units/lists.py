"""Lists of units for tests, written as they stand in a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook

from bot.i18n import Catalogue, Voice
from bot.units.changes import New, Plan, Relation
from bot.units.columns import UNITS
from bot.units.history import History, Span
from bot.units.plan import plan
from bot.units.sheet import Sheet, read_sheet

TODAY = date(2026, 11, 20)
HEAD = "code,name,kind,parent,members,workers,valid_from,valid_to,recognised_by,successor_of,sector"
ENGLISH = Voice(Catalogue("en", {}))

PROVINCE = """\
LC,LĐLĐ tỉnh Lai Châu,ldld_tinh,,,,2004-01-01,,,,
LC01,Công đoàn phường Tân Phong,cd_xa_phuong,LC,,,2025-07-01,,LC,,
LC02,Công đoàn phường Đoàn Kết,cd_xa_phuong,LC,,,2025-07-01,,LC,,
LC01-01,CĐCS Chè Bản Hoa,cdcs,LC01,320,358,2025-07-01,,LC,,che
LC01-02,CĐCS Trường Mầm non Họa Mi,cdcs,LC01,18,22,2010-09-05,,LC,,giao_duc
"""


def written(path: Path, rows: str, head: str = HEAD) -> Path:
    """Write rows under a heading into a CSV file."""
    path.write_text(f"{head}\n{rows}", encoding="utf-8")
    return path


def sheet_of(folder: Path, rows: str, head: str = HEAD) -> Sheet:
    """Write rows into a CSV file, and read it."""
    return read_sheet(written(folder / "units.csv", rows, head), UNITS)


def workbook_of(path: Path, rows: list[list[object]]) -> Path:
    """Write rows into a workbook."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def said(planned: Plan) -> list[str]:
    """Give the problems of a plan as an operator reads them in English."""
    return [ENGLISH.speak(problem.line({})) for problem in planned.problems]


def founded(planned: Plan) -> dict[str, History]:
    """Give what the database knows after an import into an empty one."""
    return {new.code: _history(new) for new in planned.new}


def _history(new: New) -> History:
    spans = {
        relation: tuple(Span(at.other, at.since, at.until) for at in new.links if at.relation is relation)
        for relation in Relation
    }
    return History(
        new.code,
        new.kind,
        new.since,
        new.until,
        ((new.since, new.name),),
        spans[Relation.MANAGES],
        spans[Relation.RECOGNISES],
        frozenset(span.code for span in spans[Relation.SUCCESSOR_OF]),
        new.members,
        new.workers,
        new.sector,
    )


def province(folder: Path) -> dict[str, History]:
    """Give the sample province as the database knows it."""
    planned = plan(sheet_of(folder, PROVINCE), {}, TODAY)
    assert not planned.problems
    return founded(planned)
