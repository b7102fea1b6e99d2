"""A form: its questions in the order people meet them, checked when it is declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.cases.opening import Opening
from bot.effects import Effect
from bot.forms.conditions import Scope
from bot.forms.facts import Facts
from bot.forms.fields import Calculated, Field, Option
from bot.i18n import Text
from bot.messages import Say
from bot.records import REPORTERS, Answers, Draft, Person, Role, Submission

CALLBACK_BYTES: Final = 64  # what Telegram carries behind a button
DRAFT_ID: Final = 10  # characters of a draft's id
MARK: Final = 8  # characters that tie a button to what it was asked about
CODE: Final = re.compile(r"[A-Za-z0-9_]+")  # of fields, choices and warnings: what may stand behind a button


class FormError(ValueError):
    """A form is declared wrongly. The message lists every problem found."""


@dataclass(frozen=True, slots=True)
class Filing:
    """A confirmed draft on its way to become something: what the form's `file` function works with."""

    form: Form
    draft: Draft
    answers: Answers  # those on the path, as stored
    values: Mapping[str, Any]  # the same, as values, calculated ones included
    facts: Facts
    person: Person
    channel: str
    new_id: Callable[[], str]
    message_at: datetime  # when the confirming message was sent


@dataclass(frozen=True, slots=True)
class Filed:
    """What filing brings about, and the receipt."""

    effects: tuple[Effect, ...]
    says: tuple[Say, ...]
    command: str = ""  # a command to run right after, for its screen


class Form:
    """A dialogue of more than one turn, declared once; chat, recap, edit, digest and export follow from it."""

    def __init__(
        self,
        name: str,
        title: Text,
        *fields: Field,
        file: Callable[[Filing], Filed],
        **options: Any,
    ) -> None:
        """Declare a form. Raises FormError with every problem at once."""
        self.name = name
        self.title = title
        self.fields = fields
        self.file = file
        self.settings = FormSettings(**options)
        self.by_code = {field.code: field for field in fields}
        problems = list(_problems(self))
        if problems:
            raise FormError(f"form {name}: " + "; ".join(problems))

    def __repr__(self) -> str:
        return f"Form({self.name!r})"

    def path(self, answers: Answers, facts: Facts) -> Path:
        """Derive what counts and what is still wanted from the answers.

        An answer from before the form was changed, of a kind that its question no longer takes, counts as not given.
        """
        stored = dict(answers)
        values: dict[str, Any] = {}
        scope = Scope(values, facts)
        on_path: list[Field] = []
        for field in self.fields:
            if field.relevant is not None and not field.relevant.holds(scope):
                continue
            on_path.append(field)
            if isinstance(field, Calculated):
                stored.pop(field.code, None)
                values[field.code] = field.default.value(scope) if field.default is not None else None
            elif stored.get(field.code) is not None:
                try:
                    values[field.code] = field.load(stored[field.code])
                except (TypeError, ValueError):
                    del stored[field.code]
        return Path(tuple(on_path), scope, stored)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSettings:
    """What else a form declares."""

    audience: frozenset[Role] = REPORTERS  # who may fill it
    per_unit: bool = True  # about a unit, so "for which?" may come first
    event: str = ""  # the date field that says when it happened
    period: str = ""  # the field that says which period it is for: there is one report for each
    receives: str = ""  # the function of the officers it is for
    needs: tuple[str, ...] = ()  # other forms whose earlier reports it looks at
    documents: bool = False  # it asks for a document of the register
    cases: bool = False  # it asks which of the unit's cases are open
    similar: tuple[str, ...] = ()  # an earlier report with the same answers here may be the same event
    # Where equal answers do not tell: whether these values are news of that earlier report, and what to ask again then.
    resembles: Callable[[Scope, Submission], bool] | None = None
    again: tuple[str, ...] = ()
    apart: tuple[str, str] | None = None  # the field and its answer that say that this is another event after all
    news: str = ""  # the command that takes news of an earlier report that can no longer be changed: "unit number"
    unnamed: str = ""  # the yes or no by which a unit leaves its name out where reports are put together
    extras_later: bool = False  # send first, and offer the optional questions when the report is corrected
    menu: Text | None = None  # its short name in menus
    triggers: str = ""  # words that open it, folded, separated by commas
    opens: str = ""  # the command that opens it, when it has no questions to begin with
    report: bool = False  # a report kind: filed, listed, counted
    headline: tuple[str, ...] = ()  # the figures that tell most of it, for a digest of many kinds
    recap: bool = True  # show the answers and ask before filing
    intro: Text | None = None  # said once before the first question
    confirm: Text | None = None  # the recap's first choice, when it is not "Send"
    later: Text | None = None  # its last choice, when it is not "Later": then nothing is kept
    correctable: Callable[[Submission, Facts], bool] = lambda _report, _facts: True  # may the unit still change it?
    case: Callable[[Filing], Opening | None] = lambda _filing: None  # the case that a report of it opens, if any
    remark: Callable[[Filing], Text | None] = lambda _filing: None  # something to add to the receipt


@dataclass(frozen=True, slots=True)
class Path:
    """The questions that count for these answers, and the answers that count."""

    fields: tuple[Field, ...]
    scope: Scope
    stored: Answers

    def field(self, code: str) -> Field | None:
        """Give a field of the path."""
        return next((field for field in self.fields if field.code == code), None)

    def answered(self) -> list[Field]:
        """List the fields with something to show, calculated ones included."""
        return [field for field in self.fields if self.scope.answers.get(field.code) is not None]

    def optional_left(self) -> list[Field]:
        """List the optional fields that were neither answered nor skipped."""
        return [
            field
            for field in self.fields
            if not field.required and not isinstance(field, Calculated) and field.code not in self.stored
        ]

    def kept(self) -> dict[str, Any]:
        """Give the stored answers that count: those of the path."""
        return {field.code: self.stored[field.code] for field in self.fields if field.code in self.stored}

    def loaded(self) -> dict[str, Any]:
        """Give all values of the path."""
        return dict(self.scope.answers)

    def options(self, field: Field) -> Sequence[Option]:
        """List the choices of a field here."""
        return field.options(self.scope)


def _problems(form: Form) -> Iterator[str]:
    earlier: set[str] = set()
    for field in form.fields:
        if field.code in earlier:
            yield f"field {field.code} is declared twice"
        yield from _wrong_names(form, field, earlier)
        yield from _wrong_codes(field)
        yield from _long_callbacks(field)
        if field.constraint is not None and field.constraint_message is None:
            yield f"field {field.code} has a constraint without a constraint_message"
        if isinstance(field, Calculated) and field.default is None:
            yield f"field {field.code} is calculated, but from nothing"
        earlier.add(field.code)
    named = form.settings
    for code in (named.event, named.period, named.unnamed, *named.similar, *named.again, *named.headline):
        if code and code not in form.by_code:
            yield f"the form points at {code}, which is no field of it"


def _wrong_names(form: Form, field: Field, earlier: set[str]) -> Iterator[str]:
    for code in sorted(field.reads() - earlier - {field.code}):
        kind = "asked later" if code in form.by_code else "unknown"
        yield f"field {field.code} looks at {code}, which is {kind}"
    if field.relevant is not None and field.code in field.relevant.reads():
        yield f"field {field.code} decides by its own answer whether it is asked"


def _choice_codes(field: Field) -> list[str]:
    choices = getattr(field, "choices", ())
    return [option.code for option in choices] if isinstance(choices, tuple) else []


def _wrong_codes(field: Field) -> Iterator[str]:
    for kind, codes in (("choices", _choice_codes(field)), ("warnings", [one.name for one in field.warnings])):
        if len(set(codes)) < len(codes):
            yield f"field {field.code} has two {kind} with one code"
        for code in codes:
            if not CODE.fullmatch(code):
                yield f"{kind} of field {field.code}: {code!r} is no code of letters, digits and _"
    if not CODE.fullmatch(field.code):
        yield f"field {field.code!r}: that is no code of letters, digits and _"


def _long_callbacks(field: Field) -> Iterator[str]:
    draft = "x" * DRAFT_ID
    buttons = {code: f"a:{draft}:{field.code}:{code}" for code in (*_choice_codes(field), "+default")}
    buttons |= {one.name: f"s:{draft}:instead:{field.code}!{one.name}.{'x' * MARK}" for one in field.warnings}
    for code, data in buttons.items():
        size = len(data.encode())
        if size > CALLBACK_BYTES:
            yield f"choice {code} of field {field.code} needs {size} bytes behind its button, not {CALLBACK_BYTES}"
