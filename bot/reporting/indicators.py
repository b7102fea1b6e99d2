"""What targets can be set for: indicators, each the sum of one figure of one report kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.i18n import Phrase, Plain, Text, _
from bot.ports import Sum

GROSS: Final = "gross"
NET: Final = "net"


@dataclass(frozen=True, slots=True)
class Measure:
    """How an indicator is counted: the sum of a field, or (`reports`) how many reports have it."""

    form: str
    field: str
    reports: bool = False

    def of(self, sums: Iterable[Sum]) -> int:
        """Add up what was reported."""
        mine = (one for one in sums if (one.form, one.field) == (self.form, self.field))
        return sum(one.rows if self.reports else one.value for one in mine)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to count an indicator: its name, and the sentence that tells a chair how far their unit is."""

    title: Text
    sentence: Phrase  # with the gaps {year} and {done}
    measure: Measure


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that is assigned for a year. `net` is a second way to count it, where there is one."""

    code: str
    gross: Way
    net: Way | None = None

    def way(self, basis: str) -> Way:
        """Give how it is counted on this basis."""
        return self.net if basis == NET and self.net is not None else self.gross


_ALL: Final = (
    Indicator(
        "members",
        Way(
            _("New members admitted"),
            _("In {year} your unit has admitted {done} of the new members assigned"),
            Measure("membership", "new_members"),
        ),
        Way(
            _("Net growth of members"),
            _("In {year} your unit has grown by {done} of the members assigned"),
            Measure("membership", "net_members"),
        ),
    ),
    Indicator(
        "dialogues",
        Way(
            _("Dialogues held"),
            _("In {year} your unit has held {done} of the dialogues assigned"),
            Measure("dialogue", "attendees", reports=True),
        ),
    ),
    Indicator(
        "propaganda_sessions",
        Way(
            _("Propaganda sessions"),
            _("In {year} your unit has held {done} of the propaganda sessions assigned"),
            Measure("propaganda", "sessions"),
        ),
    ),
    Indicator(
        "propaganda_attendees",
        Way(
            _("Attendance at propaganda sessions"),
            _("In {year} your unit has reached {done} of the attendance assigned"),
            Measure("propaganda", "attendees"),
        ),
    ),
    Indicator(
        "welfare_people",
        Way(
            _("People cared for"),
            _("In {year} your unit has cared for {done} of the people assigned"),
            Measure("welfare", "beneficiaries"),
        ),
    ),
    Indicator(
        "learners",
        Way(
            _("People trained"),
            _("In {year} your unit has trained {done} of the people assigned"),
            Measure("training", "learners"),
        ),
    ),
    Indicator(
        "initiatives",
        Way(
            _("Initiatives recognised"),
            _("In {year} your unit has had {done} of the initiatives assigned"),
            Measure("emulation", "initiatives"),
        ),
    ),
)
INDICATORS: Final[Mapping[str, Indicator]] = MappingProxyType({one.code: one for one in _ALL})
FORMS: Final = tuple(dict.fromkeys(one.gross.measure.form for one in _ALL))


def way_of(indicator: str, basis: str) -> Way:
    """Give how an indicator is counted; one that this version of the program lacks counts nothing."""
    found = INDICATORS.get(indicator)
    if found is None:
        name = Plain(indicator)
        return Way(name, _("In {year} your unit has reached {done} of what was assigned"), Measure("", ""))
    return found.way(basis)
