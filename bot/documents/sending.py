"""The job "document": makes a document in a process of its own and sends it into the chat that asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import structlog

from bot.documents.order import ENDINGS, PAPERS, WORKBOOK, Order, Unwanted
from bot.documents.progress import Telling, forget
from bot.effects import Effect, Speak
from bot.i18n import Voice, _, local_day
from bot.messages import Address, Attachment, Later, Outgoing, Reader, Say

log = structlog.get_logger(__name__)

TRIES: Final = 3
AGAIN: Final = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class SendDocument:
    """Makes what was ordered. The folder is swept: what lies there is gone after a day, and so are links to it."""

    folder: Path
    make: Callable[[Order], Awaitable[int]]
    may_have: Callable[[Address, int], Awaitable[bool]]  # whether a chat may have files of a unit, now
    voice_of: Callable[[str], Voice]  # of a language
    clock: Callable[[], datetime]
    telling: Telling | None = None  # who tells how far it is

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Make `args["what"]` for `args["period"]` of `args["unit"]`, and send it to whoever may have it then."""
        ending = ENDINGS.get(args["what"], ("xlsx",))[0]
        path = self.folder / f"{args['job']}.{ending}"
        try:
            before = await self._made(Order(args["what"], args["period"], args["unit"], path, args["language"]), args)
        except Unwanted as why:
            log.warning("a document cannot be made", what=args["what"], why=str(why))
            return [self._say(args, Say(_("The file could not be made: {why}. Please tell the office.", why=str(why))))]
        except OSError as trouble:
            if attempts + 1 < TRIES:
                raise Later(AGAIN, str(trouble)) from trouble
            raise
        if not await self.may_have(Address(args["channel"], args["chat"]), args["unit"]):
            return [self._say(args, Say(_("That unit is not under your union.")))]
        name = self._name(args, ending)
        reader = Reader(Address(args["channel"], args["chat"]), (args["unit"],))
        file = Attachment(str(path), name, reader=reader)
        say = Say(_("Here is the file. It can be fetched for a day."), attachments=(file,))
        return [*before, self._say(args, say)]

    async def _made(self, order: Order, args: Mapping[str, Any]) -> Sequence[Effect]:
        """Make it while somebody tells how far it is; give what is to be said before the file."""
        voice, told = self.voice_of(args["language"]), False
        making = asyncio.ensure_future(self.make(order))
        try:
            if self.telling is not None:
                told = await self.telling.until(making, order.path, args, voice)
            await making
        finally:
            making.cancel()  # where nobody waits any more
            await asyncio.wait({making})
            forget(order.path)
        return await self.telling.ready(args, voice) if told and self.telling is not None else []

    def _say(self, args: Mapping[str, Any], say: Say) -> Speak:
        address = Address(args["channel"], args["chat"])
        return Speak(Outgoing(f"document/{args['job']}", address, say.spoken(self.voice_of(args["language"]))))

    def _name(self, args: Mapping[str, Any], ending: str) -> str:
        kind = "BC" if args["what"] in PAPERS else "SL" if args["what"] == WORKBOOK else args["what"]
        return f"{kind}_{args['period']}_{args['code']}_{local_day(self.clock()):%Y%m%d}.{ending}"
