"""python-telegram-bot, as in its example of an echo bot."""

from __future__ import annotations

import logging
import sys

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    if update.message:
        await update.message.reply_text(update.message.text or "a photo")


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was pressed."""
    if update.callback_query and update.effective_chat:
        await update.callback_query.answer()
        await context.bot.send_message(update.effective_chat.id, update.callback_query.data or "")


def main(token: str, base_url: str) -> None:
    """Poll."""
    logging.basicConfig(level=logging.WARNING)
    application = Application.builder().token(token).base_url(base_url).build()
    application.add_handler(CallbackQueryHandler(pressed))
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.run_polling(allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    main(*sys.argv[1:3])
