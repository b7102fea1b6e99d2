"""An urgent incident: four answers now, the rest by a correction of the same report when there is time.

News of an incident that was reported before is a correction of it too, so that its people are counted once; once its
figures are locked, news goes to its case alone.
"""

from __future__ import annotations

from typing import Any, Final

from bot.forms.conditions import Scope, answer, derived
from bot.forms.dates import When
from bot.forms.fields import (
    DateTime,
    Figure,
    Integer,
    Money,
    Option,
    SelectMultiple,
    SelectOne,
    Sensitivity,
    TextField,
    YesNo,
)
from bot.forms.form import Filing
from bot.i18n import Code, Text, _
from bot.records import WRITERS, Submission
from handlers.cases.noting import NEWS
from handlers.cases.opening import incident_case
from handlers.checks import no_names
from handlers.filing import report_form
from handlers.phones import PhoneNumber
from handlers.questions import MOST_PEOPLE, PEOPLE, photos

NAME: Final = "incident"
SETTLED: Final = "da_giai_quyet"
OWING: Final = ("no_luong", "no_bhxh")
HURTING: Final = ("tai_nan_ld", "chay_no", "ngo_doc", "thien_tai", "bao_luc_mau_thuan")
TYPES: Final = (
    Option("dinh_cong_ngung_viec", _("Strike, stoppage of work")),
    Option("nguy_co_ngung_viec", _("A stoppage may come")),
    Option("tai_nan_ld", _("Accident at work")),
    Option("no_luong", _("Wages owed or late")),
    Option("chay_no", _("Fire, explosion")),
    Option("ngo_doc", _("Food poisoning")),
    Option("no_bhxh", _("Social insurance owed or evaded")),
    Option("sa_thai_hang_loat", _("Dismissal of many")),
    Option("chu_bo_tron", _("The owner has fled or closed down")),
    Option("thien_tai", _("Disaster, landslide, epidemic")),
    Option("loi_keo_kich_dong", _("Enticement, incitement, leaflets")),
    Option("bao_luc_mau_thuan", _("Fighting, conflict")),
    Option("khac", _("Another incident")),
)
STATUSES: Final = (
    Option("dang_dien_ra", _("Going on")),
    Option("tam_on_dinh", _("Calm for now")),
    Option(SETTLED, _("Settled for good")),
    Option("chua_giai_quyet", _("Drawn out, not settled")),
)
NOTIFIED: Final = (
    Option("nsdld", _("The unit's management")),
    Option("cong_doan_cap_tren", _("The union above")),
    Option("cong_an", _("The police")),
    Option("chinh_quyen_xa", _("The People's Committee of the commune")),
    Option("so_noi_vu", _("Department of Home Affairs")),
    Option("y_te", _("Health services")),
    Option("bhxh", _("Social insurance office")),
    Option("chua_bao", _("Nobody yet")),
    Option("khac", _("Somebody else")),
)


def is_open(scope: Scope, report: Submission) -> bool:
    """Tell whether a reported incident is neither settled, as its unit says, nor closed by an officer."""
    return report.answers.get("status") != SETTLED and report.number in scope.facts.open_cases


def _any_open(scope: Scope) -> bool:
    """Tell whether a new report may be news of an earlier one."""
    if scope.facts.replaces:
        return False
    return any(is_open(scope, report) for report in scope.facts.reports(NAME))


def _updates(scope: Scope, report: Submission) -> bool:
    return scope.answers.get("is_update") == "yes" and is_open(scope, report)


def _what_next(filing: Filing) -> Text | None:
    """Say how to add the rest; a deadly accident is declared at once (Decree 39/2016/NĐ-CP)."""
    if filing.values.get("deaths"):
        return _("With a death, the employer must tell the labour authority and the police at once.")
    if filing.draft.replaces:
        return None
    return _("To add the place, the injured, who was told: type SUA {number}.", number=Code(filing.facts.number + 1))


def _hurt(code: str, label: Text, short: Text, within: str, **options: Any) -> Integer:
    return Integer(
        code,
        label,
        short=short,
        unit=PEOPLE,
        maximum=MOST_PEOPLE,
        required=False,
        constraint=answer(code) <= answer(within),
        constraint_message=_("That is more than the people concerned. Please check."),
        figure=Figure.TOTAL,
        sensitive=Sensitivity.SENSITIVE,
        **options,
    )


_HURTS: Final = derived(lambda scope: scope.answers.get("incident_type") in HURTING, "incident_type")
_OWES: Final = derived(lambda scope: scope.answers.get("incident_type") in OWING, "incident_type")

INCIDENT: Final = report_form(
    NAME,
    _("Urgent incident (quick report)"),
    YesNo(
        "is_update",
        _("Is this news of an incident that was reported before?"),
        short=_("News of an earlier one"),
        relevant=derived(_any_open),
    ),
    SelectOne(
        "incident_type",
        _("What kind of incident is it?"),
        short=_("Kind of incident"),
        choices=TYPES,
        figure=Figure.COUNT_BY,
        sensitive=Sensitivity.INTERNAL,
    ),
    DateTime(
        "occurred_at",
        _("When did it happen? For example 9h last night."),
        short=_("Time"),
        when=When.PAST,
    ),
    Integer(
        "people_involved",
        _("About how many people are concerned?"),
        short=_("People concerned"),
        unit=PEOPLE,
        maximum=MOST_PEOPLE,
        figure=Figure.TOTAL,
        sensitive=Sensitivity.INTERNAL,
    ),
    SelectOne("status", _("How is it now?"), short=_("Situation"), choices=STATUSES, figure=Figure.COUNT_BY),
    TextField(
        "place",
        _("Where (workshop, site, village, commune)?"),
        short=_("Place"),
        required=False,
        longest=150,
        sensitive=Sensitivity.INTERNAL,
    ),
    Integer(
        "months_owed",
        _("For how many months is it owed?"),
        short=_("Months owed"),
        unit=_("months"),
        maximum=120,
        required=False,
        relevant=_OWES,
        figure=Figure.MOST,
        sensitive=Sensitivity.INTERNAL,
    ),
    Money(
        "amount_owed",
        _("About how much is owed in all? For example 480tr."),
        short=_("Amount owed"),
        required=False,
        relevant=_OWES,
        figure=Figure.TOTAL,
        sensitive=Sensitivity.INTERNAL,
    ),
    _hurt("deaths", _("Did anybody die? How many?"), _("Deaths"), "people_involved", relevant=_HURTS),
    _hurt("injured", _("How many were injured in all?"), _("Injured"), "people_involved", relevant=_HURTS),
    _hurt("injured_severe", _("How many of them severely?"), _("Severely injured"), "injured", relevant=_HURTS),
    _hurt("hospitalized", _("How many had to go to hospital?"), _("In hospital"), "people_involved", relevant=_HURTS),
    TextField(
        "cause",
        _("What is the cause, what do the workers ask for? Without names."),
        short=_("Cause"),
        required=False,
        longest=500,
        warnings=(no_names("cause"),),
        sensitive=Sensitivity.PERSONAL,
    ),
    SelectMultiple(
        "notified",
        _("Who has been told already? Choose one or more numbers."),
        short=_("Told"),
        choices=NOTIFIED,
        required=False,
        figure=Figure.COUNT_BY,
    ),
    TextField(
        "help_needed",
        _("What help is needed from the union above?"),
        short=_("Help needed"),
        required=False,
        longest=300,
        warnings=(no_names("help_needed"),),
        sensitive=Sensitivity.INTERNAL,
    ),
    PhoneNumber(
        "contact_phone",
        _("Which number may the officer on duty call?"),
        short=_("Phone to call"),
        required=False,
        sensitive=Sensitivity.PERSONAL,
    ),
    photos(_("Please send photos of the scene, without the faces of those hurt."), sensitive=Sensitivity.SENSITIVE),
    audience=WRITERS,
    event="occurred_at",
    receives="duty",
    similar=("is_update",),
    resembles=_updates,
    again=("people_involved", "status"),
    apart=("is_update", "no"),
    news=NEWS,
    extras_later=True,
    case=incident_case,
    cases=True,
    remark=_what_next,
    menu=_("URGENT"),
    headline=("people_involved", "deaths", "injured"),
    triggers="viec gap, khan cap, dinh cong, ngung viec, no luong, cham luong, tai nan, tai nan lao dong, "
    "ngo doc, bo tron, chay no",
)
