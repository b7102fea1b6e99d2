"""The anniversaries and campaign months of the union year: rows of the office's book, solar or lunar by UTC+7."""

from bot.reporting.anniversaries.anniversary import Anniversary, Occurrence, Rank
from bot.reporting.anniversaries.rows import default_rows, read_anniversaries, read_anniversary
from bot.reporting.anniversaries.rule import Rule
from bot.reporting.anniversaries.year import Anniversaries, Notice, Result, default_year

__all__ = [
    "Anniversaries",
    "Anniversary",
    "Notice",
    "Occurrence",
    "Rank",
    "Result",
    "Rule",
    "default_rows",
    "default_year",
    "read_anniversaries",
    "read_anniversary",
]
