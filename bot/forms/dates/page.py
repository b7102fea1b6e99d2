"""The message as every recogniser sees it: in words, with its numbers, on a certain day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.forms.dates.calendars import LEAP_GAP, lunar_around, lunar_days, solar_around, solar_days, years_of
from bot.forms.dates.mentions import Mention, Month
from bot.forms.dates.words import LUNAR, YEAR_SHIFTS
from bot.forms.fold import DIGITS, Word, lowered, split
from bot.forms.numbers import INTEGER_WORDS, Term, number_at, terms_of

LONGEST_PIECE: Final = 40
_SEPARATORS: Final = {"/": "/", "-": "-", "–": "-", "−": "-", ".": "."}
Found = tuple[Mention, int]  # and the place after it


@dataclass(frozen=True, slots=True)
class Page:
    """The message in words, seen on a certain day."""

    text: str
    words: tuple[Word, ...]
    terms: tuple[Term | None, ...]
    today: date
    lunar: bool

    @classmethod
    def of(cls, text: str, today: date) -> Page:
        """Split a message; one "âm lịch" anywhere makes its dates lunar."""
        text = lowered(text)
        words = split(text, DIGITS)
        terms = terms_of(words, INTEGER_WORDS)
        numbers = (None if _ends_number(words, terms, at) else term for at, term in enumerate(terms))
        return cls(text, words, tuple(numbers), today, any(map(LUNAR.get, words)))

    def piece(self, start: int, end: int) -> str:
        """Cut out some words as they were typed."""
        return self.text[self.words[start].start : self.words[end - 1].end][:LONGEST_PIECE]

    def mention(self, at: int, recognisers: Iterable[Recogniser]) -> Found | None:
        """Recognise what begins here."""
        return next((found for recognise in recognisers if (found := recognise(self, at))), None)

    def says(self, at: int, *words: str) -> bool:
        """Whether this word was typed here, marks aside."""
        return at < len(self.words) and self.words[at].bare in words

    def digits(self, at: int) -> str:
        """Give the digits typed here, "" if it is something else."""
        return self.words[at].text if at < len(self.words) and self.words[at].is_number else ""

    def number(self, at: int) -> tuple[int, int] | None:
        """Read a small number, in digits or words, and the place after it."""
        if digits := self.digits(at):
            return (int(digits), at + 1) if len(digits) <= 4 else None
        number = number_at(self.terms, at)
        return (number.value, number.end) if number and number.in_words and not number.trouble else None

    def separator(self, at: int) -> tuple[str, int] | None:
        """Take "/", "-" or "." (also doubled) before digits; a full stop must touch them."""
        mark = _SEPARATORS.get(self.words[at].text) if at < len(self.words) else None
        end = at + 1
        while mark and self.says(end, self.words[at].text):
            end += 1
        if mark is None or not self.digits(end) or (mark == "." and not self.words[end].glued):
            return None
        return mark, end

    def dates(self, day: int, month: Month | None) -> tuple[date, ...]:
        """List the days that this day of this month can be."""
        if month is None:
            return lunar_around(day, self.today) if self.lunar else solar_around(day, self.today)
        if self.lunar or month.lunar:
            return lunar_days(day, month.month, years_of(month, self.today, 3))
        return solar_days(day, month.month, years_of(month, self.today, LEAP_GAP))


Recogniser = Callable[[Page, int], Found | None]


def _ends_number(words: Sequence[Word], terms: Sequence[Term | None], at: int) -> bool:
    """Whether a word that could go on a number does not: "rưỡi" of "bảy rưỡi", "năm" of "tháng mười năm nay"."""
    if words[at].bare == "ruoi":
        return True
    if words[at].bare != "nam" or not at or terms[at - 1] is None:
        return False
    year = words[at + 1].text if at + 1 < len(words) else ""
    return YEAR_SHIFTS.match(words, at) is not None or (year.isdecimal() and len(year) in (2, 4))
