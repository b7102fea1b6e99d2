"""/mokhoa: an officer opens the lock of a period for one unit; /mien: a unit need not report. Both with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from bot.effects import Audit, Effect, Exempt, Unlock
from bot.forms.dates.when import When
from bot.forms.fields import Date, Field, TextField, UnitPicker
from bot.forms.form import Filed, Filing, Form
from bot.i18n import ZONE, Plain, Text, _
from bot.records import OFFICERS, Unit
from bot.reporting.periods import Period as Stretch
from bot.talk import Command, Talk
from handlers.for_period import AnyPeriod


def _common() -> tuple[Field, Field]:
    return (
        UnitPicker("unit", _("For which unit? Type a piece of its name."), short=_("Unit")),
        AnyPeriod("period", _("For which period? For example 11, 11/2026 or 2026S."), short=_("Period")),
    )


def _reason(question: Text) -> TextField:
    return TextField("reason", question, short=_("Reason"), longest=300)


def _unlocked(filing: Filing) -> Filed:
    given = filing.answers
    return Filed((), (), f"unlocked {given['unit']} {given['period']} {given['until']} {given['reason']}")


def _exempted(filing: Filing) -> Filed:
    given = filing.answers
    return Filed((), (), f"exempted {given['unit']} {given['period']} {given['reason']}")


UNLOCK: Final = Form(
    "unlock",
    _("Open a lock"),
    *_common(),
    Date("until", _("Until which day may the unit change its reports?"), short=_("Until"), when=When.FUTURE),
    _reason(_("Why? A few words, they are kept.")),
    file=_unlocked,
    audience=OFFICERS,
    per_unit=False,
    recap=False,
)
EXEMPTION: Final = Form(
    "exemption",
    _("Exempt a unit"),
    *_common(),
    _reason(_("Why need it not report? A few words, they are kept.")),
    file=_exempted,
    audience=OFFICERS,
    per_unit=False,
    recap=False,
)


async def open_lock(talk: Talk, words: str) -> None:
    """Ask which lock shall be opened, until when and why."""
    del words
    await talk.dialogues.start(UNLOCK)


async def excuse(talk: Talk, words: str) -> None:
    """Ask which unit need not report, and why."""
    del words
    await talk.dialogues.start(EXEMPTION)


@dataclass(frozen=True, slots=True)
class _Case:
    """One unit of the officer's area and one period."""

    unit: Unit
    period: Stretch


async def _case(talk: Talk, unit_id: str, code: str) -> _Case | None:
    """Find unit and period again, or say that they are not the officer's to decide on."""
    reads = await talk.read()
    mine = await reads.subtree([unit.id for unit in talk.known.units(OFFICERS)], talk.today)
    unit = next((one for one in mine if str(one.id) == unit_id), None)
    if unit is None:
        talk.say(_("That unit is not under your union."))
        return None
    return _Case(unit, talk.house.calendar.for_unit(unit).at(code))


async def unlocked(talk: Talk, words: str) -> None:
    """Open the lock: "unit period day reason"."""
    unit_id, code, day, reason = words.split(" ", 3)
    case = await _case(talk, unit_id, code)
    if case is None:
        return
    until = datetime.combine(date.fromisoformat(day), time.max, ZONE)
    effect = Unlock(case.unit.id, code, until, reason, talk.known.id, talk.now)
    _decide(talk, effect, "unlock", case)
    talk.say(
        _(
            "{unit} may change its reports of {period} until the end of {day}.",
            unit=Plain(case.unit.name),
            period=case.period.title,
            day=until.date(),
        )
    )


async def exempted(talk: Talk, words: str) -> None:
    """Exempt the unit: "unit period reason"."""
    unit_id, code, reason = words.split(" ", 2)
    case = await _case(talk, unit_id, code)
    if case is None:
        return
    _decide(talk, Exempt(case.unit.id, code, reason, talk.known.id, talk.now), "exempt", case)
    asked = case.period.absorbed_by or code
    period = talk.house.calendar.for_unit(case.unit).at(asked)
    talk.say(_("{unit} need not report for {period}.", unit=Plain(case.unit.name), period=period.title))


def _decide(talk: Talk, effect: Effect, action: str, case: _Case) -> None:
    talk.do(effect, Audit(talk.now, talk.known.id, action, case.unit.code, case.period.code))
    talk.quiet()


LOCK: Final = Command(
    "mokhoa", _("Open the lock of a period for a unit"), open_lock, words=("mo khoa",), roles=OFFICERS
)
EXCUSE: Final = Command("mien", _("A unit need not report"), excuse, words=("mien bao cao",), roles=OFFICERS)
UNLOCKED: Final = Command("unlocked", _("Open the lock of a period for a unit"), unlocked, typed=False, listed=False)
EXEMPTED: Final = Command("exempted", _("A unit need not report"), exempted, typed=False, listed=False)
