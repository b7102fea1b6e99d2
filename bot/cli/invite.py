"""`python -m bot invite UNIT ROLE`: a code that lets somebody in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from bot.channels.setup import SetupError
from bot.channels.web import web_base, web_link
from bot.cli.main import config_option, settings_of, work
from bot.cli.sheet import Cards, joined, may_write, write_sheet
from bot.cli.wiring import hash_code, new_code, open_store, utc_now
from bot.config import Settings
from bot.effects import Audit, Effect, RevokeInvites
from bot.i18n import ZONE
from bot.records import REPORTERS, Invite, Role, Unit
from bot.reporting.kinds import REPORTING_KINDS
from handlers.codes import inviting, shown
from storage.store import SqlStore


@dataclass(frozen=True, slots=True)
class Links:
    """Where an invitation leads: the name of the Telegram bot, the addresses of chat page and Zalo account."""

    username: str = ""
    web: str = ""
    account: str = ""

    def of(self, code: str) -> dict[str, str]:
        """Give the link of a code for each channel, or ""; that of a Zalo account only where there is one."""
        return {
            "telegram": f"https://t.me/{self.username}?start={code}" if self.username else "",
            "web": web_link(self.web, code) if self.web else "",
        } | ({"zalo_oa": self.account} if self.account else {})


@click.command("invite")
@click.argument("unit_code")
@click.argument("role", type=click.Choice([role.value for role in Role]), default=Role.CHAIR.value)
@click.option("--under", is_flag=True, help="One invitation for each unit below instead.")
@click.option(
    "--sheet",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Write them as QR codes to print, .docx or .pdf.",
)
@click.option("--revoke", is_flag=True, help="Take back the unused invitations instead of making one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@config_option
def invite(
    unit_code: str, role: str, under: bool, sheet: Path | None, revoke: bool, as_json: bool, config: Path | None
) -> None:
    """Make an invitation for a ROLE (chair) at the unit UNIT_CODE, or for each unit below it."""
    settings = settings_of(config)
    if sheet is not None:
        may_write(sheet)
        cards = work(_sheet(settings, unit_code, Role(role), under=under))
        write_sheet(sheet, cards)
        click.echo(f"{sheet}: {len(cards.made):,} invitations. Earlier unused ones do not work any more.")
        return
    made = work(_invite(settings, unit_code, Role(role), under=under, revoke=revoke))
    if revoke:
        click.echo("Taken back.")
    elif as_json:
        click.echo(json.dumps(made if under else made[0], ensure_ascii=False, indent=2))
    else:
        for one in made:
            links = "  ".join(one[name] for name in ("telegram", "web", "zalo_oa") if one.get(name))
            click.echo(f"{one['unit']}  {role}  /start {one['code']}  {links}".rstrip())


async def _invite(settings: Settings, code: str, role: Role, *, under: bool, revoke: bool) -> list[dict[str, Any]]:
    async with open_store(settings) as store:
        units = await units_for(store, code, under=under)
        if revoke:
            await write(store, [RevokeInvites(unit.id, role, utc_now()) for unit in units])
            return []
        days = settings.invites.valid_days
        return await make_invites(store, units, role, days=days, links=await _links(settings, store))


async def _links(settings: Settings, store: SqlStore) -> Links:
    page = web_base(settings.public_url, settings.server.port) if settings.web.enabled else ""
    return Links(await telegram_name(settings), page, await account_link(settings, store))


async def _sheet(settings: Settings, code: str, role: Role, *, under: bool) -> Cards:
    """Make the invitations of a sheet: for chairs and deputies at units that report, joined or not."""
    days = settings.invites.valid_days
    async with open_store(settings) as store:
        found = await units_for(store, code, under=under)
        units = [unit for unit in found if role not in REPORTERS or unit.kind in REPORTING_KINDS]
        if not units:
            raise click.ClickException(f"There is no unit under {code} for which a {role} could be invited.")
        there = await joined(store, units, role)
        made = await make_invites(store, units, role, days=days, links=await _links(settings, store))
        return Cards(made, units, there, role, days)


async def units_for(store: SqlStore, code: str, *, under: bool) -> list[Unit]:
    """Find the unit with this code, or the units below it. Raises ClickException where there is none."""
    async with store.reading() as reads:
        unit = await reads.unit_by_code(code) or await reads.unit_by_code(code.upper())
        if unit is None:
            raise click.ClickException(f"There is no unit with the code {code}. Import the list first: units import.")
        if not under:
            return [unit]
        below = await reads.subtree([unit.id], utc_now().astimezone(ZONE).date())
        return [one for one in below if one.id != unit.id]


async def make_invites(
    store: SqlStore, units: list[Unit], role: Role, *, days: int, links: Links | None = None
) -> list[dict[str, Any]]:
    """Make one invitation for each unit; the unused ones before are taken back."""
    now = utc_now()
    codes = [new_code() for _unit in units]
    effects: list[Effect] = []
    for unit, code in zip(units, codes, strict=True):
        made = Invite(hash_code(code), unit.id, role, now + timedelta(days=days), "operator")
        effects += [*inviting(made, now), Audit(now, "operator", "invite", unit.code, role)]
    await write(store, effects)
    return [
        {
            "unit": unit.code,
            "code": shown(code),
            **(links or Links()).of(code),
        }
        for unit, code in zip(units, codes, strict=True)
    ]


async def write(store: SqlStore, effects: list[Effect]) -> None:
    """Write effects of an operator."""
    async with store.batch() as batch:
        await batch.write(effects)


async def account_link(settings: Settings, store: SqlStore) -> str:
    """Ask Zalo where the Official Account is; empty when there is none or it cannot be reached."""
    if settings.zalo_oa_app_id is None:
        return ""
    from bot.cli.channels import zalo_oa_channel

    channel = zalo_oa_channel(settings, store)
    try:
        await channel.look()
        return channel.link("")
    except SetupError as closed:
        click.echo(f"Without the address of the Zalo account: {closed}", err=True)
        return ""
    finally:
        await channel.close()


async def telegram_name(settings: Settings) -> str:
    """Ask Telegram what the bot is called, for links; empty when there is none or it cannot be reached."""
    if settings.telegram_token is None:
        return ""
    from bot.cli.channels import telegram_channel

    channel = telegram_channel(settings)
    try:
        return await channel.look()
    finally:
        await channel.close()
