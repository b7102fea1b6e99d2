"""Writes notices, for whom they were provided, what units told of them, questions, and the register of directives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Delete, Update, bindparam, delete, func, or_, select, update

from bot.effects import (
    Acknowledge,
    AnswerBack,
    AskBack,
    Correct,
    Counted,
    DropSome,
    HoldUnsent,
    KeepDirective,
    KeepNotice,
    NoticeState,
    Provide,
    Provided,
    PutOff,
    Readdress,
    ReleaseHeld,
    TakeBack,
)
from storage.columns import Moment
from storage.sql import add_new, among, put, row_of
from storage.tables import (
    acknowledgements,
    directives,
    notice_questions,
    notice_recipients,
    notices,
    outbox,
    submissions,
)

STEP = 1_000  # messages held, released or dropped in one transaction

_ID = notices.c.id == bindparam("notice_id")
_COUNTED = update(notices).where(_ID).values(units=bindparam("new_units"), copies=bindparam("new_copies"))
_CORRECT = update(notices).where(_ID).values(correction=bindparam("new_text"))
_PROVIDED = (
    update(notices)
    .where(_ID, notices.c.after <= bindparam("up_to"))
    .values(after=bindparam("up_to"), expanded=or_(notices.c.expanded, bindparam("all")))
)
_STATE = (
    update(notices)
    .where(_ID, among(notices.c.state, "from"))
    .values(
        state=bindparam("new_state"),
        approved_by=func.coalesce(func.nullif(bindparam("by"), ""), notices.c.approved_by),
        sent_at=func.coalesce(notices.c.sent_at, bindparam("at", type_=Moment)),
    )
)
_OF = (notice_recipients.c.notice == bindparam("move_notice"), notice_recipients.c.unit == bindparam("move_unit"))
_MOVE = (
    update(notice_recipients)
    .where(*_OF, notice_recipients.c.copy == bindparam("move_failed"))
    .values(person=bindparam("move_person"), copy=bindparam("move_copy"), why=bindparam("move_why"))
)
_VERSIONS = select(submissions.c.id).where(
    submissions.c.unit == bindparam("back_unit"), submissions.c.number == bindparam("back_number")
)
_TAKE_BACK = delete(acknowledgements).where(
    acknowledgements.c.notice == bindparam("back_notice"),
    acknowledgements.c.unit == bindparam("back_unit"),
    acknowledgements.c.step == "done",
    acknowledgements.c.report.in_(_VERSIONS.scalar_subquery()),
)
_ANSWER = (
    update(notice_questions)
    .where(notice_questions.c.id == bindparam("question"), notice_questions.c.answer == "")
    .values(answer=bindparam("said"), answered_by=bindparam("by"), answered_at=bindparam("at", type_=Moment))
)


def _some(*states: str, when: ColumnElement[bool] | None = None) -> Any:
    which = [outbox.c.drop_key == bindparam("drop"), outbox.c.drop_key != "", outbox.c.state.in_(states)]
    which += [] if when is None else [when]
    return select(outbox.c.id).where(*which).order_by(outbox.c.id).limit(STEP).scalar_subquery()


_HOLD = update(outbox).where(outbox.c.id.in_(_some("pending"))).values(state="held")
_RELEASE = update(outbox).where(outbox.c.id.in_(_some("held"))).values(state="pending")
_DROP = delete(outbox).where(outbox.c.id.in_(_some("pending", "held")))
_EARLIER = or_(outbox.c.not_before.is_(None), outbox.c.not_before < bindparam("until", type_=Moment))
_PUT_OFF = (
    update(outbox)
    .where(outbox.c.id.in_(_some("pending", when=_EARLIER)))
    .values(not_before=bindparam("until", type_=Moment))
)
_SOME: dict[type, Update | Delete] = {HoldUnsent: _HOLD, ReleaseHeld: _RELEASE, DropSome: _DROP}


def keep_notices(connection: Connection, effects: Sequence[KeepNotice], _now: datetime) -> None:
    """Insert or overwrite notices."""
    put(connection, notices, [row_of(notice) for notice in {e.notice.id: e.notice for e in effects}.values()])


def set_states(connection: Connection, effects: Sequence[NoticeState], _now: datetime) -> None:
    """Move notices on."""
    for e in effects:
        given = {"notice_id": e.notice, "from": list(e.since), "new_state": e.state, "by": e.by, "at": e.at}
        connection.execute(_STATE, given)


def count(connection: Connection, effects: Sequence[Counted], _now: datetime) -> None:
    """Note what audiences are."""
    for e in effects:
        connection.execute(_COUNTED, {"notice_id": e.notice, "new_units": e.units, "new_copies": e.copies})


def correct(connection: Connection, effects: Sequence[Correct], _now: datetime) -> None:
    """Note corrections."""
    for e in effects:
        connection.execute(_CORRECT, {"notice_id": e.notice, "new_text": e.text})


def provide(connection: Connection, effects: Sequence[Provide], _now: datetime) -> None:
    """Note who gets a copy for which unit; what was noted already stays."""
    add_new(connection, notice_recipients, [row_of(e) for e in effects])


def provided(connection: Connection, effects: Sequence[Provided], _now: datetime) -> None:
    """Note how far notices were provided for."""
    for e in effects:
        connection.execute(_PROVIDED, {"notice_id": e.notice, "up_to": e.after, "all": e.all_})


def readdress(connection: Connection, effects: Sequence[Readdress], _now: datetime) -> None:
    """Note where copies go instead."""
    for e in effects:
        connection.execute(_MOVE, {f"move_{name}": value for name, value in row_of(e).items()})


def shift(connection: Connection, effects: Sequence[HoldUnsent | ReleaseHeld | DropSome], _now: datetime) -> None:
    """Hold, release or drop up to a thousand messages for each effect."""
    for e in effects:
        connection.execute(_SOME[type(e)], {"drop": e.drop_key})


def put_off(connection: Connection, effects: Sequence[PutOff], _now: datetime) -> None:
    """Let up to a thousand messages for each effect wait."""
    for e in effects:
        connection.execute(_PUT_OFF, {"drop": e.drop_key, "until": e.until})


def acknowledge(connection: Connection, effects: Sequence[Acknowledge], _now: datetime) -> None:
    """Keep what units tell; the first who says "received" has said it."""
    last = {(e.notice, e.unit, e.step): row_of(e) for e in effects}
    first = [row for row in last.values() if row["step"] == "received"]
    add_new(connection, acknowledgements, first)
    put(connection, acknowledgements, [row for row in last.values() if row["step"] != "received"])


def take_back(connection: Connection, effects: Sequence[TakeBack], _now: datetime) -> None:
    """Forget that a notice was done by a report that was withdrawn."""
    for e in effects:
        connection.execute(_TAKE_BACK, {f"back_{name}": value for name, value in row_of(e).items()})


def ask_back(connection: Connection, effects: Sequence[AskBack], _now: datetime) -> None:
    """Keep questions."""
    unanswered = {"answer": "", "answered_by": "", "answered_at": None}
    add_new(connection, notice_questions, [row_of(e) | unanswered for e in effects])


def answer_back(connection: Connection, effects: Sequence[AnswerBack], _now: datetime) -> None:
    """Keep answers; the first one counts."""
    for e in effects:
        connection.execute(_ANSWER, {"question": e.id, "said": e.text, "by": e.person, "at": e.at})


def keep_directives(connection: Connection, effects: Sequence[KeepDirective], _now: datetime) -> None:
    """Insert or overwrite documents of the register."""
    rows = {e.directive.id: row_of(e.directive) | {"added_at": e.at, "added_by": e.by} for e in effects}
    put(connection, directives, list(rows.values()))
