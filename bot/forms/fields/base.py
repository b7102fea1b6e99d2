"""What every kind of question has in common, and what reading an answer gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Any, ClassVar, TypeAlias

from bot.forms.conditions import Expression, Scope
from bot.i18n import Plain, Text

JsonType: TypeAlias = type  # a field's own `type` is its name


class Sensitivity(StrEnum):
    """How carefully an answer must be handled."""

    PLAIN = "plain"
    INTERNAL = "internal"  # small units could be recognised
    PERSONAL = "personal"  # names, phones, pictures
    SENSITIVE = "sensitive"  # views, health, origin tied to a person


class Figure(StrEnum):
    """What digests do with an answer."""

    NONE = "none"
    TOTAL = "total"  # add up
    COUNT_BY = "count_by"  # count by choice
    LAST = "last"  # the latest value of each unit, added up
    PER_PERIOD = "per_period"  # add up the reports for one period; those for others, which may overlap it, stay out
    AVERAGE = "average"  # per period, weighted by what it is set beside
    MEAN = "mean"  # an average over all reports of the days asked about, weighted by what it is set beside
    MOST = "most"  # the largest of the reports
    STATED = "stated"  # per period; other kinds are its source, so it is only shown where it differs from them


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its code, and what people read."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Understood:
    """An answer that was read; `doubt` is a question to put first when it might mean something else."""

    value: Any
    doubt: Text | None = None


@dataclass(frozen=True, slots=True)
class Misread:
    """An answer that was not understood: why, with an example of a good one."""

    why: Text


ReadAnswer = Understood | Misread


@dataclass(frozen=True, slots=True, eq=False)
class Warn:
    """A soft check: `when` true puts `text` as a question; a yes is kept (with a reason, if `reason`), a no asks again.

    `instead` offers another value beside the typed one: "1. {instead} 2. {typed}", or in words: `no` and `yes`.
    """

    name: str
    when: Expression
    text: Callable[[Any, Scope], Text]
    _: KW_ONLY
    reason: bool = False
    instead: Expression | None = None
    yes: Text | None = None
    no: Text | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One question. `label` is what is asked, `short` its name in recaps and digests."""

    code: str
    label: Text
    _: KW_ONLY
    short: Text
    hint: Text | None = None
    required: bool = True
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: Text | None = None
    warnings: tuple[Warn, ...] = ()
    default: Expression | None = None
    default_label: Callable[[Any], Text] | None = None  # asks the question with the default in it
    default_typed: bool = False  # a default below ten is agreed to by typing it: a typed 1 may well mean one
    asked: Expression | None = None  # where this holds, the question is asked by itself although it is optional
    figure: Figure = Figure.NONE
    beside: Expression | None = (
        None  # the weight of an average (people, meals), or what event reports tell of a figure stated
    )
    sensitive: Sensitivity = Sensitivity.PLAIN

    type: ClassVar[str] = "field"
    stored_as: ClassVar[JsonType] = object  # what JSON makes of an answer
    free_text: ClassVar[bool] = False  # takes whole messages, separators and command words included
    takes_files: ClassVar[bool] = False

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Read a typed answer."""
        raise TypeError(type(self))

    def kept(self, value: Any, scope: Scope) -> Any:
        """Give what is stored of an answer that was read or chosen."""
        del scope
        return value

    def example(self) -> Text | None:
        """Give an example of a good answer, where words alone do not tell."""
        return None

    def says_more(self, text: str) -> bool:
        """Tell whether a message says more than an answer, so that it may be meant as something else."""
        del text
        return False

    def load(self, stored: Any) -> Any:
        """Turn what is stored (JSON) into the value that conditions see.

        Raises TypeError or ValueError when it is of another kind: the form was changed since it was stored.
        """
        if not isinstance(stored, self.stored_as) or isinstance(stored, bool):
            raise TypeError(f"{self.code} is stored as {stored!r}")
        return stored

    def show(self, value: Any) -> Text:
        """Show a loaded value as people read it."""
        return Plain(str(value))

    def options(self, scope: Scope) -> Sequence[Option]:
        """List the choices, if it has any."""
        del scope
        return ()

    def quick(self, scope: Scope) -> Sequence[Option]:
        """List answers worth a button beside free typing."""
        del scope
        return ()

    def problem(self, value: Any, scope: Scope) -> Text | None:
        """Say why a value cannot be right."""
        del value
        if self.constraint is not None and self.constraint.fails(scope):
            return self.constraint_message
        return None

    def reads(self) -> frozenset[str]:
        """Name the answers that its rules look at."""
        doubts = (rule for warning in self.warnings for rule in (warning.when, warning.instead))
        rules = (self.relevant, self.constraint, self.default, self.asked, self.beside, *doubts)
        return frozenset().union(*(rule.reads() for rule in rules if rule is not None))
