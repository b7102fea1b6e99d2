"""The job "notice_expand": puts a copy for everybody into the outbox, some hundred units in each transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.audience import find
from bot.effects import Effect, NoticeState, Provided
from bot.i18n import ZONE
from bot.jobs.notices.shared import CHUNK, Material, Notifying, material
from bot.messages import Address, Later
from bot.notices import wording
from bot.notices.copies import Written, provide
from bot.notices.errands import WATCH, job
from bot.notices.notice import Readers, State

FILE_WAIT: Final = 5.0
LAST: Final = 2**31 - 1


class Expand:
    """Expands notices. Broken off, it goes on where it was: a copy has one key, and is there once."""

    def __init__(self, notifying: Notifying) -> None:
        """Take what it works with."""
        self._with = notifying

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Provide for all units of `args["notice"]` that were not yet provided for."""
        del attempts
        house, now = self._with.house(), self._with.clock()
        async with self._with.store.reading() as reads:
            notice = await reads.notice(args["notice"])
            if notice is None or notice.state not in {State.PLANNED, State.SENDING}:
                return []
            what = await material(reads, notice, house)
            if what.waiting:
                raise Later(FILE_WAIT, "a file is still being fetched")
            found = await find(reads, notice, what.sender, house.calendar, now.astimezone(ZONE).date())
        await self._begin(what, now, Address(args["channel"], args["chat"]) if "chat" in args else None)
        at = now if notice.urgent else house.rules.quiet.over(now)
        units = [unit for unit in found.units if unit > notice.after]
        written = Written(notice, Readers(found.audience.readers), self._with.in_language(what.say), at)
        for start in range(0, len(units), CHUNK):
            if not await self._provide(written, units[start : start + CHUNK], found.audience.roles):
                return []
            self._with.spoke()
        return [Provided(notice.id, LAST, all_=True)]

    async def _begin(self, what: Material, now: datetime, at: Address | None) -> None:
        """Note that it is on its way, tell its sender in the chat where they sent it, and have it watched."""
        notice = what.notice
        begun = NoticeState(notice.id, State.SENDING, (State.PLANNED, State.SENDING), at=now)
        far = wording.Progress({}, notice.copies, expanded=False)
        say = wording.progress(replace(notice, state=State.SENDING), far)
        told = self._with.say_to(what.sender, f"{notice.drop_key}/progress", say, at)
        async with self._with.store.batch() as batch:
            await batch.write([begun, *told, job(WATCH, notice.id, f"{now:%d%H%M%S}-0", now, turn=0)])
        self._with.spoke()

    async def _provide(self, written: Written, units: Sequence[int], roles: Sequence[Any]) -> bool:
        """Provide for some units, unless the notice was paused or cancelled meanwhile."""
        async with self._with.store.reading() as reads:
            readers = await reads.readers(units, roles)
        async with self._with.store.batch() as batch:
            current = await batch.notice(written.notice.id)
            if current is None or current.state is not State.SENDING:
                return False
            await batch.write([*provide(written, units, readers), Provided(current.id, units[-1])])
        return True
