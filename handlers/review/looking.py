"""/xemlai: an officer looks at one report: what it says, what is unusual, what was said about it, what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.forms.recap import answer_lines
from bot.i18n import Text, _, lines
from bot.messages import Attachment, Choice, Say
from bot.records import OFFICERS, Verdict
from bot.reporting.flags import Flag, flags
from bot.talk import Command, Talk
from handlers.names import channel_name, kind_name
from handlers.review.case import Case, find_case, number_of, standing, values_of
from handlers.review.story import names_of, review_text

HISTORY: Final = timedelta(days=400)  # that says what is usual


async def look(talk: Talk, words: str) -> None:
    """Show a report within reach."""
    case = await find_case(talk, words)
    if case is not None:
        await show(talk, case)


async def show(talk: Talk, case: Case, note: Text | None = None) -> None:
    """Show a report, with a word before it."""
    talk.audit("look at report", case.unit.code, f"BC{case.report.number}")
    reads = await talk.read()
    names = await names_of(reads, [case.report.person, *(one.person for one in case.said)])
    filed = _(
        "Filed {moment} by {who} ({channel}), counted for {period}.",
        moment=case.report.filed_at,
        who=names[case.report.person],
        channel=channel_name(case.report.channel),
        period=talk.house.calendar.kept(case.report.period, case.report.day).title,
    )
    text = lines(
        note,
        *_answers(talk, case),
        filed,
        _("Told by phone, filed by an officer.") if case.report.on_behalf else None,
        _("Withdrawn: {reason}", reason=case.report.reason) if case.report.state == "withdrawn" else None,
        *(_("Please check: {flag}", flag=flag.text()) for flag in await flags_of(talk, case)),
        *(review_text(talk, case.report.form, one, names) for one in case.said),
    )
    choices = _doable(talk, case)
    talk.send(Say(text, _title(talk, case), choices, await _photos(talk, case)))
    talk.remember("review", {choice.key: choice.data for choice in choices})


def _title(talk: Talk, case: Case) -> Text:
    return _(
        "BC{number} · {form} · {unit} · {state}",
        number=number_of(case),
        form=kind_name(talk.house, case.report.form),
        unit=case.unit.name,
        state=standing(talk.house, case.report, case.said),
    )


def _answers(talk: Talk, case: Case) -> Sequence[Text]:
    form = talk.house.forms.get(case.report.form)
    return list(answer_lines(form, values_of(talk, form, case.report, case.unit))) if form is not None else []


async def flags_of(talk: Talk, case: Case) -> tuple[Flag, ...]:
    """Give what is unusual in a report, beside the unit's own of the last year."""
    form = talk.house.forms.get(case.report.form)
    if form is None:
        return ()
    reads = await talk.read()
    history = await reads.history([case.unit.id], [form.name], talk.today - HISTORY)
    return flags(form, case.report, history, case.unit)


async def _photos(talk: Talk, case: Case) -> tuple[Attachment, ...]:
    form = talk.house.forms.get(case.report.form)
    if form is None:
        return ()
    told = values_of(talk, form, case.report, case.unit)
    named = [name for field in form.fields if field.takes_files for name in told.get(field.code) or ()]
    files = await (await talk.read()).files_by_id(named) if named else []
    return tuple(
        Attachment(talk.house.file_path(file.sha256), file.ref.name or file.id, file.ref.kind)
        for file in files
        if file.state == "kept" and talk.house.file_path(file.sha256)
    )


def _doable(talk: Talk, case: Case) -> tuple[Choice, ...]:
    items: list[tuple[Text, str]] = []
    open_ = case.report.state != "withdrawn"
    kinds = {post.unit.kind for post in talk.known.posts if post.role in OFFICERS}
    if open_ and case.verdict is not Verdict.ACCEPTED and talk.house.acceptance.may_accept(case.report.form, kinds):
        items.append((_("Accept"), f"/nhan {case.name} {case.mark}"))
    form = talk.house.forms.get(case.report.form)
    if open_ and form is not None and form.fields:
        items.append((_("Send back"), f"/tralai {case.name} {case.mark}"))
    items += [
        (_("Add a comment"), f"/ghichu {case.name}"),
        (_("What became of it"), f"/quatrinh {case.name}"),
        (_("Reports to look at"), "/duyet"),
    ]
    return tuple(Choice(label, data, str(n)) for n, (label, data) in enumerate(items, 1))


LOOK: Final = Command(
    "xemlai",
    _("Look at a report of a unit"),
    look,
    words=("xem lai",),
    roles=OFFICERS,
    takes_words=True,
    listed=False,
)
