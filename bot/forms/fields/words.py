"""A question for free words."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from bot.forms.conditions import Scope
from bot.forms.fields.base import Field, Misread, ReadAnswer, Understood
from bot.forms.fold import clean
from bot.i18n import _


@dataclass(frozen=True, slots=True, eq=False)
class TextField(Field):
    """Free words."""

    _: KW_ONLY
    longest: int = 300
    shortest: int = 1

    type: ClassVar[str] = "text"
    stored_as = str
    free_text: ClassVar[bool] = True

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Take the words as they are, cleaned of invisible characters."""
        del scope
        words = clean(text)
        if len(words) > self.longest:
            return Misread(
                _(
                    "That is {length} characters; please keep it within {longest}.",
                    length=len(words),
                    longest=self.longest,
                )
            )
        if len(words) < self.shortest:
            return Misread(_("Please type a few words."))
        return Understood(words)
