"""One message with all its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.forms.fold import Word, lowered, split
from bot.forms.numbers.around import KNOWN, MINUS, NONE, OR_SO, SAYINGS, covered
from bot.forms.numbers.grammar import Number
from bot.forms.numbers.scan import scan, without_neighbours
from bot.forms.numbers.terms import Table, terms_of

_LONGEST_PIECE: Final = 40


@dataclass(frozen=True, slots=True)
class Survey:
    """All numbers of a message, and whether it says "some" or "many" besides."""

    text: str
    words: tuple[Word, ...]
    numbers: tuple[Number, ...]
    vague: bool

    def piece(self, start: int, end: int) -> str:
        """Cut out some words as they were typed, for a message of bearable length."""
        return self.text[self.words[start].start : self.words[end - 1].end][:_LONGEST_PIECE]


def survey(text: str, table: Table) -> Survey:
    """Find all the numbers of a message."""
    text = lowered(text)
    words = split(text)
    terms = terms_of(words, table)
    numbers, vague = scan(words, terms)
    numbers = without_neighbours(words, numbers)
    if any(number.in_words for number in numbers) and not all_known(words, numbers):
        numbers = [number for number in numbers if not number.in_words]
    return Survey(text, words, tuple(numbers), vague)


def all_known(words: Sequence[Word], numbers: Sequence[Number]) -> bool:
    """Whether all words besides the numbers are units, politeness and the like."""
    edges = [0, *(edge for number in numbers for edge in (number.start, number.end)), len(words)]
    between = zip(edges[::2], edges[1::2], strict=True)
    return all(covered(words[start:end], KNOWN, SAYINGS, OR_SO, NONE, MINUS) for start, end in between)
