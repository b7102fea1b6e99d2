"""Writes lines as CSV that spreadsheets open without mistaking texts for formulas (OWASP, "CSV Injection")."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.documents.sheets import Each, each

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


async def write_csv(path: Path, heads: Iterable[str], lines: Each[Iterable[Any]]) -> int:
    """Write heads and lines in UTF-8 with its mark, which Excel wants; give the number of lines."""
    written = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_harmless(head) for head in heads])
        async for line in each(lines):
            writer.writerow([_harmless(cell) for cell in line])
            written += 1
    return written


def _harmless(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell.isoformat() if isinstance(cell, date) else cell
