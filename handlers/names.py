"""What channels and people are called."""

from __future__ import annotations

from typing import Final

from bot.i18n import Phrase, Plain, Text
from bot.talk import HONORIFICS

CHANNELS: Final = {"telegram": "Telegram", "web": "Web", "console": "Terminal", "sample": "–"}


def channel_name(channel: str) -> str:
    """Give the name that people know a channel by."""
    return CHANNELS.get(channel, channel)


def person_name(name: str, honorific: str) -> Text:
    """Call a person as they wish to be called: "cô Mai"."""
    form = HONORIFICS.get(honorific)
    return Phrase(form.msgid, (("name", name),)) if form is not None else Plain(name)
