"""Who is reminded of a period, and in which words. Pure: what is known of some people in, effects out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Final

from bot.effects import DropUnsent, Effect, OfferAsk, Speak, Unsaid
from bot.i18n import Plain, Text, Voice, _, _n, lines, listed
from bot.messages import Button, Choice, Message, Outgoing, Priority, Say, Template
from bot.ports import Holder
from bot.records import REPORTERS, Ask, Person, Role, Unit
from bot.reporting.calendar import Calendar
from bot.reporting.completeness import is_exempt
from bot.reporting.cycles.checks import BASIS
from bot.reporting.kinds import REPORTING_KINDS
from bot.reporting.occasions import Dropped, Kind, Rules, planned
from bot.reporting.periods import PERIODIC, Period, asking, local_day

TOPIC: Final = "remind"  # what people mute
SCREEN: Final = timedelta(hours=12)
TOMORROW: Final = 1
SEVERAL_DAYS: Final = 5  # before that the period is only said to be open
REPORTER_ROLES: Final = (Role.CHAIR, Role.DEPUTY)  # in the order in which they are reminded


@dataclass(frozen=True, slots=True)
class Reminding:
    """One reminder to whoever has not reported. `by` is the officer who asks for it, if it is not the clock."""

    key: str  # "remind/2026-11/T-3"; with a person behind it, it is the key of one message
    period: Period
    calendar: Calendar
    now: datetime
    at: datetime  # when it may be sent, and from when on it is too late
    until: datetime
    by: str = ""
    to: str = ""  # the person who asked to be reminded again
    again: bool = False  # the second pass: what was dropped with one unit is said for the others

    @property
    def promises(self) -> bool:
        """Tell whether it says how much of the report is filled in already: some days before, if it opens that one."""
        left = (local_day(self.period.due_at) - local_day(self.at)).days
        return TOMORROW < left < SEVERAL_DAYS and opens_periodic(self.period)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the people of one chunk and of their units."""

    people: Sequence[Person]
    holders: Sequence[Holder] = ()
    received: Collection[int] = ()
    exempted: Collection[int] = ()
    muted: Collection[str] = ()
    told: Collection[str] = ()  # were reminded today already
    busy: Collection[str] = ()  # have a question open
    ready: Mapping[int, int] = field(default_factory=dict)  # for each unit, the numbers that its report begins with


def units_of(people: Sequence[Person]) -> list[int]:
    """List the units that people report for."""
    return sorted({unit.id for person in people for unit in person.units(REPORTERS)})


def remind(task: Reminding, known: Known, voice_of: Callable[[Person], Voice]) -> list[Effect]:
    """Remind those of the people who owe a report; note whom a rule spares.

    An earlier reminder that waits still is of no use beside this one, so it is dropped first.
    """
    whom = addressees(known.holders)
    written = Written(task)
    effects: list[Effect] = []
    drops: list[Effect] = []
    for person in known.people:
        owed = [
            unit
            for unit in person.units(REPORTERS)
            if person.id == (task.to or whom.get(unit.id))
            and unit.id not in known.received
            and unit.id not in known.exempted
            and is_asked(task.calendar, task.period, unit)
        ]
        spared = _spared(task, person, known) if owed else None
        if spared is not None:
            effects.append(Unsaid(task.key, person.id, spared, task.now))
        elif owed:
            drops += [] if task.again else [DropUnsent(asking(task.period.code, unit.id)) for unit in owed]
            ready = sum(known.ready.get(unit.id, 0) for unit in owed)
            message = written.to(owed, voice_of(person), ready, free=person.id not in known.busy)
            effects += _to(task, person, owed, message, free=person.id not in known.busy)
    return [*drops, *effects]


def _spared(task: Reminding, person: Person, known: Known) -> Dropped | None:
    if person.id in known.told:
        return Dropped.NUDGED
    return Dropped.MUTED if person.id in known.muted and not task.by and not task.to else None


def is_asked(calendar: Calendar, period: Period, unit: Unit) -> bool:
    """Tell whether a unit is asked for a period, with this deadline."""
    own = calendar.for_unit(unit).obligation(period.code)
    if own is None or own.due_at != period.due_at:
        return False
    return unit.kind in (own.kinds or REPORTING_KINDS) and not is_exempt(unit, own)


def addressees(holders: Sequence[Holder]) -> dict[int, str]:
    """Name whom to remind for each unit: the chair, or the deputy if the chair cannot be reached.

    Where both must write first it stays with the chair: that the message fails is seen by the officers.
    """
    found: dict[int, str] = {}
    for one in sorted(holders, key=lambda one: (one.silent, REPORTER_ROLES.index(one.role))):
        if one.reachable:
            found.setdefault(one.unit, one.person)
    return found


def nudge_key(period: str, at: datetime) -> str:
    """Name what officers have sent on a day to be reminded of, so that nobody is nudged twice a day."""
    return f"nudge/{period}/{local_day(at)}"


def said_today(rules: Rules, period: str, at: datetime, *, by_clock: bool) -> list[str]:
    """Name what may have reminded people of a period on the day: officers, and (where asked for) the clock itself."""
    keys = [nudge_key(period, at)]
    if by_clock:
        morning = datetime.combine(local_day(at), time.min, rules.calendar.zone)
        keys += [one.key for one in planned(rules, morning, at) if one.kind is Kind.REMIND and one.subject == period]
    return keys


class Written:
    """The words of one reminder: most people are called like somebody else, and read the same but for the unit."""

    def __init__(self, task: Reminding) -> None:
        """Begin with nothing written."""
        self.task = task
        self._messages: dict[tuple[str, str, int, bool], Message] = {}
        self._standing: dict[str, tuple[tuple[str, str], ...]] = {}

    def to(self, owed: Sequence[Unit], voice: Voice, ready: int, *, free: bool) -> Message:
        """Write to somebody who owes reports of these units, in which so many numbers stand already."""
        approved = self.standing_in(owed, voice)
        if len(owed) > 1:
            return replace(worded(self.task, owed, ready, free=free).spoken(voice), template=approved)
        key = (voice.catalogue.language, voice.you, ready, free)
        if key not in self._messages:
            self._messages[key] = worded(self.task, owed, ready, free=free).spoken(voice)
        message = self._messages[key]
        nil = f"/khongphatsinh {owed[0].code} {self.task.period.code} yes"
        told = (Button(b.label, nil, b.key) if b.data.startswith("/khongphatsinh ") else b for b in message.buttons)
        return Message(message.text, message.title, tuple(told), template=approved)

    def standing_in(self, owed: Sequence[Unit], voice: Voice) -> Template:
        """Give what an approved message may say in place of it: for which units, of what, until when."""
        language = voice.catalogue.language
        if language not in self._standing:
            at = self.task.period.due_at
            due = _("{time} on {day}", time=at.time(), day=local_day(at))
            self._standing[language] = (("period", voice.speak(self.task.period.title)), ("due", voice.speak(due)))
        return Template("reminder", (("unit", ", ".join(unit.name for unit in owed)), *self._standing[language]))


def _to(task: Reminding, person: Person, owed: Sequence[Unit], message: Message, *, free: bool) -> Iterator[Effect]:
    reasons = tuple(asking(task.period.code, unit.id) for unit in owed)
    yield Speak(
        Outgoing(
            f"{task.key}/{person.id}",
            person.addresses[0],
            message,
            Priority.REMINDER,
            task.at,
            drop_key=reasons[0] if len(reasons) == 1 else "",
            not_after=task.until,
            reasons=reasons if len(reasons) > 1 else (),
        )
    )
    if free:
        typed = {button.key: button.data for button in message.buttons if button.key}
        yield OfferAsk(Ask(person.id, "reminder", typed, until=task.at + SCREEN), task.now)


def worded(task: Reminding, owed: Sequence[Unit], ready: int = 0, *, free: bool) -> Say:
    """Put a reminder into words; digits mean something only to whom no other question is open with."""
    period = task.period
    nil = period.nil
    which = owed[0].code if len(owed) == 1 else ""
    choices = [Choice(_("Report now"), f"/baocao{_form(period)}", "1" if free else "")]
    if nil:
        data = f"/khongphatsinh {which} {period.code} yes" if which else f"/khongphatsinh {period.code}"
        choices.append(Choice(_("Nothing to report"), data, "0" if free else ""))
    choices.append(Choice(_("Remind me this afternoon"), f"/nhaclai {period.code} chieu", "2" if free else ""))
    choices.append(Choice(_("Remind me tomorrow"), f"/nhaclai {period.code} mai", "3" if free else ""))
    names = _("Units: {units}", units=listed(*(Plain(unit.name) for unit in owed))) if len(owed) > 1 else None
    asks = _("{officer} asks {you} for this.", officer=task.by) if task.by else None
    return Say(lines(asks, _news(task), _ready(ready), names, _how(free=free, nil=nil)), choices=tuple(choices))


def _ready(count: int) -> Text | None:
    """Tell how much is filled in already; nothing where nothing is."""
    if not count:
        return None
    return _n(
        "{count} number is filled in from earlier reports: just look, complete it and send.",
        "{count} numbers are filled in from earlier reports: just look, complete it and send.",
        count,
    )


def opens_periodic(period: Period) -> bool:
    """Tell whether a reminder opens the periodic report: a month is closed by the reports of what happened in it."""
    return PERIODIC in period.forms or (not period.forms and period.cycle != BASIS)


def _form(period: Period) -> str:
    if opens_periodic(period):
        return f" {PERIODIC} {period.code}"
    return f" {period.forms[0]}" if len(period.forms) == 1 else ""


def _news(task: Reminding) -> Text:
    """Say how the period stands on the day on which this is read."""
    period = task.period
    left = (local_day(period.due_at) - local_day(task.at)).days
    if task.at > period.due_at or left < 0:
        return _("The report of {period} is not here yet. Please send it today, {you}.", period=period.title)
    if left == 0:
        return _(
            "Today at {time} the time for the report of {period} ends.", time=period.due_at.time(), period=period.title
        )
    if left == 1:
        return _("Tomorrow the time for the report of {period} ends.", period=period.title)
    if left < SEVERAL_DAYS:
        return _n(
            "{count} day is left for the report of {period}.",
            "{count} days are left for the report of {period}.",
            left,
            period=period.title,
        )
    return _("The report of {period} can be sent now, until {deadline}.", period=period.title, deadline=period.deadline)


def _how(*, free: bool, nil: bool) -> Text:
    if free:
        return (
            _("Type 1 to do it now (about 2 minutes), 0 if there is nothing to report.")
            if nil
            else _("Type 1 to do it now (about 2 minutes).")
        )
    return (
        _("To do it type /baocao; if there is nothing to report, /khongphatsinh.")
        if nil
        else _("To do it type /baocao.")
    )
