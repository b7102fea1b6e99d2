"""Reporting cycles as rows of the office's book: which days, due when, closed by what; the periods they make."""

from bot.reporting.cells import Wrong
from bot.reporting.cycles.checks import read_cycles
from bot.reporting.cycles.cycle import EVERY_MONTH, EVERY_YEAR, Cycle
from bot.reporting.cycles.rows import COLUMNS, default_cycles, default_rows

__all__ = [
    "COLUMNS",
    "EVERY_MONTH",
    "EVERY_YEAR",
    "Cycle",
    "Wrong",
    "default_cycles",
    "default_rows",
    "read_cycles",
]
