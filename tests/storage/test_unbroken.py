"""Work with a database is never broken off in the middle."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

import pytest

from storage.unbroken import to_its_end


@pytest.mark.parametrize("fails", [False, True])
async def test_a_cancelled_caller_waits_for_the_end(fails: bool) -> None:
    """Whoever is cancelled hears of it when the work is done; if it failed meanwhile, that is nobody's business."""
    unheard: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: unheard.append(context))
    may_end, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        await may_end.wait()
        ended.set()
        if fails:
            raise OSError("gone")

    caller = asyncio.create_task(to_its_end(work()))
    await asyncio.sleep(0)
    caller.cancel()
    await asyncio.sleep(0)
    assert not caller.done()
    may_end.set()
    await asyncio.wait([caller])
    assert caller.cancelled()
    assert ended.is_set()
    del caller
    gc.collect()
    assert not unheard
