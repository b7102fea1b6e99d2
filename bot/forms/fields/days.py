"""Questions for a day, a moment, or a month of reporting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from bot.forms import dates
from bot.forms.conditions import Scope
from bot.forms.dates import When
from bot.forms.fields.base import Field, Option, ReadAnswer
from bot.forms.fields.reading import understood
from bot.i18n import ZONE, Code, Text, _


@dataclass(frozen=True, slots=True, eq=False)
class Date(Field):
    """A day."""

    _: KW_ONLY
    when: When = When.PAST

    type: ClassVar[str] = "date"

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Read "15/11", "hôm qua", "mùng 5"."""
        reading = dates.read_date(text, scope.facts.today, self.when)
        return understood(reading, self.example(), lambda d: _("Is it {day}?", day=d), date.isoformat)

    def example(self) -> Text:
        """Give an example of a good answer."""
        return _("Please type day/month, for example 15/11, or today, yesterday.")

    def load(self, stored: Any) -> date:
        """Read the stored ISO day."""
        return date.fromisoformat(stored)

    def show(self, value: Any) -> Text:
        """Show it as dd/mm/yyyy."""
        return _("{day}", day=value)

    def quick(self, scope: Scope) -> Sequence[Option]:
        """Offer today and yesterday."""
        del scope
        if self.when is When.FUTURE:
            return (Option("today", _("Today")), Option("tomorrow", _("Tomorrow")))
        return (Option("today", _("Today")), Option("yesterday", _("Yesterday")))


@dataclass(frozen=True, slots=True, eq=False)
class DateTime(Field):
    """A moment: a day and an hour."""

    _: KW_ONLY
    when: When = When.PAST

    type: ClassVar[str] = "datetime"

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Read "8h30 hôm qua"."""
        reading = dates.read_datetime(text, scope.facts.now.astimezone(ZONE), self.when)
        return understood(reading, self.example(), lambda d: _("Is it {moment}?", moment=d), datetime.isoformat)

    def example(self) -> Text:
        """Give an example of a good answer."""
        return _("Please type the hour and the day, for example 8h30 15/11.")

    def load(self, stored: Any) -> datetime:
        """Read the stored ISO moment."""
        moment = datetime.fromisoformat(stored)
        if moment.tzinfo is None:
            raise ValueError(f"{stored} is a day, or lacks its zone")
        return moment

    def show(self, value: Any) -> Text:
        """Show it in local time."""
        return _("{moment}", moment=value)


@dataclass(frozen=True, slots=True, eq=False)
class Period(Field):
    """A month of reporting, stored as 2026-11."""

    type: ClassVar[str] = "period"
    stored_as = str

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Read "tháng 11", "11/2026"."""
        reading = dates.read_month(text, scope.facts.today)
        return understood(reading, self.example(), lambda m: self.show(_month_code(m)), _month_code)

    def example(self) -> Text:
        """Give an example of a good answer."""
        return _("Please type a month, for example 11 or 11/2026.")

    def load(self, stored: Any) -> str:
        """Check that it is a month."""
        return f"{date.fromisoformat(f'{stored}-01'):%Y-%m}"

    def show(self, value: Any) -> Text:
        """Show month/year."""
        year, month = str(value).split("-")
        return _("month {month}/{year}", month=Code(int(month)), year=Code(int(year)))


def _month_code(month: tuple[int, int]) -> str:
    return f"{month[0]}-{month[1]:02}"
