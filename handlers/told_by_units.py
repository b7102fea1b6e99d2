"""An officer names a kind that units report: where its numbers are, and how it is filed for a unit that phoned."""

from __future__ import annotations

from typing import Final

from bot.i18n import _
from bot.messages import Choice
from bot.records import OFFICERS
from bot.talk import Command, Talk
from handlers.opened import KIND
from handlers.review.seen import PRIVATE_KINDS


async def told_by_units(talk: Talk, words: str) -> None:
    """Say of the kind with this name who reports it, and offer what an officer may do with it."""
    form, period = talk.house.forms[words], talk.house.calendar.open(talk.now)
    numbers = Choice(_("Its numbers, {period}", period=period.title), f"/conso {period.code} {KIND}{form.name}", "1")
    phoned = Choice(_("File for a unit that phoned"), "/donvi", "2")
    text = _("Units report “{form}” themselves. {You} can look at its numbers here.", form=form.title)
    talk.offer("told_by_units", text, *([numbers] if form.name in PRIVATE_KINDS else [numbers, phoned]))


COMMAND: Final = Command(
    "tudonvi", _("A kind that units report"), told_by_units, roles=OFFICERS, typed=False, listed=False
)
