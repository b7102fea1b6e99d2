"""What becomes of a confirmed report: a submission, its figures, and the receipt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.effects import Audit, DropUnsent, Figure, FileReport, Submission
from bot.forms.fields import Field, SelectMultiple
from bot.forms.fields import Figure as FigureRole
from bot.forms.form import Filed, Filing, Form
from bot.forms.recap import answer_lines
from bot.forms.steps import MORE, SIMILAR
from bot.i18n import ZONE, Code, Text, _, lines
from bot.messages import Say
from bot.reporting.corrections import open_until

NIL = "nil"


def report_form(name: str, title: Text, *fields: Field, **options: Any) -> Form:
    """Declare a report kind: filed, listed under "my reports", corrected, counted in digests."""
    needs = tuple(dict.fromkeys((NIL, *options.pop("needs", ()))))
    return Form(name, title, *fields, file=file_report, report=True, needs=needs, **options)


def file_report(filing: Filing) -> Filed:
    """Make the submission of a confirmed draft, or the new version of the one it corrects."""
    old = next((report for report in filing.facts.history if report.id == filing.draft.replaces), None)
    submission = _submission(filing, old)
    nils = [r for r in filing.facts.reports(NIL) if r.period == submission.period and r.state == "filed"]
    first = min([submission.first_filed_at or submission.filed_at, *(r.first_filed_at or r.filed_at for r in nils)])
    submission = replace(submission, first_filed_at=first)
    effect = FileReport(submission, tuple(_figures(filing, submission)), tuple(nil.id for nil in nils))
    action = "correct" if old is not None else "file"
    audit = Audit(filing.facts.now, filing.person.id, action, submission.id, filing.form.name)
    drop = DropUnsent(f"period/{submission.period}/unit-{submission.unit}")
    return Filed((effect, drop, audit), (_receipt(filing, submission, old),))


def _submission(filing: Filing, old: Submission | None) -> Submission:
    facts, draft, settings = filing.facts, filing.draft, filing.form.settings
    if facts.unit is None:
        raise LookupError("a report needs its unit")
    day = filing.values.get(settings.event) or facts.today
    return Submission(
        id=filing.new_id(),
        unit=facts.unit.id,
        form=filing.form.name,
        number=old.number if old is not None else facts.number + 1,
        version=old.version + 1 if old is not None else 1,
        person=filing.person.id,
        channel=filing.channel,
        day=day,
        period=facts.periods.of(day).code,
        filed_at=filing.message_at,
        answers=filing.answers,
        accepted={name: value for name, value in draft.accepted.items() if name not in {MORE, SIMILAR}},
        sources=draft.sources,
        draft=draft.id,
        replaces=old.id if old is not None else "",
        first_filed_at=old.first_filed_at or old.filed_at if old is not None else filing.message_at,
    )


def _figures(filing: Filing, submission: Submission) -> Iterator[Figure]:
    parent = filing.facts.parent_on(submission.day)
    for field in filing.form.fields:
        value = filing.values.get(field.code)
        if field.figure is FigureRole.NONE or value is None:
            continue
        for choice, number in _counted(field, value):
            yield Figure(
                submission.id,
                submission.unit,
                parent,
                submission.form,
                submission.day,
                field.code,
                choice,
                number,
            )


def _counted(field: Field, value: Any) -> list[tuple[str, int]]:
    if field.figure is not FigureRole.COUNT_BY:
        return [("", int(value))]
    codes = value if isinstance(field, SelectMultiple) else [value]
    return [(code, 1) for code in codes]


def _receipt(filing: Filing, submission: Submission, old: Submission | None) -> Say:
    thanks = (
        _("Report BC{number} has been changed. Thank you, {you}.", number=Code(submission.number))
        if old is not None
        else _(
            "Received report BC{number} at {time}. Thank you, {you}.",
            number=Code(submission.number),
            time=submission.filed_at,
        )
    )
    last = open_until(submission, filing.facts.periods).astimezone(ZONE).date()
    mend = _("To change it, until the end of {day}, type SUA {number}.", day=last, number=Code(submission.number))
    before = filing.form.path(old.answers, filing.facts).loaded() if old is not None else None
    recorded = answer_lines(filing.form, filing.values, before)
    return Say(lines(thanks, *recorded, filing.form.settings.remark(filing), mend), title=_header(filing))


def _header(filing: Filing) -> Text:
    unit = filing.facts.unit
    name = unit.name if unit is not None else ""
    return _("{form} · {unit}", form=filing.form.title, unit=name)
