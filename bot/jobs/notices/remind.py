"""The job "notice_remind": reminds the units that are silent about a notice, once for each reminder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.effects import Effect, Speak, StartJob
from bot.jobs.notices.shared import CHUNK, Notifying
from bot.messages import Outgoing, Priority
from bot.notices import wording
from bot.notices.copies import by_unit, chosen
from bot.notices.errands import REMIND, job, silent
from bot.notices.notice import OVER, Notice, Readers, State, Step, audience

NOT_YET = frozenset({State.COMPOSED, State.WAITING, State.PLANNED})


class RemindSilent:
    """Reminds of notices."""

    def __init__(self, notifying: Notifying) -> None:
        """Take what it works with."""
        self._with = notifying

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Remind the next units that have not taken `args["step"]` with `args["notice"]`."""
        del attempts
        step, after = Step(args["step"]), int(args.get("after", 0))
        async with self._with.store.reading() as reads:
            notice = await reads.notice(args["notice"])
            if notice is None or notice.state in OVER | NOT_YET:
                return []
            units = await reads.unheard(notice.id, step, after, CHUNK)
            roles = audience(notice.answers, ()).roles
            there = by_unit(await reads.readers(units, roles))
        people: dict[str, Effect] = {}
        for unit in units:
            for one in chosen(there.get(unit, []), Readers.REPORTER):
                people.setdefault(one.person, self._speak(notice, step, args, one))
        return [*people.values(), *_next(notice, args, units)]

    def _speak(self, notice: Notice, step: Step, args: Mapping[str, Any], one: Any) -> Speak:
        quiet, now = self._with.house().rules.quiet, self._with.clock()
        at = quiet.over(now)
        message = self._with.in_language(wording.reminder(notice, step))(one.language)
        key = f"silent/{notice.id}/{args['mark'].partition('#')[0]}/{one.person}"
        return Speak(
            Outgoing(
                key,
                one.addresses[0],
                message,
                Priority.REMINDER,
                at,
                drop_key=silent(notice.id, one.unit),
                not_after=quiet.next(at),
            )
        )


def _next(notice: Notice, args: Mapping[str, Any], units: Sequence[int]) -> list[StartJob]:
    if len(units) < CHUNK:
        return []
    mark = f"{args['mark'].partition('#')[0]}#{units[-1]}"
    return [job(REMIND, notice.id, mark, step=args["step"], after=units[-1])]
