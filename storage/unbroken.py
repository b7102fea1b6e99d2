"""Work with a database that is never broken off in the middle."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """Await work that goes on to its end: whoever is cancelled meanwhile hears of it when it is done.

    A SQLite statement broken off in the middle keeps the file locked until its last traceback is forgotten.
    """
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait((task,))
        if not task.cancelled():
            task.exception()  # nobody wants it any more: not heard of, it would be logged as a bug
        raise
