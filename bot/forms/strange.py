"""What is said to messages that cannot be read."""

from __future__ import annotations

from bot.i18n import Text, _
from bot.messages import UNSUPPORTED, Incoming


def sorry(incoming: Incoming, otherwise: Text) -> Text:
    """Tell what to do instead; a messenger that keeps from us what was sent is named, and there is another way in.

    Zalo must not pass on what some people write (children, people who cannot read); they are not left unanswered.
    """
    if incoming.text != UNSUPPORTED:
        return otherwise
    return _(
        "Zalo does not pass on what {you} sent. Please type it in words or numbers. To send a file, type TRANG; "
        "to see whom to call, type HELP."
    )
