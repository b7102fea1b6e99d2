"""How far a document is: noted beside it by whoever makes it, told in the chat by the job that waits for it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from bot.effects import Speak
from bot.i18n import Text, Voice, _
from bot.messages import Address, Outgoing, Priority, Say
from bot.ports import Facts, Store, StoreBusy

FIRST_LOOK: Final = 5.0  # seconds: what is made sooner needs no word in between
LOOK_EVERY: Final = 4.0


class Stage(StrEnum):
    """What is being done."""

    READING = "reading"
    SHEETS = "sheets"
    LINES = "lines"
    FILLING = "filling"


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is: so many sheets of so many, or so many lines."""

    stage: str
    done: int = 0
    of: int = 0

    @property
    def words(self) -> Text:
        """Say it."""
        match self.stage:
            case Stage.SHEETS:
                return _("{done} of {of} sheets are written…", done=self.done, of=self.of)
            case Stage.LINES:
                return _("{done} lines are written…", done=self.done)
            case Stage.FILLING:
                return _("The figures are read, the document is being written…")
        return _("The figures are being read…")

    @property
    def is_half(self) -> bool:
        """Tell whether about half of it is done, and enough is left to be worth a message."""
        return 2 * self.of <= 4 * self.done <= 3 * self.of and self.of > 0


def note(path: Path, step: Step) -> None:
    """Note how far the document is that will have this path."""
    part = _beside(path).with_suffix(".new")
    part.write_text(json.dumps(asdict(step)), encoding="utf-8")
    part.replace(_beside(path))


def noted(path: Path) -> Step | None:
    """Read what was noted; None where nothing was, or not any more."""
    with suppress(OSError):
        return Step(**json.loads(_beside(path).read_text(encoding="utf-8")))
    return None


def forget(path: Path) -> None:
    """Take the note away."""
    _beside(path).unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.step")


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells how far a document is. It follows one message where the channel can edit; elsewhere it tells the half."""

    store: Store
    facts: Mapping[str, Facts]
    spoke: Callable[[], None]
    first: float = FIRST_LOOK
    every: float = LOOK_EVERY

    async def until(self, made: asyncio.Task[int], path: Path, args: Mapping[str, Any], voice: Voice) -> bool:
        """Wait until it is made; tell whether a message says how far it is."""
        shown: Step | None = None
        wait, turn = self.first, 0
        while not (await asyncio.wait({made}, timeout=wait))[0]:
            wait, step = self.every, noted(path)
            if step is None or step == shown or not self._is_news(args["channel"], step, shown):
                continue
            if await self._said(args, Say(step.words), voice, turn):
                shown, turn = step, turn + 1
        return shown is not None and self._edits(args["channel"])

    def _edits(self, channel: str) -> bool:
        return channel in self.facts and self.facts[channel].edits

    def _is_news(self, channel: str, step: Step, shown: Step | None) -> bool:
        return self._edits(channel) or (shown is None and step.is_half)

    async def _said(self, args: Mapping[str, Any], say: Say, voice: Voice, turn: int) -> bool:
        """Say it, from the second time on in place of the first; not before that one has gone out."""
        edits = ""
        if turn:
            edits = await self._id_of_first(args)
            if not edits:
                return False
        try:
            async with self.store.batch() as batch:
                await batch.write([self._speak(args, say, voice, f"progress/{turn}", edits)])
        except StoreBusy:  # the next look tells it
            return False
        self.spoke()
        return True

    async def ready(self, args: Mapping[str, Any], voice: Voice) -> list[Speak]:
        """Give what puts an end to the message that says how far it is."""
        edits = await self._id_of_first(args)
        return [self._speak(args, Say(_("The file is ready.")), voice, "progress/ready", edits)] if edits else []

    async def _id_of_first(self, args: Mapping[str, Any]) -> str:
        async with self.store.reading() as reads:
            sent = await reads.sent_as(f"document/{args['job']}/progress/0")
        return sent[2] if sent is not None else ""

    def _speak(self, args: Mapping[str, Any], say: Say, voice: Voice, key: str, edits: str) -> Speak:
        message = Say(say.text, edits=edits).spoken(voice)
        address = Address(args["channel"], args["chat"])
        return Speak(Outgoing(f"document/{args['job']}/{key}", address, message, Priority.ALERT))
