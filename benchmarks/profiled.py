"""Our program, looked at whenever it used up some milliseconds: `python -m benchmarks.profiled OUT.json run`.

SIGUSR1 begins it. Written at the end: how often which of our files was at work (itself, or by a library that it
called), and in what. The processor's time is what counts, so nothing is seen of waiting; what another thread used up
while the event loop waited, SQLite's above all, is told apart.
"""

from __future__ import annotations

import json
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

from bot.cli.main import main
from tests.stage import ROOT

EVERY = 0.002
OURS = tuple(f"{ROOT}/{room}/" for room in ("bot", "handlers", "storage"))
WAITS = ("selectors.py", "select")
BELOW = ("/bot/cli/main.py", "/bot/cli/run.py")

seen: Counter[tuple[str, str, str]] = Counter()  # thread, our file, and what it was in


def look(_signal: int, frame: FrameType | None) -> None:
    """Note what the event loop does just now."""
    if frame is None or (frame.f_code.co_filename.rpartition("/")[2], frame.f_code.co_name) == WAITS:
        seen["other threads (SQLite)", "", ""] += 1
    else:
        seen["event loop", whose(frame), library_of(frame.f_code.co_filename)] += 1


def begin(_signal: int, _frame: FrameType | None) -> None:
    """Look from now on."""
    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)


def whose(frame: FrameType | None) -> str:
    """Find the innermost of our files on a stack."""
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(OURS) and not name.endswith(BELOW):  # everything runs below these
            return name.removeprefix(f"{ROOT}/")
        frame = frame.f_back
    return "(the event loop and the callbacks of libraries)"


def library_of(file: str) -> str:
    """Name the library of a file: ours, one that is installed, or a module of Python's."""
    if file.startswith(OURS):
        return "ours"
    if file == "<string>":
        return "dataclasses, generated"
    path = Path(file)
    if "site-packages" in path.parts:
        return path.parts[path.parts.index("site-packages") + 1].removesuffix(".py")
    return path.parent.name if path.parent.name in {"asyncio", "json", "concurrent"} else path.stem


if __name__ == "__main__":
    out = Path(sys.argv.pop(1))
    signal.signal(signal.SIGUSR1, begin)
    try:
        main(standalone_mode=False)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        out.write_text(json.dumps([[*what, count] for what, count in seen.most_common()]), encoding="utf-8")
