"""The reports of one kind as a list: a line for each, a column for each question."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from typing import Any, Final

from bot.documents.gathering import Area
from bot.documents.sheets import Head, Look, Row, SheetOf, Written
from bot.forms.fields import Date, Field, Integer, Sensitivity
from bot.forms.form import Form
from bot.i18n import ZONE, Voice, _
from bot.records import Submission, Unit
from bot.reporting.hiding import Line, few

UNITS_AT_ONCE: Final = 1_000
NOT_LISTED: Final = frozenset({Sensitivity.SENSITIVE, Sensitivity.PERSONAL})
WIDE: Final = 40


class Listing:
    """Lists the reports of a kind about the days of a period, of the units that are under an area today.

    Answers that are sensitive or personal are left out; of files only the number stands there.
    """

    def __init__(self, area: Area, form: Form, voice: Voice) -> None:
        """Take what is listed."""
        self._area, self._form, self._say = area, form, voice.speak
        self._fields = [one for one in form.fields if one.sensitive not in NOT_LISTED or one.takes_files]

    def heads(self, *, codes: bool = False) -> list[Head]:
        """Give the headings: in words, or for machines as codes."""
        known = (
            ("unit", _("Unit code"), Look.TEXT, 12),
            ("name", _("Unit"), Look.TEXT, WIDE),
            ("managed_by", _("Managed by"), Look.TEXT, WIDE),
            ("number", _("Report"), Look.NUMBER, 8),
            ("version", _("Version"), Look.NUMBER, 8),
            ("day", _("Day"), Look.DAY, 12),
            ("filed", _("Filed on"), Look.DAY, 12),
        )
        fixed = [Head(code if codes else self._say(words), look, width) for code, words, look, width in known]
        return [*fixed, *(Head(one.code if codes else self._say(one.short), _look(one), 16) for one in self._fields)]

    def sheet(self) -> SheetOf:
        """Give the list as a sheet, read as it is written."""
        title = self._say(self._form.title)
        about = self._say(_("Period: {period}", period=self._area.period.named))
        return SheetOf(title, title, about, self.heads(), self._written(), bare=self._area.large)

    async def _written(self) -> AsyncIterator[Written]:
        async for line in self.lines():
            yield Written(Row.LINE, line)

    async def lines(self) -> AsyncIterator[Line]:
        """Give the reports, by the code of the unit."""
        area = self._area
        units = sorted(area.reporting, key=lambda unit: unit.code)
        await area.know(unit.parent for unit in units)
        for start in range(0, len(units), UNITS_AT_ONCE):
            some = {unit.id: unit for unit in units[start : start + UNITS_AT_ONCE]}
            found = await area.reads.history(list(some), [self._form.name], area.period.since)
            for line in self._of(some, found):
                yield line

    def _of(self, units: dict[int, Unit], reports: Sequence[Submission]) -> Iterator[Line]:
        within: Iterable[Submission] = (one for one in reports if one.day <= self._area.period.until)
        for report in sorted(within, key=lambda one: (units[one.unit].code, one.number)):
            unit = units[report.unit]
            named = report.answers.get(self._form.settings.unnamed) != "yes"
            above = self._area.units.get(unit.parent) if unit.parent is not None else None
            filed: Any = report.filed_at.astimezone(ZONE).date()
            day: Any = report.day
            fixed: Line = [
                unit.code if named else None,
                unit.name if named else self._say(_("(without its name)")),
                above.name if above else None,
                report.number if named else None,
                report.version,
                day,
                filed,
            ]
            yield [*fixed, *(self._answer(one, report) for one in self._fields)]

    def _answer(self, one: Field, report: Submission) -> Any:
        """Give an answer as a number or a day where it is one, else in words."""
        stored = report.answers.get(one.code)
        if stored is None:
            return None
        if one.takes_files:
            return len(stored)
        try:
            value = one.load(stored)
        except (TypeError, ValueError):  # the form was changed since
            return str(stored)
        if _look(one) is Look.TEXT:
            return self._say(one.show(value))
        return few(value, sensitive=one.sensitive is not Sensitivity.PLAIN)


def _look(one: Field) -> Look:
    if isinstance(one, Integer) or one.takes_files:
        return Look.NUMBER
    return Look.DAY if isinstance(one, Date) else Look.TEXT
