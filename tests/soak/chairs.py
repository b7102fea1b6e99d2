"""Chairs at the edge of the house: each reads what it is told and knows what to say next. They remember little."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from random import Random

from bot.i18n import ZONE, Text
from bot.messages import Address, Arrival, FileRef, Incoming, Message
from tests.end_to_end.errands import GAP, Answers, Book, Errand, Turn, next_errand
from tests.end_to_end.someone import speaker

CHANNEL = "telegram"
DOUBLE_TAPS = 0.1
PHOTOS = 0.2  # of the new reports, so many come with one
REMEMBERED = 12  # versions: what the unit filed before is of another day


class Chair:
    """The chair of a unit, whose chat is `chat`. What they report is decided by chance."""

    def __init__(self, chat: str, unit: str, chance: Random, numbers: count[int]) -> None:
        self.chat = chat
        self.filed = 0  # versions of reports
        self.photos = 0
        self.waits_for = ""  # words; nothing more is said until they have come
        self._book = Book(unit)
        self._voice = speaker("vi", chat, "anh")
        self._chance = chance
        self._numbers = numbers
        self._errand: Errand | None = None
        self._turns: list[Turn] = []
        self._answers: Answers = {}
        self._last = Message("")

    @property
    def busy(self) -> bool:
        """Tell whether something is begun and not done."""
        return self._errand is not None

    @property
    def may_speak(self) -> bool:
        """Tell whether it is their turn."""
        return self.busy and not self.waits_for

    def sits_down(self, now: datetime) -> None:
        """Think of something to do."""
        self._book.today = now.astimezone(ZONE).date()
        self._errand = errand = next_errand(self._book, self._chance)
        self._answers = errand.answers()
        self._turns = [Turn("", "", errand.opening), *errand.turns]

    def hears(self, message: Message) -> None:
        """Read a message; one with the awaited words makes them ready to go on."""
        text = f"{message.title}\n{message.text}"
        if not self.waits_for or self.waits_for.casefold() not in text.casefold():
            return
        self.waits_for = ""
        self._last = message
        if self._errand and not self._turns:
            self._is_done(self._errand)

    def says(self, now: datetime) -> Sequence[Incoming]:
        """Say what comes next, and wait for what follows."""
        assert self._errand is not None
        turn = self._turns.pop(0)
        if turn.kept is not None:
            self._answers[turn.step] = turn.kept
        self._waits(self._turns[0].question if self._turns else self._errand.done)
        if turn.button is None:
            return [*self._photo(turn, now), self._message(now, turn.typed)]
        label = self._voice.speak(turn.button)
        data = next(button.data for button in self._last.buttons if label in button.label)
        taps = 1 + (self._chance.random() < DOUBLE_TAPS)
        return [self._message(now, data, Arrival.PRESS) for _tap in range(taps)]

    def _is_done(self, errand: Errand) -> None:
        self._book.file(errand, self._answers)
        del self._book.versions[:-REMEMBERED]
        self._errand = None
        self.filed += 1

    def _waits(self, words: Text | str) -> None:
        spoken = self._voice.speak(words) if isinstance(words, Text) else words
        self.waits_for = max(spoken.split(GAP.text), key=len)

    def _photo(self, turn: Turn, now: datetime) -> list[Incoming]:
        if turn.step != "attendees" or (self._errand and self._errand.about) or self._chance.random() > PHOTOS:
            return []
        self.photos += 1
        number = next(self._numbers)
        return [self._message(now, "", Arrival.FILES, files=(FileRef(f"photo-{number}", "photo"),))]

    def _message(
        self, now: datetime, text: str, what: Arrival = Arrival.TEXT, files: tuple[FileRef, ...] = ()
    ) -> Incoming:
        number = next(self._numbers)
        address = Address(CHANNEL, self.chat)
        return Incoming(f"1:{number}", address, now, what, text, message_id=str(number), files=files)
