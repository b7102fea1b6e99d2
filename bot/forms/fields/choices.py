"""Questions with choices: one, several, yes or no, a unit of the union."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar, Final

from bot.forms.conditions import Scope
from bot.forms.fields.base import Field, JsonType, Misread, Option, ReadAnswer, Understood
from bot.forms.fold import clean, fold
from bot.i18n import Plain, Text, _, _n, listed


@dataclass(frozen=True, slots=True, eq=False)
class SelectOne(Field):
    """One of several choices."""

    _: KW_ONLY
    choices: tuple[Option, ...] | Callable[[Scope], Sequence[Option]] = ()

    type: ClassVar[str] = "select_one"
    stored_as: ClassVar[JsonType] = str

    def options(self, scope: Scope) -> Sequence[Option]:
        """List the choices."""
        return self.choices(scope) if callable(self.choices) else self.choices

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Match a label, typed whole or as the beginning of one, without diacritics."""
        found = matching(text, self.options(scope), scope)
        return Understood(found[0]) if len(found) == 1 else Misread(_("Please choose one of the numbers."))

    def problem(self, value: Any, scope: Scope) -> Text | None:
        """Check that it is still offered: the choices may depend on other answers, or the form was changed."""
        offered = {option.code for option in self.options(scope)}
        if not offered.issuperset([value] if isinstance(value, str) else value):
            return _("That choice is no longer offered.")
        return Field.problem(self, value, scope)

    def show(self, value: Any) -> Text:
        """Show the label."""
        return label_of(value, self.choices)


@dataclass(frozen=True, slots=True, eq=False)
class SelectMultiple(SelectOne):
    """Any of several choices, stored as the list of their codes."""

    _: KW_ONLY
    at_most: int = 99

    type: ClassVar[str] = "select_multiple"
    stored_as = list

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Match several labels, separated by commas; or one that holds a comma itself."""
        picks = matching(text, self.options(scope), scope)
        if len(picks) == 1:
            return Understood(picks)
        picks = []
        for part in (part for part in clean(text).replace("\n", ",").replace(";", ",").split(",") if part.strip()):
            found = matching(part, self.options(scope), scope)
            if len(found) != 1:
                return Misread(_("Please choose by number, for example 1 or 13 for 1 and 3."))
            picks.append(found[0])
        return Understood(list(dict.fromkeys(picks))) if picks else Misread(_("Please choose at least one."))

    def problem(self, value: Any, scope: Scope) -> Text | None:
        """Check how many were chosen."""
        if len(value) > self.at_most:
            return _n("Please choose at most {count}.", "Please choose at most {count}.", self.at_most)
        return SelectOne.problem(self, value, scope)

    def show(self, value: Any) -> Text:
        """Show the labels."""
        return listed(*(label_of(code, self.choices) for code in value))


YES_NO: Final = (Option("yes", _("Yes")), Option("no", _("No")))


YES: Final = frozenset(
    {"co", "dung", "u", "uh", "vang", "da", "ok", "yes", "y", "dong y", "roi", "dung roi", "dung a", "co a"}
)


NO: Final = frozenset(
    {
        "khong",
        "ko",
        "k",
        "kg",
        "chua",
        "no",
        "n",
        "khong co",
        "ko co",
        "khong a",
        "khong dung",
        "sai",
        "sai roi",
        "hong",
        "hem",
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class YesNo(SelectOne):
    """Yes or no, stored as "yes" or "no"."""

    _: KW_ONLY
    choices: tuple[Option, ...] | Callable[[Scope], Sequence[Option]] = YES_NO

    type: ClassVar[str] = "yes_no"

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Understand "có", "ko", "vâng"."""
        if says_yes(text):
            return Understood("yes")
        return Understood("no") if fold(text).strip(" .!") in NO else SelectOne.read(self, text, scope)


@dataclass(frozen=True, slots=True, eq=False)
class UnitPicker(SelectOne):
    """A union unit, found by a piece of its name or code, stored as its id. Facts bring what the piece matches."""

    type: ClassVar[str] = "unit"
    everywhere: ClassVar[bool] = False  # false: found among the person's own units and those below

    def options(self, scope: Scope) -> Sequence[Option]:
        """List the units found by what was typed."""
        return [Option(str(unit.id), Plain(unit.name)) for unit in scope.facts.found]

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Take the one unit that matches, or ask which."""
        words = fold(text)
        exact = [unit for unit in scope.facts.found if words in {fold(unit.code), fold(unit.name)}]
        found = exact if len(exact) == 1 else list(scope.facts.found)
        if len(found) == 1:
            return Understood(str(found[0].id))
        if not found:
            return Misread(_("No unit has that in its name. Please type another piece of the name, or the unit code."))
        return Misread(_("Several units match. Please choose one, or type more of the name."))

    def problem(self, value: Any, scope: Scope) -> Text | None:
        """Check the rule only: facts hold the units found just now, not all that there are."""
        return Field.problem(self, value, scope)

    def show(self, value: Any) -> Text:
        """Show the id; whoever files knows the unit."""
        return Plain(str(value))


def says_yes(text: str) -> bool:
    """Tell whether the words agree: "đúng rồi", "vâng", "ok"."""
    return fold(text).strip(" .!") in YES


def matching(text: str, options: Sequence[Option], scope: Scope) -> list[str]:
    """Find the choices whose label is what was typed, or else begins with it; matched without diacritics or case."""
    typed = fold(text).strip(" .,!?")
    if not typed:
        return []
    labels = {option.code: fold(scope.facts.voice.speak(option.label)) for option in options}
    exact = [code for code, label in labels.items() if label == typed]
    return exact or [code for code, label in labels.items() if len(typed) > 1 and label.startswith(typed)]


def label_of(code: Any, choices: tuple[Option, ...] | Callable[[Scope], Sequence[Option]]) -> Text:
    """Give the label of a stored code; the code itself when the form no longer has it."""
    if not callable(choices):
        for option in choices:
            if option.code == code:
                return option.label
    return Plain(str(code))
