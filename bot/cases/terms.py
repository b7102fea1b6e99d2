"""How long things may take: the office's own numbers, and the moments that follow from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Final

from bot.cases.case import Kind
from bot.i18n import ZONE
from bot.reporting.quiet import Quiet
from bot.reporting.working_days import WorkingDays

END_OF_DAY: Final = time(17)
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """Days are working days unless they say otherwise."""

    petition_days: int = 10
    legal_days: int = 5
    question_days: int = 2
    urgent_days: int = 2
    pass_on_days: int = 2  # after the due date, then it goes to the next union above
    confirm_days: int = 3  # calendar days until the unit is asked again whether its people have the answer
    close_days: int = 14  # calendar days after the answer: then it is closed
    alert_minutes: int = 30  # until the next person is alerted
    first_day_hours: int = 4  # between two questions for news on the first day of an incident
    later_hours: int = 24
    working_days: WorkingDays = field(default_factory=WorkingDays)
    quiet: Quiet = field(default_factory=Quiet)

    @property
    def until_next(self) -> timedelta:
        """Give how long an alert waits for somebody to take the incident."""
        return timedelta(minutes=self.alert_minutes)

    def due(self, kind: Kind, now: datetime, *, urgent: bool = False) -> datetime:
        """Give until when a new case should be answered."""
        if kind is Kind.INCIDENT:
            return now + self.until_next
        days = {Kind.PETITION: self.petition_days, Kind.LEGAL: self.legal_days, Kind.QUESTION: self.question_days}[kind]
        return self.after(now, min(days, self.urgent_days) if urgent else days)

    def after(self, moment: datetime, days: int) -> datetime:
        """Give the end of the so-many-th working day after a moment."""
        day = moment.astimezone(ZONE).date()
        for _day in range(days):
            day = self.working_days.next(day + DAY)
        return datetime.combine(day, END_OF_DAY, ZONE)

    def news(self, opened_at: datetime, now: datetime) -> datetime:
        """Give when the unit is asked for news of an incident next; at night it is let sleep."""
        hours = self.first_day_hours if now - opened_at < DAY else self.later_hours
        return self.quiet.over(now + timedelta(hours=hours))
