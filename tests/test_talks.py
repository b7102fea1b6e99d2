"""Whole conversations as transcripts: what is typed stands in the file, what is answered is compared (or rewritten).

A transcript is plain text. `= chair TU-01 Páo` puts somebody into a role (`= also …` into
one more), `= code CODE TU-01=chair` makes an invitation; `> text` is typed by whoever spoke last, or
by `name> text` (`zalo.name> text` on another messenger); `> [label]` presses a button, `> (press first label)`
the oldest such button, `> (photo)`, `> (album 3)`, `> (sticker)`, `> (edit 2: text)` do what they
say; `+ 2 days` and `@ 2026-11-16 08:00` move the clock, `* tick` lets it speak; `# …` is a
remark. Everything after `<` is what the bot said.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.draw import draw, utf16
from bot.i18n import ZONE
from bot.messages import Address, Arrival, FileRef, Incoming, Message
from bot.records import Role
from storage.migrate import migrate
from tests.stage import Stage, stage

TALKS = Path(__file__).with_name("talks")
FILES = sorted(TALKS.glob("*/*.txt"))
LONGEST_OF_ZALO = 2000  # UTF-16 units
HONORIFICS = {"Páo": "anh", "Thương": "chi", "Mai": "co", "Lan": "chi"}


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy."""
    path = tmp_path_factory.mktemp("talks") / "template.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_talk(file: Path, template: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """What the bot says in a recorded conversation is what the transcript says."""
    script = file.read_text(encoding="utf-8")
    played = asyncio.run(_played(script, file.parent.name, template, tmp_path))
    if request.config.getoption("--update-talks"):
        file.write_text(played, encoding="utf-8")
        return
    assert played == script


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_everything_said_fits_into_one_message_of_zalo(file: Path) -> None:
    """Transcripts are drawn as Zalo shows them, without buttons; each of its messages costs."""
    said = re.findall(r"^< (.*(?:\n  .*)*)", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert said
    assert [text for text in said if utf16(text) > LONGEST_OF_ZALO] == []


async def _played(script: str, language: str, template: Path, folder: Path) -> str:
    async with stage(folder, template, _begins(script)) as on_stage:
        return await Player(on_stage, language).play(script)


def _begins(script: str) -> datetime:
    match = re.search(r"^@ (\S+ \S+)$", script, re.MULTILINE)
    return datetime.fromisoformat(match[1] if match else "2026-11-10 09:00").replace(tzinfo=ZONE)


class Player:
    """Plays one transcript and writes down what was said."""

    def __init__(self, on_stage: Stage, language: str) -> None:
        self.stage = on_stage
        self.language = language
        self.who = ""
        self.typed: list[str] = []
        self.written: list[str] = []

    async def play(self, script: str) -> str:
        for line in script.splitlines():
            if not line.startswith(("<", "  ")):
                await self._line(line)
        return "\n".join(self.written) + "\n"

    async def _line(self, line: str) -> None:
        self.written.append(line)
        if line.startswith("= "):
            await self._cast(line[2:])
        elif line.startswith("+ "):
            self._wait(line[2:])
        elif line.startswith("@ "):
            self.stage.clock.now = datetime.fromisoformat(line[2:]).replace(tzinfo=ZONE)
        elif line == "* tick":
            self._write(await self.stage.ticks())
        elif match := re.match(r"([\w.]*)> (.*)", line):
            self.who = match[1].lower() or self.who
            answers = await self.stage.gets(*self._messages(match[2]))
            self._write(answers)

    def _write(self, answers: Sequence[tuple[Address, Message]]) -> None:
        self.written += [row for address, message in answers for row in self._drawn(address, message)]

    async def _cast(self, words: str) -> None:
        if words.startswith("also "):
            _also, role, unit, name = words.split(" ")
            await self.stage.post(name, Role(role), unit)
            return
        role, unit, name = words.split(" ")
        if role == "code":
            code, unit, kind = unit, name.split("=")[0], name.split("=")[1]
            await self.stage.invite(code, unit, Role(kind))
            return
        chat = await self.stage.person(
            name, Role(role), unit, honorific=HONORIFICS.get(name, "anh"), language=self.language
        )
        self.who = chat

    def _wait(self, words: str) -> None:
        number, kind = words.split(" ")
        self.stage.clock.now += timedelta(**{kind: float(number)})

    def _messages(self, words: str) -> list[Incoming]:
        chat, on_stage = self.who, self.stage
        if words.startswith("["):
            return [on_stage.press(chat, words.strip("[]"))]
        if match := re.fullmatch(r"\(press first (.+)\)", words):
            return [on_stage.press_first(chat, match[1])]
        if words == "(photo)":
            return on_stage.photos(chat)
        if match := re.fullmatch(r"\(album (\d+)\)", words):
            return on_stage.photos(chat, int(match[1]), album="album")
        if match := re.fullmatch(r"\(file (\S+) (\S+)\)", words):
            ref = FileRef("file-1", "file", match[1], match[2])
            return [on_stage.text(chat, "", what=Arrival.FILES, files=(ref,))]
        if match := re.fullmatch(r"\(edit (\d+): (.*)\)", words):
            return [on_stage.text(chat, match[2], what=Arrival.EDIT, message_id=self.typed[-int(match[1])])]
        if match := re.fullmatch(r"\((sticker|voice)\)", words):
            return [on_stage.text(chat, match[1], what=Arrival.OTHER)]
        message = on_stage.text(chat, words.replace("\\n", "\n"))
        self.typed.append(message.message_id)
        return [message]

    def _drawn(self, address: Address, message: Message) -> list[str]:
        text = draw(message).split("\n")
        to = f"({address.chat}) " if address.chat != self.who else ""
        extra = [f"  [[{a.kind} {a.name}]]" for a in message.attachments]
        edits = "(edited) " if message.edits else ""
        return [f"< {to}{edits}{text[0]}", *(f"  {row}".rstrip() or "  ·" for row in text[1:]), *extra]


def test_every_talk_is_told_in_both_languages() -> None:
    """Each conversation has its transcript in Vietnamese and in English."""
    names = {language: {file.stem for file in (TALKS / language).glob("*.txt")} for language in ("vi", "en")}
    assert names["vi"] == names["en"] != set()
