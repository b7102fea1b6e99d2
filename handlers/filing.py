"""What becomes of a confirmed report: a submission, its figures, and the receipt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from bot.cases.opening import opening_words
from bot.effects import Acknowledge, Audit, DropUnsent, Effect, FileReport
from bot.forms.conditions import Scope
from bot.forms.facts import Facts
from bot.forms.fields import Field, SelectMultiple
from bot.forms.fields import Figure as FigureRole
from bot.forms.form import Filed, Filing, Form
from bot.forms.recap import answer_lines
from bot.forms.steps import MORE, SIMILAR
from bot.i18n import ZONE, Code, Plain, Text, Voice, _, lines, local_day
from bot.messages import Say
from bot.notices.errands import silent
from bot.notices.notice import IN_DRAFT, Step
from bot.records import Figure, Submission
from bot.reporting.anniversaries.saying import FIELD as CAMPAIGN
from bot.reporting.anniversaries.saying import marking
from bot.reporting.corrections import open_until, sent_back
from bot.reporting.figures import BESIDE, counts_itself
from bot.reporting.periods import NIL, asking
from handlers.goals import goals_told

RECEIPT: Final = 500  # characters of a receipt, whatever the report is like


def report_form(name: str, title: Text, *fields: Field, **options: Any) -> Form:
    """Declare a report kind: filed, listed under "my reports", corrected, counted in digests."""
    needs = tuple(dict.fromkeys((NIL, *options.pop("needs", ()))))
    return Form(name, title, *fields, file=file_report, report=True, needs=needs, correctable=_open, **options)


def _open(report: Submission, facts: Facts) -> bool:
    return facts.now <= open_until(report, facts.periods, facts.unlocked)


def file_report(filing: Filing) -> Filed:
    """Make the submission of a confirmed draft, or the new version of the one it corrects."""
    old = next((report for report in filing.facts.history if report.id == filing.draft.replaces), None)
    if filing.draft.replaces and old is None:
        raise LookupError(f"the report {filing.draft.replaces}, which this corrects, is not current")
    submission = _submission(filing, old)
    about = submission.period if filing.form.settings.period else ""
    closed = filing.facts.periods.closed_by(submission.form, submission.day, filing.facts.now, about)
    nils = [r for r in filing.facts.reports(NIL) if r.period in closed and r.state != "withdrawn"]
    first = min([submission.first_filed_at or submission.filed_at, *(r.first_filed_at or r.filed_at for r in nils)])
    submission = replace(submission, first_filed_at=first)
    figures = tuple(_figures(filing, submission, filing.values))
    effect = FileReport(submission, figures, tuple(nil.id for nil in nils))
    action = "correct" if old is not None else "file"
    audit = Audit(filing.facts.now, filing.person.id, action, submission.id, filing.form.name)
    opening = filing.form.settings.case(filing)
    command = opening_words(submission.unit, replace(opening, report=submission.number)) if opening is not None else ""
    if submission.on_behalf and not command:
        command = f"behalf_filed {submission.unit} {submission.number} {submission.form}"
    drops = [DropUnsent(asking(period, submission.unit)) for period in closed]
    if old is not None:
        drops.append(DropUnsent(sent_back(old.unit, old.number)))
    if submission.answers.get(CAMPAIGN):
        drops.append(DropUnsent(marking(submission.answers[CAMPAIGN], submission.unit)))
    told = _answers_notice(filing, submission)
    before = tuple(_figures(filing, old, filing.form.path(old.answers, filing.facts).loaded())) if old else ()
    receipt = _receipt(filing, submission, old, goals_told(filing, figures, before))
    return Filed((effect, *told, *drops, audit), (receipt,), command)


def _answers_notice(filing: Filing, submission: Submission) -> Iterator[Effect]:
    """Tell the notice that the report was opened from that this unit has done it."""
    notice = filing.draft.accepted.get(IN_DRAFT)
    if notice:
        who, now = filing.person.id, filing.facts.now
        yield Acknowledge(notice, submission.unit, Step.DONE, who, now, report=submission.id)
        yield DropUnsent(silent(notice, submission.unit))


def _submission(filing: Filing, old: Submission | None) -> Submission:
    facts, draft = filing.facts, filing.draft
    if facts.unit is None:
        raise LookupError("a report needs its unit")
    day, period = _kept_under(filing)
    moved = old is None or old.period != period  # what was in time for one period may be late for another
    return Submission(
        id=filing.new_id(),
        unit=facts.unit.id,
        form=filing.form.name,
        number=old.number if old is not None else facts.number + 1,
        version=old.version + 1 if old is not None else 1,
        person=filing.person.id,
        channel=filing.channel,
        day=day,
        period=period,
        filed_at=filing.message_at,
        answers=filing.answers,
        accepted={name: value for name, value in draft.accepted.items() if name not in {MORE, SIMILAR, IN_DRAFT}},
        sources=draft.sources,
        draft=draft.id,
        replaces=old.id if old is not None else "",
        first_filed_at=filing.message_at if moved or old is None else old.first_filed_at or old.filed_at,
    )


def _kept_under(filing: Filing) -> tuple[date, str]:
    """Give the day that a report is about, and the code of its period: the one it names, else that of the day."""
    facts, settings = filing.facts, filing.form.settings
    if settings.period:
        period = facts.periods.kept(filing.values[settings.period], facts.today)
        return min(period.until, facts.today), period.code
    day = _local(filing.values.get(settings.event)) or facts.today
    return day, facts.periods.of(day).code


def _local(event: date | datetime | None) -> date | None:
    """Give the day of an event, of a moment the local one."""
    return event.astimezone(ZONE).date() if isinstance(event, datetime) else event


def _figures(filing: Filing, submission: Submission, values: Mapping[str, Any]) -> Iterator[Figure]:
    parent = filing.facts.parent_on(submission.day)
    of = (submission.id, submission.unit, parent, submission.form, submission.day)
    if not counts_itself(filing.form):
        yield Figure(*of, "", "", 1)  # by which the reports themselves are counted
    for field in filing.form.fields:
        value = values.get(field.code)
        if field.figure is FigureRole.NONE or value is None:
            continue
        beside = field.beside.value(Scope(values, filing.facts)) if field.beside is not None else None
        for choice, number in _counted(field, value, submission.period, beside):
            yield Figure(*of, field.code, choice, number, last=field.figure is FigureRole.LAST)


def _counted(field: Field, value: Any, period: str, beside: int | None) -> list[tuple[str, int]]:
    """Give the numbers of an answer by choice; what counts for one period alone has its code in the place of it."""
    if field.figure is FigureRole.COUNT_BY:
        return [(code, 1) for code in (value if isinstance(field, SelectMultiple) else [value])]
    if field.figure is FigureRole.PER_PERIOD:
        return [(period, value)]
    if field.figure is FigureRole.MOST:  # counted by value: the largest that is left after a correction is known
        return [(str(value), 1)]
    if field.figure is FigureRole.MEAN:
        return [("", value * beside), (BESIDE, beside)] if beside else []
    if field.figure in {FigureRole.AVERAGE, FigureRole.STATED}:
        if beside is None:
            return []
        number = value * beside if field.figure is FigureRole.AVERAGE else value
        return [(period, number), (f"{period}{BESIDE}", beside)]
    return [("", int(value))]


def _receipt(filing: Filing, submission: Submission, old: Submission | None, goals: Sequence[Text]) -> Say:
    title, voice = _header(filing), filing.facts.voice
    around = [_thanks(submission, old), filing.form.settings.remark(filing), *_from_now_on(filing, submission), *goals]
    room = RECEIPT - sum(len(voice.speak(part)) + 1 for part in (title, *around) if part is not None)
    before = filing.form.path(old.answers, filing.facts).loaded() if old is not None else None
    recorded = _fitting(answer_lines(filing.form, filing.values, before), voice, room)
    return Say(lines(around[0], *recorded, *around[1:]), title=title)


def _thanks(submission: Submission, old: Submission | None) -> Text:
    number = Code(submission.number)
    if old is not None:
        return _("Report BC{number} has been changed. Thank you, {you}.", number=number)
    return _("Received report BC{number} at {time}. Thank you, {you}.", number=number, time=submission.filed_at)


def _from_now_on(filing: Filing, submission: Submission) -> tuple[Text, Text]:
    """Say for which period it counts, and until when it can be changed."""
    periods, number = filing.facts.periods, Code(submission.number)
    last = local_day(open_until(submission, periods, filing.facts.unlocked))
    if submission.on_behalf:
        last_line = _("Told by phone, filed by an officer.")
    else:
        last_line = _("To change it, until the end of {day}, type SUA {number}.", day=last, number=number)
    return _("It counts for {period}.", period=periods.kept(submission.period, submission.day).named), last_line


def _fitting(rows: Iterable[Text], voice: Voice, room: int) -> Iterator[Text]:
    """Give the lines that fit a small screen, and dots for those left out: the summary had them, XEM has them all."""
    room -= len("…\n")
    left_out = False
    for row in rows:
        size = len(voice.speak(row)) + 1
        left_out |= size > room
        if size <= room:
            room -= size
            yield row
    if left_out:
        yield Plain("…")


def _header(filing: Filing) -> Text:
    unit = filing.facts.unit
    name = unit.name if unit is not None else ""
    return _("{form} · {unit}", form=filing.form.title, unit=name)
