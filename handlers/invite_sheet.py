"""/moi to: codes for all units of one's area as QR codes to print, one for each; a job makes the sheet."""

from __future__ import annotations

from typing import Final

from bot.documents.inviting import ALL, JOB, LACKING, MOST, inviting_units
from bot.effects import StartJob
from bot.i18n import Text, _, _n, lines
from bot.messages import Choice
from bot.records import INVITERS
from bot.talk import Talk
from handlers.large import put_off

SHEET: Final = "to"  # tờ mã: "/moi to"
ONE: Final = "mot"  # "/moi mot": the form for one person


def offer(talk: Talk) -> None:
    """Ask whether one person is invited, or all units at once on paper."""
    one = Choice(_("One person: a code to send"), f"/moi {ONE}", "1")
    sheet = Choice(_("All units: QR codes to print (Word)"), f"/moi {SHEET}", "2")
    talk.offer("invite", _("Who shall be invited?"), one, sheet)


async def sheet(talk: Talk, which: str) -> None:
    """Say for how many units it would be, joined or not; confirmed ("lacking", "all"), have it made."""
    if await put_off(talk, [unit.id for unit in talk.known.units(INVITERS)], "moi", f"{SHEET} {which}".strip()):
        return
    units, there = await inviting_units(await talk.read(), talk.known, talk.now)
    counts = {LACKING: len(units) - len(there), ALL: len(units)}
    if not units or counts.get(which) == 0:
        talk.say(_("There is no unit for which a code is needed."))
    elif counts.get(which, 0) > MOST:
        talk.say(_("A sheet has at most {most} units. Please ask whoever runs the program.", most=MOST))
    elif which in counts:
        _make(talk, which)
    else:
        _ask(talk, counts)


def _ask(talk: Talk, counts: dict[str, int]) -> None:
    lacking, every = counts[LACKING], counts[ALL]
    told: list[Text] = [
        _("{joined} of {count} units have a chair here.", joined=every - lacking, count=every),
        _("Each unit gets a new code; an unused one made before stops working."),
    ]
    choices = [
        Choice(_n("Codes for all {count} unit", "Codes for all {count} units", every), f"/moi {SHEET} {ALL}", "2")
    ]
    if lacking:
        label = _n("Only for {count} unit that has none", "Only for {count} units that have none", lacking)
        choices.insert(0, Choice(label, f"/moi {SHEET} {LACKING}", "1"))
    talk.offer("invite", lines(*told), *choices, Choice(_("No"), "/menu", "3"))


def _make(talk: Talk, which: str) -> None:
    address, job = talk.incoming.address, talk.house.new_id()
    talk.do(StartJob(job, JOB, {"job": job, "which": which, "channel": address.channel, "chat": address.chat}))
    talk.audit("invitation sheet", which)
    talk.quiet()
    talk.say(_("The sheet is being made and comes here when it is ready."))
