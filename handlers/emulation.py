"""Emulation: movements, initiatives, awards, good examples."""

from __future__ import annotations

from typing import Final

from bot.forms.conditions import answer, derived
from bot.forms.fields import Figure, Option, SelectMultiple, SelectOne, Sensitivity, TextField
from bot.i18n import _
from handlers.campaign import for_campaign
from handlers.checks import more_than_workers
from handlers.filing import report_form
from handlers.questions import PEOPLE, amount, extra, files, on_day, part, total

INITIATIVE: Final = "sang_kien"
MODEL: Final = "mo_hinh_hay"
AWARDING: Final = ("duoc_khen", "de_nghi_khen")
ITEMS: Final = (
    Option("phat_dong", _("Movement launched")),
    Option("dang_ky", _("Emulation pledged")),
    Option(INITIATIVE, _("Initiatives")),
    Option("duoc_khen", _("Awarded already")),
    Option("de_nghi_khen", _("Proposed for an award")),
    Option(MODEL, _("A good example")),
    Option("so_ket_tong_ket", _("Review of a movement")),
)
MOVEMENTS: Final = (
    Option("lao_dong_gioi", _("Good labour")),
    Option("lao_dong_sang_tao", _("Creative labour")),
    Option("nang_suat_chat_luong", _("Higher output, better quality")),
    Option("tham_muu_gioi", _("Good advice, good service")),
    Option("gioi_viec_nuoc", _("Good at work, good at home")),
    Option("xanh_sach_dep", _("Green, clean, beautiful and safe")),
    Option("hoc_tap_bac", _("Following Uncle Hồ's example")),
    Option("tinh_phat_dong", _("Movement of the province")),
    Option("khac", _("Another movement")),
)
LEVELS: Final = (
    Option("cdcs", _("The unit, the grassroots union")),
    Option("cap_xa", _("The commune union")),
    Option("ldld_tinh", _("The provincial federation")),
    Option("ubnd_tinh", _("The People's Committee of the province")),
    Option("tld", _("The Confederation")),
    Option("thu_tuong", _("The Prime Minister, the State President")),
    Option("khac", _("Another level")),
)
AWARDS: Final = (
    Option("giay_khen", _("Certificate of merit")),
    Option("bang_khen", _("Diploma of merit")),
    Option("co_thi_dua", _("Emulation flag")),
    Option("bang_ldst", _("Diploma of creative labour")),
    Option("ky_niem_chuong", _("Commemorative medal")),
    Option("huan_chuong", _("Order")),
    Option("khac", _("Another award")),
)
_AWARDS: Final = derived(lambda scope: scope.answers.get("item") in AWARDING, "item")

EMULATION: Final = report_form(
    "emulation",
    _("Emulation, awards, initiatives"),
    SelectOne(
        "item", _("What shall be reported of emulation?"), short=_("Matter"), choices=ITEMS, figure=Figure.COUNT_BY
    ),
    on_day(_("On which day did it take place?")),
    SelectMultiple(
        "movements",
        _("To which movement does it belong? Choose one or more numbers."),
        short=_("Movements"),
        choices=MOVEMENTS,
        required=False,
        figure=Figure.COUNT_BY,
    ),
    extra(
        "participants",
        _("How many people take part (or pledged)?"),
        _("Participants"),
        unit=PEOPLE,
        warnings=(more_than_workers("participants", 2),),
    ),
    total(
        "initiatives",
        _("How many initiatives were recognised?"),
        _("Initiatives"),
        counted_in=_("initiatives"),
        maximum=10_000,
        relevant=answer("item") == INITIATIVE,
    ),
    amount(
        "initiatives_value",
        _("About how much money did they gain? For example 1 tỷ 3."),
        _("Gain"),
        required=False,
        relevant=answer("item") == INITIATIVE,
    ),
    total(
        "awards_collective",
        _("How many collectives are awarded (or proposed)? Type 0 if none."),
        _("Collectives"),
        unit=_("collectives"),
        maximum=10_000,
        relevant=_AWARDS,
    ),
    total(
        "awards_individual",
        _("How many individuals? Type 0 if none."),
        _("Individuals"),
        unit=PEOPLE,
        maximum=10_000,
        relevant=_AWARDS,
    ),
    part(
        "direct_workers",
        "awards_individual",
        _("How many of them work in production directly?"),
        _("Direct workers"),
        unit=PEOPLE,
        relevant=_AWARDS,
    ),
    SelectOne(
        "award_level",
        _("Which level gives the award?"),
        short=_("Award by"),
        choices=LEVELS,
        relevant=_AWARDS,
        figure=Figure.COUNT_BY,
    ),
    SelectOne(
        "award_form",
        _("Which award is it?"),
        short=_("Award"),
        choices=AWARDS,
        required=False,
        relevant=_AWARDS,
        figure=Figure.COUNT_BY,
    ),
    TextField(
        "model_text",
        _("What is the good example? Tell it in short."),
        short=_("Good example"),
        relevant=answer("item") == MODEL,
        longest=700,
    ),
    for_campaign(),
    files(_("Please send the decision or the list."), sensitive=Sensitivity.PERSONAL),
    event="event_date",
    receives="emulation",
    needs=("membership",),
    similar=("item", "event_date"),
    menu=_("Emulation, awards"),
    headline=("initiatives", "awards_collective", "awards_individual"),
    triggers="thi dua, khen thuong, sang kien, lao dong gioi, lao dong sang tao, mo hinh, mo hinh hay",
)
