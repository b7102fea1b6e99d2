"""Where a conversation stands: the next step, derived from the form and the answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from bot.forms.facts import Facts
from bot.forms.fields import Calculated, Field, Warn
from bot.forms.form import Form, Path
from bot.i18n import Text, local_day
from bot.records import Answers, Ask, Draft, Submission

# The engine's own steps. A question of the form is named by its field code; "code?" asks whether the answer was read
# rightly, "code!name" puts a warning, "code#name" asks for the reason behind a confirmed one.
UNIT: Final = "+unit"
SIMILAR: Final = "+similar"
MORE: Final = "+more"
RECAP: Final = "+recap"
EDIT: Final = "+edit"
CANCEL: Final = "+cancel"
WORD: Final = "+word"
STUCK: Final = "+stuck"
FILE: Final = "+file"  # nothing left to ask of a form that has no recap


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to ask. `trouble` says why a question comes again."""

    name: str
    trouble: Text | None = None
    state: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Stand:
    """A conversation at one moment: the form, the answers, the open question, and the facts.

    Without slots, so that the path, which a turn asks for a dozen times, and the next step are derived once.
    """

    form: Form
    draft: Draft
    facts: Facts
    ask: Ask | None = None

    @cached_property
    def path(self) -> Path:
        """Derive the path of the answers."""
        return self.form.path(self.draft.answers, self.facts)

    @cached_property
    def next(self) -> Step:
        """Derive the next step."""
        return _derived(self)

    def at(self, step: str) -> bool:
        """Tell whether this step is the open question of this draft."""
        return self.ask is not None and self.ask.draft == self.draft.id and self.ask.step == step

    def state(self) -> Mapping[str, Any]:
        """Give the state of the open question, if it is this draft's."""
        return self.ask.state if self.ask is not None and self.ask.draft == self.draft.id else {}

    def answering(self, code: str, value: Any, source: str = "") -> Stand:
        """Give the stand with one more answer. Hidden answers stay, in case the path comes back to them."""
        sources = {other: message for other, message in self.draft.sources.items() if other != code}
        sources |= {code: source} if source else {}
        return replace(self, draft=replace(self.draft, answers={**self.draft.answers, code: value}, sources=sources))

    def accepting(self, name: str, value: Any) -> Stand:
        """Give the stand with one more doubt laid to rest."""
        return replace(self, draft=replace(self.draft, accepted={**self.draft.accepted, name: value}))

    def replaced(self) -> Submission | None:
        """Give the report that this draft corrects."""
        return next((old for old in self.facts.history if old.id == self.draft.replaces), None)


def next_step(stand: Stand) -> Step:
    """Tell what to ask now: the first thing that is missing, wrong or doubtful, then the extras, then the recap."""
    return stand.next


def _derived(stand: Stand) -> Step:
    form, draft = stand.form, stand.draft
    if form.settings.per_unit and draft.unit is None:
        return Step(UNIT)
    path = stand.path
    chosen = draft.accepted.get(MORE)
    similar_after = form.settings.similar[-1] if form.settings.similar else ""
    for question in path.fields:
        step = _wanted(stand, path, question, chosen or ())
        if step is not None:
            return step
        if question.code == similar_after and not draft.replaces and new_similar(stand):
            return Step(SIMILAR)
    if chosen is None and path.optional_left() and form.settings.recap and _extras_now(stand):
        return Step(MORE)
    return Step(RECAP if form.settings.recap else FILE)


def _extras_now(stand: Stand) -> bool:
    """Tell whether the optional questions are offered: before the first sending, or when there is time later."""
    return bool(stand.draft.replaces) is stand.form.settings.extras_later


def _wanted(stand: Stand, path: Path, question: Field, chosen: Answers | tuple[str, ...]) -> Step | None:
    if isinstance(question, Calculated):
        return None
    if question.code not in path.stored:
        by_itself = question.asked is not None and question.asked.holds(path.scope)
        asked = question.required or by_itself or question.code in chosen
        return Step(question.code) if asked else None
    value = path.scope.answers.get(question.code)
    if value is None:
        return Step(question.code) if question.required else None
    trouble = question.problem(value, path.scope)
    if trouble is not None:
        return Step(question.code, trouble)
    warning = open_warning(stand, path, question)
    return Step(f"{question.code}!{warning.name}") if warning is not None else None


def open_warning(stand: Stand, path: Path, question: Field) -> Warn | None:
    """Give the first soft check of a field that neither holds nor was confirmed for this value."""
    for warning in question.warnings:
        if warning.when.holds(path.scope):
            accepted = stand.draft.accepted.get(f"{question.code}!{warning.name}")
            if accepted is None or accepted.get("mark") != warning_mark(path, question, warning):
                return warning
    return None


def warning_mark(path: Path, question: Field, warning: Warn) -> list[Any]:
    """Give what a confirmation of a warning is about; when it changes, the warning is put again."""
    instead = warning.instead.value(path.scope) if warning.instead is not None else None
    return [path.stored[question.code], instead]


def similar_reports(stand: Stand) -> list[Submission]:
    """List earlier reports of the unit that say the same in the fields that make an event."""
    path, codes = stand.path, stand.form.settings.similar
    kept = path.kept()
    if not codes or any(kept.get(code) is None for code in codes):
        return []
    return [
        report
        for report in stand.facts.reports(stand.form.name)
        if report.id != stand.draft.replaces
        and _may_resemble(stand, report)
        and stand.form.settings.correctable(report, stand.facts)
        and _resembles(stand, report, kept)
    ]


def _may_resemble(stand: Stand, report: Submission) -> bool:
    """Tell whether the days agree, where they are to agree: the rest of a report costs more to look at."""
    settings = stand.form.settings
    if settings.event not in settings.similar or settings.resembles is not None:
        return True
    told = stand.path.scope.answers[settings.event]
    return report.day == (local_day(told) if isinstance(told, datetime) else told)


def _resembles(stand: Stand, report: Submission, kept: Answers) -> bool:
    settings = stand.form.settings
    if settings.resembles is not None:
        return settings.resembles(stand.path.scope, report)
    return all(_same(report.answers.get(code), kept[code]) for code in settings.similar)


def _same(one: Any, other: Any) -> bool:
    """Tell whether two stored answers are the same; the order in which several were chosen says nothing."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return bool(one == other)


def new_similar(stand: Stand) -> list[Submission]:
    """List the earlier reports like this one that the person has not yet told apart, the latest first."""
    known = stand.draft.accepted.get(SIMILAR, ())
    return [report for report in similar_reports(stand) if report.id not in known]


def fingerprint(stand: Stand, *more: Any) -> str:
    """Give a short mark of the answers that a recap shows, so that an old recap cannot confirm newer answers."""
    said = json.dumps([stand.draft.unit, stand.path.kept(), *more], sort_keys=True, ensure_ascii=False)
    return hashlib.blake2s(said.encode(), digest_size=4).hexdigest()


def mark(stand: Stand, name: str, state: Mapping[str, Any]) -> str:
    """Tie a button to its step and to what is asked there, so that an old one answers nothing else."""
    return f"{name}.{fingerprint(stand, state.get('value'))}"


def progress(stand: Stand, code: str) -> tuple[int, int]:
    """Count the required questions of the path: (place of this one, 0 if it is not among them; all)."""
    wanted = [f.code for f in stand.path.fields if f.required and not isinstance(f, Calculated)]
    return wanted.index(code) + 1 if code in wanted else 0, len(wanted)
