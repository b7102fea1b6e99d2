"""Programmes of coordination and agreements for the benefit of members."""

from __future__ import annotations

from typing import Final

from bot.forms.dates import When
from bot.forms.fields import Date, Figure, Option, SelectOne, TextField
from bot.i18n import _
from bot.records import OFFICERS, REPORTERS
from handlers.filing import report_form
from handlers.percent import Percentage
from handlers.questions import MOST_PEOPLE, PEOPLE, extra, on_day, until_day

TYPES: Final = (
    Option("chuong_trinh_phoi_hop", _("Programme of coordination")),
    Option("quy_che_phoi_hop", _("Rules of coordination")),
    Option("ke_hoach_lien_tich", _("Joint plan")),
    Option("thoa_thuan_phuc_loi", _("Agreement on benefits for members")),
)

COORDINATION: Final = report_form(
    "coordination",
    _("Coordination programmes and agreements signed"),
    SelectOne(
        "doc_type",
        _("Which kind of document is it?"),
        short=_("Kind of document"),
        choices=TYPES,
        figure=Figure.COUNT_BY,
    ),
    TextField("partner", _("With whom was it signed?"), short=_("Partner"), longest=150),
    on_day(_("On which day was the document signed?"), "sign_date", _("Signed on"), required=False),
    Date("start_date", _("From which day is it in force?"), short=_("From"), when=When.ANY, required=False),
    until_day("start_date", _("Until which day is it in force?")),
    TextField("benefit", _("What do members gain? In short."), short=_("Benefit"), required=False, longest=300),
    Percentage("discount_rate", _("How many per cent is the discount?"), short=_("Discount"), required=False),
    extra(
        "members_benefited",
        _("How many members have benefited so far?"),
        _("Members benefited"),
        unit=PEOPLE,
        maximum=MOST_PEOPLE,
    ),
    audience=REPORTERS | OFFICERS,
    event="sign_date",
    receives="policy",
    similar=("doc_type", "partner"),
    menu=_("Agreements"),
    triggers="ky phoi hop, quy che phoi hop, thoa thuan giam gia, thoa thuan hop tac, chuong trinh phoi hop, phoi hop",
)
