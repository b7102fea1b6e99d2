"""The program with a clock that can be moved: `python -m tests.end_to_end.moved_clock run`.

At the start and at SIGUSR1 it reads from the file `clock` how many seconds its clock shall be ahead (or behind) of the
true time. What Python tells of the time is moved; what measures how long something takes is not, as when somebody sets
a clock.
"""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

from bot.cli import main

FILE = Path("clock")


class MovedClock:
    """Moves the clock of this process."""

    def __init__(self) -> None:
        self._travel: time_machine.travel | None = None

    def __call__(self, *_signal: object) -> None:
        """Go by what the file says now."""
        if self._travel:
            self._travel.stop()
        ahead = timedelta(seconds=float(FILE.read_text(encoding="utf-8")))
        self._travel = time_machine.travel(datetime.now(UTC) + ahead, tick=True)
        self._travel.start()


def begin_with(folder: Path, ahead: timedelta) -> None:
    """Say by how much the clock of the next such process with this folder is ahead."""
    (folder / FILE).write_text(str(ahead.total_seconds()), encoding="utf-8")


def move(folder: Path, pid: int, ahead: timedelta) -> None:
    """Move the clock of a running one."""
    begin_with(folder, ahead)
    os.kill(pid, signal.SIGUSR1)


if __name__ == "__main__":
    clock = MovedClock()
    signal.signal(signal.SIGUSR1, clock)
    clock()
    main()
