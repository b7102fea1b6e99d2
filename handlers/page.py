"""/trang: a link that opens this conversation on a page, for what a messenger does not carry, or a longer look."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.effects import Audit, NewInvite
from bot.i18n import _, lines
from bot.records import Invite
from bot.talk import Command, Talk

MINUTES: Final = 30
PAGE: Final = "web"  # the channel that is a page


async def run(talk: Talk, words: str) -> None:
    """Give a link that works once and soon ends: it opens the page as this person, at the question that is open."""
    del words
    code = talk.house.new_code()
    link = talk.house.links(code).get(PAGE)
    if link is None:
        talk.say(_("This office has no chat page. To send a file, please ask {whom}.", whom=talk.house.ask_whom))
        return
    until = talk.now + timedelta(minutes=MINUTES)
    invite = Invite(talk.house.hash_code(code), None, "channel", until, talk.known.id, person=talk.known.id)
    talk.do(NewInvite(invite), Audit(talk.now, talk.known.id, "invite own page"))
    talk.say(
        lines(
            _("On this page {you} can go on, and send photos and files: {link}", link=link),
            _("The link works once, until {until}. Do not give it to anybody.", until=until),
        )
    )


COMMAND: Final = Command("trang", _("Go on in a browser, send files"), run, words=("mo trang", "gui tep", "gui file"))
