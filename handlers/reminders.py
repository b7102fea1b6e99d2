"""/nhaclai: remind me again later; /nhacnho: what the clock may send me; /nhac: an officer reminds units."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from bot.effects import Mute, StartJob, Unmute
from bot.i18n import ZONE, Plain, Text, _, _n, lines, listed
from bot.messages import Choice
from bot.ports import Reads
from bot.records import OFFICERS, REPORTERS, Unit
from bot.reporting.periods import Period
from bot.reporting.reminders import REPORTER_ROLES, TOPIC, addressees, is_asked, nudge_key, said_today
from bot.talk import Command, Talk
from handlers.names import person_name

AFTERNOON: Final = time(14)
MORNING: Final = time(8)
NOON_OVER: Final = time(13)
LATEST: Final = time(16)  # "this afternoon" is still to come
AN_HOUR: Final = timedelta(hours=1)
A_WHILE: Final = timedelta(hours=3)
SHOWN: Final = 6
TOPICS: Final = {
    TOPIC: (REPORTERS, _("Reminders to report")),
    "drafts": (REPORTERS, _("Reminders of reports half done")),
    "day": (REPORTERS | OFFICERS, _("Notices of days and campaigns")),
    "daily": (OFFICERS, _("The digest of every morning")),
    "weekly": (OFFICERS, _("The digest of every Monday")),
    "closing": (OFFICERS, _("How a period ended")),
}


# --- remind me again --------------------------------------------------------------------------------------------------


async def later(talk: Talk, words: str) -> None:
    """Remind somebody again: "PERIOD chieu" this afternoon, "PERIOD mai" tomorrow morning."""
    code, _space, when = words.partition(" ")
    period = _named(talk, code)
    if period is None:
        talk.say(_("That button is no longer in use."))
        return
    moment = talk.house.rules.quiet.over(_moment(talk.now, when))
    if talk.now < period.due_at - AN_HOUR < moment and when == "chieu":  # while there is still time to do it
        moment = period.due_at - AN_HOUR
    units = [unit.id for unit in talk.known.units(REPORTERS)]
    key = f"snooze/{period.code}/{moment.astimezone(ZONE):%Y-%m-%dT%H:%M}"
    args = {
        "key": key,
        "subject": period.code,
        "step": "",
        "due_at": period.due_at.isoformat(),
        "units": units,
        "until": (moment + timedelta(days=1)).isoformat(),
        "to": talk.known.id,
    }
    talk.do(StartJob(f"{key}/{talk.known.id}", "remind", args, moment))
    talk.quiet()
    talk.say(_("I will remind {you} again at {moment}.", moment=moment))


def _moment(now: datetime, when: str) -> datetime:
    """Give this afternoon (in three hours, if it has begun), or tomorrow morning, also when the day is nearly over."""
    local = now.astimezone(ZONE)
    if when == "chieu" and local.time() < LATEST:
        afternoon = datetime.combine(local.date(), AFTERNOON, ZONE)
        return afternoon if local.time() < NOON_OVER else local + A_WHILE
    return datetime.combine(local.date() + timedelta(days=1), MORNING, ZONE)


def _named(talk: Talk, code: str) -> Period | None:
    units = talk.known.units(REPORTERS)
    return next((p for unit in units if (p := talk.house.calendar.for_unit(unit).obligation(code)) is not None), None)


# --- what one wants ---------------------------------------------------------------------------------------------------


async def wishes(talk: Talk, words: str) -> None:
    """Show what the clock sends to this person, each to be switched; "TOPIC off" and "TOPIC on" do it."""
    topic, _space, switch = words.partition(" ")
    off = talk.house.rules.off  # for everybody
    mine = {name: label for name, (roles, label) in TOPICS.items() if talk.known.holds(roles) and name not in off}
    reads = await talk.read()
    muted = {name for name in mine if await reads.muted([talk.known.id], name)}
    if topic in mine and switch in {"on", "off"}:
        me = talk.known.id
        talk.do(Mute(me, topic, talk.now) if switch == "off" else Unmute(me, topic))
        talk.audit(switch, topic)
        muted = muted | {topic} if switch == "off" else muted - {topic}
    choices = [
        Choice(
            _("{topic}: off", topic=label) if name in muted else _("{topic}: on", topic=label),
            f"/nhacnho {name} {'on' if name in muted else 'off'}",
            str(n),
        )
        for n, (name, label) in enumerate(mine.items(), 1)
    ]
    if not choices:
        talk.say(_("Nothing is sent to {you} by the clock."))
        return
    talk.offer("wishes", _("What I send by myself. Type a number to switch it on or off."), *choices)


# --- an officer reminds -----------------------------------------------------------------------------------------------


async def nudge(talk: Talk, words: str) -> None:
    """Remind the units that have not reported: "[PERIOD] [UNIT CODE]", a unit and those under it, or the whole area."""
    reads = await talk.read()
    period, rest = _period(talk, words)
    chosen = await _chosen(talk, reads, rest)
    if not chosen:
        talk.say(_("No unit of your area has “{words}” in its name.", words=rest))
        return
    owing = await _owing(talk, reads, chosen, period)
    if not owing:
        talk.say(_("Every unit has reported for {period}.", period=period.title))
        return
    await _nudge(talk, reads, owing, period)


async def _chosen(talk: Talk, reads: Reads, code: str) -> list[Unit]:
    """Give the units of the officer's area, or of the part of it that is under one unit."""
    under = [unit.id for unit in talk.known.units(OFFICERS)]
    if code:
        unit = await reads.unit_by_code(code.upper())
        under = [one.id for one in await reads.within(under, [unit.id])] if unit is not None else []
    return await reads.subtree(under, talk.today) if under else []


def _period(talk: Talk, words: str) -> tuple[Period, str]:
    """Read the period in front of a unit's code; without one it is what units are asked for now."""
    calendar = talk.house.calendar
    first, _space, rest = words.strip().partition(" ")
    code = calendar.read(first, talk.now) if first else None
    found = calendar.obligation(code) if code is not None else None
    if found is None and code is not None:
        found = calendar.obligation(calendar.at(code).absorbed_by)
    return (found, rest.strip()) if found is not None else (calendar.due(talk.now), words.strip())


async def _owing(talk: Talk, reads: Reads, units: list[Unit], period: Period) -> list[Unit]:
    ids = [unit.id for unit in units]
    received = {one.unit for one in await reads.receipts(ids, period)}
    exempted = await reads.exempted(ids, period.codes)
    return [
        unit
        for unit in units
        if unit.id not in received and unit.id not in exempted and is_asked(talk.house.calendar, period, unit)
    ]


async def _nudge(talk: Talk, reads: Reads, owing: list[Unit], period: Period) -> None:
    """Start the job, and say how many it will reach: who was reminded today is left in peace."""
    whom = addressees(await reads.holders([unit.id for unit in owing], REPORTER_ROLES))
    at = talk.house.rules.quiet.over(talk.now)
    keys = said_today(talk.house.rules, period.code, at, by_clock=True)
    said = await reads.said([f"{key}/{person}" for key in keys for person in set(whom.values())])
    told = {key.rsplit("/", 1)[1] for key in said}
    reached = [unit for unit in owing if unit.id in whom and whom[unit.id] not in told]
    if reached:
        talk.do(_job(talk, reached, period, at))
        talk.audit("nudge", " ".join(unit.code for unit in reached)[:200], period.code)
    night = (
        _("It goes out at {moment}: nobody is written to at night.", moment=at) if reached and at > talk.now else None
    )
    unreached = [unit for unit in owing if unit.id not in whom]
    talk.say(lines(*_outcome(period, reached, len(owing) - len(reached) - len(unreached)), night, _nobody(unreached)))


def _job(talk: Talk, reached: list[Unit], period: Period, at: datetime) -> StartJob:
    key = nudge_key(period.code, at)
    by = talk.voice.speak(person_name(talk.known.name, talk.known.honorific))
    args = {
        "key": key,
        "subject": period.code,
        "step": "",
        "due_at": period.due_at.isoformat(),
        "by": by,
        "until": talk.house.rules.quiet.next(at).isoformat(),
        "units": [unit.id for unit in reached],
    }
    return StartJob(f"{key}/{talk.house.new_id()}", "nudge", args)


def _outcome(period: Period, reached: list[Unit], told: int) -> list[Text]:
    found: list[Text] = []
    if reached:
        found.append(
            _n(
                "{count} unit is being reminded of {period}.",
                "{count} units are being reminded of {period}.",
                len(reached),
                period=period.title,
            )
        )
    if told:
        found.append(
            _n(
                "{count} unit has been reminded today already.",
                "{count} units have been reminded today already.",
                told,
            )
        )
    return found


def _nobody(units: list[Unit]) -> Text | None:
    if not units:
        return None
    names = listed(*(Plain(unit.name) for unit in units[:SHOWN]))
    return _n(
        "{count} unit has nobody I could write to: {units}",
        "{count} units have nobody I could write to: {units}",
        len(units),
        units=names,
    )


LATER: Final = Command("nhaclai", _("Remind me again later"), later, roles=REPORTERS, takes_words=True, listed=False)
WISHES: Final = Command(
    "nhacnho",
    _("Switch reminders and digests on or off"),
    wishes,
    words=("nhac nho", "tat nhac", "bat nhac"),
    roles=REPORTERS | OFFICERS,
    takes_words=True,
)
NUDGE: Final = Command(
    "nhac", _("Remind units that have not reported"), nudge, words=("nhac don vi",), roles=OFFICERS, takes_words=True
)
