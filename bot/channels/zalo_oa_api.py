"""The Official Account API as the channel calls it, and what its refusals mean.

Source: openapi.zalo.me, v3.0 `message/cs` (consultation), header `access_token`; it answers `{error, message, data?}`
under HTTP 200, and only `error` counts. At most 4,000 calls a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from bot.channels import zalo_oa_templates as templates
from bot.channels.http import AGAIN, HttpCaller, env_proxy
from bot.channels.zalo_api import OverQuota
from bot.channels.zalo_oa_keys import OaAccount, OaKeys
from bot.channels.zalo_oa_night import until_morning
from bot.messages import SILENT, ByDay, Elsewhere, Gone, Later, Refused, SendFailure
from bot.ports import Store

CONNECTIONS: Final = 16
MINUTE: Final = 60.0
WRONG_KEY: Final = frozenset({-216, -124})  # the access token is over or was replaced
OUTSIDE: Final = frozenset({-230, -232})  # the person was silent for more than seven days
NIGHT: Final = -234
TOO_FAST: Final = -32
QUOTAS: Final = frozenset({-211, -218, -320, -321})
NOBODY: Final = frozenset({-213, -217, -227})  # does not follow, has blocked us, is banned
PASSING: Final = frozenset({-1, -200})


Meaning = Callable[[int, str, datetime], SendFailure]  # of a code that Zalo refuses with


class OutsideWindow(Elsewhere):
    """Nothing may be said freely to this person: they were silent for longer than Zalo allows."""


class OaApi:
    """Calls to one account."""

    def __init__(self, account: OaAccount, store: Store, clock: Callable[[], datetime]) -> None:
        """Keep the account; nothing is opened yet."""
        self._base, self._business = account.api_url, account.business_url
        self._clock = clock
        self._http = HttpCaller(CONNECTIONS, account.patience, env_proxy(account.api_url))
        self.keys = OaKeys(account, store, self._http, clock)

    async def open(self) -> None:
        """Open the connection pool."""
        await self._http.open()

    async def close(self) -> None:
        """Close all connections."""
        await self._http.close()

    async def who(self) -> Mapping[str, Any]:
        """Ask who the account is. Raises NoKey when no key opens it, a SendFailure when Zalo is away."""
        return await self._call(f"{self._base}/v2.0/oa/getoa", None)

    async def say(self, user: str, message: Mapping[str, Any]) -> str:
        """Send one consultation message; give its id, or raise the SendFailure that the refusal means."""
        body = {"recipient": {"user_id": user}, "message": message}
        return str((await self._call(f"{self._base}/v3.0/oa/message/cs", body)).get("message_id") or "")

    async def say_approved(self, call: Mapping[str, Any]) -> str:
        """Send a template message to a telephone; give its id, or raise the SendFailure that the refusal means."""
        told = await self._call(self._business + templates.PATH, call, templates.refusal)
        return str(told.get("msg_id") or "")

    async def fetch(self, url: str, limit: int) -> bytes:
        """Bring a file from where Zalo keeps it for a while. Raises Later or Refused."""
        status, data = await self._http.download(url, limit)
        if status == 200:
            return data
        raise Refused("the file is gone") if status in {403, 404, 410} else Later(AGAIN, f"HTTP {status}")

    async def _call(self, url: str, body: Mapping[str, Any] | None, meant: Meaning | None = None) -> Mapping[str, Any]:
        """Call with the key in force; one that was replaced meanwhile is renewed once."""
        key = await self.keys.access()
        status, answer = await self._ask(url, body, key)
        if answer.get("error") in WRONG_KEY:
            status, answer = await self._ask(url, body, await self.keys.access(refused=key))
        if status != 200 or answer.get("error", 0) != 0:
            raise failure(status, answer, self._clock(), meant or meaning)
        data = answer.get("data")
        return data if isinstance(data, dict) else {}

    async def _ask(self, url: str, body: Mapping[str, Any] | None, key: str) -> tuple[int, Mapping[str, Any]]:
        return await self._http.call(url, body, headers={"access_token": key})


def failure(status: int, answer: Mapping[str, Any], now: datetime, meant: Meaning) -> SendFailure:
    """Tell what a refusal means for the message."""
    code = answer.get("error")
    why = f"{answer.get('message') or 'no reason given'} ({code or status})"
    if code in WRONG_KEY or status == 429:
        return Later(MINUTE, why, halts=True)
    return Later(AGAIN, why) if status >= 500 else meant(code if isinstance(code, int) else 0, why, now)


def meaning(code: int, why: str, now: datetime) -> SendFailure:
    """Tell what the refusal of a consultation message means."""
    if code in OUTSIDE:
        return OutsideWindow(f"{SILENT}, so that Zalo lets nothing be said: {why}")
    if code == NIGHT:
        return ByDay(until_morning(now))
    if code in QUOTAS:
        return OverQuota(why)
    if code == TOO_FAST:
        return Later(MINUTE, why, halts=True)
    if code in NOBODY:
        return Gone(why)
    return Later(AGAIN, why) if code in PASSING else Refused(why)
