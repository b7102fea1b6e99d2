"""/baocaodv: what a unit of the officer's area filed, the latest first; a digit opens a report."""

from __future__ import annotations

from typing import Final

from bot.i18n import Code, Text, _
from bot.records import OFFICERS, Submission
from bot.talk import Command, Talk
from handlers.names import kind_name
from handlers.pages import paged
from handlers.review.seen import PRIVATE_KINDS, reach, standing

LOOKED_AT: Final = 60  # reports, the latest filed


async def unit_reports(talk: Talk, words: str) -> None:
    """List the reports of a unit: "7 [page]"."""
    id_, _space, page = words.partition(" ")
    reads = await talk.read()
    found = await reads.within(reach(talk), [int(id_)]) if id_.isdecimal() else []
    if not found:
        talk.say(_("That unit is not under your union."))
        return
    unit = found[0]
    reports = [one for one in await reads.submissions([unit.id], LOOKED_AT) if one.form not in PRIVATE_KINDS]
    if not reports:
        talk.say(_("{unit} has not reported anything yet.", unit=unit.name))
        return
    items = [(_line(talk, one), f"/xemlai {one.number}.{one.unit}") for one in reports]
    choices = paged(talk, items, int(page) if page.isdecimal() else 1, f"/baocaodv {unit.id}")
    talk.offer("unit reports", _("Reports of {unit}, the latest first.", unit=unit.name), *choices)


def _line(talk: Talk, report: Submission) -> Text:
    return _(
        "BC{number} · {form} · {day} · {state}",
        number=Code(report.number),
        form=kind_name(talk.house, report.form),
        day=report.day,
        state=standing(talk.house, report),
    )


COMMAND: Final = Command(
    "baocaodv", _("Reports of a unit"), unit_reports, roles=OFFICERS, takes_words=True, listed=False
)
