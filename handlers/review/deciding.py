"""Accepting reports: one, or all of a list in which nothing is unusual; never over what was said meanwhile."""

from __future__ import annotations

from typing import Final

from bot.i18n import Text, _, _n
from bot.messages import Choice
from bot.records import OFFICERS, Verdict
from bot.talk import Command, Talk
from handlers.large import put_off
from handlers.review.looking import show
from handlers.review.queue import Filter, loaded
from handlers.review.seen import Seen, find_report, number_of, reach, tiers
from handlers.review.story import names_of


async def accept(talk: Talk, words: str) -> None:
    """Accept a report as it was seen: "12.7 1.0"."""
    name, _space, mark = words.partition(" ")
    seen = await find_report(talk, name)
    if seen is None or await changed_meanwhile(talk, seen, mark):
        return
    if seen.report.state == "withdrawn" or not talk.house.acceptance.may_accept(seen.report.form, tiers(talk)):
        talk.say(_("That button is no longer in use."))
        return
    talk.do(seen.reviewed(talk, Verdict.ACCEPTED))
    talk.audit("accept", seen.unit.code, f"BC{seen.report.number}")
    again = Choice(_("Reports to look at"), "/duyet", "1")
    talk.offer("accepted", _("BC{number} of {unit} is accepted.", number=number_of(seen), unit=seen.unit.name), again)


async def changed_meanwhile(talk: Talk, seen: Seen, mark: str) -> bool:
    """If the report is not any more as it was seen, say who changed what, and show it as it is now."""
    if seen.mark == mark:
        return False
    await show(talk, seen, await _meanwhile(talk, seen))
    return True


async def _meanwhile(talk: Talk, seen: Seen) -> Text:
    steps = [(seen.report.filed_at, seen.report.person), *((one.at, one.person) for one in seen.said)]
    moment, person = max(steps)
    who = (await names_of(await talk.read(), [person]))[person]
    return _("Changed meanwhile by {who} ({moment}). Nothing was decided; please look again.", who=who, moment=moment)


async def accept_many(talk: Talk, words: str) -> None:
    """Ask, then accept all reports of a list in which nothing is unusual: "DIGEST [yes] filter"."""
    if await put_off(talk, reach(talk), ACCEPT_MANY.name, words):
        return
    shown, _space, rest = words.partition(" ")
    sure, rest = rest.startswith("yes"), rest.removeprefix("yes").strip()
    filter_ = Filter.read(rest)
    found = await loaded(talk, filter_)
    plain = found.plain(talk)
    if not plain or found.digest(talk) != shown:
        talk.say(_("The list has changed meanwhile: type DUYET to see it as it is now. Nothing was accepted."))
        return
    if not sure:
        ask = _n(
            "Accept {count} report in which nothing is unusual?",
            "Accept {count} reports in which nothing is unusual?",
            len(plain),
        )
        yes = Choice(_("Yes, accept them"), f"/nhanhet {shown} yes {filter_.words}".strip(), "1")
        talk.offer("accept many", ask, yes, Choice(_("No"), f"/duyet {filter_.words}".strip(), "2"))
        return
    reads = await talk.read()
    for item in plain:
        said = tuple(await reads.reviews(item.report.unit, item.report.number))
        talk.do(Seen(item.report, item.unit, said).reviewed(talk, Verdict.ACCEPTED))
        talk.audit("accept", item.unit.code, f"BC{item.report.number}")
    done = _n("{count} report is accepted.", "{count} reports are accepted.", len(plain))
    talk.offer("accepted", done, Choice(_("Reports to look at"), "/duyet", "1"))


ACCEPT: Final = Command("nhan", _("Accept a report"), accept, roles=OFFICERS, takes_words=True, listed=False)
ACCEPT_MANY: Final = Command(
    "nhanhet", _("Accept many reports"), accept_many, roles=OFFICERS, takes_words=True, listed=False
)
