"""The jobs by which an admin's workbook travels: out to the chat, in for a look, and in force when confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bot.effects import Effect, OfferAsk, Speak
from bot.i18n import Text, Voice, _, lines
from bot.messages import Address, Attachment, Choice, Later, Outgoing, Refused, Say
from bot.office.book import BookError
from bot.office.differences import told
from bot.office.importing import NAMED, Current, Proposal, current
from bot.office.sheet import Rows
from bot.ports import Channel, Store
from bot.records import Ask

NAME: Final = "so-quy-dinh.xlsx"
TAKE_WORD: Final = "caidat nhan"
TRIES: Final = 10
VALID: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Office:
    """What these jobs work with. The folder is swept: what lies there is gone after a day."""

    store: Store
    channels: Mapping[str, Channel]
    folder: Path
    shipped: Mapping[str, Rows]
    voice_of: Callable[[str], Voice]  # of a language
    clock: Callable[[], datetime]
    limit: int  # bytes of a file

    def speak(self, args: Mapping[str, Any], step: str, say: Say) -> Speak:
        """Answer in the chat that asked."""
        address = Address(args["channel"], args["chat"])
        return Speak(Outgoing(f"book/{args['job']}/{step}", address, say.spoken(self.voice_of(args["language"]))))

    def path(self, job: str) -> Path:
        """Give where the workbook of a job lies."""
        return self.folder / f"{job}.xlsx"


class SendBook:
    """Sends the book in force as a workbook."""

    def __init__(self, office: Office) -> None:
        """Take what it works with."""
        self._office = office

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Write it and send it to the chat that asked."""
        office = self._office
        async with office.store.reading() as reads:
            now = await current(reads, office.shipped)
        path = office.path(args["job"])
        await asyncio.to_thread(_write, path, now, office.voice_of(args["language"]))
        text = _(
            "The office's book of settings, version {version}. Change it and send it back here.",
            version=str(now.version),
        )
        return [office.speak(args, "send", Say(text, attachments=(Attachment(str(path), NAME),)))]


class LookAtBook:
    """Fetches a workbook that an admin sent, and tells what is wrong with it or what it would change."""

    def __init__(self, office: Office) -> None:
        """Take what it works with."""
        self._office = office

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Look at the file of `args["ref"]`; keep it until it is confirmed."""
        office = self._office
        try:
            data = await office.channels[args["channel"]].fetch(args["ref"]["remote"], office.limit)
        except Refused:
            return [office.speak(args, "gone", Say(_("The file did not arrive whole. Please send it again.")))]
        except Later:
            if attempts + 1 < TRIES:
                raise
            return [office.speak(args, "gone", Say(_("The file did not arrive whole. Please send it again.")))]
        await asyncio.to_thread(_keep, office.path(args["job"]), data)
        return await looked_at(office, args, "look")


class TakeBook:
    """Puts a workbook in force that an admin looked at and confirmed."""

    def __init__(self, office: Office) -> None:
        """Take what it works with."""
        self._office = office

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Take the workbook of job `args["job"]` over, if the book in force is still `args["base"]`."""
        office = self._office
        try:
            proposal = await _proposal(office, args["job"])
        except (BookError, FileNotFoundError):
            return [office.speak(args, f"lost{attempts}", Say(_("That file is no longer kept. Please send it again.")))]
        if proposal.current.version != args["base"]:
            return await looked_at(office, args, f"again{proposal.current.version}")
        words = _("Version {version} is in force.", version=str(proposal.current.version + 1))
        effects = proposal.effects(office.clock(), args["person"], args["name"])
        return [*effects, office.speak(args, "taken", Say(words))]


async def looked_at(office: Office, args: Mapping[str, Any], step: str) -> list[Effect]:
    """Tell what a workbook would change and ask whether it shall, or what is wrong with it."""
    try:
        proposal = await _proposal(office, args["job"])
    except BookError as error:
        problems: list[Text] = [problem.line() for problem in error.problems[:NAMED]]
        count = _("Nothing was written. Problems to mend: {count}.", count=len(error.problems))
        return [office.speak(args, step, Say(lines(*problems, count)))]
    words = told(proposal.differences, NAMED)
    if not proposal.differences:
        return [office.speak(args, step, Say(words))]
    data = f"/caidat nhan {args['job']} {proposal.current.version}"
    choice = Choice(_("Put it in force"), data, TAKE_WORD.upper())
    ask = Ask(args["person"], "book", {TAKE_WORD: data}, until=office.clock() + VALID)
    return [office.speak(args, step, Say(words, choices=(choice,))), OfferAsk(ask, office.clock())]


async def _proposal(office: Office, job: str) -> Proposal:
    async with office.store.reading() as reads:
        now = await current(reads, office.shipped)
    return await asyncio.to_thread(_read, office.path(job), now)


# Imported when they are needed: reading and writing workbooks costs a third of a second, which no start need pay.


def _read(path: Path, now: Current) -> Proposal:
    from bot.office.reading import propose

    return propose(path, now)


def _write(path: Path, now: Current, voice: Voice) -> None:
    from bot.office.writing import write_book

    path.parent.mkdir(parents=True, exist_ok=True)
    write_book(now.book, path, voice, now.version)


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(data)
