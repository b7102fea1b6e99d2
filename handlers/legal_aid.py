"""Legal advice and legal aid, counted without names."""

from __future__ import annotations

from typing import Final

from bot.forms.fields import Figure, Option, SelectMultiple, Sensitivity, TextField, YesNo
from bot.i18n import _
from bot.records import OFFICERS, REPORTERS
from handlers.cases.opening import legal_case
from handlers.checks import no_names
from handlers.filing import report_form
from handlers.questions import MOST_PEOPLE, on_day, part, total

FORMS: Final = (
    Option("truc_tiep", _("Face to face")),
    Option("dien_thoai", _("By telephone")),
    Option("zalo_mang", _("Zalo, social networks")),
    Option("luu_dong", _("Mobile advice")),
    Option("van_ban", _("In writing")),
    Option("dai_dien_to_tung", _("Standing for them in court")),
)
TOPICS: Final = (
    Option("hop_dong", _("Labour contract")),
    Option("tien_luong", _("Wages, bonuses")),
    Option("bhxh", _("Social and health insurance, maternity")),
    Option("cham_dut_hd", _("End of contract, severance pay")),
    Option("ky_luat", _("Discipline, damages")),
    Option("tnld_bnn", _("Accidents at work, occupational diseases")),
    Option("thoi_gio", _("Hours of work and rest")),
    Option("cong_doan", _("Rights of the union")),
    Option("khac", _("Something else")),
)

LEGAL_AID: Final = report_form(
    "legal_aid",
    _("Legal advice and legal aid"),
    on_day(_("On which day was the advice given?")),
    SelectMultiple(
        "forms",
        _("In which way? Choose one or more numbers."),
        short=_("Ways"),
        choices=FORMS,
        figure=Figure.COUNT_BY,
    ),
    total(
        "people", _("How many people were advised?"), _("People advised"), unit=_("attendances"), maximum=MOST_PEOPLE
    ),
    part("cases", "people", _("How many cases must be followed further?"), _("Cases"), unit=_("cases")),
    SelectMultiple(
        "topics",
        _("What was the advice about? Choose one or more numbers."),
        short=_("Matters"),
        choices=TOPICS,
        figure=Figure.COUNT_BY,
    ),
    part("resolved", "cases", _("How many cases are settled?"), _("Cases settled"), unit=_("cases")),
    YesNo(
        "need_support",
        _("Is help from a lawyer or an officer of the province needed?"),
        short=_("Help needed"),
        required=False,
        figure=Figure.COUNT_BY,
    ),
    TextField(
        "note",
        _("A short note (without names)."),
        short=_("Note"),
        required=False,
        longest=300,
        warnings=(no_names("note"),),
        sensitive=Sensitivity.SENSITIVE,
    ),
    audience=REPORTERS | OFFICERS,
    event="event_date",
    receives="policy",
    similar=("event_date", "forms"),
    case=legal_case,
    menu=_("Legal advice"),
    triggers="tu van phap luat, ho tro phap ly, khoi kien, hoi che do, tu van luat",
)
