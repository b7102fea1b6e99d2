"""What an officer should look at first: figures far from the unit's own, or larger than the unit itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Any, Final

from bot.forms.fields import Field, Figure
from bot.forms.form import Form
from bot.i18n import Text, _
from bot.records import Submission, Unit

MUCH: Final = 5  # so many times what the unit usually reports is unusual
FEW: Final = 20  # differences below this are nothing to ask about
LOOKED_AT: Final = 12  # earlier reports that say what is usual
HALF: Final = 2  # a standing figure that halved or doubled is unusual
PEOPLE: Final = _("people")
COUNTED: Final = frozenset({Figure.TOTAL, Figure.LAST, Figure.PER_PERIOD})


class Reason(StrEnum):
    """Why a figure is flagged."""

    UNUSUAL = "unusual"  # far from what the unit reported before
    TOO_MANY = "too_many"  # more people than the unit has workers
    DOUBTED = "doubted"  # the assistant asked, and the unit gave its reason


@dataclass(frozen=True, slots=True)
class Flag:
    """One figure to look at: `beside` is what is usual, or how many workers there are; `words` what the unit said."""

    field: Field
    reason: Reason
    value: int
    beside: int = 0
    words: str = ""

    def text(self) -> Text:
        """Say it to an officer."""
        label, value, beside = self.field.short, self.field.show(self.value), self.beside
        if self.reason is Reason.UNUSUAL:
            return _("{label}: {value}, usually {usual}", label=label, value=value, usual=beside)
        if self.reason is Reason.TOO_MANY:
            return _("{label}: {value}, the unit has {workers} workers", label=label, value=value, workers=beside)
        return _("{label}: {value}, the unit says: {reason}", label=label, value=value, reason=self.words)


def flags(form: Form, report: Submission, history: Sequence[Submission], unit: Unit) -> tuple[Flag, ...]:
    """Give what is flagged in a report; `history` are the unit's reports of the same kind, itself or not among them."""
    earlier = [one for one in history if one.form == form.name and one.number != report.number]
    return tuple(flag for field in form.fields for flag in _of_field(field, report, earlier, unit))


def _of_field(field: Field, report: Submission, earlier: Sequence[Submission], unit: Unit) -> Iterator[Flag]:
    value = report.answers.get(field.code)
    if not isinstance(value, int) or isinstance(value, bool):
        return
    if field.figure in COUNTED:
        usual = _usual(field.code, earlier)
        if usual is not None and _is_far(field, value, usual):
            yield Flag(field, Reason.UNUSUAL, value, usual)
        workers = _workers(report, unit)
        if workers is not None and getattr(field, "unit", None) == PEOPLE and value > workers:
            yield Flag(field, Reason.TOO_MANY, value, workers)
    said = _said(field.code, report)
    if said:
        yield Flag(field, Reason.DOUBTED, value, words=said)


def _usual(code: str, earlier: Sequence[Submission]) -> int | None:
    latest = sorted(earlier, key=lambda one: (one.day, one.filed_at), reverse=True)
    told = [one.answers[code] for one in latest[:LOOKED_AT] if isinstance(one.answers.get(code), int)]
    return round(median(told)) if told else None


def _is_far(field: Field, value: int, usual: int) -> bool:
    times = HALF if field.figure is Figure.LAST else MUCH
    return abs(value - usual) >= FEW and (value >= usual * times or value * times <= usual)


def _workers(report: Submission, unit: Unit) -> int | None:
    """Give how many workers the unit has: what the report itself tells of them, or the list of units."""
    told = report.answers.get("total_workers")
    return told if isinstance(told, int) else unit.workers


def _said(code: str, report: Submission) -> str:
    """Give the reason that the unit gave when it was asked about a figure."""
    doubts: list[Any] = [said for name, said in report.accepted.items() if name.split("!")[0] == code]
    return next((said["reason"] for said in doubts if isinstance(said, dict) and said.get("reason")), "")
