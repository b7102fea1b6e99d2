"""Who does which kind of slow work: each kind of job, with all that it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from bot.backup.making import Sources, backup_nightly
from bot.backup.nightly import KIND as BACKUP
from bot.backup.nightly import MakeBackup
from bot.cli.inviting import invitation_job
from bot.config import Settings
from bot.documents.charts import DrawChart
from bot.documents.inviting import JOB as INVITATIONS
from bot.documents.notices import NoticeSheet
from bot.documents.order import JOB as DOCUMENT
from bot.documents.order import Order
from bot.documents.person import ExportPerson
from bot.documents.progress import Telling
from bot.documents.register import RegisterTable
from bot.documents.sending import SendDocument
from bot.i18n import Voice
from bot.jobs import Answer, EraseFiles, FetchFile, JobHandler
from bot.notices.errands import SHEET
from bot.office.importing import LOOK, SEND, TAKE
from bot.office.sending import LookAtBook, Office, SendBook, TakeBook
from bot.ports import Channel
from bot.readers import may_have
from bot.records import Person
from bot.talk import House
from bot.worker import in_process
from storage.store import SqlStore

Clock = Callable[[], datetime]

MEGABYTE: Final = 1024 * 1024


def job_kinds(
    settings: Settings,
    store: SqlStore,
    channels: Mapping[str, Channel],
    house: House,
    clock: Clock,
    spoke: Callable[[], None],
) -> dict[str, JobHandler]:
    """Name who does which kind of job."""
    folder, voice_of = settings.files.folder, partial(_voice_in, house)
    office = Office(
        store, channels, exports(settings), house.shipped, voice_of, clock, settings.files.max_mb * MEGABYTE
    )
    telling = Telling(store, {name: channel.facts for name, channel in channels.items()}, spoke)
    return _of_the_book(office) | {
        "fetch": FetchFile(channels, folder, settings.files.max_mb * MEGABYTE, voice_of),
        "export_person": ExportPerson(store, folder, exports(settings), house.voice),
        "chart": DrawChart(store, exports(settings), house.voice, clock),
        SHEET: NoticeSheet(store, exports(settings), house.voice),
        "erase_files": EraseFiles(store, folder),
        INVITATIONS: invitation_job(store, house, exports(settings), clock),
        "register_table": RegisterTable(store, house, exports(settings), clock),
        "answer": Answer(store, house, clock),
        BACKUP: _backup(settings, clock),
        DOCUMENT: SendDocument(
            exports(settings), partial(_made, settings), partial(may_have, store), voice_of, clock, telling
        ),
    }


def _of_the_book(office: Office) -> dict[str, JobHandler]:
    return {SEND: SendBook(office), LOOK: LookAtBook(office), TAKE: TakeBook(office)}


def _voice_in(house: House, language: str) -> Voice:
    """Give the voice of a language, to nobody in particular."""
    return house.voice(Person("", language=language))


async def _made(settings: Settings, order: Order) -> int:
    """Make a document in a process of its own."""
    from bot.cli.making import make_noted

    return await in_process(make_noted, settings, order)


def _backup(settings: Settings, clock: Clock) -> MakeBackup:
    sources = Sources(settings.database_url.get_secret_value(), settings.files.folder, settings.file)
    return MakeBackup(settings.backup.folder, settings.backup.keep, partial(backup_nightly, sources), clock)


def exports(settings: Settings) -> Path:
    """Say where files that are made lie until they are fetched."""
    return settings.files.folder.parent / "exports"
