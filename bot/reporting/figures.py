"""The figures of a period beside those of the one before, line by line, as the forms declare them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.forms.fields import Field, Figure, Money, Sensitivity
from bot.forms.form import Form
from bot.i18n import Lines, Phrase, Text, _, lines
from bot.ports import Sum
from bot.reporting.hiding import FEW, SMALL, WITH, few, hide_row

SHOWN: Final = 3  # choices of a field in a digest, the most frequent first
HEADLINE: Final = 2  # figures of a kind in a short digest, where the form names none
BESIDE: Final = "/beside"  # after the code of a period: the people of an average, what is known of a figure stated
OF_ONE_PERIOD: Final = frozenset({Figure.PER_PERIOD, Figure.AVERAGE, Figure.STATED})


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of one period: by (form, field, choice), and how many reports each form had."""

    sums: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    reports: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        sums: Iterable[Sum],
        lasts: Iterable[Sum] = (),
        *,
        period: str = "",
        per_period: Collection[tuple[str, str]] = (),
    ) -> Totals:
        """Gather sums, and the latest values of all units added up; of fields `per_period` only those for `period`."""
        found: dict[tuple[str, str, str], int] = {}
        reports: dict[str, int] = {}
        for row in sums:
            choice = row.choice
            if (row.form, row.field) in per_period:
                code, slash, _beside = choice.partition(BESIDE)
                if code != period:
                    continue
                choice = slash
            found[row.form, row.field, choice] = row.value
            reports[row.form] = max(reports.get(row.form, 0), row.rows)
        return cls(found | {(row.form, row.field, row.choice): row.value for row in lasts}, reports)


def last_fields(forms: Iterable[Form]) -> list[tuple[str, str]]:
    """Name the fields of which the latest value counts."""
    return [(form.name, one.code) for form in forms for one in form.fields if one.figure is Figure.LAST]


def fields_per_period(forms: Iterable[Form]) -> set[tuple[str, str]]:
    """Name the fields that are added up for one period only."""
    return {(form.name, one.code) for form in forms for one in form.fields if one.figure in OF_ONE_PERIOD}


def counts_itself(form: Form) -> bool:
    """Tell whether each report of a kind has one number that all have: then the reports are as many as these."""
    sure = (one for one in form.fields if one.required and one.relevant is None)
    return any(one.figure in {Figure.TOTAL, Figure.PER_PERIOD} for one in sure)


def kind_lines(form: Form, now: Totals, before: Totals) -> Text | None:
    """Set the lines of one report kind, or None when neither period has any."""
    if not now.reports.get(form.name) and not before.reports.get(form.name):
        return None
    rows = [row for one in form.fields for row in _field_lines(form, one, now, before)]
    return lines(_head(form, now, before), *rows)


def _head(form: Form, now: Totals, before: Totals) -> Phrase:
    return _(
        "{form}: {count} reports (before: {before})",
        form=form.title,
        count=now.reports.get(form.name, 0),
        before=before.reports.get(form.name, 0),
    )


def kind_brief(form: Form, now: Totals, before: Totals) -> Text | None:
    """Set one report kind in two lines: how many reports, and its headline figures; None when there are no reports.

    What units state otherwise than their own reports is told here too: somebody should look into it.
    """
    if not now.reports.get(form.name) and not before.reports.get(form.name):
        return None
    told = [(one, now.sums.get((form.name, one.code, ""), 0)) for one in headline(form)]
    figures = [_("{label}: {number}", label=one.short, number=hidden(one, value)) for one, value in told if value]
    row = _("· {figures}", figures=Lines(tuple(figures), "; ")) if figures else None
    doubts = [doubt for one in form.fields if one.figure is Figure.STATED for doubt in _stated_lines(form, one, now)]
    return lines(_head(form, now, before), row, *doubts)


def headline(form: Form) -> list[Field]:
    """Give the figures that tell most of a kind: those it names, or else the first that are added up."""
    if form.settings.headline:
        return [form.by_code[code] for code in form.settings.headline]
    return [one for one in form.fields if one.figure is Figure.TOTAL][:HEADLINE]


def _field_lines(form: Form, one: Field, now: Totals, before: Totals) -> Sequence[Phrase]:
    if one.figure in {Figure.TOTAL, Figure.LAST, Figure.PER_PERIOD}:
        key = (form.name, one.code, "")
        if key not in now.sums and key not in before.sums:
            return []
        return [_row(one, one.short, now.sums.get(key, 0), before.sums.get(key, 0))]
    if one.figure is Figure.COUNT_BY:
        return _choice_lines(form, one, now)
    if one.figure in {Figure.AVERAGE, Figure.MEAN}:
        return _average_lines(form, one, now, before)
    if one.figure is Figure.MOST:
        return _most_lines(form, one, now, before)
    return _stated_lines(form, one, now) if one.figure is Figure.STATED else []


def _average_lines(form: Form, one: Field, now: Totals, before: Totals) -> list[Phrase]:
    """Set an average, unless it is of so few people that one could be recognised."""
    mean, mean_before = (_average(form, one, totals) for totals in (now, before))
    if mean is None:
        return []
    shown = one.show(mean_before) if mean_before is not None else "–"
    return [_("· {label}: {now} (before: {before})", label=named(one), now=one.show(mean), before=shown)]


def named(one: Field) -> Text:
    """Name a figure in digests and tables; one that is averaged or the largest of many says so."""
    if one.figure is Figure.MEAN:
        return _("{label}, on average", label=one.short)
    return _("{label}, at most", label=one.short) if one.figure is Figure.MOST else one.short


def _most_lines(form: Form, one: Field, now: Totals, before: Totals) -> list[Phrase]:
    largest, earlier = (most(totals.sums, form.name, one.code) for totals in (now, before))
    if largest is None:
        return []
    shown = one.show(earlier) if earlier is not None else "–"
    return [_("· {label}: {now} (before: {before})", label=named(one), now=one.show(largest), before=shown)]


def most(sums: Mapping[tuple[str, str, str], int], form: str, code: str) -> int | None:
    """Give the largest value that any report has, of sums that count reports by value; None where there is none."""
    values = (key[2] for key, reports in sums.items() if key[:2] == (form, code) and reports > 0)
    return max((int(value) for value in values if value), default=None)


def _average(form: Form, one: Field, totals: Totals) -> int | None:
    people = totals.sums.get((form.name, one.code, BESIDE), 0)
    few = SMALL if one.sensitive is not Sensitivity.PLAIN else 1
    return round(totals.sums[form.name, one.code, ""] / people) if people >= few else None


def _stated_lines(form: Form, one: Field, now: Totals) -> list[Phrase]:
    """Set what units state beside what their event reports tell, where the two differ: only the latter counts."""
    stated, known = (now.sums.get((form.name, one.code, choice)) for choice in ("", BESIDE))
    if stated is None or known is None or stated == known:
        return []
    text = _(
        "· {label}: the units state {stated}, their own reports give {known}",
        label=one.short,
        stated=stated,
        known=known,
    )
    return [text]


def _choice_lines(form: Form, one: Field, now: Totals) -> list[Phrase]:
    """Set the choices most often made. Of a sensitive answer small numbers are hidden, as on the sheets."""
    counted = sorted(
        ((value, choice) for (name, code, choice), value in now.sums.items() if (name, code) == (form.name, one.code)),
        reverse=True,
    )
    if not counted:
        return []
    told = _told([value for value, _choice in counted], sensitive=one.sensitive is not Sensitivity.PLAIN)
    if WITH in told and FEW not in told:  # all gave the same answer: which one stays unsaid
        return [_("· {label} (reports): {counts}", label=one.short, counts=FEW)]
    shown = [
        _("{label}: {number}", label=one.show([choice] if one.type == "select_multiple" else choice), number=number)
        for (_value, choice), number in zip(counted[:SHOWN], told, strict=False)
    ]
    return [_("· {label} (reports): {counts}", label=one.short, counts=Lines(tuple(shown), "; "))]


def _told(numbers: Sequence[int], *, sensitive: bool) -> list[int | str]:
    marks = hide_row(numbers) if sensitive else numbers
    return [mark if isinstance(mark, str) else number for mark, number in zip(marks, numbers, strict=True)]


def _row(one: Field, label: Text, now: int, before: int) -> Phrase:
    return _("· {label}: {now} (before: {before})", label=label, now=hidden(one, now), before=hidden(one, before))


def hidden(one: Field, value: int) -> int | str | Text:
    """Give a number (money with its currency), or "<5" where so few could be recognised."""
    if few(value, sensitive=one.sensitive is not Sensitivity.PLAIN) != value:
        return FEW
    return one.show(value) if isinstance(one, Money) else value
