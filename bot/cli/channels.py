"""Makes the channels that the settings ask for."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import Final

import handlers
from bot.channels.shares import Shares
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_api import TelegramAccount
from bot.channels.web import Seat, Site, WebChannel
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_api import ZaloAccount
from bot.channels.zalo_oa import ZaloOaChannel
from bot.channels.zalo_oa_keys import OaAccount
from bot.channels.zalo_oa_templates import OaTemplate
from bot.cli.job_kinds import MEGABYTE
from bot.cli.wiring import LOCALES, utc_now
from bot.config import Settings
from bot.i18n import Voice, load_catalogues
from bot.jobs.sniff import type_of
from bot.ports import Store

NO_CHANNEL: Final = (
    "No channel is configured: the chat page is off ([web] enabled in config.toml), and there is no token. To add "
    "Telegram: write to @BotFather in Telegram, send /newbot, and start again with the token it gives you in the "
    "environment: TELEGRAM_TOKEN=123456:ABC… python -m bot run. For a Zalo bot it is ZALO_TOKEN, "
    "from Zalo Bot Creator; for a Zalo Official Account see docs/zalo.md. To try the assistant without any "
    "account: make demo."
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


def zalo_channel(settings: Settings, store: Store | None = None) -> ZaloChannel:
    """Make the Zalo Bot channel. Raises LookupError when there is no token."""
    if settings.zalo_token is None:
        raise LookupError("ZALO_TOKEN is not set")
    secret = settings.webhook_secret
    account = ZaloAccount(
        settings.zalo_token.get_secret_value(),
        settings.zalo_base_url,
        settings.zalo_webhook_url,
        secret.get_secret_value() if secret is not None else "",
        monthly=settings.zalo.monthly,
    )
    return ZaloChannel(account, _shares(settings, store))


def zalo_oa_channel(settings: Settings, store: Store) -> ZaloOaChannel:
    """Make the channel of a Zalo Official Account. Raises LookupError when the environment names none."""
    app, secret, refresh = settings.zalo_oa_app_id, settings.zalo_oa_secret, settings.zalo_oa_refresh_token
    if app is None or secret is None or refresh is None:
        raise LookupError("ZALO_OA_APP_ID, ZALO_OA_SECRET or ZALO_OA_REFRESH_TOKEN is not set")
    account = OaAccount(
        app,
        secret.get_secret_value(),
        refresh.get_secret_value(),
        settings.zalo_oa_app_secret.get_secret_value() if settings.zalo_oa_app_secret else "",
        settings.zalo_oa_url,
        settings.zalo_oauth_url,
        settings.zalo_business_url,
        monthly=settings.zalo_oa.monthly,
        money=settings.zalo_oa.money,
        price=settings.zalo_oa.price,
        templates={one.stands_for: OaTemplate(one.id, one.price, one.params) for one in settings.zalo_oa.templates},
    )
    return ZaloOaChannel(account, store, _shares(settings, store), utc_now)


def _shares(settings: Settings, store: Store | None) -> Shares:
    return Shares(session_secret(settings), settings.public_url or "", utc_now, store, load_catalogues(LOCALES))


def web_channel(settings: Settings, store: Store, seats: tuple[Seat, ...] = ()) -> WebChannel:
    """Make the web chat; with seats, the demo's."""
    files = settings.files
    site = Site(
        secret=session_secret(settings),
        uploads=files.folder.parent / "uploads",
        kept=files.folder,
        catalogues=load_catalogues(LOCALES),
        type_of=type_of,
        public_url=settings.public_url or "",
        port=settings.server.port,
        office=settings.office.name,
        ask_whom=settings.office.contact,
        max_file=files.max_mb * MEGABYTE,
        session_days=settings.web.session_days,
        proxies=settings.web.proxies if settings.public_url else (),
        seats=seats,
    )
    return WebChannel(site, store, utc_now)


def session_secret(settings: Settings) -> str:
    """Give what sessions are signed with: SESSION_SECRET, or a secret made once, which only we may read."""
    if settings.session_secret is not None:
        return settings.session_secret.get_secret_value()
    path = settings.files.folder.parent / "session-secret"
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError), os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(32))
    return path.read_text(encoding="utf-8")


def menu_commands() -> tuple[tuple[str, dict[str, str]], ...]:
    """Describe the listed commands in every language, for the messenger's own menu."""
    voices = {language: Voice(catalogue) for language, catalogue in load_catalogues(LOCALES).items()}
    return tuple(
        (command.name, {language: voice.speak(command.about) for language, voice in voices.items()})
        for command in handlers.COMMANDS
        if command.listed
    )
