"""The columns of a table of figures, as a form declares them: a new report kind has its sheet without further code."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.forms.fields import Field, Figure, Money, Sensitivity
from bot.forms.form import Form
from bot.i18n import Plain, Text, _
from bot.reporting.figures import BESIDE, named

ADDED: Final = frozenset({Figure.TOTAL, Figure.PER_PERIOD})
MANY: Final = "select_multiple"


NOTHING: Final[Text] = Plain("")


class Source(StrEnum):
    """Where the number of a cell comes from."""

    REPORTS = "reports"  # how many reports there are
    SUM = "sum"
    OPENING = "opening"  # the latest value before the period
    CLOSING = "closing"  # the latest value in it or before
    MEAN = "mean"
    MOST = "most"


ALONE: Final = {Figure.MEAN: Source.MEAN, Figure.MOST: Source.MOST}  # what an area has of these is no sum of its units


@dataclass(frozen=True, slots=True)
class Column:
    """One indicator: of a field, and of a choice where choices are counted."""

    form: str
    field: str
    label: Text
    source: Source = Source.SUM
    choice: str = ""
    unit: Text = NOTHING
    group: str = ""  # columns that add up to one another's neighbours: small cells are hidden together
    sensitive: bool = False

    @property
    def added(self) -> bool:
        """Tell whether the numbers of units add up to that of the area."""
        return self.source not in {Source.MEAN, Source.MOST}


def columns_of(form: Form, found: Mapping[str, Collection[str]], period: str) -> list[Column]:
    """List the columns of a form: how many reports, then what its fields count.

    `found` has the choices that were reported for each field; `period` is what figures of one period are kept under.
    """
    reports = Column(form.name, "", _("Reports"), Source.REPORTS)
    return [reports, *(column for one in form.fields for column in _columns(form, one, found, period))]


def _columns(form: Form, one: Field, found: Mapping[str, Collection[str]], period: str) -> Iterator[Column]:
    sensitive = one.sensitive is not Sensitivity.PLAIN
    unit = unit_of(one)
    if one.figure in ADDED:
        choice = period if one.figure is Figure.PER_PERIOD else ""
        yield Column(form.name, one.code, one.short, choice=choice, unit=unit, sensitive=sensitive)
    elif one.figure is Figure.LAST:
        before = _("{label}, before", label=one.short)
        yield Column(form.name, one.code, before, Source.OPENING, unit=unit, sensitive=sensitive)
        after = _("{label}, at the end", label=one.short)
        yield Column(form.name, one.code, after, Source.CLOSING, unit=unit, sensitive=sensitive)
    elif one.figure is Figure.AVERAGE:
        yield Column(form.name, one.code, one.short, Source.MEAN, period, unit, sensitive=sensitive)
    elif one.figure in ALONE:
        yield Column(form.name, one.code, named(one), ALONE[one.figure], unit=unit)
    elif one.figure is Figure.COUNT_BY:
        for code in _choices(one, found.get(one.code, ())):
            label = _("{label}: {choice}", label=one.short, choice=one.show([code] if one.type == MANY else code))
            yield Column(
                form.name, one.code, label, choice=code, unit=_("reports"), group=one.code, sensitive=sensitive
            )


def _choices(one: Field, found: Collection[str]) -> list[str]:
    """List the choices that the form declares, then others that were reported."""
    declared = getattr(one, "choices", ())
    known = [option.code for option in declared] if isinstance(declared, tuple) else []
    return [*known, *sorted(set(found) - set(known))]


def unit_of(one: Field) -> Text:
    """Name what a field counts."""
    if isinstance(one, Money):
        return _("đồng")
    return getattr(one, "unit", None) or getattr(one, "counted_in", None) or NOTHING


def mean_weight(column: Column) -> str:
    """Name the choice under which the people of an average are kept."""
    return column.choice + BESIDE
