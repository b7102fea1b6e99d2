"""The Bot API as the channel calls it: raw JSON for what is frequent, python-telegram-bot for setting up."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import aiohttp
from telegram import Bot, BotCommand, User
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.http import AGAIN, Answer, env_proxy
from bot.channels.setup import SetupError
from bot.channels.telegram_errors import description, failure, speaks_of
from bot.channels.telegram_http import AiohttpRequest, hush
from bot.channels.telegram_updates import WANTED
from bot.i18n import DEFAULT_LANGUAGE
from bot.messages import Attachment, Later, Refused, Uncertain

log = logging.getLogger(__name__)

CONNECTIONS: Final = 64
BATCH: Final = 100  # updates in one getUpdates
GRACE: Final = 10  # seconds that the answer to a long poll may come late

Command = tuple[str, Mapping[str, str]]  # name, and its description by language


@dataclass(frozen=True, slots=True)
class TelegramAccount:
    """A bot and how it is reached. Without `webhook_url` it polls."""

    token: str = field(repr=False)
    base_url: str = "https://api.telegram.org/bot"
    file_url: str = "https://api.telegram.org/file/bot"
    webhook_url: str | None = None
    webhook_secret: str = field(default="", repr=False)
    commands: tuple[Command, ...] = ()
    poll: int = 25  # seconds that a poll without news stays open
    patience: float = 20.0  # seconds that an answer may take


class TelegramApi:
    """Calls to the Bot API with one account."""

    def __init__(self, account: TelegramAccount) -> None:
        """Keep the account; nothing is opened yet."""
        hush()
        proxy = env_proxy(account.base_url)
        self._account = account
        self._calls = AiohttpRequest(CONNECTIONS, account.patience, proxy)
        self._polls = AiohttpRequest(1, account.poll + GRACE, proxy)
        urls = account.base_url, account.file_url
        self._bot = Bot(account.token, *urls, request=self._calls, get_updates_request=self._polls)

    async def open(self) -> None:
        """Open the connection pools."""
        await self._calls.initialize()
        await self._polls.initialize()

    async def close(self) -> None:
        """Close all connections."""
        await self._calls.shutdown()
        await self._polls.shutdown()

    async def prepare(self) -> User:
        """Ask who the bot is, choose polling or the webhook, set the command menu.

        Raises SetupError when a setting is wrong, TelegramError when Telegram cannot be reached.
        """
        me = await self.who()
        await self._choose_way()
        await self._set_menu()
        return me

    async def who(self) -> User:
        """Ask who the bot is, and change nothing.

        Raises SetupError when the token is wrong, TelegramError when Telegram cannot be reached.
        """
        try:
            return await self._bot.get_me()
        except InvalidToken:
            raise SetupError(
                "Telegram does not know this token: take the current one from @BotFather for TELEGRAM_TOKEN "
                "(or mend TELEGRAM_BASE_URL)."
            ) from None

    async def _choose_way(self) -> None:
        url = self._account.webhook_url
        if not url:
            await self._bot.delete_webhook()
            return
        try:
            await self._bot.set_webhook(url, secret_token=self._account.webhook_secret, allowed_updates=list(WANTED))
        except BadRequest as refusal:
            raise SetupError(f"Telegram does not take the webhook address {url}: {refusal}") from None

    async def _set_menu(self) -> None:
        languages = sorted({language for _, said in self._account.commands for language in said})
        try:
            for language in languages:
                menu = [BotCommand(name, said[language]) for name, said in self._account.commands if language in said]
                if language == DEFAULT_LANGUAGE:
                    await self._bot.set_my_commands(menu)
                if len(language) == 2:  # Telegram knows no longer codes
                    await self._bot.set_my_commands(menu, language_code=language)
        except TelegramError as trouble:
            log.warning("telegram: the command menu could not be set: %s", trouble)

    async def updates(self, offset: int | None) -> list[Any]:
        """Wait for updates, acknowledging those below `offset`."""
        body: dict[str, Any] = {"timeout": self._account.poll, "limit": BATCH, "allowed_updates": WANTED}
        if offset is not None:
            body["offset"] = offset
        status, answer = await self._polls.call(f"{self._bot.base_url}/getUpdates", body)
        if not answer.get("ok"):
            raise failure(status, answer)
        return list(answer["result"])

    async def ask(self, method: str, params: Mapping[str, Any], file: Attachment | None = None) -> Answer:
        """Call a method; give status and answer whatever they are."""
        body = params if file is None else await _multipart(method, params, file)
        return await self._calls.call(f"{self._bot.base_url}/{method}", body)

    async def call(self, method: str, params: Mapping[str, Any], file: Attachment | None = None) -> Any:
        """Call a method; give its result, or raise the SendFailure that its refusal means."""
        status, answer = await self.ask(method, params, file)
        if not answer.get("ok"):
            raise failure(status, answer)
        return answer["result"]

    async def fetch(self, remote: str, limit: int) -> bytes:
        """Bring a file. Raises Later when that may work another time, Refused when it never will."""
        try:
            status, answer = await self.ask("getFile", {"file_id": remote})
        except Uncertain as trouble:
            raise Later(AGAIN, str(trouble)) from None
        path = _path_of(status, answer, limit)
        status, data = await self._calls.download(f"{self._bot.base_file_url}/{path}", limit)
        if status == 200:
            return data
        raise Refused("the file is gone") if status in {404, 410} else Later(AGAIN, f"HTTP {status}")


def _path_of(status: int, answer: Mapping[str, Any], limit: int) -> str:
    if answer.get("ok"):
        file = answer["result"]
        if (file.get("file_size") or 0) > limit:
            raise Refused(f"the file is larger than {limit} bytes")
        return str(file["file_path"])
    trouble = failure(status, answer)
    if isinstance(trouble, Later):
        raise trouble
    if speaks_of(description(answer), ("temporarily unavailable",)):
        raise Later(AGAIN, str(trouble))
    raise Refused(str(trouble))


async def _multipart(method: str, params: Mapping[str, Any], file: Attachment) -> aiohttp.FormData:
    try:
        content = await asyncio.to_thread(Path(file.path).read_bytes)
    except OSError as trouble:
        raise Refused(f"the file {file.name} cannot be read: {type(trouble).__name__}") from trouble
    form = aiohttp.FormData(quote_fields=False)  # else Telegram shows "B%C3%A1o" for "Báo"
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    form.add_field(method.removeprefix("send").lower(), content, filename=file.name)
    return form
