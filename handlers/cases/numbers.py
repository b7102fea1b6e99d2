"""/thongkekiennghi: how the cases of a month fare under an officer's union."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from bot.cases.case import Case, Kind
from bot.cases.showing import KINDS
from bot.cases.statistics import Tally, tallies, tally
from bot.forms.fields import Option
from bot.i18n import Plain, Text, _, _n, lines
from bot.records import OFFICERS
from bot.talk import Command, Talk
from handlers.cases.topics import TOPICS
from handlers.incident import TYPES as INCIDENTS
from handlers.legal_aid import TOPICS as LEGAL_TOPICS

DAYS: Final = 90
SHOWN: Final = 6
ELSE: Final = "khac"  # in every list
HOUR: Final = timedelta(hours=1)


async def numbers(talk: Talk, words: str) -> None:
    """Say how the cases of the last ninety days fare: in all, by topic, by area."""
    del words
    reads = await talk.read()
    under = [unit.id for unit in talk.known.units(OFFICERS)]
    cases = await reads.cases_opened(under, talk.now - timedelta(days=DAYS), talk.now)
    if not cases:
        talk.say(_("No petition, question or incident came in during the last {days} days.", days=DAYS))
        return
    parents = await reads.parents_on([case.unit for case in cases])
    areas = {unit: links[-1][2] for unit, links in parents.items() if links}
    named = {area: unit.name for area in set(areas.values()) if (unit := await reads.unit(area)) is not None}
    by_topic = tallies(cases, lambda case: (case.kind, case.topic), talk.now)
    by_area = tallies(cases, lambda case: areas.get(case.unit, 0), talk.now)
    talk.say(
        lines(
            _line(_("In all"), tally(cases, talk.now)),
            _median(cases, talk),
            *(_line(_topic(*about), one) for about, one in list(by_topic.items())[:SHOWN]),
            *(_line(Plain(named.get(area, "–")), one) for area, one in list(by_area.items())[:SHOWN]),
        ),
        title=_("The last {days} days", days=DAYS),
    )


def _line(label: Text, one: Tally) -> Text:
    return _(
        "{label}: {opened} came, {answered} answered, {overdue} overdue",
        label=label,
        opened=one.opened,
        answered=one.answered,
        overdue=one.overdue,
    )


def _median(cases: list[Case], talk: Talk) -> Text | None:
    usual = tally(cases, talk.now).median
    if usual is None:
        return None
    if usual < timedelta(days=2):
        return _n(
            "Half of the answers came within {count} hour.",
            "Half of the answers came within {count} hours.",
            max(1, round(usual / HOUR)),
        )
    return _n(
        "Half of the answers came within {count} day.",
        "Half of the answers came within {count} days.",
        round(usual / timedelta(days=1)),
    )


def _topic(kind: Kind, code: str) -> Text:
    """Give the words of the form that a case came from; of something else, say of which kind it is."""
    option = next((one for one in TOPICS_OF.get(kind, ()) if one.code == code != ELSE), None)
    return option.label if option is not None else KINDS[kind]


TOPICS_OF: Final[Mapping[Kind, Sequence[Option]]] = {
    Kind.PETITION: TOPICS,
    Kind.LEGAL: LEGAL_TOPICS,
    Kind.INCIDENT: INCIDENTS,
}
COMMAND: Final = Command(
    "thongkekiennghi",
    _("How petitions fare"),
    numbers,
    words=("thong ke kien nghi",),
    roles=OFFICERS,
)
