"""Nothing to report: one tap for a unit and a period."""

from __future__ import annotations

from bot.effects import Audit, DropUnsent, FileReport
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Code, Plain, _, lines
from bot.messages import Choice, Say
from bot.ports import Reads
from bot.records import REPORTERS, Answers, Submission, Unit
from bot.reporting.periods import NIL, Period, asking
from bot.talk import Command, Talk


def _file(filing: Filing) -> Filed:
    raise LookupError(f"{filing.form.name} is filed by its command")


# The kind as digests and lists know it; it has no questions, so its command files it.
NIL_FORM = Form(
    NIL,
    _("Nothing to report"),
    file=_file,
    report=True,
    recap=False,
    menu=_("Nothing to report"),
    opens="khongphatsinh",
    triggers="khong phat sinh, ko phat sinh, khong co gi phat sinh",
)


async def run(talk: Talk, words: str) -> None:
    """Offer, or file, a nil: "/khongphatsinh [unit code] [period] [yes]"."""
    args = words.split()
    units = talk.known.units(REPORTERS)
    codes = {unit.code.lower(): unit for unit in units}
    chosen = next((codes[arg] for arg in map(str.lower, args) if arg in codes), None)
    if chosen is None and len(units) > 1:
        choices = [
            Choice(Plain(unit.name), " ".join(("/khongphatsinh", unit.code, *args)), str(n))
            for n, unit in enumerate(units[:9], 1)
        ]
        talk.offer("nil", _("For which unit is there nothing to report?"), *choices)
        return
    unit = chosen or (units[0] if units else None)
    if unit is None:
        talk.say(_("Only the chair or deputy of a unit can report. Type HELP to reach an officer."))
        return
    period = _period(talk, unit, args)
    reads = await talk.read()
    receipts = await reads.receipts([unit.id], period)
    if receipts:
        talk.quiet()
        said = _("{unit} has already reported for {period}.", unit=unit.name, period=period.title)
        talk.say(
            said if not receipts[0].nil else _("“Nothing to report” for {period} is already in.", period=period.title)
        )
    elif "yes" in args:
        await file_nil(talk, reads, (unit, period))
    else:
        _ask(talk, unit, period)


def _period(talk: Talk, unit: Unit, args: list[str]) -> Period:
    """Give the period named, if a nil may be filed for it now: one that is asked for, or the open month."""
    calendar = talk.house.calendar.for_unit(unit)
    due = calendar.due(talk.now)
    possible = (due, calendar.open(talk.now), *calendar.asked(talk.now))
    return next((one for one in possible if one.code in args and one.nil), due)


def _ask(talk: Talk, unit: Unit, period: Period) -> None:
    talk.offer(
        "nil",
        _("For {period}, {unit} has nothing to report?", period=period.news, unit=unit.name),
        Choice(_("Right, send it"), f"/khongphatsinh {unit.code} {period.code} yes", "1"),
        Choice(_("There is something, let me enter it"), "/baocao", "2"),
    )


async def file_nil(talk: Talk, reads: Reads, about: tuple[Unit, Period], accepted: Answers | None = None) -> Submission:
    """File that a unit has nothing to report for a period, and say the receipt."""
    unit, period = about
    number = (await reads.last_numbers([unit.id])).get(unit.id, 0) + 1
    filed = Submission(
        id=talk.house.new_id(),
        unit=unit.id,
        form=NIL,
        number=number,
        version=1,
        person=talk.known.id,
        channel=talk.incoming.address.channel,
        day=min(period.until, talk.today),
        period=period.code,
        filed_at=talk.incoming.at,
        answers={},
        accepted=accepted or {},
        first_filed_at=talk.incoming.at,
    )
    drops = (DropUnsent(asking(code, unit.id)) for code in period.codes)
    talk.do(FileReport(filed), *drops, Audit(talk.now, talk.known.id, "file", filed.id, NIL))
    talk.quiet()
    text = lines(
        _("Received BC{number}: nothing to report for {period}.", number=Code(number), period=period.title),
        _("Thank you, {you}. A report filed later takes its place."),
    )
    talk.send(Say(text, Plain(unit.name)))
    return filed


COMMAND = Command(
    "khongphatsinh",
    _("Nothing to report this period"),
    run,
    words=("khong phat sinh", "nil", "ko phat sinh", "khong co gi", "ko co gi", "khong phat sinh gi"),
    roles=REPORTERS,
    takes_words=True,
)
