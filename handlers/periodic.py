"""The periodic report (month, quarter, 6 and 9 months, year, and the figures of half a year and a year).

Its indicators mirror the headings of the Confederation's statistics form 01-HĐCĐ. What event reports tell already is
offered to be confirmed, and where a figure differs from theirs the form asks which one is right.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from bot.forms.conditions import Scope, answer, derived
from bot.forms.fields import Field, Figure, Integer, Money, Sensitivity, TextField, Warn
from bot.forms.form import Filing
from bot.i18n import Text, _
from bot.reporting.periods import PERIODIC
from handlers.counted import (
    EVENTS,
    Count,
    accidents,
    asking_again,
    asking_counted,
    asking_known,
    counting,
    dialogues,
    differs,
    events,
    from_membership,
    from_reports,
    last_time,
    on_record,
    period_of,
    stated,
    stoppages,
    summed,
)
from handlers.filing import report_form
from handlers.for_period import FIELD, ForPeriod

PEOPLE: Final = _("people")
CASES: Final = _("cases")
LOWEST_WAGE: Final = 1_000_000
HIGHEST_WAGE: Final = 100_000_000


def _locked(scope: Scope) -> bool | None:
    period = period_of(scope)
    return scope.facts.now > period.locks_at if period is not None else None


def _ask_locked(value: Any, scope: Scope) -> Text:
    del value
    period = period_of(scope)
    return _("{period} is closed: it will count as late. Send it all the same?", period=period.title if period else "")


def _nothing_yet(scope: Scope) -> bool | None:
    found = events(scope, *EVENTS)
    return None if found is None else not found


def _ask_nothing(value: Any, scope: Scope) -> Text:
    del value
    period = period_of(scope)
    return _(
        "No activity of {period} has been reported yet. Was there one? Report it first: type MENU, this is kept.",
        period=period.title if period else "",
    )


def _total(code: str, label: Text, opening: str, **options: Any) -> Integer:
    """Declare a total that membership reports are the source of."""
    known = stated(code)
    return Integer(
        code,
        label,
        unit=PEOPLE,
        default=counting(on_record(code, opening), *options.pop("reads", ())),
        default_label=asking_known(label),
        default_typed=True,
        warnings=(differs(code, known, from_membership(known)),),
        figure=Figure.STATED,
        beside=counting(known),
        **options,
    )


def _of_workers(code: str, label: Text, *, sensitive: Sensitivity = Sensitivity.PLAIN, **options: Any) -> Integer:
    """Declare a number of some of the workers, remembered from the periodic report before."""
    return Integer(
        code,
        label,
        unit=PEOPLE,
        default=counting(last_time(code), "total_workers"),
        default_label=asking_again(label),
        default_typed=True,
        constraint=answer(code) <= answer("total_workers"),
        constraint_message=_("That is more than all workers. Please check."),
        figure=Figure.LAST,
        sensitive=sensitive,
        **options,
    )


def _event_count(code: str, label: Text, count: Count, **options: Any) -> Integer:
    """Declare a number that event reports are the source of; it is asked by itself where they tell any."""
    return Integer(
        code,
        label,
        required=False,
        asked=counting(count) > 0,
        default=counting(partial(_if_any, count)),
        default_label=asking_counted(label),
        default_typed=True,
        warnings=(differs(code, count, from_reports(count)),),
        figure=Figure.STATED,
        beside=counting(count),
        **options,
    )


def _trouble(code: str, label: Text, count: Count, **options: Any) -> Integer:
    """Declare a number of bad things, of which reports may have told some: fewer than those are asked about."""
    known = counting(count)
    fewer = Warn("counted", answer(code) < known, from_reports(count), instead=known, reason=True)
    return Integer(
        code,
        label,
        unit=CASES,
        maximum=1_000,
        default=counting(partial(_if_any, count)),
        default_label=asking_counted(label),
        default_typed=True,
        warnings=(fewer,),
        figure=Figure.PER_PERIOD,
        sensitive=Sensitivity.INTERNAL,
        **options,
    )


def _if_any(count: Count, scope: Scope) -> int | None:
    return count(scope) or None


def _words(code: str, label: Text, short: Text, longest: int, sensitive: Sensitivity = Sensitivity.PLAIN) -> Field:
    return TextField(code, label, short=short, longest=longest, required=False, sensitive=sensitive)


def _owed(filing: Filing) -> Text | None:
    """Wages that are owed cannot wait for the next report."""
    if not filing.values.get("wage_arrears"):
        return None
    return _("Wages are owed: please call the officer in charge too, type HELP for the number.")


PERIODIC_REPORT: Final = report_form(
    PERIODIC,
    _("Periodic report"),
    ForPeriod(
        FIELD,
        _("For which period is the report?"),
        short=_("Period"),
        warnings=(
            Warn("locked", derived(_locked, FIELD), _ask_locked, no=_("Another period")),
            Warn(
                "nothing",
                derived(_nothing_yet, FIELD),
                _ask_nothing,
                yes=_("There was none, go on"),
                no=_("Another period"),
            ),
        ),
    ),
    _total("total_workers", _("How many workers are there in all?"), "workers", short=_("Workers in all"), minimum=1),
    _of_workers("female_workers", _("How many of them are women?"), short=_("Women workers")),
    _of_workers(
        "ethnic_workers",
        _("How many of them are from ethnic minorities?"),
        short=_("Ethnic minorities"),
        required=False,
        sensitive=Sensitivity.INTERNAL,
    ),
    _total(
        "total_members",
        _("How many members are there in all?"),
        "members",
        short=_("Members in all"),
        constraint=answer("total_members") <= answer("total_workers"),
        constraint_message=_("That is more members than workers. Please check."),
        reads=("total_workers",),
    ),
    _of_workers(
        "underemployed",
        _("How many workers lack work? Type 0 if none."),
        short=_("Lacking work"),
        required=False,
    ),
    Money(
        "avg_wage",
        _("About how much is the average wage a month? For example 6tr9."),
        short=_("Average wage"),
        required=False,
        minimum=LOWEST_WAGE,
        maximum=HIGHEST_WAGE,
        figure=Figure.AVERAGE,
        beside=answer("total_workers"),
        sensitive=Sensitivity.INTERNAL,
    ),
    Money(
        "wage_arrears",
        _("How much in wages is still owed? Type 0 if none."),
        short=_("Wages owed"),
        required=False,
        figure=Figure.PER_PERIOD,
        sensitive=Sensitivity.INTERNAL,
    ),
    _of_workers(
        "contracts_signed", _("How many workers have a labour contract?"), short=_("With a contract"), required=False
    ),
    _of_workers("insured", _("How many workers have social insurance?"), short=_("Insured"), required=False),
    _of_workers("self_rented", _("How many workers have to rent their home?"), short=_("Renting"), required=False),
    _trouble(
        "disputes",
        _("How many disputes or stoppages of work were there? Type 0 if none."),
        stoppages,
        short=_("Disputes"),
    ),
    _trouble(
        "accidents",
        _("How many accidents at work were there? Type 0 if none."),
        accidents,
        short=_("Accidents at work"),
    ),
    _event_count(
        "dialogue_count",
        _("How many dialogues were there?"),
        dialogues,
        short=_("Dialogues"),
        unit=_("dialogues"),
        maximum=500,
    ),
    _event_count(
        "propaganda_sessions",
        _("How many propaganda meetings were there?"),
        summed("propaganda", "sessions"),
        short=_("Propaganda meetings"),
        unit=_("meetings"),
        maximum=5_000,
    ),
    _event_count(
        "propaganda_attendees",
        _("How many attendances were there?"),
        summed("propaganda", "attendees"),
        short=_("Attendances at propaganda"),
        unit=_("attendances"),
    ),
    _words("highlights", _("What stood out in this period? One to three points."), _("Highlights"), 700),
    _words("difficulties", _("Were there any difficulties?"), _("Difficulties"), 500, Sensitivity.INTERNAL),
    _words("proposals", _("What do you propose to the level above?"), _("Proposals"), 500, Sensitivity.INTERNAL),
    _words("next_plan", _("What will the unit concentrate on next?"), _("Next period"), 500),
    period=FIELD,
    receives="office",
    needs=EVENTS,
    similar=(FIELD,),
    remark=_owed,
    menu=_("Periodic report"),
    triggers="bao cao dinh ky, bao cao thang, bao cao quy, bao cao nam, bao cao 6 thang, bao cao 9 thang, "
    "bao cao so lieu, dinh ky, dk",
)
