"""Which notices an officer may look at and steer: their own, and those of the unions they stand above."""

from __future__ import annotations

from bot.i18n import _
from bot.notices.notice import Notice
from bot.ports import Contact
from bot.records import OFFICERS
from bot.talk import Talk


async def colleagues(talk: Talk, notice: Notice) -> list[Contact]:
    """List the officers of the union that a notice is from, and of those above it, without its sender."""
    reads = await talk.read()
    here = [one for one in await reads.contacts([notice.unit]) if one.role in OFFICERS]
    found = {one.person: one for one in (*here, *await reads.officers_above(notice.unit))}
    return [one for one in found.values() if one.person != notice.person]


async def steered(talk: Talk, words: str) -> Notice | None:
    """Give the notice with this number, if it is this officer's to steer; else say that it is not."""
    number = words.strip().lower().removeprefix("tb").strip()
    reads = await talk.read()
    notice = await reads.notice_numbered(int(number)) if number.isdecimal() and len(number) < 8 else None
    me = talk.known.id
    if notice is not None and (notice.person == me or me in {one.person for one in await colleagues(talk, notice)}):
        return notice
    talk.say(_("There is no notice with that number in your area. PHAT TIN DS lists them."))
    return None
