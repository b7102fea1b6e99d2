"""Screens of choices: what may be typed for them, and the page of ours that shows all of a long list."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.forms.fold import fold
from bot.i18n import ZONE, Phrase, Text, Voice, _
from bot.messages import Choice
from bot.ports import Purpose, Ticket

LIFE: Final = timedelta(minutes=30)  # of a link
MANY: Final = 12  # choices that two screens of digits hold; of more, the whole list is offered


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of which a screen shows a part: the command that shows it again, and all of it as (label, data)."""

    command: str
    items: tuple[tuple[Text, str], ...]


def typed(choices: Sequence[Choice], voice: Voice) -> dict[str, str]:
    """Give what may be typed for choices: their keys, and their labels whole, even where these name a command."""
    labels = {fold(voice.speak(choice.label)).strip(" .!✓"): choice.data for choice in choices if choice.key}
    return labels | {choice.key.lower(): choice.data for choice in choices if choice.key}


def step_of(command: str) -> str:
    """Name a list in a link: short, and nothing of what was typed for it."""
    return hashlib.sha256(command.encode()).hexdigest()[:16]


def linked(bridge: Callable[[Ticket, str], str], ticket: Ticket, language: str) -> Phrase | None:
    """Say where to go on by a page, until when; None where there is no page that a phone could open."""
    link, time = bridge(ticket, language), ticket.until.astimezone(ZONE).time()
    if not link:
        return None
    if ticket.purpose is Purpose.PICK:
        return _("All choices on one page, until {time}: {link}", time=time, link=link)
    return _("A page to send photos and files, until {time}: {link}", time=time, link=link)
