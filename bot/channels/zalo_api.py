"""The Zalo Bot API as the channel calls it, and what its refusals mean.

Source: the method table of Zalo Bot Creator. Every call is a POST of JSON to `/bot<TOKEN>/<method>`, answered by
`{ok, result?, description?, error_code?}`. Refusals also come under HTTP 200, so only `ok` counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.channels.http import AGAIN, HttpCaller, env_proxy
from bot.channels.setup import SetupError
from bot.messages import Later, Refused, SendFailure, Uncertain

CONNECTIONS: Final = 16
GRACE: Final = 10  # seconds that the answer to a long poll may come late
OUTAGE: Final = 60.0  # seconds until the next try when the bot itself is refused: somebody must act first
QUOTA: Final = 3600.0  # seconds until we look whether there is quota again: a month's may have begun
EMPTY_POLL: Final = 408
UNKNOWN_BOT: Final = (401, 404)  # a token that is no token is answered by 404


class OverQuota(Later):
    """The account may say nothing more for now; what waits stays."""

    def __init__(self, why: str) -> None:
        """Keep what Zalo says of it."""
        super().__init__(QUOTA, why, halts=True)


@dataclass(frozen=True, slots=True)
class ZaloAccount:
    """A bot and how it is reached. Without `webhook_url` it polls."""

    token: str = field(repr=False)
    base_url: str = "https://bot-api.zaloplatforms.com/bot"
    webhook_url: str | None = None
    webhook_secret: str = field(default="", repr=False)
    monthly: int = 0  # messages a month that it may send; 0: any number
    poll: int = 30  # seconds that a poll without news stays open
    patience: float = 20.0  # seconds that an answer may take


class ZaloApi:
    """Calls to the Bot API with one account."""

    def __init__(self, account: ZaloAccount) -> None:
        """Keep the account; nothing is opened yet."""
        self._account = account
        self._http = HttpCaller(CONNECTIONS, account.patience, env_proxy(account.base_url))

    async def open(self) -> None:
        """Open the connection pool."""
        await self._http.open()

    async def close(self) -> None:
        """Close all connections."""
        await self._http.close()

    async def prepare(self) -> Mapping[str, Any]:
        """Ask who the bot is, and choose polling or the webhook; give what Zalo says of the bot.

        Raises SetupError when a setting is wrong, a SendFailure when Zalo cannot be reached.
        """
        me = await self.who()
        await self._choose_way()
        return me

    async def who(self) -> Mapping[str, Any]:
        """Ask who the bot is, and change nothing. Raises SetupError when the token is wrong."""
        status, answer = await self._ask("getMe", {})
        if not answer.get("ok") and code_of(status, answer) in UNKNOWN_BOT:
            raise SetupError(
                "Zalo does not know this token: take the current one from the message of Zalo Bot Creator for "
                "ZALO_TOKEN (or mend ZALO_BASE_URL)."
            )
        return dict(_result(status, answer))

    async def _choose_way(self) -> None:
        url = self._account.webhook_url
        if url:
            status, answer = await self._ask("setWebhook", {"url": url, "secret_token": self._account.webhook_secret})
            if not answer.get("ok") and code_of(status, answer) == 400:
                raise SetupError(f"Zalo does not take the webhook address {url}: {answer.get('description', '')}")
            _result(status, answer)
            return
        status, answer = await self._ask("deleteWebhook", {})
        if code_of(status, answer) != 400:  # 400: there was none
            _result(status, answer)

    async def update(self) -> Mapping[str, Any] | None:
        """Wait for one update; None when none came. Zalo forgets it by answering: it is never given again."""
        patience = self._account.poll + GRACE
        status, answer = await self._ask("getUpdates", {"timeout": str(self._account.poll)}, patience)
        if not answer.get("ok") and code_of(status, answer) == EMPTY_POLL:
            return None
        result = _result(status, answer)
        return result if isinstance(result, dict) else None

    async def call(self, method: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """Call a method; give its result, or raise the SendFailure that its refusal means."""
        return dict(_result(*await self._ask(method, params)))

    async def fetch(self, url: str, limit: int) -> bytes:
        """Bring a picture from where Zalo keeps it for a while. Raises Later or Refused."""
        status, data = await self._http.download(url, limit)
        if status == 200:
            return data
        raise Refused("the file is gone") if status in {403, 404, 410} else Later(AGAIN, f"HTTP {status}")

    async def _ask(
        self, method: str, params: Mapping[str, Any], patience: float | None = None
    ) -> tuple[int, Mapping[str, Any]]:
        return await self._http.call(f"{self._account.base_url}{self._account.token}/{method}", params, patience)


def _result(status: int, answer: Mapping[str, Any]) -> Any:
    if not answer.get("ok"):
        raise failure(status, answer)
    return answer.get("result") or {}


def code_of(status: int, answer: Mapping[str, Any]) -> int:
    """Give the code of an answer: its own, or HTTP's."""
    code = answer.get("error_code")
    return code if isinstance(code, int) and code else 200 if answer.get("ok") else status


def failure(status: int, answer: Mapping[str, Any]) -> SendFailure:
    """Tell what a refusal means for the message. A 403 ("internal server error") passes; a 429 is the quota."""
    code = code_of(status, answer)
    why = f"{answer.get('description') or 'no reason given'} ({code})"
    if code == 429:
        return OverQuota(why)
    if code in UNKNOWN_BOT:
        return Later(OUTAGE, why, halts=True)
    if code == EMPTY_POLL:
        return Uncertain(why)
    return Refused(why) if code == 400 else Later(AGAIN, why)
