"""A thank-you gets a word back, and nothing else."""

from __future__ import annotations

from typing import Final

from bot.i18n import _
from bot.talk import Command, Talk


async def run(talk: Talk, words: str) -> None:
    """Answer a thank-you."""
    del words
    talk.say(_("You are welcome, {you}."))


COMMAND: Final = Command(
    "camon",
    _("A word of thanks"),
    run,
    words=("cam on", "cam on nhe", "cam on a", "ok", "oke", "da", "vang", "thanks", "thank you", "👍", "🙏"),
    listed=False,
)
