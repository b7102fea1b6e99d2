"""Whom something is for: the questions by which a notice and a survey choose their units and readers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from bot.forms.conditions import answer
from bot.forms.fields import Field, Option, SelectMultiple, SelectOne, TextField
from bot.i18n import Plain, _
from bot.notices.notice import Readers, Whom
from bot.units.kinds import KINDS
from handlers.for_period import AnyPeriod

WHOM: Final = (
    Option(Whom.ALL, _("All grassroots unions")),
    Option(Whom.UNFILED, _("Those that have not reported for a period")),
    Option(Whom.SILENT, _("Those that have not confirmed a notice")),
)
READERS: Final = (
    Option(Readers.REPORTER, _("The chair (the deputy if the chair cannot be reached)")),
    Option(Readers.BOTH, _("Chair and deputy")),
    Option(Readers.COMMITTEE, _("The whole executive committee")),
    Option(Readers.OFFICERS, _("The officers of the unions above")),
)


def whom(those: Collection[Whom] = tuple(Whom), *, required: bool = True) -> SelectOne:
    """Ask which units of the area, by how they stand."""
    options = tuple(option for option in WHOM if option.code in those)
    return SelectOne("whom", _("Whom is it for?"), short=_("For"), choices=options, required=required)


def period() -> Field:
    """Ask for the period for which they have not reported."""
    return AnyPeriod(
        "period",
        _("For which period? For example 11, 11/2026 or 2026S."),
        short=_("Period"),
        relevant=answer("whom") == Whom.UNFILED,
    )


def kinds() -> Field:
    """Ask which kinds of units."""
    options = tuple(Option(code, Plain(names[0])) for code, names in KINDS.items())
    return SelectMultiple("kinds", _("Which kinds of units?"), short=_("Kinds"), choices=options, required=False)


def sectors() -> Field:
    """Ask which sectors."""
    question = _("Which sectors? Type their codes.")
    return TextField("sectors", question, short=_("Sectors"), required=False, longest=80)


def readers(those: Collection[Readers] = tuple(Readers)) -> Field:
    """Ask who at each unit."""
    options = tuple(option for option in READERS if option.code in those)
    return SelectOne("readers", _("Who at each unit?"), short=_("Readers"), choices=options, required=False)


def without() -> Field:
    """Ask which units are left out."""
    question = _("Which units shall be left out? Type their codes.")
    return TextField("without", question, short=_("Without"), required=False)
