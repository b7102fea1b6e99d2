"""The job "notice_correct": what is different goes to everybody who was sent a notice, after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.effects import Effect, Speak, StartJob
from bot.jobs.notices.shared import CHUNK, Notifying
from bot.messages import Address, Message, Outgoing, Priority
from bot.notices import wording
from bot.notices.errands import CORRECT, job
from bot.notices.notice import Notice, audience
from bot.ports import CopyState

NOT_SENT: Final = frozenset({"", "failed", "expired"})


class SendCorrection:
    """Sends corrections."""

    def __init__(self, notifying: Notifying) -> None:
        """Take what it works with."""
        self._with = notifying

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Correct `args["notice"]` with `args["text"]`, for the next units."""
        del attempts
        async with self._with.store.reading() as reads:
            notice = await reads.notice(args["notice"])
            if notice is None:
                return []
            page = await reads.copies_of(notice.id, int(args.get("after", 0)), CHUNK)
            copies = [one for one in page if one.person and one.state not in NOT_SENT]
            readers = await reads.readers([one.unit for one in copies], audience(notice.answers, ()).roles)
        languages = {one.person: one for one in readers}
        say = self._with.in_language(wording.correction(notice, args["text"]))
        effects: dict[str, Effect] = {}
        for one in copies:
            reader = languages.get(one.person)
            if reader is not None and reader.addresses:
                to = next((at for at in reader.addresses if at.channel == one.channel), reader.addresses[0])
                effects.setdefault(one.person, self._speak(notice, args, one, (to, say(reader.language))))
        return [*effects.values(), *_next(notice, args, page)]

    def _speak(self, notice: Notice, args: Mapping[str, Any], one: CopyState, words: tuple[Address, Message]) -> Speak:
        now = self._with.clock()
        at = now if notice.urgent else self._with.house().rules.quiet.over(now)
        key = f"correct/{notice.id}/{args['mark'].partition('#')[0]}/{one.person}"
        return Speak(Outgoing(key, *words, Priority.NOTICE, at))


def _next(notice: Notice, args: Mapping[str, Any], page: Sequence[CopyState]) -> list[StartJob]:
    if not page:
        return []
    mark = f"{args['mark'].partition('#')[0]}#{page[-1].unit}"
    return [job(CORRECT, notice.id, mark, text=args["text"], after=page[-1].unit)]
