"""The numbers of a digest that can be opened: what they are called, what they come from, and their marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from bot.forms.fields import Field, Figure, Sensitivity
from bot.forms.form import Form
from bot.i18n import Text, _
from bot.ports import Cell
from bot.reporting.figures import Totals

OPENED: Final = frozenset({Figure.TOTAL, Figure.PER_PERIOD, Figure.LAST, Figure.COUNT_BY})


@dataclass(frozen=True, slots=True)
class Number:
    """A number that can be opened. `latest`: it is the sum of what each unit told last, not of the period's reports."""

    cell: Cell
    form: Form
    label: Text
    value: int
    latest: bool = False

    @property
    def mark(self) -> str:
        """Give a short name that fits behind a button whatever the codes are."""
        return f"{crc32(f'{self.cell.form}.{self.cell.field}.{self.cell.choice}'.encode()):08x}"


def numbers(forms: Iterable[Form], totals: Totals, period: str) -> list[Number]:
    """List the numbers of a digest in its order. Those of answers that small units could be known by stay shut."""
    found: list[Number] = []
    for form in forms:
        if form.settings.report and totals.reports.get(form.name):
            found.append(Number(Cell(form.name), form, _("Reports"), totals.reports[form.name]))
            fields = () if form.settings.unnamed else form.fields
            found += [number for one in fields for number in _of_field(form, one, totals, period)]
    return found


def _of_field(form: Form, one: Field, totals: Totals, period: str) -> Iterator[Number]:
    if one.figure not in OPENED or one.sensitive is not Sensitivity.PLAIN:
        return
    if one.figure is Figure.COUNT_BY:
        yield from _choices(form, one, totals)
        return
    value = totals.sums.get((form.name, one.code, ""))
    if value:
        choice = period if one.figure is Figure.PER_PERIOD else ""
        yield Number(Cell(form.name, one.code, choice), form, one.short, value, one.figure is Figure.LAST)


def _choices(form: Form, one: Field, totals: Totals) -> Iterator[Number]:
    for (name, code, choice), value in totals.sums.items():
        if (name, code) == (form.name, one.code) and value:
            shown = one.show([choice] if one.type == "select_multiple" else choice)
            label = _("{label} – {number}", label=one.short, number=shown)
            yield Number(Cell(form.name, one.code, choice), form, label, value)
