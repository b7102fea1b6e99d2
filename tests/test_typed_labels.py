"""On a messenger without buttons every choice can be typed as it is drawn: all conversations, choice by choice."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

from bot.forms.fold import fold
from bot.i18n import _
from bot.messages import Address, Arrival, Button, Incoming, Message
from bot.records import Role
from tests.stage import Stage, stage
from tests.test_talks import FILES, Player, _begins, template

__all__ = ["template"]  # a fixture, used by its name

OUR_OWN = re.compile(r"(CODE|id)-?\d+|\d\d:\d\d|\d+ giờ \d+")  # what differs from one try to the next
NOT_UNDERSTOOD = (_("I did not understand that."), _("Please choose one of the numbers."))
NIL = "/khongphatsinh"
SURE = {"vi": "không phát sinh gì, đúng không ạ?", "en": "has nothing to report?"}


class Undone(Exception):
    """What was tried is taken back."""


class Trying(Player):
    """Plays a transcript, and tries every choice of every message in both ways: typed as drawn, and pressed."""

    tried: ClassVar[set[str]] = set()  # what is said in several transcripts is tried in one of them

    def __init__(self, on_stage: Stage, language: str) -> None:
        super().__init__(on_stage, language)
        self.lost: list[str] = []

    async def _line(self, line: str) -> None:
        shown: list[tuple[Address, Message]] = []
        write = self._write

        def keep(answers: list[tuple[Address, Message]]) -> None:
            shown.extend(answers)
            write(answers)

        self._write = keep  # type: ignore[assignment, method-assign]
        try:
            await super()._line(line)
        finally:
            self._write = write  # type: ignore[method-assign]
        last = dict(shown)
        for address, message in last.items():
            for button in message.buttons:
                await self._try(address, message, button)

    async def _try(self, address: Address, message: Message, button: Button) -> None:
        shape = re.sub(
            r"\d+|id\w+", "", f"{self.language}|{message.text[:60]}|{button.label}|{button.key}|{button.data[:3]}"
        )
        if shape in self.tried:
            return
        self.tried.add(shape)
        pressed = await self._said(address, button.data, Arrival.PRESS)
        for typed in _ways(button):
            said = await self._said(address, typed, Arrival.TEXT)
            if not self._same(button, pressed, said):
                what = f"{button.key!r} {button.label!r} typed {typed!r} under {message.text[:70]!r}"
                self.lost.append(f"{what}: {said[:1]}")

    def _same(self, button: Button, pressed: list[str], said: list[str]) -> bool:
        voice = self.stage.house.voice(None)
        wrong = any(voice.speak(text) in one for text in NOT_UNDERSTOOD for one in said)
        if button.data.startswith(NIL) and any(SURE[self.language] in one for one in said):
            return True  # a report is sent with one tap; typed words are asked about
        if button.data.startswith("t:"):  # pressed it is the first of several; typed it may be all
            return not wrong
        return said == pressed

    async def _said(self, address: Address, text: str, what: Arrival) -> list[str]:
        """Tell what would be answered, and take it back."""
        on_stage = self.stage
        message: Incoming = replace(on_stage.text(address.chat, text, what=what), address=address)
        said: list[str] = []
        try:
            async with on_stage.store.batch() as batch:
                work = await on_stage.inbox._open(batch, [message], "")
                await work.flush()
                said = [f"{claim.out.message.title}\n{claim.out.message.text}" for claim in work.claims]
                raise Undone
        except Undone:
            pass
        return [OUR_OWN.sub("", one) for one in said]


def _ways(button: Button) -> set[str]:
    """Give what somebody may type for a choice: its key, its label as a phone or a tired thumb writes it."""
    ways = {unicodedata.normalize("NFD", button.label), fold(button.label).lower()}
    return ways | ({button.key} if button.key else set())


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
async def test_every_choice_can_be_typed(file: Path, template: Path, tmp_path: Path) -> None:
    """What a drawing says may be typed does what the button does, with and without diacritics."""
    script = file.read_text(encoding="utf-8")
    async with stage(tmp_path, template, _begins(script)) as on_stage:
        trying = Trying(on_stage, file.parent.name)
        await trying.play(script)
    assert trying.lost == []


async def test_words_that_are_also_a_label_stay_an_answer(template: Path, tmp_path: Path) -> None:
    """At a question for words they are the words, though a button that is still on the screen is called so."""
    async with stage(tmp_path, template) as on_stage:
        chat = await on_stage.person("Páo", Role.CHAIR, "TU-01")
        for text in ("menu", "kien nghi", "1", "Lương, thu nhập"):
            await on_stage.gets(on_stage.text(chat, text))
        assert on_stage.last[chat].title == "Kiến nghị · 3/3"
        await on_stage.gets(on_stage.text(chat, "1"))
        assert "Lương, thu nhập" in on_stage.last[chat].text
