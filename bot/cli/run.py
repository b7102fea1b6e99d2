"""`python -m bot run`: the service."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import click
import structlog

from bot.channels.telegram_errors import SetupError
from bot.cli.channels import NO_CHANNEL, telegram_channel
from bot.cli.main import config_option, settings_of, work
from bot.cli.wiring import App, open_store, running
from bot.config import Settings
from bot.logs import set_up_logs

log = structlog.get_logger(__name__)


@click.command("run")
@config_option
def run(config: Path | None) -> None:
    """Run the configured channels until told to stop."""
    settings = settings_of(config)
    if settings.telegram_token is None:
        click.echo(NO_CHANNEL, err=True)
        sys.exit(1)
    set_up_logs(settings.log.level, as_json=settings.log.as_json, secrets=settings.secrets())
    try:
        work(_run(settings))
    except SetupError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


async def _run(settings: Settings) -> None:
    async with open_store(settings) as store:
        channel = telegram_channel(settings)
        await channel.start()
        try:
            async with running(settings, store, {channel.name: channel}) as app:
                log.info("running", action="running", channels=[channel.name])
                await _until_stopped(app)
        finally:
            await channel.close()


async def _until_stopped(app: App) -> None:
    """Serve until SIGTERM or SIGINT; then let the batch under way finish."""
    serving = asyncio.create_task(app.serve())
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, serving.cancel)
    try:
        await serving
    except asyncio.CancelledError:
        log.info("stopping", action="stopping")
