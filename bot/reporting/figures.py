"""The figures of a period beside those of the one before, line by line, as the forms declare them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.forms.fields import Field, Figure, Sensitivity
from bot.forms.form import Form
from bot.i18n import Lines, Phrase, Text, _, lines
from bot.ports import Sum

SHOWN: Final = 3  # choices of a field in a digest, the most frequent first
SMALL: Final = 5  # people: a sensitive figure below it is hidden, so that nobody can be recognised


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of one period: by (form, field, choice), and how many reports each form had."""

    sums: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    reports: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, sums: Iterable[Sum], lasts: Iterable[Sum] = ()) -> Totals:
        """Gather sums, and the latest values of all units added up."""
        found: dict[tuple[str, str, str], int] = {}
        reports: dict[str, int] = {}
        for row in sums:
            found[row.form, row.field, row.choice] = row.value
            reports[row.form] = max(reports.get(row.form, 0), row.rows)
        return cls(found | {(row.form, row.field, row.choice): row.value for row in lasts}, reports)


def last_fields(forms: Iterable[Form]) -> list[tuple[str, str]]:
    """Name the fields of which the latest value counts."""
    return [(form.name, one.code) for form in forms for one in form.fields if one.figure is Figure.LAST]


def kind_lines(form: Form, now: Totals, before: Totals) -> Text | None:
    """Set the lines of one report kind, or None when neither period has any."""
    if not now.reports.get(form.name) and not before.reports.get(form.name):
        return None
    head = _(
        "{form}: {count} reports (before: {before})",
        form=form.title,
        count=now.reports.get(form.name, 0),
        before=before.reports.get(form.name, 0),
    )
    rows = [row for one in form.fields for row in _field_lines(form, one, now, before)]
    return lines(head, *rows)


def _field_lines(form: Form, one: Field, now: Totals, before: Totals) -> Sequence[Phrase]:
    if one.figure in {Figure.TOTAL, Figure.LAST}:
        key = (form.name, one.code, "")
        if key not in now.sums and key not in before.sums:
            return []
        return [_row(one, one.short, now.sums.get(key, 0), before.sums.get(key, 0))]
    if one.figure is Figure.COUNT_BY:
        return _choice_lines(form, one, now)
    return []


def _choice_lines(form: Form, one: Field, now: Totals) -> list[Phrase]:
    counted = sorted(
        ((value, choice) for (name, code, choice), value in now.sums.items() if (name, code) == (form.name, one.code)),
        reverse=True,
    )
    if not counted:
        return []
    shown = [
        _(
            "{label}: {number}",
            label=one.show([choice] if one.type == "select_multiple" else choice),
            number=value,
        )
        for value, choice in counted[:SHOWN]
    ]
    return [_("· {label} (reports): {counts}", label=one.short, counts=Lines(tuple(shown), "; "))]


def _row(one: Field, label: Text, now: int, before: int) -> Phrase:
    return _("· {label}: {now} (before: {before})", label=label, now=_hidden(one, now), before=_hidden(one, before))


def _hidden(one: Field, value: int) -> int | str:
    return f"<{SMALL}" if one.sensitive is not Sensitivity.PLAIN and 0 < value < SMALL else value
