"""Long lists, six a page: digits choose, 7 is the next page, 8 the one before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from bot.i18n import Text, _
from bot.listing import Listing
from bot.messages import Choice
from bot.talk import Talk

PAGE: Final = 6
T = TypeVar("T")


def paged(talk: Talk, items: Sequence[tuple[Text, str]], page: int, command: str) -> list[Choice]:
    """Draw one page of (label, data), of a list that a page of ours can show whole by the same command."""
    talk.listing = Listing(command, tuple(items))
    return screen(items, page, command)


def drawn(talk: Talk, items: Sequence[T], page: int) -> Sequence[T]:
    """Give what of a list will be drawn now, where reading all of it would be too much for a screen."""
    return items if talk.whole else items[max(0, page - 1) * PAGE : max(1, page) * PAGE]


def screen(items: Sequence[tuple[Text, str]], page: int, command: str) -> list[Choice]:
    """Draw one page of (label, data); `command` with a page number after it shows another page."""
    last = max(1, -(-len(items) // PAGE))
    page = min(max(page, 1), last)
    shown = items[(page - 1) * PAGE : page * PAGE]
    choices = [Choice(label, data, str(n)) for n, (label, data) in enumerate(shown, 1)]
    if page < last:
        choices.append(Choice(_("More choices"), f"{command} {page + 1}", "7"))
    if page > 1:
        choices.append(Choice(_("Choices before"), f"{command} {page - 1}", "8"))
    return choices


def page_in(words: str) -> int:
    """Read a page number; the first page when there is none."""
    return int(words) if words.strip().isdecimal() else 1
