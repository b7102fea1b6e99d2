"""What officers do with reports: look at them, accept them, comment on them, send them back."""

from __future__ import annotations

from typing import Final

from bot.forms.form import Form
from bot.talk import Command
from handlers.review import deciding, looking, noting, queue, returning, story

FORMS: Final[tuple[Form, ...]] = (returning.RETURN, noting.NOTE)
QUEUE: Final = queue.QUEUE
OTHERS: Final[tuple[Command, ...]] = (
    looking.LOOK,
    deciding.ACCEPT,
    deciding.ACCEPT_MANY,
    returning.ASK_FIELD,
    returning.RETURNED,
    noting.COMMENT,
    noting.NOTED,
    story.STORY,
)
