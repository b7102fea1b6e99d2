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
from handlers.review.deciding import changed_meanwhile
from handlers.review.looking import flags_of
from handlers.review.reasons import CODES, LONGEST, READY_MADE, Reason, split_reason
from handlers.review.seen import Seen, find_report, number_of, values_of

SEEN: Final = "+seen"  # where a draft keeps which report is sent back, as it was seen, and for which answer
WHOLE: Final = "-"  # in the place of an answer: the report as a whole
TIME_TO_MEND: Final = timedelta(days=5)  # a report that is sent back can be changed at least this long


async def ask_field(talk: Talk, words: str) -> None:
    """Ask which answer is to be looked at again, the unusual ones first, then why: "12.7 1.0 [answer] [page]"."""
    name, _space, after = words.partition(" ")
    mark, *rest = after.split() or [""]
    seen = await find_report(talk, name)
    if seen is None or await changed_meanwhile(talk, seen, mark):
        return
    if rest and not rest[0].isdecimal():
        draft = replace(talk.new_draft(RETURN.name, None), accepted={SEEN: f"{name} {mark} {rest[0]}"})
        note = _("BC{number} goes back to {unit}.", number=number_of(seen), unit=seen.unit.name)
        await talk.dialogues.begin(draft, note)
        return
    items = await _answers(talk, seen)
    choices = paged(talk, items, int(rest[0]) if rest else 1, f"/tralai {name} {mark}")
    talk.offer("send back", _("Which answer shall the unit look at again?"), *choices)


async def _answers(talk: Talk, seen: Seen) -> list[tuple[Text, str]]:
    form = talk.house.forms[seen.report.form]
    told = values_of(talk, form, seen.report, seen.unit)
    flagged = [flag.field.code for flag in await flags_of(talk, seen)]
    fields = [field for field in form.fields if told.get(field.code) is not None and not isinstance(field, Calculated)]
    fields.sort(key=lambda field: field.code not in flagged)
    base = f"/tralai {seen.name} {seen.mark}"
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
    seen = await find_report(talk, name)
    if seen is None or await changed_meanwhile(talk, seen, mark):
        return
    about = "" if field == WHOLE else field
    talk.do(seen.reviewed(talk, Verdict.RETURNED, field=about, **split_reason(reason[:LONGEST])))
    talk.do(Audit(talk.now, talk.known.id, "send back", seen.unit.code, f"BC{seen.report.number}"))
    reads = await talk.read()
    until = await _keep_open(talk, reads, seen)
    whom = await _whom(reads, seen)
    if whom is not None:
        _tell(talk, whom, seen, (about, reason))
    said = _(
        "BC{number} went back to {unit}, which may change it until the end of {day}.",
        number=number_of(seen),
        unit=seen.unit.name,
        day=until.astimezone(ZONE).date(),
    )
    nobody = _("Nobody there could be written to: please call.") if whom is None else None
    talk.offer("returned", lines(said, nobody), Choice(_("Reports to look at"), "/duyet", "1"))


async def _keep_open(talk: Talk, reads: Reads, seen: Seen) -> datetime:
    """Give until when the unit can change the report; a lock that would come too soon is opened."""
    calendar = talk.house.calendar.for_unit(seen.unit)
    now_open = open_until(seen.report, calendar, await reads.unlocked(seen.unit.id, talk.now))
    needed = datetime.combine((talk.now + TIME_TO_MEND).astimezone(ZONE).date(), time.max, ZONE)
    if now_open >= needed:
        return now_open
    period, me = seen.report.period, talk.known.id
    talk.do(Unlock(seen.unit.id, period, needed, f"BC{seen.report.number}", me, talk.now))
    return needed


async def _whom(reads: Reads, seen: Seen) -> Person | None:
    """Find who can be written to: whoever filed it, if still in office, else the chair or deputy."""
    holders = await reads.holders([seen.unit.id], REPORTER_ROLES)
    reachable = [one.person for one in holders if one.reachable]
    filer = seen.report.person if seen.report.person in reachable else None
    found = filer or addressees(holders).get(seen.unit.id)
    return await reads.person(found) if found is not None else None


def _tell(talk: Talk, whom: Person, seen: Seen, why: tuple[str, str]) -> None:
    """Write to the chair: outside the quiet hours, and no more once the report has been changed."""
    field = talk.house.forms[seen.report.form].by_code.get(why[0])
    reason = CODES.get(why[1]) or Plain(why[1])
    number = number_of(seen)
    text = lines(
        _(
            "{officer} asks {you} to look at report BC{number} ({form}) again. {reason}.",
            officer=person_name(talk.known.name, talk.known.honorific),
            number=number,
            form=kind_name(talk.house, seen.report.form),
            reason=_("{label}: {value}", label=field.short, value=reason) if field is not None else reason,
        ),
        _("Please type SUA {number}. It keeps the day on which it came first.", number=number),
    )
    label = _("Correct: {label}", label=field.short) if field is not None else _("Correct it")
    choice = Choice(label, f"/sua {seen.name}", f"SUA {seen.report.number}")
    message = Say(text, None, (choice,)).spoken(talk.house.voice(whom))
    key = sent_back(seen.report.unit, seen.report.number)
    at = talk.house.rules.quiet.over(talk.now)
    later = at if at > talk.now else None
    address = whom.addresses[0]
    talk.do(Speak(Outgoing(f"{key}/{seen.mark}", address, message, Priority.ALERT, not_before=later, drop_key=key)))


ASK_FIELD: Final = Command("tralai", _("Send a report back"), ask_field, roles=OFFICERS, takes_words=True, listed=False)
RETURNED: Final = Command("returned", _("Send a report back"), returned, typed=False, listed=False)
