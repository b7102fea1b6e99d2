"""Telegram: polls or is called, hands over what came, sends what is to be said."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from telegram.error import TelegramError

from bot.channels.begun import Begun
from bot.channels.pause import LONGEST_PAUSE, Pause
from bot.channels.setup import SetupError
from bot.channels.telegram_api import TelegramAccount, TelegramApi
from bot.channels.telegram_errors import NOT_EDITABLE, UNCHANGED, description, failure, speaks_of
from bot.channels.telegram_files import Uploads
from bot.channels.telegram_text import MAX_TEXT, Part, parts_of
from bot.channels.telegram_updates import MAX_FILE, NAME, next_offset, read_updates
from bot.messages import Arrival, Incoming, Later, Message, SendFailure
from bot.ports import Deliver, Facts, StoreBusy

log = logging.getLogger(__name__)

ACKS_AT_ONCE: Final = 8  # presses are answered beside the replies, and must not crowd them out
SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header


class TelegramChannel:
    """One Telegram bot."""

    name = NAME
    facts = Facts(MAX_TEXT, buttons=True, edits=True, files=True, pace=30.0, max_file=MAX_FILE)

    def __init__(self, account: TelegramAccount, clock: Callable[[], datetime]) -> None:
        """Keep the account, and the clock that says when a press came."""
        self.username = ""
        self.trouble = ""
        self.bot_id = account.token.partition(":")[0]
        self._account = account
        self._clock = clock
        self._api = TelegramApi(account)
        self._ready = False
        self._acks: set[asyncio.Task[None]] = set()
        self._acks_at_once = asyncio.Semaphore(ACKS_AT_ONCE)
        self._begun = Begun()
        self._uploads = Uploads(self._api)

    async def start(self) -> None:
        """Sign in. Where Telegram cannot be reached now, `run` goes on trying.

        Raises SetupError when the token or the webhook address is wrong.
        """
        await self._api.open()
        try:
            await self._prepare()
        except SetupError:
            await self.close()
            raise
        except TelegramError as trouble:
            log.warning("telegram: cannot be reached yet (%s); trying again while running", trouble)

    async def look(self) -> str:
        """Sign in only to learn what the bot is called; what Telegram sends where stays as it is. "" if out of reach.

        Raises SetupError when the token is wrong.
        """
        await self._api.open()
        try:
            return (await self._api.who()).username or ""
        except TelegramError:
            return ""

    async def run(self, deliver: Deliver) -> None:
        """Receive until cancelled: poll, or with a webhook only keep signed in."""
        pause = Pause()
        while not self._ready:
            try:
                await self._prepare()
            except (TelegramError, SetupError) as trouble:
                self.trouble = f"not signed in: {trouble}"
                log.warning("telegram: still not signed in: %s", trouble)
                await pause.take()
        if self._account.webhook_url:
            await asyncio.Event().wait()
        offset = None
        while True:
            offset = await self._poll(offset, deliver, pause)

    async def _prepare(self) -> None:
        me = await self._api.prepare()
        self.bot_id, self.username, self._ready = str(me.id), me.username or "", True
        self.trouble = ""

    async def _poll(self, offset: int | None, deliver: Deliver, pause: Pause) -> int | None:
        """Ask once and hand over; give the next offset: the same one when the batch was not taken.

        An empty answer drops the offset. It has done its work, and after a silent week numbers start anew,
        maybe below it: those messages would be lost.
        """
        try:
            updates = await self._api.updates(offset)
            after = next_offset(updates)
            if updates and after is None:
                raise Later(LONGEST_PAUSE, "updates without numbers")
            await self._hand_over(read_updates(updates, self.bot_id, self._clock()), deliver)
        except SendFailure as trouble:
            self.trouble = f"polling failed: {trouble}"
            log.warning("telegram: polling failed: %s", trouble)
            await pause.take(trouble.after if isinstance(trouble, Later) and trouble.halts else 0)
            return offset
        except Exception as trouble:  # whatever kept the inbox from taking it, the updates stay with Telegram
            log.warning(
                "telegram: updates not taken (%s), asking again",
                type(trouble).__name__,
                exc_info=None if isinstance(trouble, StoreBusy) else trouble,
            )
            await pause.take()
            return offset
        pause.reset()
        self.trouble = ""
        return after

    async def _hand_over(self, batch: Sequence[Incoming], deliver: Deliver) -> None:
        if batch:
            await deliver(batch)
            self.settle(batch)

    def receive(self, headers: Mapping[str, str], body: bytes) -> list[Incoming]:
        """Read a webhook call.

        Raises PermissionError when the secret is wrong. A body that cannot be read gives an empty list.
        """
        given = next((value for key, value in headers.items() if key.lower() == SECRET_HEADER), "")
        secret = self._account.webhook_secret
        if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
            raise PermissionError("wrong webhook secret")
        try:
            update = json.loads(body)
        except ValueError:
            log.warning("telegram: a webhook call without JSON")
            return []
        return read_updates([update], self.bot_id, self._clock())

    def settle(self, taken: Sequence[Incoming]) -> None:
        """Answer button presses (their buttons stop blinking), without waiting for it."""
        for incoming in taken:
            if incoming.what is Arrival.PRESS and incoming.ack:
                task = asyncio.create_task(self._answer_press(incoming.ack))
                self._acks.add(task)
                task.add_done_callback(self._acks.discard)

    async def _answer_press(self, ack: str) -> None:
        try:
            async with self._acks_at_once:
                await self._api.call("answerCallbackQuery", {"callback_query_id": ack})
        except SendFailure as trouble:  # too old, or the network: the reply says it all anyway
            log.info("telegram: a press was not answered: %s", trouble)

    async def send(self, chat: str, message: Message) -> str:
        """Send one message, or change the one it edits; give its id.

        Raises a SendFailure: Later, Gone, Moved, Refused or Uncertain.
        """
        parts = parts_of(message)
        editable = message.edits and len(parts) == 1 and not parts[0].file
        if editable and await self._edited(chat, message.edits, parts[0]):
            return message.edits
        sent = await self._begun.say(chat, message, parts, partial(self._send_part, chat))
        return str(sent["message_id"])

    async def _send_part(self, chat: str, part: Part) -> Any:
        params = {"chat_id": chat, **part.params}
        if part.file is not None:
            return await self._uploads.send(part, params, part.file)
        return await self._api.call(part.method, params)

    async def _edited(self, chat: str, message_id: str, part: Part) -> bool:
        params = {"chat_id": chat, "message_id": message_id, **part.params}
        status, answer = await self._api.ask("editMessageText", params)
        why = description(answer)
        if answer.get("ok") or speaks_of(why, (UNCHANGED,)):
            return True
        if speaks_of(why, NOT_EDITABLE):
            return False
        raise failure(status, answer)

    async def fetch(self, remote: str, limit: int) -> bytes:
        """Bring a file that somebody sent.

        Raises Later to be tried again, Refused when it is gone or larger than `limit` bytes.
        """
        return await self._api.fetch(remote, limit)

    def link(self, code: str) -> str:
        """Give the address that opens a chat with an invitation code; "" until the bot's name is known."""
        return f"https://t.me/{self.username}?start={code}" if self.username else ""

    async def close(self) -> None:
        """Stop answering presses and let go of connections."""
        for task in list(self._acks):
            task.cancel()
        await asyncio.gather(*self._acks, return_exceptions=True)
        await self._api.close()
