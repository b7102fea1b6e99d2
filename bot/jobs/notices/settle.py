"""The job "notice_settle": unsent copies follow their notice: held while it is paused, let go, or dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.effects import DropSome, Effect, HoldUnsent, ReleaseHeld
from bot.jobs.notices.shared import Notifying
from bot.notices.errands import EXPAND, WATCH, job
from bot.notices.notice import Notice, State
from bot.ports import Reads

WHAT: Final[Mapping[State, tuple[type[HoldUnsent | ReleaseHeld | DropSome], tuple[str, ...]]]] = {
    State.PAUSED: (HoldUnsent, ("pending",)),
    State.SENDING: (ReleaseHeld, ("held",)),
    State.CANCELLED: (DropSome, ("pending", "held")),
}


class Settle:
    """Settles copies, a thousand in each transaction; whoever presses another button meanwhile is followed."""

    def __init__(self, notifying: Notifying) -> None:
        """Take what it works with."""
        self._with = notifying

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Settle the copies of `args["notice"]`; one that goes on is expanded further and watched."""
        del attempts
        notice = None
        more = True
        while more:
            async with self._with.store.batch() as batch:
                notice = await batch.notice(args["notice"])
                more = notice is not None and await _left(batch, notice)
                if more and notice is not None:
                    await batch.write([WHAT[notice.state][0](notice.drop_key)])
            self._with.spoke()
        if notice is None or notice.state is not State.SENDING:
            return []
        on = [] if notice.expanded else [job(EXPAND, notice.id, args["mark"])]
        return [*on, job(WATCH, notice.id, f"{args['mark']}-0", turn=0)]


async def _left(reads: Reads, notice: Notice) -> bool:
    """Tell whether there are copies that do not stand as their notice does."""
    if notice.state not in WHAT:
        return False
    return await reads.any_copy(notice.drop_key, WHAT[notice.state][1])
