"""A walk over the terms of one number, which the three levels of the grammar share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.forms.numbers.terms import Kind, Term
from bot.forms.readings import Trouble


@dataclass(frozen=True, slots=True)
class Part:
    """What stands before a scale: value below a thousand, or any digits."""

    value: int
    single: bool = False  # one digit, as in "nghìn hai", which then means tenths
    digits: int = 0  # how many digits were typed, 0 if in words
    places: int = 0
    loose: bool = False
    linked: bool = False  # behind linh: never tenths


class Walk:
    """A walk over the terms of one number; what takes from it takes what it can, or gives None and stays."""

    __slots__ = ("at", "largest", "start", "terms", "trouble")

    def __init__(self, terms: Sequence[Term | None], at: int) -> None:
        self.terms = terms
        self.start = self.at = at
        self.largest = 1
        self.trouble: Trouble | None = None

    def sees(self, *kinds: Kind, ahead: int = 0) -> Term | None:
        """Look at a term without taking it."""
        at = self.at + ahead
        term = self.terms[at] if at < len(self.terms) else None
        return term if term is not None and term.kind in kinds else None

    def takes(self, *kinds: Kind) -> Term | None:
        """Take the next term if it is one of these."""
        term = self.sees(*kinds)
        if term is not None:
            self.at += 1
        return term

    def whole(self, value: int, places: int) -> int:
        """Drop the decimal places of 3,6 × 1.000.000, or see that they cannot be dropped."""
        unit: int = 10**places
        if value % unit:
            self.trouble = Trouble.DECIMAL
        return value // unit
