"""Comments of officers: they stay with the report, for officers and for the unit."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.forms.fields import TextField
from bot.forms.form import Filed, Filing, Form
from bot.i18n import _
from bot.records import OFFICERS, Verdict
from bot.talk import Command, Talk
from handlers.review.looking import show
from handlers.review.seen import find_report, number_of

ABOUT: Final = "+about"  # where a draft keeps which report it is about


async def comment(talk: Talk, words: str) -> None:
    """Ask for a comment on the report "12.7"."""
    seen = await find_report(talk, words)
    if seen is None:
        return
    draft = replace(talk.new_draft(NOTE.name, None), accepted={ABOUT: seen.name})
    note = _("About BC{number} of {unit}.", number=number_of(seen), unit=seen.unit.name)
    await talk.dialogues.begin(draft, note)


def _file(filing: Filing) -> Filed:
    return Filed((), (), f"noted {filing.draft.accepted[ABOUT]} {filing.answers['note']}")


NOTE: Final = Form(
    "note",
    _("Comment on a report"),
    TextField("note", _("Which comment? The unit reads it too."), short=_("Comment"), longest=300),
    file=_file,
    audience=OFFICERS,
    per_unit=False,
    recap=False,
)


async def noted(talk: Talk, words: str) -> None:
    """Keep a comment: "12.7 words…"."""
    name, _space, note = words.partition(" ")
    seen = await find_report(talk, name)
    if seen is None:
        return
    kept = seen.reviewed(talk, Verdict.NOTED, note=note)
    talk.do(kept)
    talk.audit("comment", seen.unit.code, f"BC{seen.report.number}")
    await show(talk, replace(seen, said=(*seen.said, kept.review)), _("The comment is kept."))


COMMENT: Final = Command("ghichu", _("Comment on a report"), comment, roles=OFFICERS, takes_words=True, listed=False)
NOTED: Final = Command("noted", _("Comment on a report"), noted, typed=False, listed=False)
