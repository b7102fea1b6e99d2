"""What the report of workers' mood tells of cases: counts, and the wording that an officer gave; never raw words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.cases.case import Case, Kind
from bot.cases.statistics import Tally, tally
from bot.i18n import Plain, Text, _

FEW: Final = 5  # topics with fewer cases could name a unit: they are told together
TOLD: Final = frozenset({Kind.PETITION, Kind.LEGAL})


@dataclass(frozen=True, slots=True)
class MoodRow:
    """One topic: how many cases and how they stand, and the wordings of those that have one."""

    topic: Text
    tally: Tally
    wordings: tuple[str, ...]


def mood_rows(cases: Sequence[Case], topics: Mapping[str, Text], now: datetime) -> list[MoodRow]:
    """Tell petitions and legal help by topic."""
    return [_row(topic, group, now) for topic, group in by_topic([one for one in cases if one.kind in TOLD], topics)]


def by_topic(cases: Sequence[Case], topics: Mapping[str, Text]) -> list[tuple[Text, Sequence[Case]]]:
    """Put cases together by topic, the largest first; topics of few cases together at the end.

    Where those together are few still, the smallest of the others joins them: no difference can be worked out.
    """
    groups: dict[str, list[Case]] = {}
    for case in cases:
        groups.setdefault(case.topic, []).append(case)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    shown = [(topic, group) for topic, group in ordered if len(group) >= FEW]
    rest = [case for _topic, group in ordered if len(group) < FEW for case in group]
    while rest and len(rest) < FEW and shown:
        rest += shown.pop()[1]
    named: list[tuple[Text, Sequence[Case]]] = [(topics.get(topic, Plain(topic)), group) for topic, group in shown]
    return [*named, (_("Other topics"), rest)] if rest else named


def _row(topic: Text, group: Sequence[Case], now: datetime) -> MoodRow:
    wordings = tuple(dict.fromkeys(case.wording for case in group if case.wording))
    return MoodRow(topic, tally(group, now), wordings)
