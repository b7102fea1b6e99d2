"""Chairs who report dialogues one after the other, and remember every word they said: the measure of what was lost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from bot.forms import steps
from bot.i18n import ZONE, Text, _
from handlers.dialogue import DIALOGUE
from handlers.lists import TOPICS_AT_WORK
from tests.end_to_end.program import Program
from tests.end_to_end.registering import comes_in
from tests.end_to_end.someone import Someone, label
from tests.fake_telegram import FakeTelegram, FakeUser

DOUBLE_TAPS = 0.3
THINKING = 0.1  # seconds at most, so that chairs do not answer in step
LEAVES_IT = 0.2  # of the answers after the last bell, so many are not given any more


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, what is typed for an answer, and what has to be kept of it."""

    step: str
    question: Text | str
    typed: str
    kept: Any = None


@dataclass(slots=True)
class Report:
    """A report as its chair remembers it."""

    answers: dict[str, Any] = field(default_factory=dict)
    step: str = ""  # the question that is open


class Chair(Someone):
    """The chair of one unit, invited by a code. `chance` decides what is answered, and when.

    A photographer adds a photo to every report, in passing.
    """

    def __init__(self, user: FakeUser, code: str, unit: str, chance: Random) -> None:
        super().__init__(user, name=f"Páo {user.chat.id}")
        self.photographer = user.chat.id % 4 == 0
        self.photos = 0
        self.unit = unit
        self.code = code
        self.filed: list[Report] = []
        self.open: Report | None = None
        self._chance = chance

    async def works(self, bell: asyncio.Event) -> None:
        """Come in and report until the bell; at the end everything said to them has been heard."""
        await comes_in(self, self.code, self.unit)
        while not bell.is_set():
            await self._reports(bell)
        await self.types("/trogiup", then="/cuatoi")

    async def _reports(self, bell: asyncio.Event) -> None:
        self.open = Report()
        await self.user.send("/baocao dialogue")
        for turn in self._turns():
            asked = await self.reads(turn.question)
            self.open.step = turn.step
            await asyncio.sleep(self._chance.random() * THINKING)
            if bell.is_set() and self._chance.random() < LEAVES_IT:
                return
            if turn.step == "attendees" and self.photographer:
                await self.user.photo()
                self.photos += 1
            if turn.step == steps.RECAP:
                await self._sends(asked.message_id)
            else:
                await self.user.send(turn.typed)
            if turn.kept is not None:
                self.open.answers[turn.step] = turn.kept
        await self.reads(f"BC{len(self.filed) + 1}")
        self.filed.append(self.open)
        self.open = None

    async def _sends(self, recap: int) -> None:
        for _tap in range(1 + (self._chance.random() < DOUBLE_TAPS)):
            await self.user.press(self.voice.speak(_("Send")), recap)

    def _turns(self) -> Iterator[Turn]:
        today = datetime.now(ZONE).date()
        attendees, opinions = self._chance.randint(10, 18), self._chance.randint(0, 3)
        topic = self._chance.randint(1, 6)
        yield _field("dialogue_type", "1", "dinh_ky")
        yield _field("event_date", f"{today:%d/%m/%Y}", today.isoformat())
        if self.filed:
            yield Turn(steps.SIMILAR, f"BC{len(self.filed)}", "2")
        yield _field("attendees", str(attendees), attendees)
        yield _field("topics", str(topic), [TOPICS_AT_WORK[topic - 1].code])
        yield _field("opinions", str(opinions), opinions)
        if opinions:
            yield _field("resolved", str(opinions), opinions)
        yield Turn(steps.MORE, _("Anything to add? Choose one or more numbers, or 0 if that is all."), "0")
        yield Turn(steps.RECAP, self.unit, "")


def _field(code: str, typed: str, kept: Any) -> Turn:
    return Turn(code, label(DIALOGUE, code), typed, kept)


async def invited_chairs(house: Program, fake: FakeTelegram, seed: str, count: int) -> list[Chair]:
    """Import so many units, and invite the chair of each."""
    codes = await house.furnish(_list_of_units(house.folder, count), under="TU")
    return [
        Chair(fake.user(1000 + number), codes[code], name, Random(f"{seed}/{number}"))
        for number, (code, name) in enumerate(_factories(count))
    ]


def _factories(count: int) -> Iterator[tuple[str, str]]:
    """Give code and name of made-up units."""
    for number in range(count):
        yield f"TU-{number:02}", f"CĐCS Nhà máy {number:02}"


def _list_of_units(folder: Path, count: int) -> Path:
    """Write a list of such units under the commune TU."""
    rows = [
        "code,name,kind,parent,members,workers,valid_from,valid_to",
        "TU,Công đoàn xã Than Uyên,cd_xa_phuong,,,,2025-07-01,",
        *(f"{code},{name},cdcs,TU,35,60,2025-07-01," for code, name in _factories(count)),
    ]
    path = folder / "units.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path
