"""A Message as Telegram draws it: HTML, inline buttons, and as many parts as its limits ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from telegram.constants import MessageLimit, ParseMode

from bot.channels.draw import numbered, utf16
from bot.messages import Attachment, Button, Message

MAX_TEXT: Final = int(MessageLimit.MAX_TEXT_LENGTH)
MAX_CAPTION: Final = int(MessageLimit.CAPTION_LENGTH)
NO_PREVIEW: Final = {"is_disabled": True}
IN_A_ROW: Final = ((9, 3), (14, 2))  # labels up to so many characters: so many buttons in a row


@dataclass(frozen=True, slots=True)
class Part:
    """One call: its method, its parameters, and the file that goes with it."""

    method: str
    params: dict[str, Any]
    file: Attachment | None = None


def parts_of(message: Message) -> list[Part]:
    """Give the calls that say a message; buttons hang on the last one."""
    parts = [*_texts(message), *_files(message)]
    if message.buttons:
        parts[-1].params["reply_markup"] = {"inline_keyboard": keyboard(message.buttons)}
    return parts


def _texts(message: Message) -> Iterator[Part]:
    if message.attachments and (_fits_caption(message) or not _words(message)):
        return
    for html in as_html(message):
        yield Part("sendMessage", {"text": html, "parse_mode": ParseMode.HTML, "link_preview_options": NO_PREVIEW})


def _files(message: Message) -> Iterator[Part]:
    if not message.attachments:
        return
    caption = as_html(message)[0] if _words(message) and _fits_caption(message) else ""
    for at, file in enumerate(message.attachments):
        method = "sendPhoto" if file.kind == "photo" else "sendDocument"
        captioned: dict[str, Any] = {"caption": caption, "parse_mode": ParseMode.HTML} if caption and at == 0 else {}
        yield Part(method, captioned, file)


def as_html(message: Message) -> list[str]:
    """Write a message as HTML within the limit of a text, the title in bold."""
    first, *rest = numbered(_words(message), MAX_TEXT)
    title = message.title.strip()
    before, found, after = first.partition(title) if title else (first, "", "")
    bold = f"<b>{escape(found, quote=False)}</b>" if found else ""
    return [
        escape(before, quote=False) + bold + escape(after, quote=False),
        *(escape(part, quote=False) for part in rest),
    ]


def _words(message: Message) -> str:
    return "\n".join(part.strip() for part in (message.title, message.text) if part.strip())


def _fits_caption(message: Message) -> bool:
    return utf16(_words(message)) <= MAX_CAPTION


def keyboard(buttons: Sequence[Button]) -> list[list[dict[str, str]]]:
    """Lay out the buttons: side by side where all labels are short, else one in a row."""
    drawn = [{"text": _label(button), "callback_data": button.data} for button in buttons]
    longest = max(len(button["text"]) for button in drawn)
    width = next((columns for length, columns in IN_A_ROW if longest <= length), 1)
    return [drawn[at : at + width] for at in range(0, len(drawn), width)]


def _label(button: Button) -> str:
    return f"{button.key}. {button.label}" if button.key.isdecimal() else button.label
