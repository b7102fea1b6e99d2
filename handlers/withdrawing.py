"""RUT 12: a unit withdraws a report, with the reason; what it had answered is open again."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.effects import Audit, DropDraft, FileReport, TakeBack
from bot.forms.fields import Sensitivity, TextField
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Code, Text, _, lines
from bot.notices.wording import named
from bot.records import Submission
from bot.talk import Command, Talk
from handlers.mine import OWNERS, changeable, find

REPORT: Final = "+report"  # where a withdrawal keeps the report it is about


async def withdraw(talk: Talk, words: str) -> None:
    """Begin the withdrawal of a report: it needs a reason."""
    report = await find(talk, words, "rut")
    if report is None or not await changeable(talk, report):
        return
    talk.do(*(DropDraft(draft.id) for draft in talk.drafts if draft.form == WITHDRAWAL.name))
    draft = replace(talk.new_draft(WITHDRAWAL.name, None), accepted={REPORT: report.id})
    note = _("Withdrawing BC{number}: it will no longer count. Type HUY to let it stand.", number=Code(report.number))
    await talk.dialogues.begin(draft, note)


async def withdrawn(talk: Talk, words: str) -> None:
    """Finish a withdrawal: "submission reason…"; a new version that no longer counts takes the report's place."""
    id_, _space, reason = words.partition(" ")
    reads = await talk.read()
    asked = await reads.submission(id_)
    current = await reads.numbered([asked.unit], asked.number) if asked is not None else []
    report = current[0] if current else None
    if report is None or report.unit not in {unit.id for unit in talk.known.units(OWNERS)}:
        talk.say(_("That report is no longer there."))
        return
    if not await changeable(talk, report):
        return
    gone = replace(
        report,
        id=talk.house.new_id(),
        version=report.version + 1,
        person=talk.known.id,
        filed_at=talk.incoming.at,
        replaces=report.id,
        draft="",
        state="withdrawn",
        reason=reason,
    )
    talk.do(FileReport(gone), Audit(talk.now, talk.known.id, "withdraw", gone.id))
    open_again = await _undone(talk, gone)
    talk.say(lines(_("BC{number} is withdrawn and no longer counts.", number=Code(report.number)), *open_again))


async def _undone(talk: Talk, gone: Submission) -> list[Text]:
    """Take back that a notice was done by a report that is withdrawn now, and say so."""
    notices = await (await talk.read()).notices_done_by(gone.unit, gone.number)
    talk.do(*(TakeBack(notice.id, gone.unit, gone.number) for notice in notices))
    return [
        _(
            "{notice} is open again. When it is done, type DA THUC HIEN {number}.",
            notice=named(notice),
            number=Code(notice.number),
        )
        for notice in notices
    ]


def _file(filing: Filing) -> Filed:
    return Filed((), (), f"withdrawn {filing.draft.accepted[REPORT]} {filing.answers['reason']}")


WITHDRAWAL: Final = Form(
    "withdrawal",
    _("Withdraw a report"),
    TextField(
        "reason",
        _("Why is it withdrawn? A few words for the officer."),
        short=_("Reason"),
        longest=300,
        sensitive=Sensitivity.INTERNAL,
    ),
    file=_file,
    per_unit=False,
    confirm=_("Withdraw it"),
    later=_("Let it stand"),
)

WITHDRAW: Final = Command("rut", _("Withdraw a report"), withdraw, roles=OWNERS, takes_words=True, listed=False)
WITHDRAWN: Final = Command("withdrawn", _("Finish a withdrawal"), withdrawn, typed=False, listed=False)
