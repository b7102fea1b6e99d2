"""The methods of the Bot API that the bot may call, each as strict as the documentation."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.fake_telegram.entities import plain
from tests.fake_telegram.state import ApiError, Button, Chat, Entry, Upload
from tests.fake_telegram.updates import Webhook

if TYPE_CHECKING:
    from tests.fake_telegram.server import FakeTelegram

Params = Mapping[str, Any]
MB = 1024 * 1024
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def bad(why: str) -> ApiError:
    """Refuse with 400."""
    return ApiError(400, f"Bad Request: {why}")


class Methods:
    """Every public function is a method of the Bot API, its parameters are the method's."""

    def __init__(self, fake: FakeTelegram) -> None:
        """Work on this fake."""
        self.fake = fake
        self.table: dict[str, Callable[..., Any]] = {
            name: getattr(self, name) for name in dir(self) if re.fullmatch(r"[a-z]+[A-Z]\w+", name)
        }

    async def call(self, name: str, params: Params) -> Any:
        """Call a method with what came over HTTP."""
        method = self.table.get(name)
        if method is None:
            raise ApiError(404, "Not Found")
        return await method(**_arguments(method.__func__, params))  # type: ignore[attr-defined]

    async def getMe(self) -> Any:  # noqa: N802
        """Tell who the bot is."""
        fake = self.fake
        return {"id": fake.bot_id, "is_bot": True, "first_name": "Tiếng Cơ Sở", "username": fake.username}

    async def getUpdates(  # noqa: N802
        self,
        offset: int = 0,
        limit: int = 100,
        timeout: int = 0,  # noqa: ASYNC109
        allowed_updates: list[Any] | None = None,
    ) -> Any:
        """Acknowledge, wait, give."""
        if not 1 <= limit <= 100:
            raise bad("limit must be between 1 and 100")
        if allowed_updates is not None:
            self.fake.updates.allowed = allowed_updates
        return await self.fake.updates.poll(offset, limit, min(timeout, 50))

    async def setWebhook(  # noqa: N802
        self,
        url: str,
        secret_token: str = "",
        allowed_updates: list[Any] | None = None,
        max_connections: int = 40,
        drop_pending_updates: bool = False,
    ) -> Any:
        """Deliver to this address from now on; plain HTTP only on this machine."""
        parts = urlsplit(url)
        if url and parts.scheme != "https" and parts.hostname != "127.0.0.1":
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if secret_token and not SECRET.fullmatch(secret_token):
            raise bad("secret token contains unallowed characters")
        return await self._hook(
            Webhook(url, secret_token, max_connections) if url else None, allowed_updates, drop_pending_updates
        )

    async def deleteWebhook(self, drop_pending_updates: bool = False) -> Any:  # noqa: N802
        """Deliver no more."""
        return await self._hook(None, None, drop_pending_updates)

    async def _hook(self, hook: Webhook | None, allowed: list[Any] | None, drop: bool) -> bool:
        updates = self.fake.updates
        updates.webhook = hook
        updates.allowed = allowed if allowed is not None else updates.allowed
        if drop:
            updates.pending.clear()
        updates.wake()
        return True

    async def getWebhookInfo(self) -> Any:  # noqa: N802
        """Tell where updates go."""
        updates = self.fake.updates
        return {
            "url": updates.webhook.url if updates.webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(updates.pending),
            **({"last_error_message": updates.last_error} if updates.last_error else {}),
        }

    async def setMyCommands(  # noqa: N802
        self, commands: list[Any], language_code: str = "", scope: dict[str, Any] | None = None
    ) -> Any:
        """Keep the menu of a language."""
        if language_code and not re.fullmatch(r"[a-z]{2}", language_code):
            raise bad("invalid language code specified")
        if not 1 <= len(commands) <= 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not COMMAND.fullmatch(command["command"]) or not 1 <= len(command["description"]) <= 256:
                raise bad("BOT_COMMAND_INVALID")
        self.fake.commands[language_code] = [(c["command"], c["description"]) for c in commands]
        return True

    async def sendMessage(  # noqa: N802
        self,
        chat_id: int,
        text: str = "",
        parse_mode: str = "",
        reply_markup: dict[str, Any] | None = None,
        link_preview_options: dict[str, Any] | None = None,
        disable_notification: bool = False,
        protect_content: bool = False,
    ) -> Any:
        """Put a text into a chat."""
        chat = self._open_chat(chat_id)
        entry = Entry(0, True, _text(text, parse_mode, 4096, "message is too long"), text, _rows(reply_markup))
        if not entry.text:
            raise bad("message text is empty")
        return self.fake.say(chat, entry)

    async def editMessageText(  # noqa: N802
        self,
        chat_id: int,
        message_id: int,
        text: str = "",
        parse_mode: str = "",
        reply_markup: dict[str, Any] | None = None,
        link_preview_options: dict[str, Any] | None = None,
    ) -> Any:
        """Change a message of the bot's."""
        chat = self._open_chat(chat_id)
        entry = chat.log.get(message_id)
        if entry is None:
            raise bad("message to edit not found")
        if not entry.from_bot:
            raise bad("message can't be edited")
        if entry.file:
            raise bad("there is no text in the message to edit")
        shown, rows = _text(text, parse_mode, 4096, "MESSAGE_TOO_LONG"), _rows(reply_markup)
        if not shown:
            raise bad("message text is empty")
        if (text, rows) == (entry.html, entry.rows):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        entry.text, entry.html, entry.rows = shown, text, rows
        return self.fake.change(chat, entry)

    async def sendPhoto(  # noqa: N802
        self,
        chat_id: int,
        photo: Upload | str,
        caption: str = "",
        parse_mode: str = "",
        reply_markup: dict[str, Any] | None = None,
    ) -> Any:
        """Put a photo into a chat."""
        if isinstance(photo, Upload) and len(photo.content) > 10 * MB:
            raise ApiError(413, "Request Entity Too Large")
        return await self._send_file(chat_id, ("photo", photo), _caption(caption, parse_mode), reply_markup)

    async def sendDocument(  # noqa: N802
        self,
        chat_id: int,
        document: Upload | str,
        caption: str = "",
        parse_mode: str = "",
        reply_markup: dict[str, Any] | None = None,
    ) -> Any:
        """Put a file into a chat."""
        if isinstance(document, Upload) and len(document.content) > 50 * MB:
            raise ApiError(413, "Request Entity Too Large")
        return await self._send_file(chat_id, ("document", document), _caption(caption, parse_mode), reply_markup)

    async def _send_file(
        self, chat_id: int, given: tuple[str, Upload | str], caption: tuple[str, str], markup: dict[str, Any] | None
    ) -> Any:
        field, file = given
        upload = self.fake.uploads.get(file) if isinstance(file, str) else file
        if upload is None:
            raise bad("wrong file identifier/HTTP URL specified")
        if not upload.content:
            raise bad("file must be non-empty")
        name = file if isinstance(file, str) else f"{field}-{len(self.fake.uploads)}"
        said = self.fake.say(self._open_chat(chat_id), Entry(0, True, *caption, _rows(markup), upload))
        self.fake.uploads[name] = upload
        return {**said, field: [{"file_id": name}] if field == "photo" else {"file_id": name}}

    async def answerCallbackQuery(  # noqa: N802
        self, callback_query_id: str, text: str = "", show_alert: bool = False
    ) -> Any:
        """Stop a button's blinking."""
        if callback_query_id not in self.fake.queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(text) > 200:
            raise bad("MESSAGE_TOO_LONG")
        self.fake.queries.remove(callback_query_id)
        self.fake.answered.append(callback_query_id)
        return True

    async def getFile(self, file_id: str) -> Any:  # noqa: N802
        """Say where a file lies, up to 20 MB."""
        file = self.fake.files.get(file_id)
        if file is None:
            raise bad("invalid file_id")
        if file.size > 20 * MB:
            raise bad("file is too big")
        return {"file_id": file_id, "file_unique_id": file_id, "file_size": file.size, "file_path": file.path}

    def _open_chat(self, chat_id: int) -> Chat:
        chat = self.fake.chats.get(chat_id)
        if chat is None:
            raise bad("chat not found")
        if chat.moved_to is not None:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.moved_to,
            )
        if chat.deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if chat.blocked:
            why = "blocked by the user" if chat.type == "private" else "kicked from the group chat"
            raise ApiError(403, f"Forbidden: bot was {why}")
        return chat


@cache
def _wanted(method: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    found = dict(inspect.signature(method, eval_str=True, locals={"FakeTelegram": object}).parameters)
    del found["self"]
    return found


def _arguments(method: Callable[..., Any], params: Params) -> dict[str, Any]:
    wanted = _wanted(method)
    if unknown := params.keys() - wanted.keys():
        raise bad(f"this fake does not know the parameters {sorted(unknown)}")
    for name, parameter in wanted.items():
        if parameter.default is inspect.Parameter.empty and name not in params:
            raise bad(f"parameter {name} is required")
    return {name: _converted(wanted[name].annotation, name, value) for name, value in params.items()}


def _converted(kind: Any, name: str, value: Any) -> Any:
    """Read a parameter: HTTP forms carry everything as text, and JSON may carry JSON in text."""
    try:
        if kind is int:
            return int(value)
        if kind == Upload | str:
            return value
        if kind is bool:
            return value if isinstance(value, bool) else {"true": True, "false": False}[value]
        if kind not in {str, Upload}:
            value = json.loads(value) if isinstance(value, str) else value
            if not isinstance(value, dict | list):
                raise TypeError(name)
        elif not isinstance(value, kind):
            raise TypeError(name)
    except (ValueError, TypeError, KeyError):
        raise bad(f"can't parse parameter {name}") from None
    return value


def _text(text: str, mode: str, limit: int, too_long: str) -> str:
    if mode not in {"", "HTML"}:
        raise bad(f'unsupported parse_mode "{mode}" in this fake')
    shown = (plain(text) if mode else text).strip()
    if len(shown.encode("utf-16-le")) // 2 > limit:
        raise bad(too_long)
    return shown


def _caption(caption: str, mode: str) -> tuple[str, str]:
    return _text(caption, mode, 1024, "message caption is too long"), caption


def _rows(markup: dict[str, Any] | None) -> tuple[tuple[Button, ...], ...]:
    if markup is None:
        return ()
    if markup.keys() != {"inline_keyboard"}:
        raise bad("can't parse reply keyboard markup JSON object")
    rows = tuple(tuple(_button(button) for button in row) for row in markup["inline_keyboard"])
    if sum(map(len, rows)) > 100 or any(len(row) > 8 for row in rows):
        raise bad("REPLY_MARKUP_TOO_LONG")
    return rows


def _button(button: dict[str, Any]) -> Button:
    if button.keys() != {"text", "callback_data"}:
        raise bad("text buttons are unallowed in the inline keyboard")
    if not button["text"].strip():
        raise bad("inline keyboard button text must be non-empty")
    if not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    return Button(button["text"], button["callback_data"])
