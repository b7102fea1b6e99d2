"""What is said about the days of the union year: to units before a day, to officers after it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.forms.fields import Figure, Sensitivity
from bot.forms.form import Form
from bot.i18n import DayMonth, Text, Weekday, _, _n, lines
from bot.messages import Choice, Say
from bot.ports import Sum, Tied
from bot.reporting.anniversaries.anniversary import Anniversary, Occurrence, Rank
from bot.reporting.anniversaries.year import Notice, Result
from bot.reporting.calendar import Calendar

FIELD: Final = "campaign_code"  # by which reports are tied to a day
PROPAGANDA: Final = "propaganda"
COMMAND: Final = "dot"
SHOWN: Final = 6  # sums in a result: a phone shows no more at once
LONGEST: Final = 300  # characters of the activities, so that a notice stays short
TOLD: Final = 3  # days named in one notice


def marking(code: str, unit: int) -> str:
    """Name what is said to a unit about a day alone: unsent, it is dropped when the unit has reported for it."""
    return f"marking/{code}/unit-{unit}"


def answering_form(one: Anniversary, forms: Collection[str]) -> str:
    """Name the report kind that answers a day: its own, or propaganda where there is no such kind (yet)."""
    return one.form if one.form in forms else PROPAGANDA


def word_for(one: Occurrence) -> str:
    """Give what may be typed to report for a day: "DOT 28/7". Digits may belong to an open question."""
    return f"{COMMAND.upper()} {one.since.day}/{one.since.month}"


def report_by(one: Occurrence, calendar: Calendar) -> date:
    """Give until when a day is reported: the deadline of its campaign, where the calendar has one of that code."""
    for period in calendar.near(one.until):
        if period.cycle == one.code and period.since <= one.until <= period.until:
            return period.due_at.date()
    return one.report_by


def named(one: Occurrence) -> Text:
    """Say what is marked: "kỷ niệm 98 năm Ngày thành lập Công đoàn Việt Nam (28/07/1929 – 28/07/2027)"."""
    name, began = one.anniversary.name, one.began
    if one.until != one.since:
        return _("{name}, from {since} to {until}", name=name, since=one.since, until=one.until)
    if one.years is None or began is None:
        return _("{name}, {day} ({weekday})", name=name, day=one.since, weekday=Weekday(one.since))
    return _("{years} years of {name} ({began} – {now})", years=one.years, name=name, began=began, now=one.since)


def announcement(notice: Notice, calendar: Calendar) -> Say:
    """Announce a day to a unit: what it is, what may be done, how and until when to report it."""
    one = notice.of
    if not one.asks:
        return Say(lines(_head(notice), suggested(one)))
    word = word_for(one)
    report = _(
        "When it is done, type {word} to report it (about a minute), until {day} please.",
        word=word,
        day=report_by(one, calendar),
    )
    return Say(lines(_head(notice), suggested(one) if notice.first else None, report), None, (reporting(one),))


def announcements(notices: Sequence[Notice], calendar: Calendar) -> Say:
    """Announce the days of one morning to a unit in one message, the more important first."""
    if len(notices) == 1:
        return announcement(notices[0], calendar)
    shown, asking = notices[:TOLD], [notice.of for notice in notices[:TOLD] if notice.of.asks]
    more = len(notices) - len(shown)
    rest = _n("{count} day more: type LICH.", "{count} days more: type LICH.", more) if more else None
    word = word_for(asking[0]) if asking else ""
    report = _("When something is done, type for example {word} to report it.", word=word) if asking else None
    choices = tuple(replace(reporting(one), label=_for(one)) for one in asking)
    return Say(lines(*map(_head, shown), rest, report), None, choices)


def _for(one: Occurrence) -> Text:
    return _("Report for {day}", day=DayMonth(one.since))


def _head(notice: Notice) -> Text:
    """Say in one line which day it is, and how near."""
    if not notice.of.asks:
        return _("Short news: {day}.", day=named(notice.of))
    return _("Coming up: {day}.", day=named(notice.of)) if notice.first else _soon(notice)


def reporting(one: Occurrence) -> Choice:
    """Give the button that opens the report for a day."""
    return Choice(_("Report for this day"), f"/{COMMAND} {one.code}", word_for(one))


def _soon(notice: Notice) -> Text:
    if not notice.lead:
        return _("Today: {day}.", day=named(notice.of))
    return _n("{count} day to go: {day}.", "{count} days to go: {day}.", notice.lead, day=named(notice.of))


def suggested(one: Occurrence) -> Text | None:
    """Say what may be done for a day."""
    words = one.anniversary.activities
    if not words:
        return None
    return _("What may be done: {activities}.", activities=words if len(words) <= LONGEST else f"{words[:LONGEST]}…")


def outcome(result: Result, tied: Tied, units: int, forms: Mapping[str, Form]) -> Say | None:
    """Tell an officer what came of a day: how many of so many units reported something, and the sums.

    None where a day of rank B was reported by nobody: its report is optional, and that is no news.
    """
    if not tied.units and result.of.rank is not Rank.A:
        return None
    head = _("{reported} of {units} units reported something.", reported=tied.units, units=units)
    parts = [text for row in tied.sums for text in _sum(row, forms)]
    return Say(lines(head, *parts[:SHOWN]), _("What came of it: {name}", name=result.of.anniversary.name))


def _sum(row: Sum, forms: Mapping[str, Form]) -> Iterator[Text]:
    form = forms.get(row.form)
    field = form.by_code.get(row.field) if form is not None else None
    if field is not None and field.figure is Figure.TOTAL and field.sensitive is Sensitivity.PLAIN and row.value:
        yield _("{label}: {number}", label=field.short, number=row.value)


def short(one: Occurrence) -> Text:
    """Give one line of a list: "28/07 Ngày thành lập Công đoàn Việt Nam (98 năm)"."""
    day, name = DayMonth(one.since), one.anniversary.name
    if one.years is None:
        return _("{day} {name}", day=day, name=name)
    return _("{day} {name} ({years} years)", day=day, name=name, years=one.years)
