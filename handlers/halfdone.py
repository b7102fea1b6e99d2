"""The buttons under the question about a report half done: go on with it, or drop it."""

from __future__ import annotations

from typing import Final

from bot.i18n import _
from bot.records import Draft
from bot.talk import Command, Talk


def _draft(talk: Talk, id_: str) -> Draft | None:
    draft = talk.draft(id_)
    if draft is None:
        talk.say(_("That button belongs to something already finished. Type MENU to see what can be done."))
    return draft


async def go_on(talk: Talk, words: str) -> None:
    """Ask again where a draft stands: its id."""
    draft = _draft(talk, words.strip())
    if draft is not None:
        await talk.dialogues.resume(draft)


async def drop(talk: Talk, words: str) -> None:
    """Ask whether a draft shall be dropped: its id."""
    draft = _draft(talk, words.strip())
    if draft is not None:
        await talk.dialogues.cancel(draft)


GO_ON: Final = Command("tieptuc", _("Go on with a report half done"), go_on, takes_words=True, listed=False)
DROP: Final = Command("bonhap", _("Drop a report half done"), drop, takes_words=True, listed=False)
