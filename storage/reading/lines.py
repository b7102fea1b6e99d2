"""Reads conversations as their page shows them: the outbox of a chat, and what was heard from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, literal_column, or_, select

from bot.messages import Address, FileRef, Message
from bot.ports import Line
from storage.columns import Moment
from storage.letters import unpacked
from storage.tables import heard, outbox

AHEAD = timedelta(days=40)  # longer before its moment nothing is put into the outbox

_KEPT: ColumnElement[bool] = literal_column("chat <> ''")  # written as the index has it, which holds no others
_SAID_AT = case((outbox.c.not_before > outbox.c.created_at, outbox.c.not_before), else_=outbox.c.created_at)
_SAID = select(outbox.c.id, _SAID_AT.label("at"), outbox.c.body).where(
    outbox.c.channel == bindparam("channel"),
    outbox.c.chat == bindparam("chat"),
    _KEPT,
)
_HEARD = select(heard.c.id, heard.c.at, heard.c.text, heard.c.files).where(
    heard.c.channel == bindparam("channel"), heard.c.chat == bindparam("chat")
)


def _moment(name: str) -> Any:
    return bindparam(name, type_=Moment)


_SAID_HERE = _SAID.where(outbox.c.created_at >= _moment("made"))
_DUE = or_(outbox.c.state != "pending", outbox.c.not_before.is_(None), outbox.c.not_before <= _moment("now"))
_SAID_AFTER = _SAID_HERE.where(_moment("after") <= _SAID_AT, _DUE)
_SAID_BEFORE = _SAID_HERE.where(_moment("since") <= _SAID_AT, _moment("before") > _SAID_AT)
_HEARD_AFTER = _HEARD.where(heard.c.at >= _moment("after"))
_HEARD_BEFORE = _HEARD.where(heard.c.at >= _moment("since"), heard.c.at < _moment("before"))
_ONE_SAID = _SAID.where(outbox.c.id == bindparam("row"))
_ONE_HEARD = _HEARD.where(heard.c.id == bindparam("row"))


def after(connection: Connection, address: Address, after_: datetime, now: datetime, limit: int) -> list[Line]:
    """Give the latest lines from a moment on."""
    given = _named(address) | {"after": after_, "now": now, "made": after_ - AHEAD}
    return _latest(connection, _SAID_AFTER, _HEARD_AFTER, given, limit)


def before(connection: Connection, address: Address, before_: datetime, since: datetime, limit: int) -> list[Line]:
    """Give the latest lines before a moment."""
    given = _named(address) | {"before": before_, "since": since, "made": since - AHEAD}
    return _latest(connection, _SAID_BEFORE, _HEARD_BEFORE, given, limit)


def one(connection: Connection, address: Address, key: str) -> Line | None:
    """Give a line by its key."""
    kind, id_ = key[:1], key[1:]
    if kind == "s" and id_.isdecimal():
        found = connection.execute(_ONE_SAID, _named(address) | {"row": int(id_)})
        return next(_said(found), None)
    return next(_heard(connection.execute(_ONE_HEARD, _named(address) | {"row": id_})), None)


def _named(address: Address) -> dict[str, Any]:
    return {"channel": address.channel, "chat": address.chat}


def _latest(
    connection: Connection, said: Select[Any], heard_: Select[Any], given: dict[str, Any], limit: int
) -> list[Line]:
    """Give the last `limit` lines of both; of the same moment, the question stands before the answer."""
    ours = said.order_by(_SAID_AT.desc(), outbox.c.id.desc()).limit(limit)
    theirs = heard_.order_by(heard.c.at.desc(), heard.c.id).limit(limit)
    lines = [
        *reversed(list(_heard(connection.execute(theirs, given)))),
        *reversed(list(_said(connection.execute(ours, given)))),
    ]
    return sorted(lines, key=lambda line: line.at)[-limit:]


def _said(rows: Iterable[Any]) -> Iterator[Line]:
    """Read what we said; what was blanked is not shown."""
    for row in rows:
        if row.body:
            yield Line(f"s{row.id}", row.at, own=False, message=unpacked(row.body))


def _heard(rows: Iterable[Any]) -> Iterator[Line]:
    for row in rows:
        files = tuple(FileRef(*file) for file in row.files)
        yield Line(f"h{row.id}", row.at, own=True, message=Message(row.text), files=files)
