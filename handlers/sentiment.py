"""What members and workers think, wish and ask for: counted by topic, told without names."""

from __future__ import annotations

from typing import Final

from bot.forms.conditions import answer
from bot.forms.fields import Figure, Option, SelectMultiple, SelectOne, Sensitivity, TextField, YesNo
from bot.i18n import _
from handlers.cases.opening import petition_case
from handlers.cases.topics import TOPICS
from handlers.checks import no_names
from handlers.filing import report_form
from handlers.questions import OPINIONS, extra, on_day

CALM: Final = "on_dinh"
MOODS: Final = (
    Option(CALM, _("Stable, at ease")),
    Option("ban_khoan", _("Some worries")),
    Option("buc_xuc", _("Upset")),
    Option("co_nguy_co", _("A stoppage or complaints may come")),
)
PLACES: Final = (
    Option("nsdld", _("The employer")),
    Option("cong_doan_cap_tren", _("The union above")),
    Option("chinh_quyen_xa", _("The People's Committee of the commune")),
    Option("so_nganh", _("Departments of the province")),
    Option("tinh", _("Party and People's Committee of the province")),
    Option("trung_uong", _("The Confederation, the central level")),
)
URGENCIES: Final = (
    Option("thuong", _("Ordinary")),
    Option("can_som", _("An answer is needed soon")),
    Option("khan", _("Urgent")),
)
HANDLED: Final = (
    Option("chua", _("Not yet")),
    Option("dang", _("Being settled")),
    Option("xong", _("Settled by now")),
)

SENTIMENT: Final = report_form(
    "sentiment",
    _("What members and workers think and ask for"),
    on_day(_("On which day did {you} learn of it?")),
    SelectOne(
        "mood",
        _("How is the mood in general?"),
        short=_("Mood"),
        choices=MOODS,
        figure=Figure.COUNT_BY,
        sensitive=Sensitivity.INTERNAL,
    ),
    SelectMultiple(
        "topics",
        _("What are people concerned with? Choose one or more numbers."),
        short=_("Topics of concern"),
        choices=TOPICS,
        relevant=answer("mood") != CALM,
        figure=Figure.COUNT_BY,
        sensitive=Sensitivity.INTERNAL,
    ),
    extra("opinions", _("How many opinions are there?"), _("Opinions"), counted_in=OPINIONS, maximum=10_000),
    TextField(
        "content",
        _("What is it about? In short, without names."),
        short=_("Content"),
        relevant=answer("mood") != CALM,
        shortest=10,
        longest=1_000,
        warnings=(no_names("content"),),
        sensitive=Sensitivity.SENSITIVE,
    ),
    TextField(
        "proposal",
        _("What does the unit propose?"),
        short=_("Proposal"),
        required=False,
        longest=500,
        warnings=(no_names("proposal"),),
        sensitive=Sensitivity.PERSONAL,
    ),
    SelectMultiple(
        "proposal_to",
        _("Who should settle it? Choose one or more numbers."),
        short=_("To be settled by"),
        choices=PLACES,
        required=False,
        figure=Figure.COUNT_BY,
    ),
    SelectOne("urgency", _("How urgent is it?"), short=_("Urgency"), choices=URGENCIES, figure=Figure.COUNT_BY),
    SelectOne(
        "handled",
        _("How far has the unit settled it by itself?"),
        short=_("Settling"),
        choices=HANDLED,
        required=False,
        figure=Figure.COUNT_BY,
    ),
    YesNo(
        "anonymous",
        _("Shall the unit's name be left out when it is summed up?"),
        short=_("Without the unit's name"),
        required=False,
        figure=Figure.COUNT_BY,
        sensitive=Sensitivity.INTERNAL,
    ),
    event="event_date",
    receives="policy",
    similar=("event_date", "mood"),
    unnamed="anonymous",
    case=petition_case,
    intro=_("Only the union officers in charge see this. No names are needed."),
    menu=_("Concerns, petitions"),
    triggers="tam tu, nguyen vong, kien nghi, du luan, ban khoan, tu tuong",
)
