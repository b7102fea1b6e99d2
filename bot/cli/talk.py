"""`python -m bot talk --as ROLE`: the same conversation in a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import click

from bot.channels.console import ConsoleChannel, typed_lines
from bot.cli.main import config_option, settings_of, work
from bot.cli.people import CONSOLE, person_for
from bot.cli.wiring import open_store, running, utc_now
from bot.config import Settings
from bot.logs import set_up_logs
from bot.records import Role
from storage.store import SqlStore

STRANGER = "stranger"


@click.command("talk")
@click.option("--as", "role", type=click.Choice([*(role.value for role in Role), STRANGER]), default="chair")
@click.option(
    "--unit", "unit_code", default=None, help="The code of the unit; by default the first that fits the role."
)
@config_option
def talk(role: str, unit_code: str | None, config: Path | None) -> None:
    """Talk with the assistant here, in the terminal, as somebody with a ROLE."""
    settings = settings_of(config)
    set_up_logs("warning", as_json=False, secrets=settings.secrets())
    work(_talk(settings, role, unit_code))


async def _talk(settings: Settings, role: str, unit_code: str | None) -> None:
    async with open_store(settings) as store:
        async with store.reading() as reads:
            elsewhere = await reads.channels_in_use() - {CONSOLE}
        if elsewhere:
            raise click.ClickException(
                f"People use this database on {', '.join(sorted(elsewhere))}: made-up people do not belong there. "
                "Try with another one, such as DATABASE_URL=sqlite+aiosqlite:///data/try.db, or with `demo`."
            )
        await converse(settings, store, role, unit_code)


async def converse(
    settings: Settings,
    store: SqlStore,
    role: str,
    unit_code: str | None = None,
    lines: AsyncIterator[str] | None = None,
) -> None:
    """Hold the conversation until the input ends."""
    chat = STRANGER if role == STRANGER else await person_for(store, Role(role), unit_code)
    console = ConsoleChannel(chat, lines or typed_lines(), click.echo, utc_now)
    async with running(settings, store, {console.name: console}, listen=False) as app:
        click.echo("Gõ MENU để bắt đầu; @ảnh.jpg để gửi ảnh; /thoat để ra.  (Type MENU to begin, /exit to leave.)\n")
        await app.serve()
