"""aiogram, as in its example of an echo bot."""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

dispatcher = Dispatcher()


@dispatcher.message()
async def echo(message: Message) -> None:
    """Say what was said."""
    await message.answer(message.text or "a photo")


@dispatcher.callback_query()
async def pressed(query: CallbackQuery, bot: Bot) -> None:
    """Say what was pressed."""
    await query.answer()
    await bot.send_message(query.from_user.id, query.data or "")


async def main(token: str, base_url: str) -> None:
    """Poll."""
    server = TelegramAPIServer.from_base(base_url.removesuffix("/bot"))
    bot = Bot(token, session=AiohttpSession(api=server))
    await dispatcher.start_polling(bot, allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
