"""Who a browser is: a cookie that names a chat, signed, so that nobody can make one up."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.messages import Address
from bot.ports import Purpose, Ticket

SHAPE: Final = re.compile(r"([A-Za-z0-9_-]{22})\.([0-9a-f]{1,12})\.([A-Za-z0-9_-]{43})")
RENEW: Final = timedelta(days=1)  # a cookie in use is given anew once a day
NONCE: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Sessions:
    """Makes and reads session cookies."""

    def __init__(self, secret: str, days: int, clock: Callable[[], datetime]) -> None:
        """Sign with a secret; a session that is not used for so many days is over."""
        self._secret = secret.encode()
        self._life = timedelta(days=days)
        self._clock = clock

    @property
    def seconds(self) -> int:
        """Give how long a cookie lives."""
        return int(self._life.total_seconds())

    def chat_for(self, nonce: str, code: str) -> str:
        """Give the chat of somebody entering: the same one when the same browser tries the same code again."""
        return self._mark("chat", nonce, code)[:22]

    def cookie(self, chat: str) -> str:
        """Give the cookie of a chat."""
        issued = f"{int(self._clock().timestamp()):x}"
        return f"{chat}.{issued}.{self._mark('session', chat, issued)}"

    def chat_of(self, cookie: str) -> tuple[str, bool] | None:
        """Read a cookie: its chat, and whether it is time to give it anew. None when it is not ours, or too old."""
        match = SHAPE.fullmatch(cookie)
        if match is None or not hmac.compare_digest(self._mark("session", match[1], match[2]), match[3]):
            return None
        age = self._clock().timestamp() - int(match[2], 16)
        if not -RENEW.total_seconds() <= age <= self._life.total_seconds():
            return None
        return match[1], age > RENEW.total_seconds()

    def file_mark(self, chat: str, key: str, number: int) -> str:
        """Give the part of a file's address that nobody can guess."""
        return self._mark("file", chat, key, str(number))[:22]

    def ticket(self, ticket: Ticket) -> str:
        """Write a ticket down, signed."""
        until, where = int(ticket.until.timestamp()), ticket.address
        told = json.dumps(
            [ticket.purpose, where.channel, where.chat, ticket.draft, ticket.step, until], separators=(",", ":")
        )
        text = base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")
        return f"{text}.{self._mark('ticket', text)[:22]}"

    def ticket_of(self, text: str) -> Ticket | None:
        """Read a ticket, over or not; None for what we did not sign."""
        told, _dot, mark = text.partition(".")
        if not hmac.compare_digest(self._mark("ticket", told)[:22].encode(), mark.encode()):
            return None
        purpose, channel, chat, draft, step, until = json.loads(base64.urlsafe_b64decode(told + "=" * (-len(told) % 4)))
        ends = datetime.fromtimestamp(until, UTC)
        return Ticket(Purpose(purpose), Address(channel, chat), draft, step, ends)

    def _mark(self, *parts: str) -> str:
        digest = hmac.new(self._secret, "\0".join(parts).encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")
