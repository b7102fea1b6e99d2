"""Dialogue at the workplace: the employer and the workers talk."""

from __future__ import annotations

from typing import Any, Final

from bot.forms.conditions import Scope, answer, derived
from bot.forms.dates import When
from bot.forms.fields import (
    Calculated,
    Date,
    Figure,
    Files,
    Integer,
    Option,
    Photo,
    SelectMultiple,
    SelectOne,
    Sensitivity,
    TextField,
    Warn,
)
from bot.i18n import Text, _
from handlers.checks import other_period, unusual, workers
from handlers.filing import report_form
from handlers.lists import TOPICS_AT_WORK
from handlers.questions import OPINIONS

PEOPLE: Final = _("people")

DIALOGUE_TYPES: Final = (
    Option("dinh_ky", _("Periodic (at least once a year)")),
    Option("theo_yeu_cau", _("On request of one or both sides")),
    Option("vu_viec", _("About a case")),
)
REQUESTED_BY: Final = (
    Option("nld", _("The workers")),
    Option("nsdld", _("The employer")),
    Option("ca_hai", _("Both sides")),
)
CASE_GROUNDS: Final = (
    Option("tieu_chi_hoan_thanh", _("Criteria of job performance (Art. 36)")),
    Option("cho_thoi_viec_nhieu_nld", _("Dismissal of many workers (Art. 42)")),
    Option("phuong_an_su_dung_ld", _("Labour use plan (Art. 44)")),
    Option("thang_luong", _("Wage scales and norms (Art. 93)")),
    Option("quy_che_thuong", _("Bonus rules (Art. 104)")),
    Option("noi_quy_ld", _("Work rules (Art. 118)")),
    Option("tam_dinh_chi", _("Suspension from work (Art. 128)")),
)
# Worker delegates by size of workforce: below so many workers, from..to delegates.
# Source: Decree 145/2020/NĐ-CP, article 38; from 1,000 workers on there is no upper bound.
DELEGATES: Final = ((50, 3, 0), (150, 4, 8), (300, 9, 13), (500, 14, 18), (1_000, 19, 23))
MANY_WORKERS: Final = (24, 0)


def delegates(size: int) -> tuple[int, int]:
    """Give how many delegates the workers' side should have (0: no upper bound) for so many workers."""
    return next(((least, most) for below, least, most in DELEGATES if size < below), MANY_WORKERS)


def _off_rule(scope: Scope) -> bool | None:
    size, side = workers(scope), scope.answers.get("worker_side")
    if size is None or side is None:
        return None
    least, most = delegates(size)
    return bool(side < least or (most and side > most))


def _ask_rule(value: Any, scope: Scope) -> Text:
    del value
    size = workers(scope) or 0
    least, most = delegates(size)
    if not most:
        return _(
            "By the rule, a unit of {size} workers should have at least {least} delegates of workers. Keep the number?",
            size=size,
            least=least,
        )
    return _(
        "By the rule, a unit of {size} workers should have {least} to {most} delegates of workers. Keep the number?",
        size=size,
        least=least,
        most=most,
    )


def _crowd(scope: Scope) -> bool | None:
    size, attendees = workers(scope), scope.answers.get("attendees")
    return None if size is None or attendees is None else bool(attendees > size + 50)


def _ask_crowd(value: Any, scope: Scope) -> Text:
    return _(
        "The unit has {size} workers, and {people} took part. Is that right?", size=workers(scope) or 0, people=value
    )


DIALOGUE: Final = report_form(
    "dialogue",
    _("Workplace dialogue"),
    SelectOne(
        "dialogue_type",
        _("Which kind of dialogue was it?"),
        short=_("Kind"),
        choices=DIALOGUE_TYPES,
        figure=Figure.COUNT_BY,
    ),
    SelectOne(
        "requested_by",
        _("Which side asked for it?"),
        short=_("Asked for by"),
        choices=REQUESTED_BY,
        relevant=answer("dialogue_type") == "theo_yeu_cau",
        figure=Figure.COUNT_BY,
    ),
    SelectMultiple(
        "case_ground",
        _("What was the dialogue about? Choose one or more numbers."),
        short=_("Case"),
        choices=CASE_GROUNDS,
        relevant=answer("dialogue_type") == "vu_viec",
        figure=Figure.COUNT_BY,
        sensitive=Sensitivity.INTERNAL,
    ),
    Date(
        "event_date",
        _("On which day was the dialogue?"),
        short=_("Day"),
        when=When.PAST,
        warnings=(other_period("event_date"),),
    ),
    Integer(
        "attendees",
        _("How many people took part?"),
        short=_("Taking part"),
        unit=PEOPLE,
        minimum=1,
        figure=Figure.TOTAL,
        warnings=(Warn("crowd", derived(_crowd, "attendees"), _ask_crowd), unusual("dialogue", "attendees")),
    ),
    Integer(
        "attendees_female",
        _("How many of them are women?"),
        short=_("Women"),
        unit=PEOPLE,
        required=False,
        constraint=answer("attendees_female") <= answer("attendees"),
        constraint_message=_("That is more women than people taking part. Please check."),
        figure=Figure.TOTAL,
    ),
    Integer(
        "worker_side",
        _("How many delegates did the workers have?"),
        short=_("Workers' side"),
        unit=PEOPLE,
        required=False,
        constraint=answer("worker_side") <= answer("attendees"),
        constraint_message=_("That is more than the people taking part. Please check."),
        warnings=(Warn("rule", derived(_off_rule, "worker_side"), _ask_rule),),
    ),
    Integer(
        "employer_side",
        _("How many people came for the employer?"),
        short=_("Employer's side"),
        unit=PEOPLE,
        required=False,
        constraint=derived(
            lambda scope: (scope.answers.get("worker_side") or 0) + (scope.answers.get("employer_side") or 0),
            "worker_side",
            "employer_side",
        )
        <= answer("attendees"),
        constraint_message=_("Both sides together are more than the people taking part. Please check."),
        warnings=(
            Warn(
                "rule",
                answer("employer_side") < 3,
                lambda _value, _scope: _("By the rule, the employer's side has at least 3 people. Keep the number?"),
            ),
        ),
    ),
    SelectMultiple(
        "topics",
        _("What was talked about? Choose one or more numbers."),
        short=_("Topics"),
        choices=TOPICS_AT_WORK,
        at_most=6,
        figure=Figure.COUNT_BY,
    ),
    Integer(
        "opinions",
        _("How many opinions were raised? Type 0 if none."),
        short=_("Opinions"),
        counted_in=OPINIONS,
        maximum=500,
        figure=Figure.TOTAL,
    ),
    Integer(
        "resolved",
        _("How many were settled or answered on the spot?"),
        short=_("Settled"),
        unit=OPINIONS,
        relevant=answer("opinions") > 0,
        constraint=answer("resolved") <= answer("opinions"),
        constraint_message=_("That is more than the opinions raised. Please check."),
        figure=Figure.TOTAL,
    ),
    Calculated(
        "remaining",
        _("Opinions still open"),
        short=_("Still open"),
        unit=OPINIONS,
        relevant=answer("opinions") > 0,
        default=answer("opinions") - answer("resolved"),
        figure=Figure.TOTAL,
    ),
    Integer(
        "forwarded",
        _("How many go to the level above?"),
        short=_("Sent above"),
        unit=OPINIONS,
        required=False,
        relevant=answer("remaining") > 0,
        constraint=answer("forwarded") <= answer("remaining"),
        constraint_message=_("That is more than the opinions still open. Please check."),
        figure=Figure.TOTAL,
    ),
    TextField(
        "key_results",
        _("What was the main result? One or two sentences."),
        short=_("Result"),
        required=False,
        longest=300,
        sensitive=Sensitivity.INTERNAL,
    ),
    Files(
        "minutes",
        _("Please send a photo or file of the minutes."),
        short=_("Minutes"),
        required=False,
        sensitive=Sensitivity.INTERNAL,
    ),
    Photo("photo", _("Please send photos of the dialogue, at most 3."), short=_("Photos"), required=False, at_most=3),
    event="event_date",
    receives="labour_relations",
    needs=("membership",),
    similar=("dialogue_type", "event_date"),
    menu=_("Dialogue"),
    headline=("opinions", "resolved"),
    triggers="doi thoai, dt dinh ky, gap go giam doc, giai dap thac mac",
)
