"""Sending a report back: which answer, why; the chair gets it in the same chat, one tap from correcting just that."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from bot.effects import Audit, Speak, Unlock
from bot.forms.fields import Calculated
from bot.forms.form import Filed, Filing, Form
from bot.i18n import ZONE, Plain, Text, _, lines
from bot.messages import Choice, Outgoing, Priority, Say
from bot.ports import Reads
from bot.records import OFFICERS, Person, Verdict
from bot.reporting.corrections import open_until, sent_back
from bot.reporting.reminders import REPORTER_ROLES, addressees
from bot.talk import Command, Talk
from handlers.names import kind_name, person_name
from handlers.pages import PAGE, paged
from handlers.review.case import Case, find_case, number_of, values_of
from handlers.review.deciding import changed_meanwhile
from handlers.review.looking import flags_of
from handlers.review.reasons import CODES, LONGEST, READY_MADE, Reason, split_reason

SEEN: Final = "+seen"  # where a draft keeps which report is sent back, as it was seen, and for which answer
WHOLE: Final = "-"  # in the place of an answer: the report as a whole
TIME_TO_MEND: Final = timedelta(days=5)  # a report that is sent back can be changed at least this long


async def ask_field(talk: Talk, words: str) -> None:
    """Ask which answer is to be looked at again, the unusual ones first, then why: "12.7 1.0 [answer] [page]"."""
    name, mark, *rest = words.split()
    case = await find_case(talk, name)
    if case is None or await changed_meanwhile(talk, case, mark):
        return
    if rest and not rest[0].isdecimal():
        draft = replace(talk.new_draft(RETURN.name, None), accepted={SEEN: f"{name} {mark} {rest[0]}"})
        note = _("BC{number} goes back to {unit}.", number=number_of(case), unit=case.unit.name)
        await talk.dialogues.begin(draft, note)
        return
    items = await _answers(talk, case)
    choices = paged(items, int(rest[0]) if rest else 1, f"/tralai {name} {mark}")
    talk.offer("send back", _("Which answer shall the unit look at again?"), *choices)


async def _answers(talk: Talk, case: Case) -> list[tuple[Text, str]]:
    form = talk.house.forms[case.report.form]
    told = values_of(talk, form, case.report, case.unit)
    flagged = [flag.field.code for flag in await flags_of(talk, case)]
    fields = [field for field in form.fields if told.get(field.code) is not None and not isinstance(field, Calculated)]
    fields.sort(key=lambda field: field.code not in flagged)
    base = f"/tralai {case.name} {case.mark}"
    items: list[tuple[Text, str]] = [
        (_("{label}: {value}", label=field.short, value=field.show(told[field.code])), f"{base} {field.code}")
        for field in fields
    ]
    items.insert(min(len(items), PAGE - 1), (_("The whole report"), f"{base} {WHOLE}"))
    return items


def _file(filing: Filing) -> Filed:
    return Filed((), (), f"returned {filing.draft.accepted[SEEN]} {filing.answers['reason']}")


RETURN: Final = Form(
    "return",
    _("Send a report back"),
    Reason(
        "reason",
        _("Why? Choose a number, or type it in your own words; the chair reads it."),
        short=_("Reason"),
        choices=READY_MADE,
    ),
    file=_file,
    audience=OFFICERS,
    per_unit=False,
    recap=False,
)


async def returned(talk: Talk, words: str) -> None:
    """Send a report back: "12.7 1.0 answer reason…"."""
    name, mark, field, reason = words.split(" ", 3)
    case = await find_case(talk, name)
    if case is None or await changed_meanwhile(talk, case, mark):
        return
    about = "" if field == WHOLE else field
    talk.do(case.reviewed(talk, Verdict.RETURNED, field=about, **split_reason(reason[:LONGEST])))
    talk.do(Audit(talk.now, talk.known.id, "send back", case.unit.code, f"BC{case.report.number}"))
    reads = await talk.read()
    until = await _keep_open(talk, reads, case)
    whom = await _whom(reads, case)
    if whom is not None:
        _tell(talk, whom, case, (about, reason))
    said = _(
        "BC{number} went back to {unit}, which may change it until the end of {day}.",
        number=number_of(case),
        unit=case.unit.name,
        day=until.astimezone(ZONE).date(),
    )
    nobody = _("Nobody there could be written to: please call.") if whom is None else None
    talk.offer("returned", lines(said, nobody), Choice(_("Reports to look at"), "/duyet", "1"))


async def _keep_open(talk: Talk, reads: Reads, case: Case) -> datetime:
    """Give until when the unit can change the report; a lock that would come too soon is opened."""
    calendar = talk.house.calendar.for_unit(case.unit)
    now_open = open_until(case.report, calendar, await reads.unlocked(case.unit.id, talk.now))
    needed = datetime.combine((talk.now + TIME_TO_MEND).astimezone(ZONE).date(), time.max, ZONE)
    if now_open >= needed:
        return now_open
    period, me = case.report.period, talk.known.id
    talk.do(Unlock(case.unit.id, period, needed, f"BC{case.report.number}", me, talk.now))
    return needed


async def _whom(reads: Reads, case: Case) -> Person | None:
    """Find who can be written to: whoever filed it, if still in office, else the chair or deputy."""
    holders = await reads.holders([case.unit.id], REPORTER_ROLES)
    reachable = [one.person for one in holders if one.reachable]
    filer = case.report.person if case.report.person in reachable else None
    found = filer or addressees(holders).get(case.unit.id)
    return await reads.person(found) if found is not None else None


def _tell(talk: Talk, whom: Person, case: Case, why: tuple[str, str]) -> None:
    """Write to the chair: outside the quiet hours, and no more once the report has been changed."""
    field = talk.house.forms[case.report.form].by_code.get(why[0])
    reason = CODES.get(why[1]) or Plain(why[1])
    number = number_of(case)
    text = lines(
        _(
            "{officer} asks {you} to look at report BC{number} ({form}) again. {reason}.",
            officer=person_name(talk.known.name, talk.known.honorific),
            number=number,
            form=kind_name(talk.house, case.report.form),
            reason=_("{label}: {value}", label=field.short, value=reason) if field is not None else reason,
        ),
        _("Please type SUA {number}. It keeps the day on which it came first.", number=number),
    )
    label = _("Correct: {label}", label=field.short) if field is not None else _("Correct it")
    choice = Choice(label, f"/sua {case.name}", f"SUA {case.report.number}")
    message = Say(text, None, (choice,)).spoken(talk.house.voice(whom))
    key = sent_back(case.report.unit, case.report.number)
    at = talk.house.rules.quiet.over(talk.now)
    later = at if at > talk.now else None
    address = whom.addresses[0]
    talk.do(Speak(Outgoing(f"{key}/{case.mark}", address, message, Priority.ALERT, not_before=later, drop_key=key)))


ASK_FIELD: Final = Command("tralai", _("Send a report back"), ask_field, roles=OFFICERS, takes_words=True, listed=False)
RETURNED: Final = Command("returned", _("Send a report back"), returned, typed=False, listed=False)
