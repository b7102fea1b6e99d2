"""/xuat: an officer gets workbooks and official reports of the units under theirs as files."""

from __future__ import annotations

from typing import Final

from bot.documents.order import JOB, MOOD, OFFICIAL, THEMATIC, WORKBOOK
from bot.effects import StartJob
from bot.forms.fields import Field, Sensitivity
from bot.i18n import Text, _
from bot.messages import Choice
from bot.records import OFFICERS, Unit
from bot.reporting.periods import Period
from bot.talk import Command, Talk

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
        _offer(talk, words)
        return
    when, _space, code = rest.strip().rpartition(" ")
    unit = await _under(talk, code) if when else None
    if unit is None and when and talk.house.calendar.read(rest, talk.now) is None:
        talk.say(_("That unit is not under your union."))
        return
    period = _period(talk, when if unit is not None else rest)
    if period is not None:
        _start(talk, what.lower(), period, unit or talk.known.units(OFFICERS)[0])


def _kinds(talk: Talk) -> set[str]:
    """Name what can be made here: of kinds with sensitive questions no list, their numbers stand in the workbook."""
    kinds = [form for form in talk.house.forms.values() if form.settings.report]
    return {*NAMES, *(form.name for form in kinds if not any(_is_sensitive(one) for one in form.fields))}


def _is_sensitive(one: Field) -> bool:
    return one.sensitive is Sensitivity.SENSITIVE and not one.takes_files


def _offer(talk: Talk, words: str) -> None:
    """Offer the documents of a period, for each unit of the officer, and the period before."""
    period = _period(talk, words)
    if period is None:
        return
    roots = talk.known.units(OFFICERS)
    previous = talk.house.calendar.previous(period)
    offered = [
        (NAMES[what] if len(roots) == 1 else _("{what}: {unit}", what=NAMES[what], unit=root.name), what, root)
        for root in roots[:2]
        for what in NAMES
    ]
    choices = [
        Choice(label, f"/xuat {what} {period.code} {root.code}", str(number))
        for number, (label, what, root) in enumerate(offered, 1)
    ]
    choices.append(Choice(_("Files of {period}", period=previous.title), f"/xuat {previous.code}", "8"))
    talk.offer("export", _("Which file shall be made for {period}?", period=period.named), *choices)


def _period(talk: Talk, words: str) -> Period | None:
    """Read the period, the open one by default; say so when it is not understood or has not begun."""
    calendar = talk.house.calendar
    if not words.strip():
        return calendar.open(talk.now)
    code = calendar.read(words, talk.now)
    if code is None:
        talk.say(_("Which period? Type for example XUAT 10, XUAT 10/2026 or XUAT 2026-Q4."))
        return None
    period = calendar.at(code)
    if period.since > talk.today:
        talk.say(_("{period} has not begun yet.", period=period.title))
        return None
    return period


async def _under(talk: Talk, code: str) -> Unit | None:
    """Find a unit by its code among those under the officer's today."""
    reads = await talk.read()
    unit = await reads.unit_by_code(code.upper())
    if unit is None:
        return None
    mine = {root.id for root in talk.known.units(OFFICERS)}
    above: Unit | None = unit
    while above is not None and above.id not in mine:
        above = await reads.unit(above.parent) if above.parent is not None else None
    return unit if above is not None else None


def _start(talk: Talk, what: str, period: Period, unit: Unit) -> None:
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
    talk.say(
        _(
            "{what} · {unit} · {period}: it is being made and comes here when it is ready.",
            what=title,
            unit=unit.name,
            period=period.title,
        )
    )


EXPORT: Final = Command("xuat", _("Files: Excel, Word"), run, words=("xuat",), roles=OFFICERS, takes_words=True)
