"""How much one session or one network address may ask for."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Final

SWEEP_AT: Final = 10_000


class Buckets:
    """One bucket for each key: `burst` at once, then `rate` a second. Full buckets are forgotten."""

    def __init__(self, burst: float, rate: float, tick: Callable[[], float] = time.monotonic) -> None:
        """Begin with every bucket full."""
        self._burst = burst
        self._rate = rate
        self._tick = tick
        self._levels: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> int:
        """Take one; give 0, or the seconds to wait when there is none."""
        wait = self.wait(key)
        if not wait:
            self._levels[key] = (self._level(key) - 1, self._tick())
            self._sweep()
        return wait

    def wait(self, key: str) -> int:
        """Give the seconds until there is one, 0 when there is."""
        lacking = 1 - self._level(key)
        return math.ceil(lacking / self._rate) if lacking > 0 else 0

    def _level(self, key: str) -> float:
        level, at = self._levels.get(key, (self._burst, 0.0))
        return min(self._burst, level + (self._tick() - at) * self._rate)

    def _sweep(self) -> None:
        if len(self._levels) > SWEEP_AT:
            self._levels = {key: kept for key, kept in self._levels.items() if self._level(key) < self._burst}
