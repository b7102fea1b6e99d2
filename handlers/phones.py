"""A telephone number as an answer, shown with its middle hidden."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final

from bot.forms.conditions import Scope
from bot.forms.fields import Misread, ReadAnswer, TextField, Understood
from bot.forms.fold import clean
from bot.i18n import Plain, Text, _

TEN_DIGITS: Final = re.compile(r"0\d{9}")


class PhoneNumber(TextField):
    """A Vietnamese telephone number of ten digits."""

    __slots__ = ()

    free_text: ClassVar[bool] = False

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Read it, written with or without spaces and dots, with 0 or +84 before it."""
        del scope
        digits = re.sub(r"^\+?84(?=\d{9}$)", "0", re.sub(r"[\s.\-()]", "", clean(text)))
        if TEN_DIGITS.fullmatch(digits):
            return Understood(digits)
        return Misread(_("Please type the ten digits of the phone number, for example 0912 345 678."))

    def show(self, value: Any) -> Text:
        """Show it with its middle hidden: summaries may be read over a shoulder."""
        return Plain(f"{value[:4]}***{value[-3:]}")
