"""A message for messengers that carry no files: its words, with the addresses of its files, and its pictures."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.draw import draw, numbered
from bot.channels.shares import Shares
from bot.messages import Attachment, Message


def carried(message: Message, share: Shares, limit: int) -> tuple[list[str], dict[Attachment, str]]:
    """Give the texts of at most `limit` UTF-16 units, and the pictures with the addresses they are fetched from."""
    photos = {file: url for file in message.attachments if file.kind == "photo" and (url := share(file))}
    named = [_named(file, share) for file in message.attachments if file not in photos]
    words = draw(replace(message, text="\n".join(part for part in (message.text, *named) if part)))
    return numbered(words, limit) if words.strip() else [], photos


def _named(file: Attachment, share: Shares) -> str:
    return f"{file.name}: {share(file)}".removesuffix(": ")
