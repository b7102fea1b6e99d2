"""A row of the office's book of settings: its cells are texts, what they mean is read here, complaints are values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from bot.forms.fold import fold
from bot.i18n import Plain, Text, _, listed

T = TypeVar("T")

CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
LONGEST_CODE: Final = 24  # so that it fits behind a button
YES: Final = frozenset({"co", "yes", "x", "1", "true", "dung", "bat"})
NO: Final = frozenset({"khong", "no", "0", "false", "sai", "tat"})

Row = Mapping[str, str]
"""The cells of one row that are not empty, by column."""


class BadCell(ValueError):
    """A cell cannot be understood; `text` says why, with an example of what would do."""

    def __init__(self, text: Text) -> None:
        """Keep the reason."""
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one cell of a row; `column` is empty when it is the whole row."""

    column: str
    text: Text


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a row of a sheet: `row` counts from 0; `column` is empty when it is the whole row."""

    row: int
    column: str
    text: Text


class Cells:
    """The cells of one row while they are read: what cannot be understood is complained about and passed over."""

    def __init__(self, row: Row) -> None:
        """Begin without complaints."""
        self.row = row
        self.complaints: list[Complaint] = []

    def read(self, column: str, reader: Callable[[str], T], default: T) -> T:
        """Give what a cell means; the default when it is empty or broken."""
        words = self.row.get(column, "").strip()
        if not words:
            return default
        try:
            return reader(words)
        except BadCell as bad:
            self.wrong(column, bad.text)
            return default

    def needed(self, column: str, reader: Callable[[str], T], default: T) -> T:
        """The same for a cell that must not be empty."""
        if not self.row.get(column, "").strip():
            self.wrong(column, _("this cell must not be empty."))
        return self.read(column, reader, default)

    def wrong(self, column: str, text: Text) -> None:
        """Complain of a cell."""
        self.complaints.append(Complaint(column, text))


def read_words(words: str) -> str:
    """Read a text: one line, without spaces to spare."""
    return " ".join(words.split())


def read_code(words: str) -> str:
    """Read a code that stands in reports and behind buttons."""
    if len(words) > LONGEST_CODE or not CODE.fullmatch(words):
        raise BadCell(
            _(
                "“{value}” is no code: use at most {most} letters without marks, digits and _, like CDVN_2807.",
                value=words[:60],
                most=LONGEST_CODE,
            )
        )
    return words


def read_yes_no(words: str) -> bool:
    """Read có or không."""
    said = fold(words)
    if said not in YES | NO:
        raise BadCell(_("“{value}” is neither yes nor no: write “có” or “không”.", value=words[:60]))
    return said in YES


def whole(least: int, most: int) -> Callable[[str], int]:
    """Read a whole number between two others."""

    def read(words: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,9}", words) or not least <= int(words) <= most:
            raise BadCell(
                _(
                    "“{value}” must be a whole number from {least} to {most}.",
                    value=words[:60],
                    least=str(least),
                    most=str(most),
                )
            )
        return int(words)

    return read


def one_of(choices: Mapping[str, T]) -> Callable[[str], T]:
    """Read one of some words, whatever their case and diacritics."""
    known = {fold(words): value for words, value in choices.items()}

    def read(words: str) -> T:
        if fold(words) not in known:
            offered = listed(*map(Plain, choices))
            raise BadCell(_("“{value}” is none of: {choices}.", value=words[:60], choices=offered))
        return known[fold(words)]

    return read
