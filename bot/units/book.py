"""The list of units while an import is planned: as it was, what the rows say, as it would be, and the complaints."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.i18n import Text
from bot.units.cells import EARLIEST
from bot.units.entry import Entry, key
from bot.units.history import History, Span
from bot.units.problem import Problem


@dataclass(frozen=True, slots=True)
class Life:
    """The days of a unit as they would be after the import."""

    code: str
    since: date
    until: date | None


class Book:
    """Looks units up by code, whether they stand in the database, in the file or in both."""

    def __init__(
        self, known: Iterable[History], entries: Iterable[Entry], today: date, columns: Collection[str]
    ) -> None:
        """Take the units of the database, the rows of the file, and the columns that the file has."""
        self.today = today
        self.columns = columns
        self.entries = {key(entry.code): entry for entry in entries}
        self.problems: list[Problem] = []
        self.moved: dict[str, Span] = {}  # by key: where an entry's unit is newly managed, and from when
        self._before = {key(unit.code): unit for unit in known}
        self._after: dict[str, History] = {}
        self._beginnings: dict[str, date] = {}
        self._lives: dict[str, Life | None] = {}  # by code as it is spelled in the file

    def before(self, code: str) -> History | None:
        """Give a unit as the database has it."""
        return self._before.get(key(code))

    def after(self, code: str) -> History | None:
        """Give a unit as it would be."""
        at = key(code)
        return self._after.get(at) or self._before.get(at)

    def put(self, unit: History) -> None:
        """Keep what a unit would be."""
        self._after[key(unit.code)] = unit

    def everybody(self) -> Iterator[History]:
        """Give all units as they would be."""
        yield from (unit for at, unit in self._before.items() if at not in self._after)
        yield from self._after.values()

    def complain(self, entry: Entry, column: str, text: Text) -> None:
        """Note a problem with a cell of a row."""
        self.problems.append(Problem(entry.row, column, text))

    def life(self, code: str) -> Life | None:
        """Tell from when until when a unit would live; None when nobody knows it."""
        if code not in self._lives:
            self._lives[code] = self._life(code)
        return self._lives[code]

    def _life(self, code: str) -> Life | None:
        unit, entry = self.before(code), self.entries.get(key(code))
        until = (entry.until if entry else None) or (unit.until if unit else None)
        if unit:
            return Life(unit.code, unit.since, until)
        return Life(entry.code, self.beginning(entry), until) if entry else None

    def beginning(self, entry: Entry) -> date:
        """Tell when a new unit begins: on its own day, else with the unit above it, else before all time."""
        chain = {key(entry.code): entry}
        while (since := self._own_beginning(entry)) is None:
            above = self.entries.get(key(entry.parent))
            if above is None or key(above.code) in chain:
                since = EARLIEST
                break
            chain[key(above.code)] = entry = above
        self._beginnings |= dict.fromkeys(chain, since)
        return since

    def _own_beginning(self, entry: Entry) -> date | None:
        """Tell when a unit begins, if that does not hang on another row."""
        parent = self.before(entry.parent) if entry.parent else None
        return entry.since or self._beginnings.get(key(entry.code)) or (parent.since if parent else None)

    def put_span(self, code: str, span: Span) -> None:
        """Note that a unit would newly be managed so."""
        self.moved[key(code)] = span
