"""Why a report is sent back: ready-made reasons, or the officer's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from bot.forms.conditions import Scope
from bot.forms.fields import Misread, Option, ReadAnswer, SelectOne, Understood
from bot.forms.fold import clean
from bot.i18n import Plain, Text, _
from bot.records import Review

LONGEST: Final = 300
SHORTEST: Final = 4  # a stray digit is no reason
READY_MADE: Final = (
    Option("figure", _("The figure does not look right")),
    Option("day", _("The day does not look right")),
    Option("details", _("A little more detail is needed")),
    Option("photo", _("The photo is missing or cannot be read")),
    Option("twice", _("It may have been reported twice")),
    Option("kind", _("It belongs to another kind of report")),
)
CODES: Final = {option.code: option.label for option in READY_MADE}


@dataclass(frozen=True, slots=True, eq=False)
class Reason(SelectOne):
    """One of the ready-made reasons by its number, or any other words as they are typed."""

    type: ClassVar[str] = "reason"

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Take a label of the list, else the words themselves."""
        listed = SelectOne.read(self, text, scope)
        words = clean(text)
        if isinstance(listed, Understood):
            return listed
        if len(words) < SHORTEST or len(words) > LONGEST:
            return Misread(_("Please choose a number, or type the reason in a few words."))
        return Understood(words)

    def problem(self, value: Any, scope: Scope) -> Text | None:
        """Find nothing wrong: words of one's own are welcome."""
        del value, scope
        return None

    def show(self, value: Any) -> Text:
        """Show the reason."""
        return CODES.get(value) or Plain(value)


def reason_text(review: Review) -> Text:
    """Say why a report was sent back."""
    return CODES.get(review.reason) or Plain(review.note)


def split_reason(value: str) -> dict[str, str]:
    """Give a reason as it is kept: its code, or the words."""
    return {"reason": value} if value in CODES else {"note": value}
