"""/xemlai: an officer looks at one report: what it says, what is unusual, what was said about it, what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.forms.recap import answer_lines
from bot.i18n import Text, _, lines
from bot.messages import Attachment, Choice, Say
from bot.ports import channel_title
from bot.records import OFFICERS, Verdict
from bot.reporting.flags import Flag, flags
from bot.talk import Command, Talk
from handlers.names import kind_name
from handlers.review.seen import Seen, find_report, number_of, standing, values_of
from handlers.review.story import names_of, review_text

HISTORY: Final = timedelta(days=400)  # that says what is usual


async def look(talk: Talk, words: str) -> None:
    """Show a report within reach."""
    seen = await find_report(talk, words)
    if seen is not None:
        await show(talk, seen)


async def show(talk: Talk, seen: Seen, note: Text | None = None) -> None:
    """Show a report, with a word before it."""
    talk.audit("look at report", seen.unit.code, f"BC{seen.report.number}")
    reads = await talk.read()
    names = await names_of(reads, [seen.report.person, *(one.person for one in seen.said)])
    filed = _(
        "Filed {moment} by {who} ({channel}), counted for {period}.",
        moment=seen.report.filed_at,
        who=names[seen.report.person],
        channel=channel_title(seen.report.channel),
        period=talk.house.calendar.kept(seen.report.period, seen.report.day).title,
    )
    text = lines(
        note,
        *_answers(talk, seen),
        filed,
        _("Told by phone, filed by an officer.") if seen.report.on_behalf else None,
        _("Withdrawn: {reason}", reason=seen.report.reason) if seen.report.state == "withdrawn" else None,
        *(_("Please check: {flag}", flag=flag.text()) for flag in await flags_of(talk, seen)),
        *(review_text(talk, seen.report.form, one, names) for one in seen.said),
    )
    choices = _doable(talk, seen)
    talk.send(Say(text, _title(talk, seen), choices, await _photos(talk, seen)))
    talk.remember("review", choices)


def _title(talk: Talk, seen: Seen) -> Text:
    return _(
        "BC{number} · {form} · {unit} · {state}",
        number=number_of(seen),
        form=kind_name(talk.house, seen.report.form),
        unit=seen.unit.name,
        state=standing(talk.house, seen.report, seen.said),
    )


def _answers(talk: Talk, seen: Seen) -> Sequence[Text]:
    form = talk.house.forms.get(seen.report.form)
    return list(answer_lines(form, values_of(talk, form, seen.report, seen.unit))) if form is not None else []


async def flags_of(talk: Talk, seen: Seen) -> tuple[Flag, ...]:
    """Give what is unusual in a report, beside the unit's own of the last year."""
    form = talk.house.forms.get(seen.report.form)
    if form is None:
        return ()
    reads = await talk.read()
    history = await reads.history([seen.unit.id], [form.name], talk.today - HISTORY)
    return flags(form, seen.report, history, seen.unit)


async def _photos(talk: Talk, seen: Seen) -> tuple[Attachment, ...]:
    form = talk.house.forms.get(seen.report.form)
    if form is None:
        return ()
    told = values_of(talk, form, seen.report, seen.unit)
    named = [name for field in form.fields if field.takes_files for name in told.get(field.code) or ()]
    files = await (await talk.read()).files_by_id(named) if named else []
    return tuple(
        Attachment(talk.house.file_path(file.sha256), file.ref.name or file.id, file.ref.kind)
        for file in files
        if file.state == "kept" and talk.house.file_path(file.sha256)
    )


def _doable(talk: Talk, seen: Seen) -> tuple[Choice, ...]:
    items: list[tuple[Text, str]] = []
    open_ = seen.report.state != "withdrawn"
    kinds = {post.unit.kind for post in talk.known.posts if post.role in OFFICERS}
    if open_ and seen.verdict is not Verdict.ACCEPTED and talk.house.acceptance.may_accept(seen.report.form, kinds):
        items.append((_("Accept"), f"/nhan {seen.name} {seen.mark}"))
    form = talk.house.forms.get(seen.report.form)
    if open_ and form is not None and form.fields:
        items.append((_("Send back"), f"/tralai {seen.name} {seen.mark}"))
    items += [
        (_("Add a comment"), f"/ghichu {seen.name}"),
        (_("What became of it"), f"/quatrinh {seen.name}"),
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
