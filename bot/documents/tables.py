"""The sheets of figures: one for each report kind, all kinds side by side, and by sector."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.documents.columns import Column, Source
from bot.documents.gathering import Area, Block, Key, Table
from bot.documents.sheets import Head, Look, Row, Written
from bot.documents.summing import Piece, Summing
from bot.documents.unions import Tables, lines_of
from bot.i18n import Text, Voice, _
from bot.reporting.hiding import FEW, SMALL, Line, hidden

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Joined:
    """What all kinds count, unit by unit, and by sector; counts by choice stay on the sheets of their kinds."""

    columns: tuple[tuple[Text, Column], ...]  # each with the title of its kind
    lines: Mapping[Key, Line]
    sectors: Mapping[str, Line]


@dataclass(frozen=True, slots=True)
class Figures:
    """Words tables of figures for one area, in one voice."""

    area: Area
    voice: Voice

    def unit_heads(self) -> list[Head]:
        """Give the headings that say which unit a line is about."""
        say = self.voice.speak
        return [Head(say(_("No.")), width=6), Head(say(_("Unit code")), width=12), Head(say(_("Unit")), width=38)]

    def heads(self, table: Table) -> list[Head]:
        """Give the headings of a kind."""
        return [
            Head(
                self._label(one),
                Look.NUMBER,
                12,
                one.added,
                one.sensitive,
                one.group,
                mean=one.source is Source.MEAN,
                most=one.source is Source.MOST,
            )
            for one in table.columns
        ]

    def joined_heads(self, joined: Joined) -> list[Head]:
        """Give the headings of all kinds side by side."""
        say = self.voice.speak
        return [
            Head(f"{say(title)}: {self._label(one)}", Look.NUMBER, 12, True, one.sensitive)
            for title, one in joined.columns
        ]

    def _label(self, column: Column) -> str:
        unit, label = self.voice.speak(column.unit), self.voice.speak(column.label)
        return f"{label} ({unit})" if unit else label

    def notes(self, heads: Sequence[Head]) -> tuple[str, ...]:
        """Say what hidden numbers look like, if any may be."""
        if not any(head.sensitive for head in heads):
            return ()
        return (self.voice.speak(_("{few}: fewer than {small} people; *: hidden with it.", few=FEW, small=SMALL)),)

    def rows(self, heads: Sequence[Head], blocks: Sequence[Block], table: Table | None = None) -> Iterator[Written]:
        """Give the lines of all units with their sums."""
        nobody = self.voice.speak(_("Managed by nobody here"))
        pieces = [
            Piece(
                block.area.name if block.area else nobody,
                block.units,
                block.lines,
                [table.means_of(block, unit) for unit in block.units] if table else (),
            )
            for block in blocks
        ]
        return Summing(heads, pieces).rows(self.voice.speak(_("Total")))

    def sector_rows(self, heads: Sequence[Head], sectors: Mapping[str, Line]) -> list[Written]:
        """Set the sums of sectors; what is hidden here cannot be told from the sum of all either."""
        lines = list(sectors.values())
        marks = hidden([lines], [at for at, head in enumerate(heads) if head.sensitive])
        return [
            Written(Row.LINE, [name, *(marks.get((0, n, at), cell) for at, cell in enumerate(line))])
            for n, (name, line) in enumerate(sectors.items())
        ]


async def joined(area: Area, tables: Tables) -> Joined:
    """Put the sums of all kinds beside one another, unit by unit; of very many units only kinds that were reported."""
    columns: list[tuple[Text, Column]] = []
    lines: dict[Key, Line] = {} if area.vast else {(unit.parent, unit.id): [] for unit in area.reporting}
    sectors: dict[str, Line] = {}
    for form in area.desk.counted:
        table, by_sector = await tables.by_sector(form)
        places = [at for at, column in enumerate(table.columns) if _stands_beside(column)]
        if area.large and not any(line[places[0]] for _key, line in lines_of(table)):
            continue
        _set_beside(sectors, _only(by_sector, places), len(columns))
        _set_beside(lines, _only(dict(lines_of(table)), places), len(columns))
        columns += [(table.title, table.columns[at]) for at in places]
    for line in (*lines.values(), *sectors.values()):
        line.extend([None] * (len(columns) - len(line)))
    return Joined(tuple(columns), lines, dict(sorted(sectors.items())))


def _only(lines: Mapping[K, Line], places: Sequence[int]) -> dict[K, Line]:
    return {key: [line[at] for at in places] for key, line in lines.items()}


def _set_beside(lines: dict[K, Line], told: Mapping[K, Line], width: int) -> None:
    """Set what a kind counts to the right of what those before it do."""
    for key, cells in told.items():
        line = lines.setdefault(key, [])
        line += [None] * (width - len(line)) + cells


def _stands_beside(column: Column) -> bool:
    return not column.group and column.added and column.source is not Source.OPENING
