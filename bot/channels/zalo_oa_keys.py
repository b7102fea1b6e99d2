"""The keys of a Zalo Official Account: an access token for a day, and a refresh token that buys the next pair once.

Source: OAuth v4 of Zalo Official Account: POST of a form (refresh_token, app_id, grant_type) with the header
`secret_key` to `/v4/oa/access_token`; it answers `{access_token, refresh_token, expires_in}` or `{error, error_name}`.
The old access token dies with the new one; a refresh token lives for three months.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

import aiohttp

from bot.channels.http import HttpCaller
from bot.channels.pause import Pause
from bot.channels.zalo_oa_templates import OaTemplate
from bot.effects import KeepKeys
from bot.messages import Later, Uncertain
from bot.ports import Conflict, Store, StoreBusy
from bot.records import ChannelKeys

log = logging.getLogger(__name__)

NAME: Final = "zalo_oa"
EARLY: Final = timedelta(minutes=30)  # before a token ends we get the next
LEASE: Final = timedelta(seconds=60)  # longer than the answer may take
MEANWHILE: Final = 2.0  # seconds until we look whether another process has new keys
OUTAGE: Final = 60.0


class NoKey(Later):
    """The account is closed to us until somebody gives us a new refresh token."""

    def __init__(self, why: str) -> None:
        """Keep what Zalo says of it."""
        super().__init__(OUTAGE, f"{why}. Take a new ZALO_OA_REFRESH_TOKEN from the app's page at Zalo.", halts=True)


@dataclass(frozen=True, slots=True)
class OaAccount:
    """An Official Account and how it is reached. Addresses are scheme and host."""

    app_id: str
    secret: str = field(repr=False)  # of the account: signs what Zalo brings us
    refresh_token: str = field(repr=False)
    app_secret: str = field(default="", repr=False)  # of the app, where it is not the same
    api_url: str = "https://openapi.zalo.me"
    oauth_url: str = "https://oauth.zaloapp.com"
    business_url: str = "https://business.openapi.zalo.me"
    monthly: int = 0  # messages a month that it may send; 0: any number
    money: int = 0  # đồng a month that may be spent; 0: any amount
    price: int = 0  # đồng for a message between the free hours and the end of the window
    templates: Mapping[str, OaTemplate] = field(default_factory=dict)  # by the name of what they stand in for
    patience: float = 20.0  # seconds that an answer may take


class OaKeys:
    """Gives the access token in force. Two never renew at once: the row is leased first, in a commit of its own."""

    def __init__(self, account: OaAccount, store: Store, http: HttpCaller, clock: Callable[[], datetime]) -> None:
        """Keep the keys in the database; what the environment gave counts until it was used, or when it is new."""
        self._account, self._store, self._http, self._clock = account, store, http, clock
        self._seed = hashlib.sha256(account.refresh_token.encode()).hexdigest()
        self._keys: ChannelKeys | None = None
        self._one = asyncio.Lock()

    async def access(self, refused: str = "") -> str:
        """Give an access token other than the one that Zalo just refused.

        Raises NoKey when the refresh token is worth nothing, Later or Uncertain when Zalo or the database is away.
        """
        async with self._one:
            if self._keys is None or not self._good(self._keys, refused):
                try:
                    self._keys = await self._renewed(refused)
                except (StoreBusy, Conflict) as busy:
                    raise Later(MEANWHILE, "the keys are being renewed", halts=True) from busy
            return self._keys.access

    def _good(self, keys: ChannelKeys, refused: str) -> bool:
        return keys.access not in {"", refused} and self._clock() < keys.valid_until - EARLY

    async def _renewed(self, refused: str) -> ChannelKeys:
        """Take what another process got meanwhile, or get a new pair."""
        kept = await self._kept()
        if kept is not None and kept.seed == self._seed and self._good(kept, refused):
            return kept
        if self._is_leased(kept):
            raise Later(MEANWHILE, "another process renews the keys", halts=True)
        leased = self._next(kept)
        await self._keep(leased)
        try:
            pair = await self._buy(leased.refresh)
        except (NoKey, Later):  # it was not used: whoever comes next need not wait
            await self._keep(replace(leased, version=leased.version + 1, renewing_until=None))
            raise
        return await self._kept_for_sure(replace(leased, version=leased.version + 1, renewing_until=None, **pair))

    def _is_leased(self, kept: ChannelKeys | None) -> bool:
        """Tell whether somebody is buying with the same token; a new one of the environment need not wait for them."""
        if kept is None or kept.renewing_until is None or kept.seed != self._seed:
            return False
        return kept.renewing_until > self._clock()

    async def had_opened(self) -> bool:
        """Tell whether the refresh token of the environment has opened the account before."""
        kept = await self._kept()
        return kept is not None and kept.seed == self._seed and bool(kept.access)

    def _next(self, kept: ChannelKeys | None) -> ChannelKeys:
        """Lease the keys; a refresh token that is new in the environment goes before those that are kept."""
        now = self._clock()
        if kept is None or kept.seed != self._seed:
            version = kept.version + 1 if kept else 1
            return ChannelKeys(NAME, version, self._seed, self._account.refresh_token, "", now, now + LEASE)
        return replace(kept, version=kept.version + 1, renewing_until=now + LEASE)

    async def _buy(self, refresh: str) -> dict[str, Any]:
        form = aiohttp.FormData(
            {"refresh_token": refresh, "app_id": self._account.app_id, "grant_type": "refresh_token"}
        )
        secret = {"secret_key": self._account.app_secret or self._account.secret}
        status, answer = await self._http.call(f"{self._account.oauth_url}/v4/oa/access_token", form, headers=secret)
        if status >= 500:
            raise Uncertain(f"HTTP {status}")
        if not answer.get("access_token") or not answer.get("refresh_token"):
            raise NoKey(f"Zalo gives no access token: {_reason(answer)}")
        seconds = str(answer.get("expires_in"))
        until = self._clock() + timedelta(seconds=int(seconds) if seconds.isdecimal() else 3600)
        return {"access": str(answer["access_token"]), "refresh": str(answer["refresh_token"]), "valid_until": until}

    async def _kept_for_sure(self, keys: ChannelKeys) -> ChannelKeys:
        """Commit the pair before anybody uses it: without it the account would be lost."""
        pause = Pause()
        while True:
            try:
                await self._keep(keys)
                return keys
            except StoreBusy:
                log.exception("zalo_oa: new keys could not be kept yet; trying again")
                await pause.take()

    async def _kept(self) -> ChannelKeys | None:
        async with self._store.reading() as reads:
            return await reads.channel_keys(NAME)

    async def _keep(self, keys: ChannelKeys) -> None:
        async with self._store.batch() as batch:
            await batch.write([KeepKeys(keys)])


def _reason(answer: Mapping[str, Any]) -> str:
    return f"{answer.get('error_name') or answer.get('message') or 'no reason given'} ({answer.get('error')})"
