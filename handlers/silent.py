"""/imlang: units from which nothing came for two periods in a row: somebody should call."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.i18n import Plain, Text, _, _n
from bot.records import OFFICERS, Unit
from bot.reporting.completeness import Standing, silence
from bot.talk import Command, Talk
from handlers.large import put_off
from handlers.pages import page_in, paged
from handlers.review.seen import reach
from handlers.standing import standing_of


async def silent(talk: Talk, words: str) -> None:
    """List the units of the area that sent nothing for the last two periods of which the deadline has passed."""
    reads = await talk.read()
    if await put_off(talk, reach(talk), COMMAND.name, words):
        return
    since = await reads.reporting_since()
    periods = silence(talk.house.calendar, talk.now, since)
    if not periods:
        _too_early(talk, since)
        return
    units: list[Unit] = await reads.subtree(reach(talk), talk.today)
    for period in periods:
        standing = await standing_of(talk, reads, units, period)
        units = [one.unit for one in standing.those(Standing.MISSING)]
    if not units:
        talk.say(_("Every unit of your area has been heard from in the last two periods."))
        return
    items: list[tuple[Text, str]] = [(Plain(unit.name), f"/donvi {unit.code}") for unit in units]
    head = _n(
        "{count} unit has sent nothing for two periods ({before}, {last}). Type a number to see whom to call.",
        "{count} units have sent nothing for two periods ({before}, {last}). Type a number to see whom to call.",
        len(units),
        before=periods[-1].title,
        last=periods[0].title,
    )
    talk.offer("silent", head, *paged(talk, items, page_in(words), "/imlang"))


def _too_early(talk: Talk, since: date | None) -> None:
    """Say that nobody can be called silent yet."""
    if since is None:
        talk.say(_("No chair has come in yet. MOI invites them."))
        return
    talk.say(
        _(
            "Chairs can report here since {day}. Who is silent shows when two whole periods have passed; "
            "until then CHUA BAO CAO tells who has not reported.",
            day=since,
        )
    )


COMMAND: Final = Command(
    "imlang", _("Units silent for two periods"), silent, words=("im lang",), roles=OFFICERS, takes_words=True
)
