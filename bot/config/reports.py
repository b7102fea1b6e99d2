"""Section [reports]: the monthly cycle of an office that has no book of settings yet."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, model_validator

from bot.config.section import Section, no_number
from bot.i18n import Catalogue, Voice
from bot.reporting.calendar import Calendar
from bot.reporting.cells import Row
from bot.reporting.cycles import default_rows, read_cycles
from bot.reporting.kinds import REPORT_KINDS
from bot.reporting.working_days import WorkingDays

Day = Annotated[date, BeforeValidator(no_number)]
DayOfMonth = Annotated[int, Field(ge=1, le=31)]


class DayOverride(Section):
    """A day that the public calendar has wrong for this office."""

    date: Day = Field(examples=["2027-02-13"])
    working: bool = Field(examples=["true"])


CELLS: Final = {"from": "first_day", "cut_off": "last_day", "due": "due_day", "lock": "lock_day"}


class Reports(Section):
    """The monthly reporting cycle."""

    first_day: DayOfMonth = Field(default=16, examples=["16"])
    last_day: DayOfMonth = Field(default=15, examples=["15"])
    due_day: DayOfMonth = Field(default=15, examples=["15"])
    due_time: Annotated[time, BeforeValidator(no_number)] = Field(default=time(17), examples=['"17:00"'])
    lock_day: DayOfMonth = Field(default=20, examples=["20"])
    shift_holidays: bool = Field(default=True, examples=["true"])
    days: tuple[DayOverride, ...] = ()

    @property
    def calendar(self) -> Calendar:
        """Give the calendar: the cycles that are there from the start, the monthly one as it is set here.

        Raises ValueError when that one leaves days out, or is due or locked before it ends.
        """
        cycles, wrong = read_cycles(self.rows, REPORT_KINDS)
        if wrong:
            say = Voice(Catalogue("en", {})).speak
            raise ValueError("; ".join(f"{CELLS.get(one.column, one.column)}: {say(one.text)}" for one in wrong))
        return Calendar(cycles, self.working_days)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Give the rows of all cycles, the monthly one as it is set here."""
        return tuple({**row, **self._cells} if row["cycle"] == "month" else row for row in default_rows())

    @property
    def _cells(self) -> dict[str, str]:
        """Write the monthly cycle as its row in the table of cycles."""
        return {
            "from": f"{self.first_day}{' tháng trước' if self.first_day > self.last_day else ''}",
            "cut_off": str(self.last_day),
            "due": str(self.due_day),
            "due_commune": str(max(self.due_day, 18)),
            "due_province": str(max(self.due_day, 20)),
            "time": f"{self.due_time:%H:%M}",
            "lock": f"{self.lock_day}{' tháng sau' if self.lock_day < self.due_day else ''}",
            "shift": "có" if self.shift_holidays else "không",
        }

    @property
    def working_days(self) -> WorkingDays:
        """Give the working days, with the office's own."""
        return WorkingDays({day.date: day.working for day in self.days})

    @model_validator(mode="after")
    def _possible(self) -> Reports:
        self.calendar  # noqa: B018 refuses what is no cycle
        return self
