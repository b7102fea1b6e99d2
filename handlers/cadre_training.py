"""Training of union officers: who was taught what, and how many new chairs were among them."""

from __future__ import annotations

from typing import Final

from bot.forms.conditions import Scope, derived
from bot.forms.fields import Figure, Option, SelectMultiple, SelectOne
from bot.i18n import _
from bot.records import OFFICERS, REPORTERS
from handlers.filing import report_form
from handlers.questions import PEOPLE, extra, on_day, part, total, until_day, women

OWN: Final = "cdcs"
HELD_BY: Final = {"cd_xa_phuong": "cap_xa", "ldld_tinh": "cap_tinh"}  # which level a kind of unit is
ORGANISERS: Final = (
    Option(OWN, _("The grassroots union itself")),
    Option("cap_xa", _("The commune union, the cluster")),
    Option("cap_tinh", _("The provincial federation")),
    Option("trung_uong", _("The Confederation, the central level")),
)
TOPICS: Final = (
    Option("phat_trien_dv", _("Recruiting members, founding unions")),
    Option("doi_thoai_thuong_luong", _("Dialogue, bargaining")),
    Option("nghiep_vu_chung", _("Union work in general")),
    Option("tai_chinh", _("Finance")),
    Option("kiem_tra", _("Inspection, supervision")),
    Option("nu_cong", _("Women's affairs")),
    Option("tuyen_truyen", _("Propaganda, social networks")),
    Option("phap_luat", _("Labour law")),
    Option("atvsld", _("Occupational safety and health")),
    Option("chuyen_doi_so", _("Digital skills")),
    Option("khac", _("Another topic")),
)


def _held_it(scope: Scope) -> bool:
    """Whoever only sends people to a course of another level has held no class: that level counts it."""
    unit, by = scope.facts.unit, scope.answers.get("organiser")
    return by == (HELD_BY.get(unit.kind, OWN) if unit is not None else OWN)


CADRE_TRAINING: Final = report_form(
    "cadre_training",
    _("Training of union officers"),
    on_day(_("From which day was the training?"), "start_date", _("From")),
    until_day("start_date", _("Until which day did it last?")),
    SelectOne(
        "organiser",
        _("Which level held it?"),
        short=_("Held by"),
        choices=ORGANISERS,
        figure=Figure.COUNT_BY,
    ),
    extra(
        "classes",
        _("How many classes were held?"),
        _("Classes"),
        counted_in=_("classes"),
        maximum=100,
        relevant=derived(_held_it, "organiser"),
    ),
    total("trainees", _("How many officers took part?"), _("Trainees"), unit=PEOPLE, minimum=1, maximum=5_000),
    women("trainees_female", "trainees"),
    part("new_chairs", "trainees", _("How many of them are new chairs?"), _("New chairs"), unit=PEOPLE),
    SelectMultiple(
        "topics",
        _("Which skills were taught? Choose one or more numbers."),
        short=_("Skills"),
        choices=TOPICS,
        figure=Figure.COUNT_BY,
    ),
    audience=REPORTERS | OFFICERS,
    event="start_date",
    receives="organisation",
    similar=("start_date", "organiser"),
    menu=_("Officers' training"),
    headline=("classes", "trainees"),
    triggers="tap huan can bo, boi duong nghiep vu, tap huan, boi duong can bo",
)
