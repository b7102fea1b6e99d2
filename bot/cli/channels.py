"""Makes the channels that the settings ask for."""

from __future__ import annotations

from typing import Final

import handlers
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_api import TelegramAccount
from bot.cli.wiring import LOCALES, utc_now
from bot.config import Settings
from bot.i18n import Voice, load_catalogues

NO_CHANNEL: Final = (
    "No channel is configured. To add Telegram: write to @BotFather in Telegram, send /newbot, and start again with "
    "the token it gives you in the environment: TELEGRAM_TOKEN=123456:ABC… python -m bot run. To try the assistant "
    "without any account: make demo."
)


def telegram_channel(settings: Settings) -> TelegramChannel:
    """Make the Telegram channel. Raises LookupError when there is no token."""
    if settings.telegram_token is None:
        raise LookupError("TELEGRAM_TOKEN is not set")
    secret = settings.webhook_secret
    account = TelegramAccount(
        settings.telegram_token.get_secret_value(),
        settings.telegram_base_url,
        settings.telegram_file_url,
        settings.telegram_webhook_url,
        secret.get_secret_value() if secret is not None else "",
        commands=menu_commands(),
    )
    return TelegramChannel(account, utc_now)


def menu_commands() -> tuple[tuple[str, dict[str, str]], ...]:
    """Describe the listed commands in every language, for the messenger's own menu."""
    voices = {language: Voice(catalogue) for language, catalogue in load_catalogues(LOCALES).items()}
    return tuple(
        (command.name, {language: voice.speak(command.about) for language, voice in voices.items()})
        for command in handlers.COMMANDS
        if command.listed
    )
