"""Where somebody with several messengers wants reminders and notices: on one of them, or where they wrote last."""

from __future__ import annotations

from typing import Final

from bot.effects import Mute, Unmute
from bot.i18n import Text, _, lines
from bot.messages import Choice
from bot.ports import channel_title
from bot.ports.channels import TITLES
from bot.records import BUT_ON
from bot.talk import Talk

LAST: Final = "last"


def channels(talk: Talk) -> tuple[str, ...]:
    """Name the channels on which the person can be written to."""
    return tuple(dict.fromkeys(address.channel for address in talk.known.addresses))


async def where(talk: Talk, chosen: str) -> None:
    """Keep what was chosen, or ask."""
    mine = channels(talk)
    if chosen not in {LAST, *mine}:
        await _ask(talk, mine)
        return
    me = talk.known.id
    talk.do(*(Unmute(me, BUT_ON + channel) for channel in TITLES))
    if chosen == LAST:
        talk.say(_("From now on reminders and notices come where {you} wrote last."))
        return
    talk.do(Mute(me, BUT_ON + chosen, talk.now))
    talk.say(
        lines(
            _("From now on reminders and notices come on {channel}.", channel=channel_title(chosen)),
            _("Should that not be possible, they come on another channel. Answers come where {you} ask."),
        )
    )


async def _ask(talk: Talk, mine: tuple[str, ...]) -> None:
    reads = await talk.read()
    now = [one for one in mine if await reads.muted([talk.known.id], BUT_ON + one)]
    there: Text = _("Now: on {channel}.", channel=channel_title(now[0])) if now else _("Now: where {you} wrote last.")
    picks = {one: _("On {channel}", channel=channel_title(one)) for one in mine} | {LAST: _("Where I wrote last")}
    choices = [Choice(label, f"/dulieu where {one}", str(n)) for n, (one, label) in enumerate(picks.items(), 1)]
    talk.offer("where", lines(_("Where should reminders and notices come?"), there), *choices)
