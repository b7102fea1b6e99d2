"""The job "chart": progress by area and the trend of the months, drawn for whoever asked and sent into the chat."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bot.documents.chart import Bar, Chart, Months, as_json, pictures_in
from bot.effects import Effect, Speak
from bot.i18n import Code, Lines, Percent, Plain, Text, Voice, _, _n, lines, local_day
from bot.messages import Address, Attachment, Choice, Outgoing, Reader, Say
from bot.ports import Reads, Store
from bot.records import OFFICERS, Person, Target, Unit
from bot.reporting.indicators import FORMS, GROSS, INDICATORS, Way, way_of
from bot.reporting.targets import WORDS, Progress, pace_line, progress, row, signed, year_passed
from bot.reporting.years import calendar_year

BARS: Final = 12  # in one picture: more would not be read on a phone
PICTURES: Final = 4  # in one message: of more units those in the middle are left out
NAMED: Final = 12  # units in words
ENOUGH: Final = 60.0  # seconds to draw


class DrawChart:
    """Reads what a chart shows, has it drawn by a process of its own, and sends it with the same in words."""

    def __init__(
        self, store: Store, exports: Path, voice: Callable[[Person], Voice], clock: Callable[[], datetime]
    ) -> None:
        """Take where to read, where to write, in which words to send it, and what time it is."""
        self._store = store
        self._exports = exports
        self._voice = voice
        self._clock = clock

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Draw the indicator `args["indicator"]` of the unit `args["unit"]`, if the person is still its officer."""
        del attempts
        async with self._store.reading() as reads:
            person = await reads.person(args["person"])
            units = person.units(OFFICERS) if person is not None else ()
            unit = next((one for one in units if one.id == args["unit"]), None)
            if person is None or unit is None:
                return []
            seen = await look(reads, unit, args["indicator"], local_day(self._clock()))
        voice = self._voice(person)
        address, files = Address(args["channel"], args["chat"]), []
        for number, picture in enumerate(await _drawn(seen.charts(voice)), 1):
            path = self._exports / f"{args['job']}-{number}.png"
            await asyncio.to_thread(_keep, path, picture)
            files.append(Attachment(str(path), f"bieu-do-{number}.png", "photo", Reader(address, (unit.id,))))
        say = seen.say(files)
        return [Speak(Outgoing(f"chart/{args['job']}", address, say.spoken(voice)))]


async def _drawn(charts: Sequence[Chart]) -> list[bytes]:
    """Have charts drawn. Raises RuntimeError with what the process says when it cannot."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.documents.chart",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        made, trouble = await asyncio.wait_for(process.communicate(as_json(charts)), ENOUGH)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise RuntimeError(trouble.decode(errors="replace")[-2000:])
    return pictures_in(made)


def _keep(path: Path, drawn: bytes) -> None:
    """Write it for nobody but us to read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(drawn)


class Seen:
    """What a chart shows: the unit's own progress, that of the units below, and the months."""

    def __init__(self, unit: Unit, target: Target, today: date) -> None:
        """Begin with the unit and what it was assigned, which may be nothing."""
        self.unit = unit
        self.target = target
        self.today = today
        self.own = Progress(target, 0, 0.0)
        self.below: list[tuple[Unit, Progress]] = []
        self.this: list[int] = []
        self.last: list[int] = []

    @property
    def way(self) -> Way:
        """Give what is counted."""
        return way_of(self.target.indicator, self.target.basis)

    @property
    def assigned(self) -> bool:
        """Tell whether any unit below has a target: then bars are shares of it, else numbers beside one another."""
        return any(one.assigned for _unit, one in self.below)

    def order(self) -> list[tuple[Unit, Progress]]:
        """Give the units below: those that lag behind most first; where nothing is assigned, those that did most."""
        if not self.assigned:
            return sorted(self.below, key=lambda pair: (-pair[1].done, pair[0].code))
        some = [(unit, one) for unit, one in self.below if one.assigned]
        rest = [(unit, one) for unit, one in self.below if not one.assigned]
        return [*sorted(some, key=lambda pair: (pair[1].done / pair[1].target.value, pair[0].code)), *rest]

    def parts(self) -> list[tuple[int, list[tuple[Unit, Progress]]]]:
        """Part the units among pictures, each with the place of its first; of very many the middle is left out."""
        order = self.order()
        parts = [(at, order[at : at + BARS]) for at in range(0, max(1, len(order)), BARS)]
        if len(parts) <= PICTURES:
            return parts
        end = len(order) - BARS
        return [*parts[: PICTURES - 1], (end, order[end:])]

    def charts(self, voice: Voice) -> list[Chart]:
        """Put it into the words of a person: all units, and on the first picture the months."""
        most = max((one.done for _unit, one in self.below), default=0) or 1
        year = self.target.year
        expected = year_passed(year, self.today) if self.assigned else 0.0
        marked = voice.speak(_("expected {share}", share=Percent(expected))) if expected else ""
        title = voice.speak(_("{label} · {year}", label=self.way.title, year=Code(year)))
        return [
            Chart(
                title,
                voice.speak(self._under(at, len(units))),
                tuple(self._bar(voice, unit, one, most) for unit, one in units),
                self._months(voice) if not at else None,
                expected,
                marked,
            )
            for at, units in self.parts()
        ]

    def _under(self, at: int, shown: int) -> Text:
        """Say whose it is, and where there are several pictures, which units this one shows."""
        own = Lines((Plain(self.unit.name), self._short(self.own)), ": ")
        if len(self.below) <= BARS:
            return own
        which = _("{first}–{last} of {count} unions", first=at + 1, last=at + shown, count=len(self.below))
        return Lines((own, which), " · ") if not at else which

    def _months(self, voice: Voice) -> Months:
        year = self.target.year
        return Months(
            voice.speak(_("Month by month")),
            (str(year), str(year - 1)),
            tuple(self.this),
            tuple(self.last),
            voice.speak(_("Month")),
            voice.catalogue.number(1000)[1],
        )

    def _bar(self, voice: Voice, unit: Unit, one: Progress, most: int) -> Bar:
        share = one.done / one.target.value if one.assigned else one.done / most
        return Bar(unit.name, voice.speak(self._short(one)), share, one.pace.value if one.pace is not None else "")

    def _short(self, one: Progress) -> Text:
        """Give the words beside a bar: they must fit half a phone."""
        if not one.assigned:
            return signed(one.done)
        parts: list[Text] = [_("{done}/{goal}", done=signed(one.done), goal=one.target.value)]
        if one.per_mille is not None:
            parts.append(_("{share}", share=Percent(one.per_mille / 1000)))
        return Lines((*parts, *([WORDS[one.pace]] if one.pace is not None else [])), " · ")

    def say(self, drawn: Sequence[Attachment]) -> Say:
        """Say the same in words: some channels have no pictures."""
        counted = (
            row(self.own)
            if self.own.assigned
            else _("{label}: {progress}", label=self.way.title, progress=signed(self.own.done))
        )
        order = self.order()
        named = [_("{unit}: {progress}", unit=unit.name, progress=self._short(one)) for unit, one in order[:NAMED]]
        rest = len(order) - len(named)
        more = _n("and {count} union more", "and {count} unions more", rest) if rest else None
        words = lines(counted, pace_line(self.own, self.today) if self.own.assigned else None, *named, more)
        title = _("{label} · {year} · {unit}", label=self.way.title, year=Code(self.target.year), unit=self.unit.name)
        return Say(words, title, tuple(self._others()), tuple(drawn))

    def _others(self) -> Iterator[Choice]:
        """Offer the list of all units, and the charts of other indicators, by what may be typed."""
        indicator = self.target.indicator
        if self.below:
            data = f"/chitieu u{self.unit.id} {self.target.year} {indicator}"
            yield Choice(_("All unions in a list"), data, "CHI TIEU")
        for number, code in enumerate(INDICATORS, 1):
            if code != indicator:
                yield Choice(INDICATORS[code].gross.title, f"/bieudo {code}", f"BIEU DO {number}")


async def look(reads: Reads, unit: Unit, indicator: str, today: date) -> Seen:
    """Read what a chart of one indicator shows this year."""
    year, below = today.year, await reads.managed(unit.id)
    everybody = [unit.id, *(one.id for one in below)]
    targets = {one.unit: one for one in await reads.targets(everybody, year) if one.indicator == indicator}
    basis = targets[unit.id].basis if unit.id in targets else GROSS
    sums = await reads.sums_each(everybody, *calendar_year(year), FORMS)

    def of(id_: int) -> Progress:
        return progress(targets.get(id_, Target(id_, indicator, year, 0, basis)), sums[id_], today)

    seen = Seen(unit, of(unit.id).target, today)
    seen.own = of(unit.id)
    seen.below = [(one, of(one.id)) for one in below]
    seen.this = [await _month(reads, unit, seen.way, year, month) for month in range(1, today.month + 1)]
    seen.last = [await _month(reads, unit, seen.way, year - 1, month) for month in range(1, 13)]
    return seen


async def _month(reads: Reads, unit: Unit, way: Way, year: int, month: int) -> int:
    first = date(year, month, 1)
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return way.measure.of(await reads.sums([unit.id], first, last))
