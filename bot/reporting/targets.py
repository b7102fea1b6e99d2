"""Targets of a year: how far a unit is, whether that is fast enough, and how a goal is split among units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from bot.i18n import Code, Lines, Percent, Phrase, Plain, Text, _, lines
from bot.ports import Sum
from bot.records import Target
from bot.reporting.indicators import way_of

MONTHS: Final = 12
NEAR: Final = 0.9  # of the share that the month asks for: from here on a unit is nearly where it should be


class Pace(Enum):
    """Whether a unit goes fast enough, in a word: colour alone is not seen by everybody."""

    REACHED = "reached"
    NEAR = "near"
    SLOW = "slow"


WORDS: Final = {Pace.REACHED: _("On track"), Pace.NEAR: _("Nearly on track"), Pace.SLOW: _("Behind")}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a unit is with a target; `asked` is the share of the year that has passed, 0 before it begins."""

    target: Target
    done: int
    asked: float

    @property
    def assigned(self) -> bool:
        """Tell whether there is anything to reach."""
        return self.target.value > 0

    @property
    def per_mille(self) -> int | None:
        """Give how many thousandths are done, rounded half up; None where a percentage would mean nothing."""
        goal = self.target.value
        return (self.done * 2000 + goal) // (2 * goal) if goal > 0 and self.done >= 0 else None

    @property
    def pace(self) -> Pace | None:
        """Say whether it is fast enough; None where nothing is assigned, or the year has not begun."""
        if not self.assigned or not self.asked:
            return None
        needed = self.target.value * self.asked
        if self.done >= needed:
            return Pace.REACHED
        return Pace.NEAR if self.done >= needed * NEAR else Pace.SLOW

    @property
    def left(self) -> int:
        """Count what is still to do."""
        return max(0, self.target.value - self.done)

    @property
    def title(self) -> Text:
        """Name what is counted."""
        return way_of(self.target.indicator, self.target.basis).title

    def plus(self, sums: Iterable[Sum], minus: Iterable[Sum] = ()) -> Progress:
        """Give the progress with some figures more, and some less."""
        measure = way_of(self.target.indicator, self.target.basis).measure
        return Progress(self.target, self.done + measure.of(sums) - measure.of(minus), self.asked)


def progress(target: Target, sums: Iterable[Sum], today: date) -> Progress:
    """Give how far a unit is, by the figures of the target's year under it."""
    measure = way_of(target.indicator, target.basis).measure
    return Progress(target, measure.of(sums), year_passed(target.year, today))


def year_passed(year: int, today: date) -> float:
    """Give the share of a year that should be done: the months begun, of twelve."""
    if year != today.year:
        return 1.0 if year < today.year else 0.0
    return today.month / MONTHS


def signed(number: int) -> Text:
    """Write a number that may be below zero, with a minus sign as people read it."""
    words = _("{number}", number=abs(number))
    return Lines((Plain("−"), words), "") if number < 0 else words


def fraction(one: Progress) -> Text:
    """Say how far it is: "63/100 (63,0%)"; with nothing to reach there is nothing to divide by."""
    if not one.assigned:
        return _("no target assigned")
    share = _share(one)
    return Lines((_reached(one), *([] if share is None else [share])), " ")


def _reached(one: Progress) -> Text:
    return _("{done}/{goal}", done=signed(one.done), goal=one.target.value)


def _share(one: Progress) -> Phrase | None:
    tenths = one.per_mille
    if tenths is None:
        return None
    if tenths <= 1000:
        return _("({share})", share=Percent(tenths / 1000))
    return _("({share}, {over} over)", share=Percent(tenths / 1000), over=Percent((tenths - 1000) / 1000))


def row(one: Progress) -> Text:
    """Give one line for officers: what, how far, and how fast in a word."""
    if one.pace is None:
        return _("{label}: {progress}", label=one.title, progress=fraction(one))
    return _("{label}: {progress} · {pace}", label=one.title, progress=fraction(one), pace=WORDS[one.pace])


def pace_line(one: Progress, today: date) -> Text | None:
    """Say what share is done beside the one that the month asks for."""
    if one.per_mille is None or not one.asked:
        return None
    done, asked = Percent(one.per_mille / 1000), Percent(one.asked)
    if one.target.year != today.year:
        return _("{done} done, {asked} expected (the whole year)", done=done, asked=asked)
    return _("{done} done, {asked} expected (month {month})", done=done, asked=asked, month=Code(today.month))


def told_to_chair(one: Progress) -> Text:
    """Say to a chair how far their unit is, and what is left."""
    if not one.assigned:
        return _("{label}: {progress}", label=one.title, progress=fraction(one))
    sentence = way_of(one.target.indicator, one.target.basis).sentence
    words = Phrase(sentence.msgid, (("year", Code(one.target.year)), ("done", _reached(one))))
    share = _share(one)
    said = Lines((words, *([] if share is None else [share])), " ")
    rest = _("{left} to go.", left=one.left) if one.left else _("The target is reached.")
    return Lines((Lines((said, Plain(".")), ""), rest), " ")


def block(one: Progress, today: date) -> Text:
    """Give the lines of one target for officers."""
    return lines(row(one), pace_line(one, today))


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Split a goal in proportion to weights, by largest remainder: the parts always add up to the goal.

    Where no weight is above zero, all get the same. Raises ValueError when there is nobody to split it among.
    """
    if not weights:
        raise ValueError("there is nobody to split a goal among")
    given = [max(0, weight) for weight in weights]
    if not sum(given):
        given = [1] * len(given)
    whole = sum(given)
    parts = [total * weight // whole for weight in given]
    order = sorted(range(len(given)), key=lambda place: (-(total * given[place] % whole), place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts
