"""Democracy at the workplace: conferences, rules, openness, opinions gathered."""

from __future__ import annotations

from typing import Final

from bot.forms.conditions import answer
from bot.forms.fields import Figure, Integer, Option, SelectMultiple
from bot.i18n import _
from handlers.checks import more_than_workers
from handlers.filing import report_form
from handlers.questions import MOST_PEOPLE, OPINIONS, PEOPLE, extra, files, on_day, part, total

ACTIVITIES: Final = (
    Option("hn_nld", _("Conference of workers")),
    Option("hn_vien_chuc", _("Conference of public employees and workers")),
    Option("quy_che_dc", _("Rules on democracy issued or changed")),
    Option("quy_che_dt", _("Rules on dialogue issued or changed")),
    Option("ban_ttnd", _("People's Inspection Board elected or renewed")),
    Option("cong_khai", _("Information made open to the workers")),
    Option("lay_y_kien", _("Opinions of the workers gathered")),
)
MEETING: Final = answer("activity").has("hn_nld") | answer("activity").has("hn_vien_chuc")

WORKPLACE_DEMOCRACY: Final = report_form(
    "workplace_democracy",
    _("Democracy at the workplace"),
    SelectMultiple(
        "activity",
        _("What did the unit do for democracy? Choose one or more numbers."),
        short=_("Activities"),
        choices=ACTIVITIES,
        figure=Figure.COUNT_BY,
    ),
    on_day(_("On which day was it done?")),
    total(
        "attendees",
        _("How many people came?"),
        _("Present"),
        unit=PEOPLE,
        minimum=1,
        maximum=MOST_PEOPLE,
        relevant=MEETING,
        warnings=(more_than_workers("attendees"),),
    ),
    Integer(
        "total_workers",
        _("How many workers does the unit have in all?"),
        short=_("Workers in all"),
        unit=PEOPLE,
        required=False,
        constraint=answer("total_workers") >= answer("attendees"),
        constraint_message=_("That is fewer than the people present. Please check."),
        figure=Figure.LAST,
    ),
    extra("opinions", _("How many opinions were there?"), _("Opinions"), counted_in=OPINIONS, maximum=10_000),
    part("resolved", "opinions", _("How many of the opinions were answered?"), _("Answered"), unit=OPINIONS),
    files(_("Please send the resolution or the minutes of the conference.")),
    event="event_date",
    receives="labour_relations",
    needs=("membership",),
    similar=("activity", "event_date"),
    menu=_("Democracy at work"),
    triggers="dan chu, hoi nghi nguoi lao dong, hoi nghi vien chuc, quy che dan chu, ban ttnd, ban thanh tra nhan dan",
)
