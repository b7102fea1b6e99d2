"""The sheets of petitions and of incidents: each case in a line, without unit or people, and how they fare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from bot.cases.case import Case, Kind
from bot.cases.mood import TOLD, by_topic
from bot.cases.showing import STATES
from bot.cases.statistics import tally
from bot.documents.gathering import Area
from bot.documents.sheets import Head, Look, Row, Written
from bot.i18n import ZONE, Plain, Text, Voice, _, local_day
from bot.reporting.hiding import Line
from bot.reporting.periods import ONE_DAY

Scales = Mapping[tuple[int, int], int]
"""How many people an incident concerned, by unit and number of its report."""

DAY: Final = timedelta(days=1)
BANDS: Final = (  # from how many people on
    (200, _("200 people or more")),
    (50, _("50 to 199 people")),
    (10, _("10 to 49 people")),
    (0, _("fewer than 10 people")),
)
INCIDENTS: Final = "incident"
PEOPLE: Final = "people_involved"
ABOUT: Final = 2  # columns of what a case is about: its topic, which only the line above it tells, and one more
BEFORE: Final = timedelta(days=60)  # a report may be about a day so long before it was filed


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """Words the cases of an area in one voice; `topics` are the names of what they may be about."""

    area: Area
    voice: Voice
    topics: Mapping[str, Text]

    async def cases(self) -> list[Case]:
        """Read the cases that were opened in the period, and the unions that see to them."""
        since, until = (
            datetime.combine(day, time.min, ZONE) for day in (self.area.period.since, self.area.period.until + ONE_DAY)
        )
        found = await self.area.reads.cases_opened(self.area.ids, since, until)
        await self.area.know(case.desk for case in found)
        return found

    def heads(self, about: Text, more: Sequence[Head] = ()) -> list[Head]:
        """Give the headings; those of both sheets differ in what a case is about."""
        say = self.voice.speak
        return [
            Head(say(_("No.")), width=6),
            Head(say(_("Case")), width=10),
            Head(say(about), width=40),
            *more,
            Head(say(_("Came on")), Look.DAY),
            Head(say(_("Seen to by")), width=30),
            Head(say(_("Due on")), Look.DAY),
            Head(say(_("Answered on")), Look.DAY),
            Head(say(_("Standing")), width=20),
            Head(say(_("Came")), Look.NUMBER, 10, added=True),
            Head(say(_("Answered")), Look.NUMBER, 10, added=True),
            Head(say(_("Overdue")), Look.NUMBER, 10, added=True),
            Head(say(_("Days until the answer (half were faster)")), Look.DECIMAL, 16),
        ]

    def petitions(self, cases: Sequence[Case]) -> Iterator[Written]:
        """List petitions and legal help by topic; topics of few cases stand together."""
        groups = by_topic([case for case in cases if case.kind in TOLD], self.topics)
        return self._grouped(groups, lambda case: [None, case.wording or None])

    def incidents(self, cases: Sequence[Case], scales: Scales) -> Iterator[Written]:
        """List incidents, those of one kind together."""
        kinds: dict[str, list[Case]] = {}
        for case in cases:
            if case.kind is Kind.INCIDENT:
                kinds.setdefault(case.topic, []).append(case)
        groups = [(self.topics.get(kind, Plain(kind)), those) for kind, those in sorted(kinds.items())]
        return self._grouped(groups, lambda case: [None, self._scale(scales.get((case.unit, case.report)))])

    def _scale(self, people: int | None) -> str | None:
        if people is None:
            return None
        return self.voice.speak(next(words for least, words in BANDS if people >= least))

    def _grouped(self, groups: Sequence[tuple[Text, Sequence[Case]]], about: Any) -> Iterator[Written]:
        number = 0
        everything: list[Case] = []
        for topic, cases in groups:
            name = self.voice.speak(topic)
            yield Written(Row.GROUP, [None, None, name])
            for case in sorted(cases, key=lambda one: one.number):
                number += 1
                yield Written(Row.LINE, [str(number), case.code, *about(case), *self._course(case)])
            everything += cases
            yield Written(Row.SUM, self._sums(name, cases))
        yield Written(Row.TOTAL, self._sums(self.voice.speak(_("Total")), everything))

    def _course(self, case: Case) -> Line:
        desk = self.area.units.get(case.desk) if case.desk is not None else None
        now, waits = self.area.desk.now, case.kind is Kind.INCIDENT
        days: list[Any] = [
            local_day(case.opened_at),
            desk.name if desk else None,
            None if waits else local_day(case.due_at),
            _day(case.closed_at if waits else case.answered_at),
        ]
        taken = (case.answered_at - case.opened_at) / DAY if case.answered_at else None
        answered, overdue = int(case.answered_at is not None), int(case.overdue(now))
        return [*days, self.voice.speak(STATES[case.state]), 1, answered, overdue, taken]

    def _sums(self, name: str, cases: Sequence[Case]) -> Line:
        told = tally(cases, self.area.desk.now)
        usual = told.median / DAY if told.median is not None else None
        empty: Line = [None] * (ABOUT - 1 + 5)
        return [None, None, name, *empty, told.opened, told.answered, told.overdue, usual]


def _day(moment: datetime | None) -> Any:
    return local_day(moment) if moment is not None else None


async def scales(area: Area, cases: Sequence[Case]) -> Scales:
    """Read how many people each incident concerned."""
    units = sorted({case.unit for case in cases if case.kind is Kind.INCIDENT})
    if not units:
        return {}
    reports = await area.reads.history(units, [INCIDENTS], area.period.since - BEFORE)
    return {(one.unit, one.number): one.answers[PEOPLE] for one in reports if isinstance(one.answers.get(PEOPLE), int)}
