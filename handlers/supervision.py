"""Supervision, social criticism, comments on drafts and on the work of Party and State."""

from __future__ import annotations

from typing import Final

from bot.forms.conditions import derived
from bot.forms.fields import Figure, Option, SelectMultiple, SelectOne, Sensitivity, TextField
from bot.i18n import _
from bot.records import OFFICERS, REPORTERS
from handlers.filing import report_form
from handlers.lists import PARTNERS
from handlers.questions import MATTERS, OPINIONS, extra, files, on_day, part, total

CHECKING: Final = ("giam_sat", "phoi_hop_giam_sat", "giam_sat_dan_chu", "kiem_tra_dieu_le")
COMMENTING: Final = ("phan_bien", "gop_y_du_thao", "gop_y_xd_dang")
ACTIVITIES: Final = (
    Option("giam_sat", _("Supervision led by the union")),
    Option("phoi_hop_giam_sat", _("Part in supervision or inspection by others")),
    Option("giam_sat_dan_chu", _("Supervision of democracy at work")),
    Option("phan_bien", _("Social criticism")),
    Option("gop_y_du_thao", _("Comments on a draft law or document")),
    Option("gop_y_xd_dang", _("Comments for building Party and government")),
    Option("kiem_tra_dieu_le", _("Check of the Charter, of union finance")),
)
_CHECKS: Final = derived(lambda scope: scope.answers.get("activity") in CHECKING, "activity")
_COMMENTS: Final = derived(lambda scope: scope.answers.get("activity") in COMMENTING, "activity")

SUPERVISION: Final = report_form(
    "supervision",
    _("Supervision, social criticism, comments"),
    SelectOne("activity", _("Which of these was it?"), short=_("Activity"), choices=ACTIVITIES, figure=Figure.COUNT_BY),
    on_day(_("On which day did it take place?")),
    TextField("subject", _("What was it about?"), short=_("Subject"), longest=200),
    SelectMultiple(
        "partners",
        _("Together with whom? Choose one or more numbers."),
        short=_("Partners"),
        choices=PARTNERS,
        required=False,
        figure=Figure.COUNT_BY,
    ),
    total(
        "units_checked",
        _("How many units were supervised or inspected?"),
        _("Units"),
        unit=_("units"),
        maximum=10_000,
        relevant=_CHECKS,
    ),
    extra(
        "violations",
        _("How many violations were found?"),
        _("Violations"),
        unit=_("cases"),
        maximum=10_000,
        relevant=_CHECKS,
        sensitive=Sensitivity.INTERNAL,
    ),
    extra(
        "recommendations",
        _("How many recommendations were made?"),
        _("Recommendations"),
        unit=MATTERS,
        maximum=10_000,
    ),
    part(
        "handled",
        "recommendations",
        _("How many of the recommendations are settled?"),
        _("Settled ones"),
        unit=MATTERS,
    ),
    total(
        "opinions",
        _("How many opinions were given?"),
        _("Opinions given"),
        counted_in=OPINIONS,
        maximum=10_000,
        relevant=_COMMENTS,
    ),
    part(
        "accepted",
        "opinions",
        _("How many opinions were taken up?"),
        _("Taken up"),
        unit=OPINIONS,
        relevant=_COMMENTS,
    ),
    files(_("Please send the document or the minutes.")),
    audience=REPORTERS | OFFICERS,
    event="event_date",
    receives="policy",
    similar=("activity", "event_date"),
    menu=_("Supervision, comments"),
    headline=("units_checked", "recommendations", "handled"),
    triggers="giam sat, kiem tra, phan bien, gop y du thao, gop y",
)
