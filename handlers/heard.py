"""How units stand with a notice, for the officers who sent it: in all, by area; a nudge, a list, the questions."""

from __future__ import annotations

from typing import Final

from bot.effects import StartJob
from bot.i18n import Percent, Plain, Text, _, _n, lines
from bot.messages import Choice
from bot.notices.errands import REMIND, SHEET, job
from bot.notices.notice import OUT, PLENTY, Notice, State, Step
from bot.notices.standing import Standing, Tally, by_area, standings, tally
from bot.notices.wording import controls, named
from bot.ports import Reads
from bot.records import OFFICERS
from bot.talk import Command, Talk
from handlers.steering import steered

AREAS: Final = 6
MANY: Final = 3000  # units that a turn looks through at once


async def standing(talk: Talk, words: str) -> None:
    """Show how units stand with a notice; with many units the answer comes from a job."""
    notice = await steered(talk, words)
    if notice is None:
        return
    if notice.state not in OUT:
        talk.say(_("{notice} has not been sent.", notice=named(notice)), *controls(notice))
        return
    if talk.hurried and notice.units > MANY:
        talk.postpone("thongbao", words)
        return
    reads = await talk.read()
    found = standings(await reads.copies_of(notice.id, 0, PLENTY), await reads.heard(notice.id))
    asked = len(await reads.questions(notice.id, open_only=True))
    talk.audit("notice", str(notice.number))
    talk.offer("heard", await _said(talk, reads, found, asked), *_choices(notice, found, asked), title=named(notice))


async def _said(talk: Talk, reads: Reads, found: list[Standing], asked: int) -> Text:
    all_ = tally(found)
    roots = [unit.id for unit in talk.known.units(OFFICERS)]
    units = await reads.subtree(roots, talk.today)
    names = {unit.id: unit.name for unit in units}
    areas = by_area(found, units, roots)
    several = 1 < len(areas) < len(found)
    shown = [_area(names.get(area, ""), one) for area, one in list(areas.items())[:AREAS]] if several else []
    questions = _n("{count} question is not answered.", "{count} questions are not answered.", asked) if asked else None
    return lines(*_whole(all_, found), questions, *shown)


def _whole(all_: Tally, found: list[Standing]) -> list[Text]:
    uncertain = sum(one.uncertain for one in found)
    share = Percent(all_.received / all_.units if all_.units else 0.0)
    doubt = _("Not certain: {count}", count=uncertain) if uncertain else None
    rows = (
        _("Reached: {reached} of {units} units", reached=all_.reached, units=all_.units),
        doubt,
        _("Confirmed: {count} ({share})", count=all_.received, share=share),
        _("Passed on: {count} units, to {people} people", count=all_.spread, people=all_.people),
        _("Done: {count}", count=all_.done),
    )
    return [row for row in rows if row is not None]


def _area(name: str, one: Tally) -> Text:
    return _(
        "{area}: confirmed {received} of {units}, done {done}",
        area=Plain(name),
        received=one.received,
        units=one.units,
        done=one.done,
    )


def _choices(notice: Notice, found: list[Standing], asked: int) -> list[Choice]:
    silent = any(not one.received for one in found)
    offered: list[tuple[Text, str]] = []
    if silent and notice.asks and notice.state is not State.CANCELLED:
        offered.append((_("Remind those that have not confirmed"), f"/nhactb {notice.number}"))
    offered.append((_("Send me the list (Excel)"), f"/bangtb {notice.number}"))
    if asked:
        offered.append((_("Questions"), f"/cauhoi {notice.number}"))
    if notice.state is not State.CANCELLED:
        offered.append((_("Correct the notice"), f"/phattin dinhchinh {notice.number}"))
    keyed = [Choice(label, data, str(n)) for n, (label, data) in enumerate(offered, 1)]
    return [*keyed, *controls(notice)]


async def nudge(talk: Talk, words: str) -> None:
    """Remind the units that have not confirmed, once a day at most."""
    notice = await steered(talk, words)
    if notice is None:
        return
    talk.do(job(REMIND, notice.id, f"{talk.today}", step=Step.RECEIVED))
    talk.audit("nudge notice", str(notice.number))
    at = talk.house.rules.quiet.over(talk.now)
    night = _("It goes out at {moment}: nobody is written to at night.", moment=at) if at > talk.now else None
    talk.say(lines(_("Those that have not confirmed {notice} are reminded today.", notice=named(notice)), night))


async def sheet(talk: Talk, words: str) -> None:
    """Have the workbook made: one row for each unit."""
    notice = await steered(talk, words)
    if notice is None:
        return
    address = talk.incoming.address
    mark = talk.house.new_id()
    args = {
        "notice": notice.id,
        "job": mark,
        "channel": address.channel,
        "chat": address.chat,
        "language": talk.known.language,
    }
    talk.do(StartJob(f"{SHEET}/{mark}", SHEET, args))
    talk.audit("export notice", str(notice.number))
    talk.say(_("The workbook will come here in a moment."))


NUDGE: Final = Command("nhactb", _("Remind of a notice"), nudge, roles=OFFICERS, takes_words=True, listed=False)
LIST: Final = Command("bangtb", _("A notice as a list"), sheet, roles=OFFICERS, takes_words=True, listed=False)
