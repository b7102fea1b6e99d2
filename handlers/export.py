"""/xuat: an officer gets workbooks and official reports of the units under theirs as files."""

from __future__ import annotations

from typing import Final

from bot.documents.order import JOB, MOOD, OFFICIAL, PAPERS, THEMATIC, WORKBOOK
from bot.documents.parts import wanting
from bot.effects import StartJob
from bot.forms.fields import Field, Sensitivity
from bot.i18n import Plain, Text, _, _n, lines
from bot.messages import Choice
from bot.records import OFFICERS, Unit
from bot.reporting.periods import Period
from bot.talk import Command, Talk
from handlers.pages import paged
from handlers.papers import period_in, unit_coded

NAMES: Final[dict[str, Text]] = {
    WORKBOOK: _("Workbook with all tables (Excel)"),
    MOOD: _("Workers' mood and petitions (Excel)"),
    OFFICIAL: _("Official report (Word)"),
    THEMATIC: _("Report on Resolution 43-NQ/TW (Word)"),
}


async def run(talk: Talk, words: str) -> None:
    """Offer what can be made for a period; "WHAT PERIOD CODE" makes it, in a process that keeps nobody waiting."""
    what, _space, rest = words.strip().partition(" ")
    if what.lower() not in _kinds(talk):
        await _offer(talk, words)
        return
    when, _space, code = rest.strip().rpartition(" ")
    unit = await unit_coded(talk, code) if when else None
    if unit is None and when and talk.house.calendar.read(rest, talk.now) is None:
        talk.say(_("That unit is not under your union."))
        return
    period = period_in(talk, when if unit is not None else rest)
    if period is not None:
        await _start(talk, what.lower(), period, unit or talk.known.units(OFFICERS)[0])


def _kinds(talk: Talk) -> set[str]:
    """Name what can be made here: of kinds with sensitive questions no list, their numbers stand in the workbook."""
    kinds = [form for form in talk.house.forms.values() if form.settings.report]
    return {*NAMES, *(form.name for form in kinds if not any(_is_sensitive(one) for one in form.fields))}


def _is_sensitive(one: Field) -> bool:
    return one.sensitive is Sensitivity.SENSITIVE and not one.takes_files


async def _offer(talk: Talk, words: str) -> None:
    """Offer the documents of a unit for a period; to officers of several unions, these first."""
    roots = talk.known.units(OFFICERS)
    when, _space, code = words.strip().rpartition(" ")
    unit = await unit_coded(talk, code) if code else None
    period = period_in(talk, when if unit is not None else words)
    if period is None:
        return
    previous = talk.house.calendar.previous(period)
    items: list[tuple[Text, str]]
    if unit is None and len(roots) > 1:
        items = [(Plain(root.name), f"/xuat {period.code} {root.code}") for root in roots]
        talk.offer(
            "export", _("Files of which union, for {period}?", period=period.named), *paged(talk, items, 1, "/xuat")
        )
        return
    unit = unit or roots[0]
    items = [(NAMES[what], f"/xuat {what} {period.code} {unit.code}") for what in NAMES]
    items.append((_("Wording of the official report"), f"/loivan {period.code} u{unit.id}"))
    choices = [Choice(label, data, str(number)) for number, (label, data) in enumerate(items, 1)]
    choices.append(Choice(_("Files of {period}", period=previous.title), f"/xuat {previous.code} {unit.code}", "8"))
    asked = _("Which file shall be made for {period}?", period=period.named)
    talk.offer("export", asked, *choices, title=Plain(unit.name))


async def _start(talk: Talk, what: str, period: Period, unit: Unit) -> None:
    address, job = talk.incoming.address, talk.house.new_id()
    args = {
        "job": job,
        "what": what,
        "period": period.code,
        "unit": unit.id,
        "code": unit.code,
        "channel": address.channel,
        "chat": address.chat,
        "language": talk.voice.catalogue.language,
    }
    talk.do(StartJob(job, JOB, args))
    talk.audit("export", unit.code, f"{what} {period.code}")
    title = NAMES.get(what) or talk.house.forms[what].title
    made = _(
        "{what} · {unit} · {period}: it is being made and comes here when it is ready.",
        what=title,
        unit=unit.name,
        period=period.title,
    )
    lacking = await _lacking(talk, what, period, unit) if what in PAPERS else None
    if lacking is None:
        talk.say(made)
        return
    write = Choice(_("Wording of the official report"), f"/loivan {period.code} u{unit.id}", "1")
    talk.offer("export", lines(made, lacking), write)


async def _lacking(talk: Talk, what: str, period: Period, unit: Unit) -> Text | None:
    """Say how many parts nobody has worded yet: in the file these are marked."""
    found = await (await talk.read()).wordings([unit.id], period.code)
    parts = wanting(what, {one.part: one.text for one in found})
    if not parts:
        return None
    return _n(
        "{count} part is not worded yet; it is marked in the file.",
        "{count} parts are not worded yet; they are marked in the file.",
        len(parts),
    )


EXPORT: Final = Command("xuat", _("Files: Excel, Word"), run, words=("xuat",), roles=OFFICERS, takes_words=True)
