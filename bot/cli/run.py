"""`python -m bot run`: the service."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import click
import structlog

from bot.channels.setup import SetupError
from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_oa import ZaloOaChannel
from bot.cli.channels import NO_CHANNEL, telegram_channel, web_channel, zalo_channel, zalo_oa_channel
from bot.cli.main import config_option, settings_of, work
from bot.cli.wiring import App, open_store, running
from bot.config import Settings
from bot.logs import set_up_logs
from bot.ports import Channel
from storage.store import SqlStore

log = structlog.get_logger(__name__)


@click.command("run")
@config_option
def run(config: Path | None) -> None:
    """Run the configured channels until told to stop."""
    settings = settings_of(config)
    if not (settings.telegram_token or settings.zalo_token or settings.zalo_oa_app_id or settings.web.enabled):
        click.echo(NO_CHANNEL, err=True)
        sys.exit(1)
    set_up_logs(settings.log.level, as_json=settings.log.as_json, secrets=settings.secrets())
    try:
        work(_run(settings))
    except SetupError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


async def _run(settings: Settings) -> None:
    async with (
        open_store(settings) as store,
        opened(settings, store) as channels,
        running(settings, store, channels) as app,
    ):
        log.info("running", action="running", channels=list(channels))
        spare_the_collector()
        await until_stopped(app)


def spare_the_collector() -> None:
    """Let the garbage collector pass over what stays for ever (libraries, forms, texts), and come less often.

    A turn makes many short-lived values and hardly a cycle: a tenth of its time went into looking for some.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@asynccontextmanager
async def opened(settings: Settings, store: SqlStore) -> AsyncIterator[Mapping[str, Channel]]:
    """Open the channels that the settings ask for, and close them at the end."""
    channels: dict[str, Channel] = {}
    async with AsyncExitStack() as stack:
        messengers = list(_messengers(settings, store))
        for messenger in messengers:
            await messenger.start()
            stack.push_async_callback(messenger.close)
            channels[messenger.name] = messenger
        if settings.web.enabled:
            page = web_channel(settings, store)
            stack.push_async_callback(page.close)
            channels[page.name] = page
        yield channels


def _messengers(settings: Settings, store: SqlStore) -> Iterator[TelegramChannel | ZaloChannel | ZaloOaChannel]:
    if settings.telegram_token is not None:
        yield telegram_channel(settings)
    if settings.zalo_token is not None:
        yield zalo_channel(settings, store)
    if settings.zalo_oa_app_id is not None:
        yield zalo_oa_channel(settings, store)


async def until_stopped(app: App) -> None:
    """Serve until SIGTERM or SIGINT; then let the batch under way finish."""
    serving = asyncio.create_task(app.serve())
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, serving.cancel)
    try:
        await serving
    except asyncio.CancelledError:
        log.info("stopping", action="stopping")
