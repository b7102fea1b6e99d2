"""The job "notice_preview": shows a notice to its sender as it will be received, to whom, and how long it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any, Final

from bot.audience import Found, find
from bot.effects import Counted, Effect, SetAsk, Speak
from bot.i18n import ZONE, Code, Text, _, _n
from bot.jobs.notices.shared import CHUNK, Material, Notifying, material
from bot.messages import Address, Later, Message, Outgoing, Priority
from bot.notices import wording
from bot.notices.notice import State
from bot.notices.previews import Preview, preview
from bot.notices.reach import Counting, Reach, seconds_at
from bot.outbox.budget import Budget
from bot.outbox.pace import SHARE
from bot.ports import Reads
from bot.records import Ask
from bot.reporting.periods import month_start

FILE_WAIT: Final = 3.0
SCREEN: Final = timedelta(hours=12)
SAME_WORDS: Final = timedelta(days=7)


class MakePreview:
    """Previews notices."""

    def __init__(self, notifying: Notifying) -> None:
        """Take what it works with."""
        self._with = notifying

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Preview `args["notice"]` in the chat that asked, unless it was sent or dropped meanwhile."""
        house, now = self._with.house(), self._with.clock()
        async with self._with.store.reading() as reads:
            notice = await reads.notice(args["notice"])
            if notice is None or notice.state is not State.COMPOSED:
                return []
            what = await material(reads, notice, house)
            if what.waiting and attempts < CHUNK:
                raise Later(FILE_WAIT, "a file is still being fetched")
            found = await find(reads, notice, what.sender, house.calendar, now.astimezone(ZONE).date())
            notice_is = self._with.in_language(what.say)(what.sender.language)
            parts = {name: self._with.parts(name, notice_is) for name in self._with.facts}
            reach = await self._counted(reads, found, parts)
            names = [await _name(reads, unit) for unit in list(reach.unreached)[: wording.SHOWN]]
            troubles = [*found.troubles, *await self._doubts(reads, what, now)]
        told = await self._told(reach, parts, names, troubles)
        return [Counted(notice.id, reach.units, reach.people), *self._shown(args, what, told)]

    async def _doubts(self, reads: Reads, what: Material, now: datetime) -> list[Text]:
        """Say what its sender may not know: somebody sent the same words, a file is lost."""
        same = [
            one for one in await reads.notices_like(what.notice.digest, now - SAME_WORDS) if one.id != what.notice.id
        ]
        doubts: list[Text] = []
        if same:
            doubts.append(
                _(
                    "{union} has sent the same notice already: TB{number}. Sending it again is up to you.",
                    union=same[0].signed,
                    number=Code(same[0].number),
                )
            )
        if what.lost:
            doubts.append(
                _n(
                    "{count} file could not be kept and will not go with it.",
                    "{count} files could not be kept and will not go with it.",
                    what.lost,
                )
            )
        return doubts

    async def _counted(self, reads: Reads, found: Found, parts: Mapping[str, int]) -> Reach:
        counting = Counting(found.audience.readers, self._with.facts, self._with.clock(), parts)
        for start in range(0, len(found.units), CHUNK):
            some = found.units[start : start + CHUNK]
            counting.add(some, await reads.readers(some, found.audience.roles))
        return counting.reach()

    async def _told(self, reach: Reach, parts: Mapping[str, int], names: list[str], troubles: list[Text]) -> Preview:
        paces = {name: facts.pace * SHARE for name, facts in self._with.facts.items()}
        seconds = round(seconds_at(reach.channels, paces))
        return Preview(reach, names, seconds, troubles, *await self._short(reach, parts))

    async def _short(self, reach: Reach, parts: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
        """Count for each channel those for whom this month has no message left, and those for whom it has no money."""
        now, over, unpaid = self._with.clock(), {}, {}
        for name in reach.channels.keys() & self._with.facts.keys():
            budget = Budget(self._with.facts[name].monthly, self._with.facts[name].money)
            if not budget.is_known(now):
                budget.begin(now, await self._with.store.sent_since(name, month_start(now)))
            if budget.monthly:
                over[name] = reach.channels[name] - budget.left // parts[name]
            if budget.money:
                spent = accumulate(reach.costs(name))
                unpaid[name] = sum(1 for cost in spent if cost > budget.money_left)
        return _any(over), _any(unpaid)

    def _shown(self, args: Mapping[str, Any], what: Material, told: Preview) -> list[Effect]:
        """Say it: the notice itself, how channels without buttons draw it, then what can be done."""
        voice = self._with.house().voice(what.sender)
        notice = self._with.in_language(what.say)(what.sender.language)
        bare = any(not self._with.facts[name].buttons for name in told.reach.channels if name in self._with.facts)
        plain = [wording.plainly(self._with.draw(notice)).spoken(voice)] if bare else []
        asked = preview(what.notice, told).spoken(voice)
        typed = {button.key: button.data for button in asked.buttons}
        ask = Ask(what.sender.id, "notice", typed, until=self._with.clock() + SCREEN)
        return [*_said(args, [notice, *plain, asked]), SetAsk(ask)]


class SendTest:
    """Sends a notice to its sender alone, on all their channels."""

    def __init__(self, notifying: Notifying) -> None:
        """Take what it works with."""
        self._with = notifying

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Send `args["notice"]` to whoever composed it."""
        del attempts
        async with self._with.store.reading() as reads:
            notice = await reads.notice(args["notice"])
            if notice is None:
                return []
            what = await material(reads, notice, self._with.house())
        message = self._with.in_language(what.say)(what.sender.language)
        key = f"test/{notice.id}/{args['mark']}"
        return [
            Speak(Outgoing(f"{key}/{n}", address, message, Priority.ALERT))
            for n, address in enumerate(what.sender.addresses)
        ]


def _any(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count > 0}


def _said(args: Mapping[str, Any], messages: Sequence[Message]) -> list[Effect]:
    address = Address(args["channel"], args["chat"])
    key = f"preview/{args['notice']}/{args['mark']}"
    return [Speak(Outgoing(f"{key}/{n}", address, message)) for n, message in enumerate(messages)]


async def _name(reads: Reads, unit: int) -> str:
    found = await reads.unit(unit)
    return found.name if found is not None else ""
