"""Long lists, six a page: digits choose, 7 is the next page, 8 the one before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.i18n import Text, _
from bot.messages import Choice

PAGE: Final = 6


def paged(items: Sequence[tuple[Text, str]], page: int, command: str) -> list[Choice]:
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
