"""All sheets of the office's book, in the order of the workbook. A new one is declared in a file and added here."""

from __future__ import annotations

from typing import Final

from bot.office.acceptance import ACCEPTANCE
from bot.office.calendar import CALENDAR
from bot.office.cycles import CYCLES
from bot.office.days import DAYS
from bot.office.duty import DUTY
from bot.office.functions import FUNCTIONS
from bot.office.hours import HOURS
from bot.office.library import FAQ, LIBRARY
from bot.office.reminders import REMINDERS
from bot.office.sheet import Sheet
from bot.office.terms import TERMS

GUIDE: Final = "Hướng dẫn"  # a sheet for people only
SHEETS: Final[tuple[Sheet, ...]] = (
    CYCLES,
    CALENDAR,
    DAYS,
    REMINDERS,
    HOURS,
    ACCEPTANCE,
    FUNCTIONS,
    DUTY,
    TERMS,
    LIBRARY,
    FAQ,
)
