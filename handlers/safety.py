"""Safety and health at work: training, inspections, hazards, accidents."""

from __future__ import annotations

from typing import Final

from bot.forms.conditions import answer
from bot.forms.fields import Figure, Integer, Option, SelectMultiple, Sensitivity
from bot.forms.form import Filing
from bot.i18n import Text, _
from handlers.campaign import for_campaign
from handlers.checks import more_than_workers
from handlers.filing import report_form
from handlers.questions import MOST_PEOPLE, PEOPLE, extra, on_day, part, photos, total, until_day

ACTIVITIES: Final = (
    Option("huan_luyen", _("Safety training")),
    Option("mang_luoi_atvsv", _("Network of safety representatives")),
    Option("tu_kiem_tra", _("Own inspection of the workplace")),
    Option("kiem_tra", _("Part in an inspection team")),
    Option("tuyen_truyen", _("Propaganda, launch")),
    Option("kham_suc_khoe", _("Health checks, occupational diseases")),
    Option("do_moi_truong", _("Working environment measured, improved")),
    Option("trang_cap_bhld", _("Protective equipment handed out")),
    Option("thang_hanh_dong", _("Part in the Month of Action")),
    Option("khac", _("Another activity")),
)
HAZARDS: Final = _("hazards")
INSPECTING: Final = answer("activities").has("tu_kiem_tra") | answer("activities").has("kiem_tra")


def _accident(filing: Filing) -> Text | None:
    if not filing.values.get("accidents"):
        return None
    return _("An accident at work is told at once too: type TAI NAN for the quick report.")


SAFETY: Final = report_form(
    "safety",
    _("Occupational safety and hygiene"),
    SelectMultiple(
        "activities",
        _("What was done for safety? Choose one or more numbers."),
        short=_("Activities"),
        choices=ACTIVITIES,
        figure=Figure.COUNT_BY,
    ),
    on_day(_("From which day was it?"), short=_("From")),
    until_day("event_date", _("Until which day did it last?")),
    total(
        "trained",
        _("How many people were trained?"),
        _("Trained"),
        unit=PEOPLE,
        maximum=MOST_PEOPLE,
        relevant=answer("activities").has("huan_luyen"),
        warnings=(more_than_workers("trained"),),
    ),
    Integer(
        "safety_reps",
        _("How many safety representatives are there?"),
        short=_("Safety representatives"),
        unit=PEOPLE,
        maximum=MOST_PEOPLE,
        required=False,
        figure=Figure.LAST,
        warnings=(more_than_workers("safety_reps"),),
    ),
    total(
        "inspections",
        _("How many inspections were there?"),
        _("Inspections"),
        unit=_("times"),
        maximum=500,
        relevant=INSPECTING,
    ),
    extra("hazards_found", _("How many hazards were found?"), _("Hazards found"), counted_in=HAZARDS, maximum=5_000),
    part(
        "hazards_fixed",
        "hazards_found",
        _("How many of them are already removed?"),
        _("Hazards removed"),
        unit=HAZARDS,
    ),
    extra(
        "health_checked",
        _("How many people had a health check?"),
        _("Health checks"),
        unit=PEOPLE,
        maximum=MOST_PEOPLE,
        sensitive=Sensitivity.INTERNAL,
        warnings=(more_than_workers("health_checked"),),
    ),
    total(
        "accidents",
        _("How many accidents at work were there? Type 0 if none."),
        _("Accidents at work"),
        unit=_("cases"),
        maximum=1_000,
        sensitive=Sensitivity.INTERNAL,
    ),
    for_campaign(),
    photos(_("Please send photos, at most 3.")),
    event="event_date",
    receives="labour_relations",
    needs=("membership",),
    similar=("activities", "event_date"),
    remark=_accident,
    menu=_("Safety at work"),
    headline=("inspections", "hazards_found", "accidents"),
    triggers="atvsld, an toan lao dong, an toan, huan luyen, an toan ve sinh vien, bao ho lao dong",
)
