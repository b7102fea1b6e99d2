"""A case is opened: by its own form, or by a report that asks for an answer; a correction of that is added to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.cases import course
from bot.cases.case import Case, Kind
from bot.cases.clock import look_again, wave
from bot.cases.desks import at_desk, ladder
from bot.cases.opening import OPEN, Opening, unpacked
from bot.forms.form import Filing
from bot.forms.recap import answer_lines
from bot.i18n import Text, _, lines
from bot.talk import Command, Talk
from handlers.cases import files
from handlers.cases.scene import caseload, happen

RECENT: Final = timedelta(hours=1)
SHARED: Final = 8  # messages
LONGEST_LINE: Final = 200
SERIOUS: Final = frozenset({"dinh_cong_ngung_viec", "chay_no", "loi_keo_kich_dong"})


# --- reports that open cases: a form names one of these as its `case` ------------------------------------------------


def petition_case(filing: Filing) -> Opening | None:
    """A report of the mood at a unit that proposes something is a petition."""
    told = filing.values
    if not told.get("proposal"):
        return None
    urgency = told.get("urgency")
    text = "\n".join(str(told[code]) for code in ("content", "proposal") if told.get(code))
    topic = next(iter(told.get("topics") or ()), "")
    return Opening(Kind.PETITION, topic, text, urgent=urgency in {"can_som", "khan"}, serious=urgency == "khan")


def legal_case(filing: Filing) -> Opening | None:
    """A report of legal advice that needs the help of the unions above is a case of theirs."""
    told = filing.values
    if told.get("need_support") != "yes":
        return None
    return Opening(Kind.LEGAL, next(iter(told.get("topics") or ()), ""), _summary(filing))


def incident_case(filing: Filing) -> Opening | None:
    """Every incident is a case; a correction of its report is added to it."""
    told = filing.values
    topic = str(told.get("incident_type") or "")
    serious = topic in SERIOUS or bool(told.get("deaths"))
    return Opening(Kind.INCIDENT, topic, _summary(filing), serious=serious)


def _summary(filing: Filing) -> str:
    voice = filing.facts.voice
    rows = answer_lines(filing.form, {k: v for k, v in filing.values.items() if not _is_file(filing, k)}, None)
    return "\n".join(voice.speak(row) for row in rows)


def _is_file(filing: Filing, code: str) -> bool:
    return filing.form.by_code[code].takes_files


# --- the turn ---------------------------------------------------------------------------------------------------------


async def open_case(talk: Talk, words: str) -> None:
    """Open a case, or add to the one that is meant: "unit opening"."""
    unit, _space, packed = words.partition(" ")
    opening = unpacked(packed)
    reads = await talk.read()
    known = await reads.case_of_report(int(unit), opening.report) if opening.report else None
    if known is not None:
        await _add(talk, known, opening)
        return
    await _open(talk, int(unit), opening)


async def _add(talk: Talk, case: Case, opening: Opening) -> None:
    events = await (await talk.read()).case_events(case.id)
    if any(event.text == opening.text for event in events):
        return
    await happen(talk, course.added(case, talk.known.id, opening.text, talk.house.terms, talk.now))
    talk.say(_("This has been added to {code}.", code=case.code))


async def _open(talk: Talk, unit: int, opening: Opening) -> None:
    load = await caseload(talk)
    around = await load.around(unit, sparing=talk.known.id)
    rung = at_desk(ladder(around.above, around.lists, opening.kind, opening.topic), None)
    first = wave(around, talk.now, serious=opening.serious) if opening.kind is Kind.INCIDENT else ()
    number = await load.reads.last_case() + 1
    new = course.Newborn(talk.house.new_id(), number, unit, talk.known.id, first)
    text = opening.text if not opening.share else f"{opening.text}\n{await _recent(talk)}"
    change = course.opened(new, replace(opening, text=text.strip()), rung, talk.house.terms, talk.now)
    if opening.kind is Kind.INCIDENT:
        then = look_again(change.case, around, talk.now)
        change = replace(change, case=replace(change.case, next_at=then))
    await happen(talk, change)
    talk.say(_receipt(talk, change.case))
    files.remember(talk, change.case)


async def _recent(talk: Talk) -> str:
    """Give what was said here last, as far as this channel lets us know it."""
    reads = await talk.read()
    said = await reads.lines(talk.incoming.address, talk.now - RECENT, talk.now, SHARED)
    return "\n".join(
        f"{'>' if line.own else '<'} {' '.join(line.message.text.split())[:LONGEST_LINE]}" for line in said
    )


def _receipt(talk: Talk, case: Case) -> Text:
    add = _("To add something at any time, type {code} and your words.", code=case.code)
    danger = _("If anybody is in danger, call 113, 114 or 115.") if case.kind is Kind.INCIDENT else None
    if not case.owner:
        whom = talk.house.ask_whom
        nobody = _(
            "{code} is kept, but no officer can be reached from here. Please call {whom}.", code=case.code, whom=whom
        )
        return lines(nobody, danger, add)
    if case.kind is Kind.INCIDENT:
        alerted = _("{code}: the officers on duty are being alerted now.", code=case.code)
        return lines(alerted, danger, add)
    opened = _(
        "{code} has been sent to the officer in charge; an answer is due by {due}.", code=case.code, due=case.due_at
    )
    return lines(opened, add)


OPENED: Final = Command(OPEN, _("Open a case"), open_case, typed=False, listed=False)
