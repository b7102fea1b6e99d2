"""Work that would hold up every conversation (workbooks, documents, backups), done by a process of its own."""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeVar

T = TypeVar("T")
KINDNESS: Final = 10  # whoever waits for an answer in the chat comes first


class WorkerDied(Exception):
    """The process ended without a word, for example because the machine had no memory left for it."""


async def in_process(do: Callable[..., T], *args: Any) -> T:
    """Call a function of a module with these values in another process, and give what it gives or raise what it raises.

    When the caller is cancelled the process is ended.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.worker", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        answer, _nothing = await process.communicate(pickle.dumps((do, args)))
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if not answer:
        raise WorkerDied(f"the process for {do.__qualname__} ended with {process.returncode}")
    gave, what = pickle.loads(answer)  # noqa: S301 written by our own process
    if not gave:
        raise what
    result: T = what
    return result


def main() -> None:
    """Do what stands on standard input, and write what came of it to standard output."""
    os.nice(KINDNESS)
    do, args = pickle.load(sys.stdin.buffer)  # noqa: S301 written by the process that started us
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not get between
    try:
        answer = True, do(*args)
    except Exception as error:
        answer = False, error
    out.write(pickle.dumps(answer))
    out.flush()


if __name__ == "__main__":
    main()
