"""/khan: an incident, told in a minute; those on duty are alerted at once."""

from __future__ import annotations

from typing import Final

from bot.i18n import _
from bot.records import WRITERS
from bot.talk import Command, Talk
from handlers.incident import INCIDENT


async def urgent(talk: Talk, words: str) -> None:
    """Begin the report of an incident."""
    del words
    await talk.dialogues.start(INCIDENT)


COMMAND: Final = Command(
    "khan", _("Urgent: an incident"), urgent, words=("khan", "khan cap", "gap", "viec gap"), roles=WRITERS
)
