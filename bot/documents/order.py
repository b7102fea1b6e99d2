"""What is asked for: which document, of which unit, for which period."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

JOB: Final = "document"
WORKBOOK, MOOD, OFFICIAL, THEMATIC = "workbook", "mood", "official", "nq43"
PAPERS: Final = (OFFICIAL, THEMATIC)
ENDINGS: Final = {WORKBOOK: ("xlsx",), MOOD: ("xlsx",), **dict.fromkeys(PAPERS, ("docx",))}
LISTS: Final = ("xlsx", "csv")  # how the reports of a kind are listed


@dataclass(frozen=True, slots=True)
class Order:
    """Which document is wanted: of which area, for which period, in which language, and where it is to be written."""

    what: str
    period: str  # its code
    unit: int
    path: Path
    language: str


class Unwanted(ValueError):
    """The order cannot be met; the message says why, for whoever runs the program."""
