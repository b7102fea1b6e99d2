"""Welfare: gifts, meals, houses, allowances, and where the money came from."""

from __future__ import annotations

from typing import Any, Final

from bot.forms.conditions import Scope, answer, derived
from bot.forms.fields import Figure, Money, Option, SelectOne, Sensitivity, TextField, Warn
from bot.i18n import Text, _
from handlers.campaign import for_campaign
from handlers.checks import more_than_workers
from handlers.filing import report_form
from handlers.questions import MOST_PEOPLE, PEOPLE, amount, files, on_day, photos, total, women

MEALS: Final = "bua_com_cong_doan"
HOUSES: Final = "mai_am_cong_doan"
PROGRAMS: Final = (
    Option("tet_sum_vay", _("Tết reunion")),
    Option("tang_qua_ngay_le", _("Gifts on special days (8/3, 20/10, 1/5, 28/7…)")),
    Option("tro_cap_kho_khan", _("Allowance for members in hardship")),
    Option("tham_hoi_om_dau", _("Visits in illness or maternity")),
    Option("hieu_hy", _("Funerals and weddings")),
    Option("con_cnvcld", _("Members' children (1/6, mid-autumn, studies)")),
    Option(MEALS, _("Union meal")),
    Option(HOUSES, _("Union shelter")),
    Option("ho_tro_thien_tai", _("Help after disasters, fires, accidents")),
    Option("kham_suc_khoe", _("Health check, health advice")),
    Option("cho_tet_cong_doan", _("Tết market, free stalls")),
    Option("chuyen_xe", _("Union bus home")),
    Option("phuc_loi_thoa_thuan", _("Discounts by agreement")),
    Option("vay_von", _("Loans, mutual help fund")),
    Option("van_hoa_the_thao", _("Culture, sports, outings")),
    Option("cam_on_nld", _("Thanking the workers (Workers' Month)")),
    Option("khac", _("Another programme")),
)
OFF: Final = 0.05  # how far the sum may be from people times value before it is asked about


def _off(scope: Scope) -> bool | None:
    said = scope.answers
    people, each, amount_said = said.get("beneficiaries"), said.get("value_each"), said.get("amount")
    if not people or not each or amount_said is None:
        return None
    return bool(abs(amount_said - people * each) > OFF * people * each)


def _ask_off(value: Any, scope: Scope) -> Text:
    people, each = scope.answers["beneficiaries"], scope.answers["value_each"]
    return _(
        "{people} people at {each} đ make {sum} đ; you wrote {typed} đ. Is that right?",
        people=people,
        each=each,
        sum=people * each,
        typed=value,
    )


def _source(code: str, label: Text, short: Text, *before: str) -> Money:
    """Ask for the money from one source; the sources together are not more than all."""
    sources = (*before, code)
    return amount(
        code,
        label,
        short,
        required=False,
        constraint=derived(lambda scope: sum(scope.answers.get(one) or 0 for one in sources), *sources)
        <= answer("amount"),
        constraint_message=_("The sources together are more than the whole amount. Please check."),
    )


WELFARE: Final = report_form(
    "welfare",
    _("Welfare and care"),
    SelectOne(
        "program",
        _("Which programme does it belong to?"),
        short=_("Programme"),
        choices=PROGRAMS,
        figure=Figure.COUNT_BY,
    ),
    on_day(_("On which day was it held or handed out?")),
    total(
        "beneficiaries",
        _("How many people benefited?"),
        _("Beneficiaries"),
        unit=PEOPLE,
        maximum=MOST_PEOPLE,
        warnings=(more_than_workers("beneficiaries", 3),),
    ),
    women("beneficiaries_female", "beneficiaries"),
    Money(
        "value_each",
        _("How much money is each gift? For example 500k."),
        short=_("Each gift"),
        required=False,
        minimum=1_000,
        maximum=100_000_000,
        relevant=answer("program") != MEALS,
    ),
    amount(
        "amount",
        _("How much money was it in all? For example 4tr, 37tr5."),
        _("Total amount"),
        warnings=(Warn("sum", derived(_off, "beneficiaries", "value_each", "amount"), _ask_off),),
    ),
    _source("amount_union", _("How much of it is union money?"), _("Union money")),
    _source("amount_employer", _("How much did the employer give?"), _("Employer's money"), "amount_union"),
    _source(
        "amount_social",
        _("How much came from outside supporters?"),
        _("Outside support"),
        "amount_union",
        "amount_employer",
    ),
    total(
        "meals",
        _("How many meals were served?"),
        _("Meals"),
        counted_in=_("meals"),
        maximum=MOST_PEOPLE,
        relevant=answer("program") == MEALS,
        default=answer("beneficiaries"),
        default_label=lambda meals: _("Was it {meals} meals? Type 1 if so, or the right number.", meals=meals),
        default_typed=True,
    ),
    Money(
        "meal_value",
        _("How much money is each meal? For example 25k."),
        short=_("Each meal"),
        minimum=5_000,
        maximum=200_000,
        relevant=answer("program") == MEALS,
        figure=Figure.MEAN,
        beside=answer("meals"),
    ),
    total(
        "houses_new",
        _("How many houses were built? Type 0 if none."),
        _("Houses built"),
        unit=_("houses"),
        maximum=1_000,
        relevant=answer("program") == HOUSES,
    ),
    total(
        "houses_repaired",
        _("How many houses were repaired? Type 0 if none."),
        _("Houses repaired"),
        unit=_("houses"),
        maximum=1_000,
        relevant=answer("program") == HOUSES,
    ),
    TextField(
        "in_kind",
        _("Was anything given in kind (rice, blankets, cakes…)?"),
        short=_("In kind"),
        required=False,
        longest=200,
    ),
    for_campaign(),
    files(
        _("Please send the list of those who received, if it is needed for the accounts."),
        "beneficiary_list",
        _("List of recipients"),
        sensitive=Sensitivity.SENSITIVE,
    ),
    photos(_("Please send photos (ask those in them first).")),
    event="event_date",
    receives="policy",
    needs=("membership",),
    similar=("program", "event_date"),
    menu=_("Welfare"),
    headline=("beneficiaries", "amount"),
    triggers="cham lo, tet sum vay, mai am, tro cap, tham hoi, bua com cong doan, tang qua, trao qua, phat qua, "
    "qua tet, phuc loi",
)
