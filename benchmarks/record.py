"""The last recorded ratios, with which a run is compared: never what one machine happened to reach."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.table import Outcome, Ratio

RECORDED = Path(__file__).with_name("recorded.json")
BEHIND = 0.2  # of the recorded ratio


@dataclass(frozen=True, slots=True)
class Behind:
    """A ratio that fell behind."""

    ratio: Ratio
    recorded: float

    def __str__(self) -> str:
        """Say it."""
        share = abs(self.ratio.value / self.recorded - 1)
        return f"BEHIND: {self.ratio.name} is {self.ratio.value:.3g}, recorded was {self.recorded:.3g} ({share:.0%})"


def fallen_behind(outcome: Outcome, record: Mapping[str, Any]) -> list[Behind]:
    """Tell which ratios are worse than the recorded ones by more than a fifth; what was never recorded is not."""
    recorded: Mapping[str, float] = record.get(outcome.benchmark, {}).get("ratios", {})
    return [
        Behind(ratio, recorded[ratio.name])
        for ratio in outcome.ratios
        if ratio.name in recorded and _is_behind(ratio, recorded[ratio.name])
    ]


def _is_behind(ratio: Ratio, recorded: float) -> bool:
    if ratio.more_is_better:
        return ratio.value < recorded * (1 - BEHIND)
    return ratio.value > recorded * (1 + BEHIND)


def read_record(path: Path = RECORDED) -> dict[str, Any]:
    """Read what was recorded; nothing, where nothing was."""
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def write_record(outcome: Outcome, today: date, path: Path = RECORDED) -> None:
    """Record the ratios of a run. Those of other circumstances, which it did not measure, stay."""
    record = read_record(path)
    before: Mapping[str, float] = record.get(outcome.benchmark, {}).get("ratios", {})
    record[outcome.benchmark] = {
        "day": today.isoformat(),
        "machine": machine(),
        "ratios": dict(before) | dict(_rounded(outcome.ratios)),
    }
    path.write_text(json.dumps(record, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def _rounded(ratios: Sequence[Ratio]) -> Iterator[tuple[str, float]]:
    for ratio in ratios:
        yield ratio.name, float(f"{ratio.value:.3g}")


def machine() -> str:
    """Describe the machine in a few words that name nobody's."""
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
