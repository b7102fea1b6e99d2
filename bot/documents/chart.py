"""Draws a chart for a phone: progress by area above, the months of the year below; run as a process of its own.

`python -m bot.documents.chart` reads the words and numbers of charts as JSON and writes a PNG for each, so that the
libraries that draw cost the running program neither time nor memory. Colours are those of Okabe and Ito, which people
who see colours differently tell apart (https://jfly.uni-koeln.de/color/); every bar has its word and hatching as well.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH: Final = 3.6  # inches: at 300 dots an inch three times the 360 points of a small phone
DPI: Final = 300
ROW: Final = 0.44  # inches of one bar with its label
HEAD: Final = 0.72
MONTHS_HEIGHT: Final = 2.3
FOOT: Final = 0.25  # below bars that no months follow
SIZE: Final = 8  # bytes that tell how long a picture is
WIDEST: Final = 1.25  # of the goal: longer bars are cut off, their numbers tell
ROOM: Final = 2.85  # of the goal: bars and the words beside them
LONGEST: Final = 44  # letters of a unit's name
INK, FAINT = "#222222", "#8A8A8A"
LOOKS: Final = {
    "reached": ("#0072B2", ""),
    "near": ("#E69F00", "//"),
    "slow": ("#D55E00", "xx"),
    "": ("#56B4E9", ""),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One unit: its name, what stands beside it, how long its bar is (1: the goal) and which look it has."""

    name: str
    told: str
    share: float
    look: str = ""


@dataclass(frozen=True, slots=True)
class Months:
    """The months of two years; of this one only those that have begun."""

    title: str
    names: tuple[str, str]  # of this year and the one before
    this: tuple[int, ...]
    last: tuple[int, ...]
    axis: str
    mark: str = "."  # between thousands


@dataclass(frozen=True, slots=True)
class Chart:
    """The words and numbers of one chart."""

    title: str
    under: str  # a smaller line below the title
    bars: tuple[Bar, ...]
    months: Months | None = None
    expected: float = 0.0  # where the line of what is expected stands; 0: nowhere
    expected_name: str = ""


def as_json(charts: Sequence[Chart]) -> bytes:
    """Give charts to the process that draws."""
    return json.dumps([asdict(chart) for chart in charts], ensure_ascii=False).encode()


def charts_from(told: Sequence[dict[str, Any]]) -> list[Chart]:
    """Read what `as_json` wrote."""
    return [_chart(one) for one in told]


def _chart(told: dict[str, Any]) -> Chart:
    bars, months = tuple(Bar(**bar) for bar in told.pop("bars")), told.pop("months")
    return Chart(bars=bars, months=_months(months) if months is not None else None, **told)


def _months(told: dict[str, Any]) -> Months:
    names, this, last = (tuple(told.pop(name)) for name in ("names", "this", "last"))
    return Months(names=names, this=this, last=last, **told)


def pictures_in(made: bytes) -> list[bytes]:
    """Take apart what the process that draws wrote: before each picture stands how long it is."""
    found = []
    while made:
        size = int.from_bytes(made[:SIZE])
        found.append(made[SIZE : SIZE + size])
        made = made[SIZE + size :]
    return found


def draw(chart: Chart) -> bytes:
    """Draw a chart as PNG, 1,080 pixels wide."""
    from matplotlib.figure import Figure

    bars_height = ROW * max(1, len(chart.bars))
    height = HEAD + bars_height + (MONTHS_HEIGHT + 0.5 if chart.months is not None else FOOT)
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor="white")
    figure.text(0.03, 1 - 0.12 / height, chart.title, size=11, weight="bold", va="top", color=INK, wrap=True)
    figure.text(0.03, 1 - 0.38 / height, chart.under, size=8.5, va="top", color=INK, wrap=True)
    bars = figure.add_axes((0.04, 1 - (HEAD + bars_height) / height, 0.92, bars_height / height))
    _draw_bars(bars, chart)
    if chart.months is not None:
        months = figure.add_axes((0.1, 0.42 / height, 0.86, (MONTHS_HEIGHT - 0.25) / height))
        _draw_months(months, chart.months)
    made = io.BytesIO()
    figure.savefig(made, format="png")
    return made.getvalue()


def _draw_bars(axes: Axes, chart: Chart) -> None:
    for place, bar in enumerate(chart.bars):
        colour, hatch = LOOKS[bar.look]
        length = min(max(bar.share, 0.0), WIDEST)
        axes.barh(place + 0.2, WIDEST, height=0.32, color="#EEEEEE")
        axes.barh(place + 0.2, length, height=0.32, color=colour, hatch=hatch, edgecolor="white", linewidth=0)
        axes.text(0, place - 0.2, _cut(bar.name), size=8.5, color=INK, va="center")
        axes.text(WIDEST + 0.04, place + 0.2, bar.told, size=8, color=INK, va="center", weight="bold")
        if chart.expected:
            axes.plot([chart.expected] * 2, [place + 0.01, place + 0.39], color=INK, linewidth=1.4)
    if chart.expected:
        below = max(1, len(chart.bars)) - 0.55
        axes.text(chart.expected, below, chart.expected_name, size=7.5, color=INK, va="top", ha="center")
    axes.set_xlim(0, ROOM)
    axes.set_ylim(max(1, len(chart.bars)) - 0.45, -0.5)
    axes.axis("off")


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _draw_months(axes: Axes, months: Months) -> None:
    from matplotlib.patheffects import withStroke

    axes.set_title(months.title, size=9.5, weight="bold", loc="left", color=INK)
    places = range(1, 13)
    axes.plot(places, months.last, color=FAINT, linestyle="--", marker="s", markersize=3, label=months.names[1])
    colour = LOOKS["reached"][0]
    begun = list(places)[: len(months.this)]
    axes.plot(begun, months.this, color=colour, marker="o", markersize=4, linewidth=2, label=months.names[0])
    for place, value in zip(begun, months.this, strict=True):
        told = f"{value:,}".replace(",", months.mark)
        label = axes.annotate(told, (place, value), (0, 5), textcoords="offset points", size=7.5, ha="center")
        label.set(color=colour, path_effects=[withStroke(linewidth=2, foreground="white")])
    axes.set_ylim(min(0, *months.this, *months.last), max((*months.this, *months.last, 1)) * 1.28)
    _draw_frame(axes, months)


def _draw_frame(axes: Axes, months: Months) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.yaxis.set_major_formatter(lambda value, _place: f"{value:,.0f}".replace(",", months.mark))
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True, steps=[1, 2, 5, 10]))
    axes.set_xticks(range(1, 13))
    axes.set_xlim(0.5, 12.5)
    axes.tick_params(labelsize=8, colors=INK, length=2)
    axes.set_xlabel(months.axis, size=8, color=INK, labelpad=1)
    axes.grid(axis="y", color="#E5E5E5", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(fontsize=8, frameon=False, loc="upper right", ncols=2, handlelength=1.6, borderaxespad=0.1)


def main() -> None:
    """Draw the charts that stand on the standard input."""
    for chart in charts_from(json.load(sys.stdin.buffer)):
        picture = draw(chart)
        sys.stdout.buffer.write(len(picture).to_bytes(SIZE) + picture)


if __name__ == "__main__":
    main()
