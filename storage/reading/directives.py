"""Reads the register of directives, and the questions that units have about notices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select

from bot.notices.notice import Directive, Step
from bot.ports import DirectiveStanding, Question
from storage.reading.units import ROOTS, tree_of
from storage.sql import among, columns_of
from storage.tables import acknowledgements, directives, notice_questions, notice_recipients, notices, submissions

PLAN = "plan"  # the report kind of plans, and its field that names the document
PLANS_FOR = "directive_code"

_ALL = select(*columns_of(directives, Directive)).order_by(directives.c.day.desc(), directives.c.number)
_ONE = _ALL.where(directives.c.id == bindparam("wanted"))
_THESE = select(tree_of(ROOTS).c.id)
_CARRIED = select(notices.c.id, notices.c.number).where(
    notices.c.directive == bindparam("wanted"), notices.c.state.in_(("sending", "paused", "sent"))
)
_UNITS = (
    select(notice_recipients.c.notice, notice_recipients.c.unit)
    .where(among(notice_recipients.c.notice, "notices"), notice_recipients.c.unit.in_(_THESE))
    .distinct()
)
_STEPS = (
    select(acknowledgements.c.step, func.count(acknowledgements.c.unit.distinct()))
    .where(among(acknowledgements.c.notice, "notices"), acknowledgements.c.unit.in_(_THESE))
    .group_by(acknowledgements.c.step)
)
_PLANS = select(submissions.c.unit, submissions.c.answers).where(
    submissions.c.form == PLAN,
    submissions.c.current,
    submissions.c.state == "filed",
    submissions.c.unit.in_(_THESE),
)
_QUESTIONS = (
    select(
        *(notice_questions.c[name] for name in ("id", "notice")),
        notices.c.number,
        *(notice_questions.c[name] for name in ("unit", "person", "text", "asked_at", "answer", "answered_by")),
    )
    .join_from(notice_questions, notices, notices.c.id == notice_questions.c.notice)
    .order_by(notice_questions.c.asked_at, notice_questions.c.id)
)
_QUESTION = _QUESTIONS.where(notice_questions.c.id == bindparam("wanted"))
_ABOUT = _QUESTIONS.where(notice_questions.c.notice == bindparam("wanted"))
_OPEN = and_(notice_questions.c.answer == "", notice_questions.c.text != "")
_WAITING = _QUESTIONS.where(notices.c.person == bindparam("wanted"), _OPEN)


def register(connection: Connection) -> list[Directive]:
    """List all documents."""
    return [Directive(*row) for row in connection.execute(_ALL)]


def by_id(connection: Connection, id_: str) -> Directive | None:
    """Give a document."""
    row = connection.execute(_ONE, {"wanted": id_}).first()
    return Directive(*row) if row is not None else None


def standing(connection: Connection, one: Directive, under: Sequence[int], on: date) -> DirectiveStanding:
    """Tell what became of a document in some subtrees."""
    carried = connection.execute(_CARRIED, {"wanted": one.id}).all()
    area = {"under": under, "on": on}
    given = {"notices": [row.id for row in carried], **area}
    got = connection.execute(_UNITS, given).all()
    steps: dict[str, int] = dict(connection.execute(_STEPS, given).all())
    named = {one.id, one.number}
    plans = {unit for unit, answers in connection.execute(_PLANS, area) if answers.get(PLANS_FOR) in named}
    there = {row.notice for row in got}
    return DirectiveStanding(
        tuple(row.number for row in carried if row.id in there),
        len({row.unit for row in got}),
        steps.get(Step.RECEIVED, 0),
        steps.get(Step.DONE, 0),
        tuple(sorted(plans)),
    )


def question(connection: Connection, id_: str) -> Question | None:
    """Give a question."""
    return next(iter(_read(connection, _QUESTION, id_)), None)


def questions(connection: Connection, notice: str, *, open_only: bool) -> list[Question]:
    """List the questions about a notice."""
    return _read(connection, _ABOUT.where(_OPEN) if open_only else _ABOUT, notice)


def waiting(connection: Connection, person: str) -> list[Question]:
    """List the unanswered questions about the notices of a sender."""
    return _read(connection, _WAITING, person)


def _read(connection: Connection, statement: Any, wanted: str) -> list[Question]:
    rows: Sequence[Any] = connection.execute(statement, {"wanted": wanted}).all()
    return [Question(*row) for row in rows]
