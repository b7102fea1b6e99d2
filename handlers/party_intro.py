"""Elite members introduced to the Party: counts only, never a name."""

from __future__ import annotations

from typing import Final

from bot.forms.fields import Sensitivity
from bot.i18n import _
from handlers.filing import report_form
from handlers.questions import PEOPLE, extra, on_day, part, total, women

MOST: Final = 500

PARTY_INTRO: Final = report_form(
    "party_intro",
    _("Elite members introduced to the Party"),
    on_day(_("On which day were they introduced?")),
    total(
        "introduced",
        _("How many elite members were introduced to the Party? Only a number, no names."),
        _("Introduced"),
        unit=PEOPLE,
        maximum=MOST,
        sensitive=Sensitivity.INTERNAL,
    ),
    women("introduced_female", "introduced", sensitive=Sensitivity.INTERNAL),
    part(
        "introduced_direct",
        "introduced",
        _("How many are workers in production?"),
        _("Direct workers"),
        unit=PEOPLE,
        sensitive=Sensitivity.INTERNAL,
    ),
    extra(
        "attended_course",
        _("How many have attended the course on the Party?"),
        _("Attended the course"),
        unit=PEOPLE,
        maximum=MOST,
        sensitive=Sensitivity.INTERNAL,
    ),
    extra(
        "admitted",
        _("How many have been admitted to the Party?"),
        _("Admitted"),
        unit=PEOPLE,
        maximum=MOST,
        sensitive=Sensitivity.INTERNAL,
    ),
    event="event_date",
    receives="organisation",
    similar=("event_date",),
    menu=_("Introduced to the Party"),
    headline=("introduced", "admitted"),
    triggers="gioi thieu cho dang, doan vien uu tu, ket nap dang, gioi thieu dang",
)
