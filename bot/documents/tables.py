"""The sheets of figures: one for each report kind, all kinds side by side, and by sector."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.documents.columns import Column, Source
from bot.documents.gathering import Area, Block, Key, Table
from bot.documents.sheets import Head, Look, Row, Written
from bot.documents.summing import Piece, Summing, added_up
from bot.i18n import Text, Voice, _
from bot.reporting.hiding import FEW, SMALL, Line, hidden


@dataclass(frozen=True, slots=True)
class Joined:
    """What all kinds count, unit by unit; counts by choice stay on the sheets of their kinds."""

    columns: tuple[tuple[Text, Column], ...]  # each with the title of its kind
    lines: Mapping[Key, Line]


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

    def sector_rows(self, heads: Sequence[Head], joined: Joined) -> list[Written]:
        """Add units up by their sector; what is hidden here cannot be told from the sum of all either."""
        sectors: dict[str, list[Line]] = {}
        for (_parent, unit), line in joined.lines.items():
            sectors.setdefault(self.area.units[unit].sector or "–", []).append(line)
        names = sorted(sectors)
        lines: list[Line] = [[added_up(cells) for cells in zip(*sectors[name], strict=True)] for name in names]
        marks = hidden([lines], [at for at, head in enumerate(heads) if head.sensitive])
        return [
            Written(Row.LINE, [name, *(marks.get((0, n, at), cell) for at, cell in enumerate(line))])
            for n, (name, line) in enumerate(zip(names, lines, strict=True))
        ]


async def joined(area: Area) -> Joined:
    """Put the sums of all kinds beside one another, unit by unit; of very many units only kinds that were reported."""
    columns: list[tuple[Text, Column]] = []
    lines: dict[Key, Line] = {(unit.parent, unit.id): [] for unit in area.reporting}
    for form in area.desk.counted:
        table = await area.table(form)
        places = [at for at, column in enumerate(table.columns) if _stands_beside(column)]
        if area.large and not any(line[places[0]] for block in table.blocks for line in block.lines):
            continue
        for block in table.blocks:
            for unit, told in zip(block.units, block.lines, strict=True):
                of = lines.setdefault((block.area.id if block.area else None, unit.id), [])
                of += [None] * (len(columns) - len(of)) + [told[at] for at in places]
        columns += [(table.title, table.columns[at]) for at in places]
    for line in lines.values():
        line.extend([None] * (len(columns) - len(line)))
    return Joined(tuple(columns), lines)


def _stands_beside(column: Column) -> bool:
    return not column.group and column.added and column.source is not Source.OPENING
