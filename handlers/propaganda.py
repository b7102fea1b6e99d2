"""Propaganda: meetings, leaflets, posts, banners."""

from __future__ import annotations

import re
from typing import Any, Final

from bot.forms.conditions import Scope, answer, derived
from bot.forms.dates import When
from bot.forms.fields import (
    Date,
    Figure,
    Integer,
    Misread,
    Option,
    Photo,
    ReadAnswer,
    SelectMultiple,
    TextField,
    Warn,
)
from bot.i18n import Text, _
from bot.records import OFFICERS, REPORTERS
from handlers.campaign import for_campaign
from handlers.checks import other_period, unusual, workers
from handlers.filing import report_form
from handlers.lists import LANGUAGES, PARTNERS

FORMS: Final = (
    Option("hoi_nghi", _("Conference, study of a resolution")),
    Option("sinh_hoat_chuyen_de", _("Group or thematic meeting")),
    Option("toa_dam", _("Talk, get-together")),
    Option("hoi_thi", _("Contest, quiz")),
    Option("van_nghe_the_thao", _("Arts, sports")),
    Option("phat_to_roi", _("Leaflets, documents")),
    Option("loa_truyen_thanh", _("Loudspeaker")),
    Option("mang_xa_hoi", _("Facebook, fanpage, TikTok")),
    Option("nhom_zalo", _("Zalo group")),
    Option("truc_quan", _("Banners, panels, slogans")),
    Option("luu_dong", _("On the spot: workshop, camp, village")),
    Option("tin_bai", _("News, articles, web portal")),
    Option("khac", _("Another form")),
)
TOPICS: Final = (
    Option("nq_43", _("Resolution 43-NQ/TW on great national unity")),
    Option("nghi_quyet_dang", _("Other Party resolutions and directives")),
    Option("bac_ho", _("Following Uncle Hồ's example (Directive 05, Conclusion 01)")),
    Option("nghi_quyet_cong_doan", _("Union resolutions and plans")),
    Option("phap_luat_ld", _("Labour law")),
    Option("luat_cong_doan", _("Trade Union Law, Charter")),
    Option("bhxh", _("Social, health and unemployment insurance")),
    Option("atvsld", _("Occupational safety and health")),
    Option("ngay_le", _("Anniversaries")),
    Option("an_ninh_tu_tuong", _("Recognising abuse, answering wrong views")),
    Option("to_chuc_nld", _("Rules on workers' organisations at enterprises")),
    Option("phat_trien_dv", _("Inviting workers into the union")),
    Option("hoc_tap_nghe", _("Lifelong learning, skills")),
    Option("nu_cong_gia_dinh", _("Women's affairs, family, population")),
    Option("te_nan_ma_tuy", _("Against drugs and social evils")),
    Option("atgt", _("Traffic safety")),
    Option("suc_khoe_dich_benh", _("Health, epidemics, HIV")),
    Option("chuyen_doi_so", _("Digital skills, safety online")),
    Option("khac", _("Another topic")),
)
LINK: Final = re.compile(r"https?://[^\s<>]+\.[^\s<>]+|(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+/[^\s<>]*", re.IGNORECASE)


class Links(TextField):
    """Web addresses, at most five."""

    __slots__ = ()

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Keep the addresses; refuse a text that has none."""
        found = LINK.findall(text)
        if not found:
            return Misread(
                _("Please paste the link, for example https://facebook.com/congdoan/posts/1, or type BOQUA.")
            )
        return super().read("\n".join(found[:5]), scope)


def _crowd(scope: Scope) -> bool | None:
    size, said = workers(scope), scope.answers
    attendees, sessions = said.get("attendees"), said.get("sessions")
    return None if size is None or attendees is None or not sessions else bool(attendees > size * sessions)


def _ask_crowd(value: Any, scope: Scope) -> Text:
    return _(
        "The unit has {size} workers; {sessions} meetings with {people} attendances in all. Is that right?",
        size=workers(scope) or 0,
        sessions=scope.answers.get("sessions") or 0,
        people=value,
    )


PROPAGANDA: Final = report_form(
    "propaganda",
    _("Propaganda activity"),
    Date(
        "event_date",
        _("On which day was it?"),
        short=_("Day"),
        when=When.PAST,
        warnings=(other_period("event_date"),),
    ),
    SelectMultiple(
        "forms",
        _("In which form? Choose one or more numbers."),
        short=_("Forms"),
        choices=FORMS,
        figure=Figure.COUNT_BY,
    ),
    SelectMultiple(
        "topics",
        _("About what? Choose one or more numbers."),
        short=_("Topics"),
        choices=TOPICS,
        figure=Figure.COUNT_BY,
    ),
    Integer(
        "sessions",
        _("How many meetings? Type 0 for posts or banners only."),
        short=_("Meetings"),
        unit=_("meetings"),
        maximum=200,
        figure=Figure.TOTAL,
    ),
    Integer(
        "attendees",
        _("How many attendances in all?"),
        short=_("Attendances"),
        unit=_("attendances"),
        relevant=answer("sessions") > 0,
        minimum=1,
        figure=Figure.TOTAL,
        warnings=(
            Warn("crowd", derived(_crowd, "sessions", "attendees"), _ask_crowd),
            unusual("propaganda", "attendees"),
        ),
    ),
    Integer(
        "attendees_female",
        _("How many of them are women?"),
        short=_("Women"),
        unit=_("attendances"),
        required=False,
        relevant=answer("sessions") > 0,
        constraint=answer("attendees_female") <= answer("attendees"),
        constraint_message=_("That is more women than attendances. Please check."),
        figure=Figure.TOTAL,
    ),
    Integer(
        "documents",
        _("How many documents or leaflets were handed out?"),
        short=_("Leaflets"),
        unit=_("copies"),
        required=False,
        maximum=100_000,
        figure=Figure.TOTAL,
    ),
    Integer(
        "posts",
        _("How many news items or posts (fanpage, Zalo, press, loudspeaker)?"),
        short=_("Posts"),
        unit=_("items"),
        required=False,
        maximum=1_000,
        figure=Figure.TOTAL,
    ),
    Integer(
        "reach",
        _("About how many views?"),
        short=_("Views"),
        unit=_("views"),
        required=False,
        maximum=10_000_000,
        figure=Figure.TOTAL,
    ),
    Links("links", _("Please send the links of the posts."), short=_("Links"), required=False, longest=1_500),
    Integer(
        "banners",
        _("How many banners, panels or slogans were put up?"),
        short=_("Banners"),
        unit=_("pieces"),
        required=False,
        maximum=1_000,
        figure=Figure.TOTAL,
    ),
    SelectMultiple(
        "languages",
        _("Which languages were used? Choose one or more numbers."),
        short=_("Languages"),
        choices=LANGUAGES,
        required=False,
        figure=Figure.COUNT_BY,
    ),
    SelectMultiple(
        "partners",
        _("Together with whom? Choose one or more numbers."),
        short=_("Partners"),
        choices=PARTNERS,
        required=False,
        figure=Figure.COUNT_BY,
    ),
    for_campaign(),
    Photo("photo", _("Please send 1 to 3 photos."), short=_("Photos"), required=False, at_most=3),
    audience=REPORTERS | OFFICERS,
    event="event_date",
    receives="propaganda",
    needs=("membership",),
    similar=("event_date", "forms"),
    menu=_("Propaganda"),
    triggers="tuyen truyen, tt, sinh hoat chuyen de, quan triet, hoi thi tim hieu",
)
