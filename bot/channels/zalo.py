"""Zalo Bot: plain numbered text, no buttons, no edits, no files; it is called, or asks for one message at a time."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.channels.begun import Begun
from bot.channels.carried import carried
from bot.channels.pause import Pause
from bot.channels.setup import SetupError
from bot.channels.shares import Shares
from bot.channels.zalo_api import OverQuota, ZaloAccount, ZaloApi
from bot.channels.zalo_updates import MAX_FILE, NAME, read_event
from bot.messages import Incoming, Later, Message, SendFailure
from bot.ports import Deliver, Facts, StoreBusy, Toll

log = logging.getLogger(__name__)

MAX_TEXT: Final = 2000
PACE: Final = 5.0  # messages a second; Zalo publishes none, and no office needs more
SECRET_HEADER: Final = "x-bot-api-secret-token"  # noqa: S105 - the name of a header
LOSES: Final = (
    "zalo: polling. Zalo gives each message once, and keeps none for whoever is away: what people write while this "
    "program is down is lost. Set PUBLIC_URL and WEBHOOK_SECRET to be called instead."
)

Part = tuple[str, dict[str, str]]  # method and parameters


class ZaloChannel:
    """One Zalo bot. Files of ours go out as short-lived addresses, where we have a public one."""

    name = NAME

    def __init__(self, account: ZaloAccount, shares: Shares) -> None:
        """Keep the account."""
        self.facts = Facts(
            MAX_TEXT,
            buttons=False,
            edits=False,
            files=False,
            pace=PACE,
            monthly=account.monthly,
            max_file=MAX_FILE,
        )
        self.title = ""  # what the bot is called
        self.bot_id = account.token.partition(":")[0]
        self._account = account
        self._share = shares
        self._api = ZaloApi(account)
        self._begun = Begun()
        self._ready = False
        self._receiving = self._quota = ""
        # Pictures are asked for as safely as the bot itself.
        self._schemes = frozenset({"https", urlsplit(account.base_url).scheme})

    @property
    def trouble(self) -> str:
        """What keeps it from receiving or saying anything; "" when all is well."""
        return "; ".join(part for part in (self._receiving, self._quota) if part)

    async def start(self) -> None:
        """Sign in. Where Zalo cannot be reached now, `run` goes on trying.

        Raises SetupError when the token or the webhook address is wrong.
        """
        await self._api.open()
        try:
            await self._prepare()
        except SetupError:
            await self.close()
            raise
        except SendFailure as trouble:
            log.warning("zalo: cannot be reached yet (%s); trying again while running", trouble)

    async def look(self) -> str:
        """Sign in only to learn what the bot is called; how messages come stays as it is. "" if out of reach.

        Raises SetupError when the token is wrong.
        """
        await self._api.open()
        try:
            return str((await self._api.who()).get("account_name") or self.bot_id)
        except SendFailure:
            return ""

    async def run(self, deliver: Deliver) -> None:
        """Receive until cancelled: poll, or with a webhook only keep signed in."""
        pause = Pause()
        while not self._ready:
            try:
                await self._prepare()
            except (SendFailure, SetupError) as trouble:
                self._receiving = f"not signed in: {trouble}"
                log.warning("zalo: still not signed in: %s", trouble)
                await pause.take()
        if self._account.webhook_url:
            await asyncio.Event().wait()
        log.warning(LOSES)
        while True:
            await self._poll(deliver, pause)

    async def _prepare(self) -> None:
        me = await self._api.prepare()
        self.bot_id, self.title, self._ready = str(me["id"]), str(me.get("account_name") or ""), True
        self._receiving = ""

    async def _poll(self, deliver: Deliver, pause: Pause) -> None:
        try:
            update = await self._api.update()
        except SendFailure as trouble:
            self._receiving = f"polling failed: {trouble}"
            log.warning("zalo: polling failed: %s", trouble)
            await pause.take(trouble.after if isinstance(trouble, Later) and trouble.halts else 0)
            return
        self._receiving = ""
        pause.reset()
        incoming = self._read(update) if update else None
        if incoming is not None:
            await self._hand_over([incoming], deliver)

    async def _hand_over(self, batch: Sequence[Incoming], deliver: Deliver) -> None:
        """Offer what came until it is taken: Zalo will not bring it again."""
        pause = Pause()
        while True:
            try:
                await deliver(batch)
                return
            except Exception as trouble:
                log.warning(
                    "zalo: a message was not taken (%s), trying again",
                    type(trouble).__name__,
                    exc_info=None if isinstance(trouble, StoreBusy) else trouble,
                )
                await pause.take()

    def receive(self, headers: Mapping[str, str], body: bytes) -> list[Incoming]:
        """Read a webhook call.

        Raises PermissionError when the secret is wrong. A body that cannot be read gives an empty list.
        """
        given = next((value for key, value in headers.items() if key.lower() == SECRET_HEADER), "")
        secret = self._account.webhook_secret
        if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
            raise PermissionError("wrong webhook secret")
        try:
            event = json.loads(body)
        except ValueError:
            log.warning("zalo: a webhook call without JSON")
            return []
        incoming = self._read(event)
        return [incoming] if incoming is not None else []

    def mount(self, app: web.Application) -> None:
        """Add to the program's server where Zalo and people fetch our files."""
        self._share.mount(app)

    def settle(self, taken: Sequence[Incoming]) -> None:
        """Owe nothing: Zalo has no presses to answer."""

    def _read(self, event: Any) -> Incoming | None:
        return read_event(event, self.bot_id, self._schemes)

    async def send(self, chat: str, message: Message) -> str:
        """Send one message in as many texts as it takes; give the id of the last.

        Raises a SendFailure: Later, Refused or Uncertain.
        """
        parts = list(self._parts(message))
        try:
            return await self._begun.say(chat, message, parts, lambda part: self._call(chat, part))
        except OverQuota as quota:
            self._quota = f"the quota is used up: {quota}"
            log.error("zalo: %s; what is to be said waits", self._quota)
            raise

    async def _call(self, chat: str, part: Part) -> str:
        method, params = part
        sent = await self._api.call(method, {"chat_id": chat, **params})
        self._quota = ""
        return str(sent.get("message_id") or "")

    def toll(self, message: Message, silence: timedelta) -> Toll:
        """Count the calls that a message takes; nothing is paid."""
        del silence
        return Toll(sum(1 for _part in self._parts(message)))

    def _parts(self, message: Message) -> Iterator[Part]:
        """Give the calls: texts, then pictures; a text that one picture can carry goes under it."""
        texts, photos = carried(message, self._share, MAX_TEXT)
        captions = iter(texts if photos and len(texts) == 1 else ())
        for text in () if photos and len(texts) == 1 else texts:
            yield "sendMessage", {"text": text}
        for file, url in photos.items():
            yield "sendPhoto", {"photo": url, "caption": next(captions, file.name)}

    async def fetch(self, remote: str, limit: int) -> bytes:
        """Bring a picture that somebody sent.

        Raises Later to be tried again, Refused when it is gone or larger than `limit` bytes.
        """
        return await self._api.fetch(remote, limit)

    def link(self, _code: str) -> str:
        """Give no address: Zalo opens no chat with a code in it. The code is typed."""
        return ""

    async def close(self) -> None:
        """Let go of connections."""
        await self._api.close()
