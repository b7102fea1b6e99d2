"""Figures as an officer reads them in the chat, beside what a count by hand gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.effects import Speak
from bot.i18n import Voice
from bot.messages import Address, Incoming
from bot.ports import Reads, World
from bot.records import Person, Post, Role, Unit
from bot.reporting.figures import named
from bot.reporting.periods import Period
from bot.talk import House, Talk
from handlers.digest import beside, digest
from handlers.opened import opened
from tests.storage.lives import MEANS, Key, Lives, mean
from tests.storage.people import NOW

DIGEST: Final = (r"(.+): ([\d,]+) reports \(before: ([\d,]+)\)", r"· (.+): (.+) \(before: (.+)\)")
YEAR: Final = (
    r"(.+): ([\d,]+) reports; year ([\d,]+); a year earlier ([\d,]+)",
    r"· (.+): (.+); year (.+); a year earlier (.+)",
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A unit and a period, with the sums of three stretches of days counted by hand."""

    lives: Lives
    house: House
    reads: Reads
    root: Unit
    period: Period

    @property
    def voice(self) -> Voice:
        """Speak English."""
        return Voice(self.house.catalogues["en"], names=dict(self.house.days.names))

    def sums(self, since: date, until: date) -> Mapping[Key, int]:
        """Count by hand what was under the unit."""
        return self.lives.sums(self.root.id, since, until)


def _talk(scene: Scene) -> Talk:
    async def read() -> Reads:
        return scene.reads

    address = Address("telegram", "1")
    person = Person("o", "Mai", "chi", "", "en", (Post(Role.PROV_OFFICER, scene.root),), (address,))
    return Talk(scene.house, Incoming("1", address, NOW), NOW, World(), person, read, hurried=False)


def _said(talk: Talk) -> tuple[str, Sequence[str]]:
    (message,) = (effect.out.message for effect in talk.effects if isinstance(effect, Speak))
    return message.text, [button.label for button in message.buttons]


async def digest_agrees(scene: Scene) -> int:
    """Each line of the digest, for the period and the one before it."""
    talk = _talk(scene)
    await digest(talk, scene.period.code)
    before = scene.house.calendar.previous(scene.period)
    return _text_agrees(scene, _said(talk)[0], DIGEST, [(one.since, one.until) for one in (scene.period, before)])


async def year_agrees(scene: Scene) -> int:
    """The period beside the statistical year so far, which begins on 1 December, and the year before."""
    talk, period = _talk(scene), scene.period
    await beside(talk, period.code)
    earlier = scene.house.calendar.at(period.code.replace("2026", "2025", 1))
    year = min(period.since, date(2025, 12, 1))
    days = [(period.since, period.until), (year, period.until), (earlier.since, earlier.until)]
    return _text_agrees(scene, _said(talk)[0], YEAR, days)


def _text_agrees(scene: Scene, text: str, how: tuple[str, str], days: Sequence[tuple[date, date]]) -> int:
    sums, found = [scene.sums(*stretch) for stretch in days], _lines_of(scene, text, *how)
    for kind, label, told in found:
        wanted = [_by_label(scene, one, kind, label) for one in sums]
        assert told == wanted, (scene.root.code, scene.period.code, kind, label)
    told_at_all = {key[0] for stretch in days for key in scene.lives.said(scene.root.id, *stretch)}
    assert {kind for kind, _label, _told in found} == told_at_all
    return len(found)


def _lines_of(scene: Scene, text: str, head: str, row: str) -> list[tuple[str, str, list[int | None]]]:
    """Read the numbers out of a digest: (kind, label, numbers); "Reports" for how many there were."""
    titles = {scene.voice.speak(form.title): name for name, form in scene.house.forms.items()}
    found: list[tuple[str, str, list[int | None]]] = []
    kind = ""
    for line in text.splitlines():
        of_kind, of_field = re.fullmatch(head, line), re.fullmatch(row, line)
        if of_kind is not None:
            kind = titles[of_kind[1]]
            found.append((kind, "Reports", [number(one) for one in of_kind.groups()[1:]]))
        elif of_field is not None and of_field[1] not in latest_labels(scene):
            found.append((kind, of_field[1], [known(one) for one in of_field.groups()[1:]]))
    return found


def number(words: str) -> int:
    """Read a number with marks between thousands, perhaps below zero."""
    return int(re.sub(r"[^\d-]", "", words.replace("−", "-")))


def known(words: str) -> int | None:
    """The same; None for a dash, where nothing is known."""
    return None if words == "–" else number(words)


def latest_labels(scene: Scene) -> set[str]:
    """Name the lines that tell latest values, which are no sums of the period."""
    form = scene.house.forms["membership"]
    return {scene.voice.speak(form.by_code[code].short) for code in ("total_members", "total_workers", "total_female")}


def _by_label(scene: Scene, sums: Mapping[Key, int], kind: str, label: str) -> int | None:
    if label == "Reports":
        return sums[kind, "", ""]
    form = scene.house.forms[kind]
    (field,) = (one.code for one in form.fields if scene.voice.speak(named(one)) == label)
    return mean(sums, kind, field) if (kind, field) in MEANS else sums[kind, field, ""]


async def opened_agrees(scene: Scene) -> int:
    """Every number that can be opened is what is listed behind it."""
    talk = _talk(scene)
    await opened(talk, scene.period.code)
    for label in _said(talk)[1]:
        told = re.fullmatch(r"(.+) · (.+): ([\d,]+)", label)
        if told is None or told[2] in latest_labels(scene) or " – " in told[2]:
            continue
        menus = {scene.voice.speak(form.settings.menu or form.title): name for name, form in scene.house.forms.items()}
        sums = scene.sums(scene.period.since, scene.period.until)
        assert number(told[3]) == _by_label(scene, sums, menus[told[1]], told[2]), label
    return len(_said(talk)[1])
