"""`python -m bot check`: what is wrong with the installation, in plain words, and what the office should confirm."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import click
from babel.messages.pofile import read_po

from bot.backup.nightly import MARK
from bot.channels.setup import SetupError
from bot.cli.channels import telegram_channel, zalo_channel, zalo_oa_channel
from bot.cli.duty import complaints
from bot.cli.main import config_option, refusal, settings_of, work
from bot.cli.wiring import LOCALES, build_house, utc_now
from bot.config import Settings
from bot.i18n import ZONE, local_day
from bot.office.book import BookError
from bot.office.house import in_force
from bot.ports import StoreBusy
from storage.migrate import pending
from storage.store import SqlStore

OLD_HOURS: Final = 48
LEAST_FREE: Final = 500 * 1024 * 1024
TO_CONFIRM: Final = (
    "The reporting cycle (section [reports], until a book is stored): {first}–{last}, due on the {due} at {time}, "
    "locked after the {lock}.",
    "The other cycles, reminders and hours, as this prints them: python -m bot settings export FILE.xlsx.",
    "The days of the union year: your federation's own founding day is not among them; 12/12 (Ngày giải phóng Lai "
    "Châu) belongs to the old province; whether 24/11 is a paid day off.",
    "The list of units in force: who manages whom, since when (units import).",
    "Numbers of workers' delegates at dialogues: decree 145/2020/NĐ-CP article 38; 24 and more from 1,000 workers on.",
    "The wording of the consent, and how long personal data are kept (sections [keep] and [files]).",
    "Who receives which petitions, who is on duty, and how long cases may take (sheets Phân công xử lý, Lịch trực, "
    "Hạn xử lý of the book of settings).",
    "The short legal answers that ship (sheet Hỏi đáp pháp luật): each is set against published texts of the Labour "
    "Code 45/2019/QH14 as it came into force on 1/1/2021. What later laws changed in these articles (consolidated text "
    "18/VBHN-VPQH) is for whoever is in charge of legal affairs.",
    "Which messengers may carry reports of incidents and moods: all of them unless [privacy] web_only names the kind.",
    "The least members of a grassroots occupational union (10), and how collective agreements are graded (A to D).",
    "Whom a stranger should ask (section [office], contact).",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    well: bool
    text: str


@click.command("check")
@click.option("--mend", is_flag=True, help="Make the totals of all figures anew first.")
@config_option
def check(config: Path | None, mend: bool) -> None:
    """Say what is wrong with settings, database, tokens, texts and disk; exit code 1 if anything is."""
    settings = settings_of(config)
    findings = [Finding(True, "Settings: read without complaint."), *work(_examine(settings, mend))]
    for finding in findings:
        click.echo(f"{'ok  ' if finding.well else 'WRONG'} {finding.text}", err=not finding.well)
    click.echo("\nTo confirm with the office:")
    for line in TO_CONFIRM:
        click.echo(f"  - {line.format(**_cycle(settings))}")
    sys.exit(0 if all(finding.well for finding in findings) else 1)


def _cycle(settings: Settings) -> dict[str, object]:
    cycle = settings.reports
    return {
        "first": cycle.first_day,
        "last": cycle.last_day,
        "due": cycle.due_day,
        "time": f"{cycle.due_time:%H:%M}",
        "lock": cycle.lock_day,
    }


async def _examine(settings: Settings, mend: bool) -> list[Finding]:
    return [
        *[finding async for finding in _database(settings, mend)],
        *[finding async for finding in _telegram(settings)],
        *[finding async for finding in _zalo(settings)],
        *[finding async for finding in _zalo_oa(settings)],
        *_locales(),
        _disk(settings),
        _folder(settings.files.folder),
    ]


async def _database(settings: Settings, mend: bool) -> AsyncIterator[Finding]:
    url = settings.database_url.get_secret_value()
    try:
        lacking = await pending(url)
        store = await SqlStore.open(url)
    except (StoreBusy, ValueError, OSError) as error:
        yield Finding(False, f"Database: cannot be opened ({error}). Is DATABASE_URL right, and the server running?")
        return
    try:
        if lacking:
            yield Finding(False, "Database: not up to date. Run: python -m bot migrate (run does it by itself too).")
            return
        yield await _book(settings, store)
        for complaint in await _duty(settings, store):
            yield Finding(False, complaint)
        counts = await store.counts()
        yield Finding(True, f"Database: reachable and up to date; messages waiting: {_waiting(counts)}.")
        if mend:
            await store.mend_totals()
        yield _totals(await store.wrong_totals())
        yield _backup(settings, await store.marked(MARK))
    finally:
        await store.close()


def _backup(settings: Settings, made: datetime | None) -> Finding:
    """Tell how old the last backup is. A new installation has none yet; one of more than two days is too old."""
    if made is None:
        nightly = (
            f"the first is made at {settings.backup.at:%H:%M}" if settings.backup.enabled else "none is made nightly"
        )
        return Finding(True, f"Backup: none yet; {nightly}. By hand: python -m bot backup FILE")
    hours = (utc_now() - made).total_seconds() / 3600
    text = f"Backup: the last was made {hours:.0f} hours ago, on {made.astimezone(ZONE):%d/%m/%Y at %H:%M}."
    return Finding(hours <= OLD_HOURS, text if hours <= OLD_HOURS else f"{text} Run: python -m bot backup FILE")


def _totals(wrong: int) -> Finding:
    if not wrong:
        return Finding(True, "Totals: they are what the figures of all reports add up to.")
    return Finding(False, f"Totals: {wrong} are not what their figures add up to. Run: python -m bot check --mend")


async def _book(settings: Settings, store: SqlStore) -> Finding:
    """Look whether the stored book of settings can be used, and say which one holds."""
    async with store.reading() as reads:
        try:
            house = await in_force(build_house(settings, {}), reads, strict=True)
        except BookError as error:
            return Finding(False, refusal(error))
    if not house.version:
        return Finding(True, "Book of settings: none stored, so what ships and section [reports] hold.")
    return Finding(True, f"Book of settings: version {house.version} holds (section [reports] does not).")


async def _duty(settings: Settings, store: SqlStore) -> list[str]:
    """Look whether those who are to receive cases are there; a book that cannot be used is told of already."""
    async with store.reading() as reads:
        house = await in_force(build_house(settings, {}), reads)
        return await complaints(house, reads, local_day(utc_now()))


def _waiting(counts: object) -> object:
    outbox = counts.get("outbox", {}) if isinstance(counts, dict) else {}
    return outbox.get("pending", 0) if isinstance(outbox, dict) else 0


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.telegram_token is None:
        yield Finding(True, "Telegram: no TELEGRAM_TOKEN, so this channel is off.")
        return
    channel = telegram_channel(settings)
    try:
        username = await channel.look()
    except SetupError as error:
        yield Finding(False, f"Telegram: {error}")
    else:
        reached = f"Telegram: signed in as @{username}."
        away = "Telegram: cannot be reached from here. Some networks block it; a proxy may be needed."
        yield Finding(bool(username), reached if username else away)
    finally:
        await channel.close()


async def _zalo(settings: Settings) -> AsyncIterator[Finding]:
    if settings.zalo_token is None:
        yield Finding(True, "Zalo: no ZALO_TOKEN, so this channel is off.")
        return
    channel = zalo_channel(settings)
    try:
        name = await channel.look()
    except SetupError as error:
        yield Finding(False, f"Zalo: {error}")
    else:
        away = "Zalo: cannot be reached from here."
        yield Finding(bool(name), f"Zalo: signed in as {name}." if name else away)
    finally:
        await channel.close()
    if settings.zalo_webhook_url is None:
        what = "Zalo: polling, which loses what is written while the program is down."
        yield Finding(False, f"{what} Set PUBLIC_URL and WEBHOOK_SECRET to be called instead.")


async def _zalo_oa(settings: Settings) -> AsyncIterator[Finding]:
    """Look at the Official Account with the keys that are kept: a key that a running service holds is not used up."""
    if settings.zalo_oa_app_id is None:
        yield Finding(True, "Zalo Official Account: no ZALO_OA_APP_ID, so this channel is off.")
        return
    try:
        store = await SqlStore.open(settings.database_url.get_secret_value())
    except (StoreBusy, ValueError, OSError):
        return  # told of already
    channel = zalo_oa_channel(settings, store)
    try:
        name = await channel.look()
    except SetupError as error:
        yield Finding(False, f"Zalo Official Account: {error}")
    else:
        away = "Zalo Official Account: cannot be reached from here, or its keys cannot be read."
        yield Finding(bool(name), f"Zalo Official Account: signed in as {name}." if name else away)
    finally:
        await channel.close()
        await store.close()
    if settings.public_url is None:
        yield Finding(False, "Zalo Official Account: Zalo can only call, so PUBLIC_URL must be set.")
    if not any(one.stands_for == "reminder" for one in settings.zalo_oa.templates):
        what = "no template for reminders ([[zalo_oa.templates]])"
        yield Finding(
            True, f"Zalo Official Account: {what}, so whoever is silent for seven days is not reminded there."
        )


def _locales() -> list[Finding]:
    findings = []
    for path in sorted(LOCALES.glob("*/LC_MESSAGES/messages.po")):
        language = path.parent.parent.name
        with path.open("rb") as file:
            lacking = sum(1 for entry in read_po(file, locale=language) if entry.id and not _translated(entry.string))
        text = f"Texts in {language}: complete." if not lacking else f"Texts in {language}: {lacking} not translated."
        findings.append(Finding(not lacking, text))
    return findings or [Finding(False, f"Texts: no catalogue under {LOCALES}.")]


def _translated(string: object) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


def _disk(settings: Settings) -> Finding:
    place = next(p for p in (settings.files.folder.absolute(), *settings.files.folder.absolute().parents) if p.exists())
    free = shutil.disk_usage(place).free
    text = f"Disk: {free // 2**20:,} MB free at {place}."
    return Finding(free >= LEAST_FREE, text if free >= LEAST_FREE else f"{text} Please make room.")


def _folder(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder)
        os.close(handle)
        Path(name).unlink()
    except OSError as error:
        return Finding(False, f"Attachments: {folder} cannot be written ({error.strerror}).")
    return Finding(True, f"Attachments: {folder} can be written.")
