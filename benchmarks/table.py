"""What a benchmark found out, and how it is shown: a table for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]  # by column; the first column names what was measured


@dataclass(frozen=True, slots=True)
class Ratio:
    """One number divided by another of the same run, so that it holds on any machine, however busy.

    `name` says what is divided by what, under which circumstances. `least` or `most` is the target.
    """

    name: str
    value: float
    more_is_better: bool = True
    least: float | None = None
    most: float | None = None

    @property
    def target(self) -> str:
        """Say what it should be."""
        bounds = (f"≥ {_number(self.least)}" if self.least else "", f"≤ {_number(self.most)}" if self.most else "")
        return " ".join(filter(None, bounds))

    @property
    def met(self) -> bool:
        """Tell whether it is what it should be."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run of a benchmark found out. `settings` are what it was run with."""

    benchmark: str
    settings: Mapping[str, Any]
    rows: Sequence[Row]
    ratios: Sequence[Ratio] = ()
    notes: Sequence[str] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Give everything as JSON values."""
        return {
            "benchmark": self.benchmark,
            "settings": dict(self.settings),
            "rows": [dict(row) for row in self.rows],
            "ratios": {ratio.name: ratio.value for ratio in self.ratios},
            "notes": list(self.notes),
        }

    def as_text(self) -> str:
        """Draw tables."""
        settings = ", ".join(f"{name} {value}" for name, value in self.settings.items())
        parts = [f"{self.benchmark}: {settings}" if settings else self.benchmark, drawn(self.rows)]
        if self.ratios:
            parts.append(drawn([_shown(ratio) for ratio in self.ratios]))
        return "\n\n".join([*parts, *self.notes])


def drawn(rows: Sequence[Row]) -> str:
    """Draw a table: columns in the order in which rows name them, numbers to the right."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    table = {name: [name, *(_cell(row.get(name)) for row in rows)] for name in columns}
    sides = [str.rjust if at else str.ljust for at in range(len(columns))]
    drawn_columns = [
        [side(cell, max(map(len, cells))) for cell in cells] for side, cells in zip(sides, table.values(), strict=True)
    ]
    return "\n".join("  ".join(line).rstrip() for line in zip(*drawn_columns, strict=True))


def _shown(ratio: Ratio) -> Row:
    target = f"{ratio.target} {'met' if ratio.met else 'MISSED'}" if ratio.target else ""
    return {"ratio": ratio.name, "value": ratio.value, "target": target}


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return _number(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _number(value: float) -> str:
    """Show three digits that mean something, and thousands apart."""
    if isinstance(value, int) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
