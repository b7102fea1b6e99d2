"""Questions for a number: counts, money, and values that are computed."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar, Final

from bot.forms import money, numbers
from bot.forms.conditions import Scope
from bot.forms.fields.base import Field, ReadAnswer
from bot.forms.fields.reading import understood
from bot.forms.readings import Reading
from bot.i18n import Text, _

PEOPLE: Final = _("people")  # what most numbers count; what is said of things is then no answer


@dataclass(frozen=True, slots=True, eq=False)
class Integer(Field):
    """A whole number."""

    _: KW_ONLY
    unit: Text | None = None  # said after the number
    counted_in: Text | None = None  # its unit in tables alone, where the name of the figure says it already
    minimum: int = 0
    maximum: int = 1_000_000

    type: ClassVar[str] = "integer"
    stored_as = int

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Read digits, words and abbreviations ("17 ng", "ba mốt")."""
        del scope
        return understood(self.read_number(text), self.example(), lambda n: _("Is it {number}?", number=n))

    def read_number(self, text: str) -> Reading[int]:
        """Read the number itself."""
        return numbers.read_integer(text, of_people=self.unit == PEOPLE)

    def says_more(self, text: str) -> bool:
        """Tell whether words stand beside the number that nobody counts with."""
        return numbers.says_more(text)

    def example(self) -> Text:
        """Give an example of a good answer."""
        return _("Please type a number, for example 12, or 0 if there is none.")

    def show(self, value: Any) -> Text:
        """Show the number with its unit."""
        if self.unit is None:
            return _("{number}", number=value)
        return _("{number} {unit}", number=value, unit=self.unit)

    def problem(self, value: Any, scope: Scope) -> Text | None:
        """Check the edges, then the rule."""
        if value < self.minimum:
            return _("It should be at least {minimum}. Please check the number.", minimum=self.minimum)
        if value > self.maximum:
            return _("It should be at most {maximum}. Please check the number.", maximum=self.maximum)
        return Field.problem(self, value, scope)


@dataclass(frozen=True, slots=True, eq=False)
class Money(Integer):
    """An amount in đồng."""

    _: KW_ONLY
    maximum: int = 1_000_000_000_000

    type: ClassVar[str] = "money"

    def read_number(self, text: str) -> Reading[int]:
        """Read "4tr", "500k", "1 tỷ 3"."""
        return money.read_money(text)

    def says_more(self, text: str) -> bool:
        """Leave it to the reader: what money is for is told in many words."""
        del text
        return False

    def example(self) -> Text:
        """Give an example of a good answer."""
        return _("Please type an amount, for example 500k, 4tr or 1.750.000; 0 if there is none.")

    def show(self, value: Any) -> Text:
        """Show the amount in đồng."""
        return _("{amount} đ", amount=value)


@dataclass(frozen=True, slots=True, eq=False)
class Calculated(Field):
    """A value that is computed, never asked."""

    _: KW_ONLY
    required: bool = False
    unit: Text | None = None

    type: ClassVar[str] = "calculated"

    def show(self, value: Any) -> Text:
        """Show the number with its unit."""
        if self.unit is None:
            return _("{number}", number=value)
        return _("{number} {unit}", number=value, unit=self.unit)
