"""The parts that words play in a number: a digit, mươi, nghìn, digits as typed."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.forms.fold import Phrases, Word

_LONGEST_LITERAL: Final = 18


class Kind(enum.Enum):
    """What part a word plays in a number."""

    LITERAL = enum.auto()  # 5.400
    DIGIT = enum.auto()  # hai
    TAIL = enum.auto()  # lăm: only after tens
    ZERO = enum.auto()  # không, in "không trăm linh năm"
    TEN = enum.auto()  # mười, mươi
    TENS = enum.auto()  # hăm, băm
    CHUC = enum.auto()  # chục
    DOZEN = enum.auto()  # tá
    HUNDRED = enum.auto()  # trăm
    LINK = enum.auto()  # linh, lẻ
    AND_HALF = enum.auto()  # rưỡi
    HALF = enum.auto()  # nửa
    SCALE = enum.auto()  # nghìn, triệu
    SUFFIX = enum.auto()  # k, tr: a scale that cannot begin a number
    COUNTED = enum.auto()  # người, suất
    MESS = enum.auto()  # 15.11.2026


@dataclass(frozen=True, slots=True)
class Term:
    """A word as part of a number: "3,65" is LITERAL 365 with 2 places, "650" has 3 digits, "nghìn" is SCALE 1000."""

    kind: Kind
    value: int = 0
    digits: int = 0
    places: int = 0
    loose: bool = False  # "ba" in "hai ba" may mean "two or three"; "tư", "mốt", "lăm" only end a number
    year: bool = False  # "năm" with its marks: after mười it is the year, not five
    spaced: bool = False  # a suffix that may stand apart: "4 tr", while "4 k" is "4 không"


Table = Phrases[Term]

# "ty" is in "công ty", "ti" may be "tí", "van" "vẫn": without marks they need a number before them.
_NEVER_FIRST = frozenset({"ty", "ti", "van"})
_MARKS = re.compile("[.,]")


def terms_of(words: Sequence[Word], table: Table) -> list[Term | None]:
    """Say what part each word plays in a number, None if none, e.g. for "ngày mười lăm": None, TEN, TAIL."""
    return [_term(word, table) for word in words]


def _term(word: Word, table: Table) -> Term | None:
    """Say what part a word plays in a number."""
    if word.is_number:
        return _literal(word.text)
    term = table.get(word)
    if term is None or term.kind is Kind.COUNTED:
        return term
    if term.kind is Kind.SUFFIX and not (word.glued or term.spaced):
        return None
    if word.text in _NEVER_FIRST:
        return Term(Kind.SUFFIX, term.value)
    return replace(term, year=True) if word.text == "năm" else term


def _literal(text: str) -> Term:
    """Read digits: a mark before exactly three of them parts thousands, another one is a decimal mark."""
    if len(text) > _LONGEST_LITERAL:
        return Term(Kind.LITERAL, 10**_LONGEST_LITERAL)
    first, *rest = _MARKS.split(text)
    if not rest:
        return Term(Kind.LITERAL, int(first), digits=len(first))
    if all(len(group) == 3 for group in rest) and int(first):
        return Term(Kind.LITERAL, int(first + "".join(rest)))
    if len(rest) == 1:
        return Term(Kind.LITERAL, int(first + rest[0]), places=len(rest[0]))
    return Term(Kind.MESS)
