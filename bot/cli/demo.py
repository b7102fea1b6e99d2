"""`python -m bot demo`: a sample province to try at once, with no account anywhere."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from bot.cases.terms import Terms
from bot.channels.console import typed_lines
from bot.channels.web import Seat, web_base
from bot.channels.web.site import NAME as WEB
from bot.cli.channels import web_channel
from bot.cli.importing import import_units
from bot.cli.invite import Links, make_invites, units_for
from bot.cli.main import settings_of, work
from bot.cli.people import person_for
from bot.cli.run import until_stopped
from bot.cli.talk import converse
from bot.cli.wiring import LOCALES, new_id, open_store, running, utc_now
from bot.config import Settings
from bot.demo.cases import Area, cases, rung
from bot.demo.directives import DIRECTIVES
from bot.demo.sample import Reporter, Sample, people, reports
from bot.effects import Effect, KeepCase, KeepDirective
from bot.i18n import DEFAULT_LANGUAGE, Voice, load_catalogues
from bot.logs import set_up_logs
from bot.records import Person, Role, Unit
from storage.store import SqlStore

FOLDER: Final = Path("data/demo")
UNITS: Final = Path(__file__).resolve().parents[1] / "demo" / "units.csv"
CONTACT: Final = "LĐLĐ tỉnh Lai Châu, 0213 0000 000 (số mẫu)"
PROVINCE: Final = "ldld_tinh"
Made = Mapping[int, tuple[Person, list[Effect]]]  # who holds a post, by unit, and how they came to it


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody to play: a role at a unit of the sample. The officers are those above the chair."""

    role: Role
    unit: str
    title: str


PARTS: Final = (
    Part(Role.CHAIR, "LC01-01", "Chủ tịch công đoàn cơ sở"),
    Part(Role.AREA_OFFICER, "LC01", "Cán bộ công đoàn xã, phường"),
    Part(Role.PROV_OFFICER, "LC", "Cán bộ LĐLĐ tỉnh"),
)


@click.command("demo")
@click.option("--reset", is_flag=True, help="Begin afresh.")
@click.option("--console", is_flag=True, help="Talk here in the terminal instead of on a page.")
@click.option("--as", "role", type=click.Choice([part.role.value for part in PARTS]), help="Whom to play there.")
def demo(reset: bool, console: bool, role: str | None) -> None:
    """Try everything on a sample province, on a page of this machine or in the terminal."""
    if reset:
        shutil.rmtree(FOLDER, ignore_errors=True)
    settings = demo_settings()
    set_up_logs("warning", as_json=False)
    work(_in_terminal(settings, role) if console or role else _on_page(settings))


def demo_settings(folder: Path = FOLDER, port: int | None = None) -> Settings:
    """Give the settings of the demo: the file's, on this machine alone, with a database and files of its own."""
    settings = settings_of(None)
    own = {
        "database_url": type(settings.database_url)(f"sqlite+aiosqlite:///{folder / 'demo.db'}"),
        "files": settings.files.model_copy(update={"folder": folder / "attachments"}),
        "office": settings.office.model_copy(update={"name": "LĐLĐ tỉnh Lai Châu (mẫu)", "contact": CONTACT}),
        "server": settings.server.model_copy(
            update={"host": "127.0.0.1", "port": settings.server.port if port is None else port}
        ),
        "backup": settings.backup.model_copy(update={"enabled": False}),
        "public_url": None,
    }
    return settings.model_copy(update=own)


async def _in_terminal(settings: Settings, role: str | None) -> None:
    async with open_store(settings) as store:
        await fill(store, settings)
        await _show_codes(store, settings, Links())
        lines = typed_lines()
        chosen = role or await _choose(lines)
        if chosen:
            unit = next(part.unit for part in PARTS if part.role == chosen)
            await converse(settings, store, chosen, unit, lines=lines)


async def _on_page(settings: Settings) -> None:
    async with open_store(settings) as store:
        await fill(store, settings)
        page = web_channel(settings, store, await seats(store))
        base = web_base(settings.public_url, settings.server.port)
        async with running(settings, store, {page.name: page}) as app:
            await _show_codes(store, settings, Links(web=base))
            click.echo(f"Mở trang này để thử (open this page): {base}\nCtrl+C để dừng (to stop).")
            await until_stopped(app)


async def seats(store: SqlStore) -> tuple[Seat, ...]:
    """Give each part its place on the page."""
    return tuple(
        [Seat(part.role.value, part.title, await person_for(store, part.role, part.unit, WEB)) for part in PARTS]
    )


async def fill(store: SqlStore, settings: Settings) -> None:
    """Load the sample province, unless it is there already."""
    async with store.reading() as reads:
        if await reads.units_of_kind(PROVINCE, 1):
            return
    click.echo("Tạo tỉnh mẫu: đơn vị, con người và số liệu đều là giả định. (An invented sample province.)")
    outcome = await import_units(store, UNITS, dry_run=False)
    if outcome.refused:
        raise click.ClickException("The sample list of units is broken; nothing was loaded.")
    await _invent(store, settings)


async def _invent(store: SqlStore, settings: Settings) -> None:
    calendar = settings.reports.calendar
    voice = Voice(load_catalogues(LOCALES)[DEFAULT_LANGUAGE])
    sample = Sample(calendar, voice, new_id, utc_now())
    async with store.reading() as reads:
        units = await reads.units_of_kind("cdcs", 1_000)
        parents = await reads.parents_on([unit.id for unit in units])
        officers = [
            (role, await reads.units_of_kind(kind, 100))
            for role, kind in ((Role.AREA_OFFICER, "cd_xa_phuong"), (Role.PROV_OFFICER, PROVINCE))
        ]
    effects: list[Effect] = [KeepDirective(one, sample.now, "sample") for one in DIRECTIVES]
    posts = {role: people(sample, above, role) for role, above in officers}
    for held in posts.values():
        effects += [effect for _person, linking in held.values() for effect in linking]
    made = people(sample, units, Role.CHAIR)
    areas = {unit.id: unit for _role, above in officers for unit in above}
    for number, unit in enumerate(unit for unit in units if unit.id in made):
        person, linking = made[unit.id]
        links = tuple(parents.get(unit.id, ()))
        managers = tuple(areas[parent] for _since, _until, parent in links if parent in areas)
        effects += [*linking, *reports(sample, Reporter(unit, person, links, managers, number))]
    first = [(role, above[0], posts[role][above[0].id][0]) for role, above in officers]
    async with store.batch() as batch:
        await batch.write([*effects, *_cases(sample, first, units, made)])


def _cases(
    sample: Sample, officers: Sequence[tuple[Role, Unit, Person]], units: Sequence[Unit], made: Made
) -> list[KeepCase]:
    """Tell the cases of the first area."""
    area, province = (rung(unit, person, role) for role, unit, person in officers)
    under = [(unit, made[unit.id][0]) for unit in units if unit.parent == area.unit and unit.id in made]
    return list(cases(sample, Area(under, area, province), Terms()))


async def _show_codes(store: SqlStore, settings: Settings, links: Links) -> None:
    click.echo("\nMã mời mới (dùng một lần; gõ /start và mã ở một kênh đã nối):")
    for part in PARTS:
        units = await units_for(store, part.unit, under=False)
        (made,) = await make_invites(store, units, part.role, days=settings.invites.valid_days, links=links)
        click.echo(f"  {part.title} · {units[0].name}: {made['code']}  {made['web']}".rstrip())
    click.echo("")


async def _choose(lines: AsyncIterator[str]) -> str:
    """Ask for a part until a digit names one; empty when the input ends."""
    click.echo("Anh/chị muốn thử trong vai nào? (Whom do you want to play?)")
    for number, part in enumerate(PARTS, 1):
        click.echo(f"  {number}. {part.title}")
    click.echo("Gõ số 1–3: ", nl=False)
    async for line in lines:
        typed = line.strip()
        if typed.isdecimal() and 1 <= int(typed) <= len(PARTS):
            return PARTS[int(typed) - 1].role.value
        click.echo("Xin gõ 1, 2 hoặc 3: ", nl=False)
    return ""
