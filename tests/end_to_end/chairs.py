"""Chairs who report one thing after the other, and remember every word they said: the measure of what was lost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.i18n import Text
from tests.end_to_end.errands import GAP, Answers, Book, Errand, Turn, next_errand, nothing_to_report
from tests.end_to_end.program import Program
from tests.end_to_end.registering import comes_in
from tests.end_to_end.someone import Someone
from tests.fake_telegram import FakeTelegram, FakeUser, Received

DOUBLE_TAPS = 0.3
THINKING = 0.1  # seconds at most, so that chairs do not answer in step
LEAVES_IT = 0.2  # of the answers after the last bell, so many are not given any more
PATIENCE = 300.0  # seconds: two hundred chairs take turns with a program that is killed all the time
NOTHING_YET = 0.3  # of the chairs say at first that there was nothing


@dataclass(slots=True)
class Open:
    """A draft as its chair remembers it."""

    form: str
    answers: Answers
    step: str = ""  # the question that is open


class Chair(Someone):
    """The chair of one unit, invited by a code. `chance` decides what is reported, and when.

    A photographer adds a photo to every new dialogue and activity, in passing.
    """

    def __init__(self, user: FakeUser, code: str, unit: str, chance: Random) -> None:
        super().__init__(user, name=f"Páo {user.chat.id}")
        self.photographer = user.chat.id % 4 == 0
        self.photos = 0
        self.code = code
        self.book = Book(unit)
        self.open: Open | None = None
        self._chance = chance

    async def works(self, bell: asyncio.Event) -> None:
        """Come in and report until the bell; at the end everything said to them has been heard."""
        await comes_in(self, self.code, self.book.unit)
        if self._chance.random() < NOTHING_YET:
            await self._does(nothing_to_report(self.book), bell)
        while not bell.is_set():
            await self._does(next_errand(self.book, self._chance), bell)
        await self.types("/trogiup", then="/cuatoi")

    async def _does(self, errand: Errand, bell: asyncio.Event) -> None:
        self.open = Open(errand.form, errand.answers())
        await self.user.send(errand.opening)
        for turn in errand.turns:
            asked = await self.reads(turn.question)
            self.open.step = turn.step
            await asyncio.sleep(self._chance.random() * THINKING)
            if turn.step and bell.is_set() and self._chance.random() < LEAVES_IT:
                return
            if turn.step == "attendees" and self.photographer and errand.about is None:
                await self.user.photo()
                self.photos += 1
            await self._answers(turn, asked)
            if turn.kept is not None:
                self.open.answers[turn.step] = turn.kept
        await self.reads(errand.done)
        self.book.file(errand, self.open.answers)
        self.open = None

    async def _answers(self, turn: Turn, asked: Received) -> None:
        if turn.button is None:
            await self.user.send(turn.typed)
            return
        for _tap in range(1 + (self._chance.random() < DOUBLE_TAPS)):
            await self.user.press(self.voice.speak(turn.button), asked.message_id)

    async def reads(self, words: Text | str) -> Received:
        """Wait for a message with these words. What a text says in a gap need not be known: the longest rest counts."""
        spoken = self.voice.speak(words) if isinstance(words, Text) else words
        return await self.user.hears(max(spoken.split(GAP.text), key=len), PATIENCE)


async def invited_chairs(house: Program, fake: FakeTelegram, seed: str, count: int) -> list[Chair]:
    """Import so many units, and invite the chair of each."""
    codes = await house.furnish(list_of_units(house.folder, count), under="TU")
    return [
        Chair(fake.user(1000 + number), codes[code], name, Random(f"{seed}/{number}"))
        for number, (code, name) in enumerate(factories(count))
    ]


def factories(count: int) -> Iterator[tuple[str, str]]:
    """Give code and name of made-up units."""
    for number in range(count):
        yield f"TU-{number:03}", f"CĐCS Nhà máy {number:03}"


def list_of_units(folder: Path, count: int) -> Path:
    """Write a list of such units under the commune TU."""
    rows = [
        "code,name,kind,parent,members,workers,valid_from,valid_to",
        "TU,Công đoàn xã Than Uyên,cd_xa_phuong,,,,2025-07-01,",
        *(f"{code},{name},cdcs,TU,35,60,2025-07-01," for code, name in factories(count)),
    ]
    path = folder / "units.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path
