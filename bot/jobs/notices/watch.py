"""The job "notice_watch": looks after a notice while it is sent: other ways for what failed, progress, the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, Final

from bot.effects import Effect, NoticeState, PutOff, Readdress
from bot.i18n import ZONE, Text
from bot.jobs.notices.shared import CHUNK, Material, Notifying, material
from bot.messages import SILENT, Address
from bot.notices import wording
from bot.notices.copies import RANK, Written, by_unit, chosen
from bot.notices.errands import REMIND, SETTLE, WATCH, job
from bot.notices.notice import Notice, Reader, Readers, State, Step, audience
from bot.notices.wording import Progress, unreached_line
from bot.ports import CopyState, Reads

LOOKS: Final = (3, 3, 5, 5, 10, 15)  # seconds between looks, then every
SLOWEST: Final = 30
MOST_TRIES: Final = 3  # copies to one person
SETTLING: Final = 2  # looks after the end of the sending, for marks that are not yet written
MANY: Final = 200  # copies: of fewer, nobody waits to hear that half have arrived
FIRST_REMINDER: Final = timedelta(days=2)
MORNING: Final = time(8)


class Watch:
    """Watches notices."""

    def __init__(self, notifying: Notifying) -> None:
        """Take what it works with."""
        self._with = notifying

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Look at `args["notice"]`; `turn` counts the looks."""
        del attempts
        house = self._with.house()
        async with self._with.store.reading() as reads:
            notice = await reads.notice(args["notice"])
            if notice is None or notice.state not in {State.SENDING, State.PAUSED, State.CANCELLED}:
                return []
            what = await material(reads, notice, house)
            await self._wait_for_the_morning(reads, notice)
            elsewhere = await self._elsewhere(reads, what)
            far = Progress(await reads.copy_counts(notice.drop_key), notice.copies, notice.expanded)
            if elsewhere or not _over(notice, far):
                return [*elsewhere, *await self._shown(reads, what, far, args), *self._again(notice, args, far)]
            names, count = await _unreached(reads, notice)
            shown = await reads.sent_as(_first_line(notice))
        return self._end(what, far, unreached_line(names, count), Address(*shown[:2]) if shown else None)

    async def _wait_for_the_morning(self, reads: Reads, notice: Notice) -> None:
        """Put off what the night has overtaken, a thousand copies in each transaction; what is urgent goes on."""
        now = self._with.clock()
        morning = self._with.house().rules.quiet.over(now)
        if notice.urgent or morning <= now or not await reads.any_due_before(notice.drop_key, morning):
            return
        more = True
        while more:
            async with self._with.store.batch() as batch:
                await batch.write([PutOff(notice.drop_key, morning)])
                more = await batch.any_due_before(notice.drop_key, morning)

    async def _elsewhere(self, reads: Reads, what: Material) -> list[Effect]:
        """Try another channel of the person, then whoever else reads at the unit; else note why nobody gets it."""
        failed = await reads.failed_copies(what.notice.id, what.notice.drop_key, CHUNK)
        if not failed:
            return []
        readers = Readers(audience(what.notice.answers, ()).readers)
        roles = audience(what.notice.answers, ()).roles
        there = by_unit(await reads.readers([one.unit for one in failed], roles))
        quiet = self._with.house().rules.quiet
        now = self._with.clock()
        at = now if what.notice.urgent else quiet.over(now)
        written = Written(what.notice, readers, self._with.in_language(what.say), at)
        return [effect for one in failed for effect in _other_way(written, one, there.get(one.unit, []))]

    async def _shown(self, reads: Reads, what: Material, far: Progress, args: Mapping[str, Any]) -> Sequence[Effect]:
        """Edit the message that shows how far it is; where the channel cannot, say once that half of it is done."""
        shown = await reads.sent_as(_first_line(what.notice))
        before = args.get("shown")
        if shown is None or before == far.sent or Address(*shown[:2]) not in what.sender.addresses:
            return []
        edits, at = self._edits(shown[0]), Address(*shown[:2])
        if not edits and not _half(before or 0, far):
            return []
        say = replace(wording.progress(what.notice, far), edits=shown[2] if edits else "")
        key = f"{_first_line(what.notice)}/{args['mark'] if edits else 'half'}"
        return self._with.say_to(what.sender, key, say, at)

    def _edits(self, channel: str) -> bool:
        return channel in self._with.facts and self._with.facts[channel].edits

    def _again(self, notice: Notice, args: Mapping[str, Any], far: Progress) -> list[Effect]:
        """Look again a little later; a copy that came back from the sender meanwhile follows its notice."""
        turn = int(args["turn"])
        wait = LOOKS[turn] if turn < len(LOOKS) else SLOWEST
        first = str(args["mark"]).rpartition("-")[0]
        now = self._with.clock()
        then = now + timedelta(seconds=wait)
        if not notice.urgent and turn >= len(LOOKS):  # at night there is nothing to see
            then = max(then, self._with.house().rules.quiet.over(now))
        again = job(WATCH, notice.id, f"{first}-{turn + 1}", then, turn=turn + 1, shown=far.sent)
        strays = notice.state is not State.SENDING and far.counts.get("pending", 0)
        return [again, *([job(SETTLE, notice.id, f"{first}-{turn}")] if strays else [])]

    def _end(self, what: Material, far: Progress, unreached: Text | None, at: Address | None) -> list[Effect]:
        notice = what.notice
        key = f"{notice.drop_key}/end"
        if notice.state is State.CANCELLED:
            return list(self._with.say_to(what.sender, key, wording.cancelled(notice, far), at))
        done = NoticeState(notice.id, State.SENT, (State.SENDING,))
        told = self._with.say_to(what.sender, key, wording.finished(notice, far, unreached), at)
        return [done, *told, *self._reminders(notice)]

    def _reminders(self, notice: Notice) -> list[Effect]:
        """Plan the reminders: to confirm after two days, and to do it on the day before the deadline."""
        if not notice.asks:
            return []
        quiet, now = self._with.house().rules.quiet, self._with.clock()
        planned: list[Effect] = [
            job(REMIND, notice.id, "received", quiet.over(now + FIRST_REMINDER), step=Step.RECEIVED)
        ]
        if notice.deadline is not None:
            at = datetime.combine(notice.deadline - timedelta(days=1), MORNING, ZONE)
            if at > now + timedelta(hours=12):
                planned.append(job(REMIND, notice.id, "done", quiet.over(at), step=Step.DONE))
        return planned


def _first_line(notice: Notice) -> str:
    """Name the message with which the sending began."""
    return f"{notice.drop_key}/progress"


def _half(before: int, far: Progress) -> bool:
    """Tell whether half of many copies has arrived since so many had."""
    return far.total >= MANY and 2 * before < far.total <= 2 * far.sent


def _over(notice: Notice, far: Progress) -> bool:
    """Tell whether nothing more will be sent."""
    return (
        far.waiting == 0 and (notice.expanded or notice.state is State.CANCELLED) and notice.state is not State.PAUSED
    )


def _other_way(written: Written, failed: CopyState, readers: Sequence[Reader]) -> list[Effect]:
    notice = written.notice
    attempt = int(failed.copy.rpartition("/")[2]) + 1 if failed.copy.count("/") > 2 else 2
    same = next((one for one in readers if one.person == failed.person), None)
    address = _untried(same, failed, attempt) if same is not None else None
    others = chosen(_after(failed.person, readers), Readers.REPORTER)
    if same is not None and address is not None:
        again = written.speak(same, address, attempt)
        return [Readdress(notice.id, failed.unit, failed.copy, same.person, again.out.key), again]
    if not others:
        return [Readdress(notice.id, failed.unit, failed.copy, failed.person, failed.copy, failed.why or "failed")]
    again = written.speak(others[0], others[0].addresses[0])
    return [Readdress(notice.id, failed.unit, failed.copy, others[0].person, again.out.key), again]


def _after(person: str, readers: Sequence[Reader]) -> list[Reader]:
    """Give those who come after somebody by role: whoever was tried before is not tried again."""
    line = sorted(readers, key=lambda one: RANK[one.role])
    places = [place for place, one in enumerate(line) if one.person == person]
    return [one for one in line[places[-1] + 1 if places else 0 :] if one.person != person]


def _untried(reader: Reader, failed: CopyState, attempt: int) -> Address | None:
    """Give another address of somebody, one of another channel first; whoever is only silent is where they were."""
    if attempt > MOST_TRIES:
        return None
    others = [one for one in reader.addresses if one.channel != failed.channel]
    rest = () if failed.why.startswith(SILENT) else reader.addresses
    return next(iter((*others, *rest)), None)


async def _unreached(reads: Reads, notice: Notice) -> tuple[list[str], int]:
    """Name some of the units that nobody could be reached at, and count them."""
    units: list[int] = []
    after, page = 0, await reads.copies_of(notice.id, 0, CHUNK)
    while page:
        units += sorted({one.unit for one in page} - {one.unit for one in page if not one.why or one.state == "sent"})
        after = page[-1].unit
        page = await reads.copies_of(notice.id, after, CHUNK)
    found = [await reads.unit(unit) for unit in units[: wording.SHOWN]]
    return [f"{unit.name} ({unit.code})" for unit in found if unit is not None], len(units)
