"""Reads reports: submissions, receipts, and the files that came with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)

from bot.messages import FileRef
from bot.ports import UnitReport
from bot.records import StoredFile, Submission
from bot.reporting.periods import NIL, PERIODIC, Period
from storage.columns import Moment
from storage.reading.cases import sent_in_cases
from storage.sql import among, columns_of
from storage.tables import attachments, case_events, entries, submissions

CORRECTABLE = timedelta(days=60)  # how long a message that answered a question is still looked for

_c = submissions.c
_STILL_KEPT = (
    select(attachments.c.sha256).where(among(attachments.c.sha256, "hashes"), attachments.c.state == "kept").distinct()
)
_ALL: Select[Any] = select(*columns_of(submissions, Submission))
_CURRENT = _ALL.where(_c.current)
_LATEST = (_c.filed_at.desc(), _c.number.desc())

_BY_ID = _ALL.where(_c.id == bindparam("id"))
_BY_DRAFT = _ALL.where(_c.draft == bindparam("draft"), literal_column("draft <> ''"))
_BY_PERSON = _ALL.where(_c.person == bindparam("person")).order_by(_c.filed_at, _c.number, _c.version)
_OF_UNITS = _CURRENT.where(among(_c.unit, "units"), _c.filed_at < bindparam("before")).order_by(*_LATEST)
_HISTORY = _CURRENT.where(
    among(_c.unit, "units"), among(_c.form, "forms"), _c.day >= bindparam("since"), _c.state != "withdrawn"
).order_by(_c.day.desc(), *_LATEST)
_NUMBERED = _CURRENT.where(among(_c.unit, "units"), _c.number == bindparam("number")).order_by(*_LATEST)
_ANSWERED = _CURRENT.where(
    _c.person == bindparam("person"),
    _c.filed_at >= bindparam("since"),
    cast(_c.sources, Text).contains(bindparam("message")),
).order_by(*_LATEST)
_NUMBERS = select(_c.unit, func.max(_c.number)).where(among(_c.unit, "units")).group_by(_c.unit)

# Written out: a partial index is only taken where its condition stands in the statement.
COUNTING: tuple[ColumnElement[bool], ...] = (
    literal_column("current"),
    literal_column("state IN ('filed', 'returned')"),
)
_is_nil = case((_c.form == NIL, 1), else_=0)
_is_returned = case((_c.state == "returned", 1), else_=0)
_FIRST = (
    select(
        _c.unit,
        func.min(func.coalesce(_c.first_filed_at, _c.filed_at), type_=Moment),
        func.sum(1 - _is_nil, type_=Integer),
        func.max(_is_nil),
        func.min(_is_returned),
    )
    .where(among(_c.unit, "units"), *COUNTING)
    .group_by(_c.unit)
)
_under_its_codes = among(_c.period, "codes")
_on_its_days = _c.day.between(bindparam("since", type_=Date), bindparam("until", type_=Date))
_nil_closes = bindparam("nil", type_=Boolean)
# Any report closes most periods; a campaign, or the figures of a year, only those of some kinds.
CLOSING = and_(_under_its_codes, or_(_c.form != NIL, _nil_closes))
CLOSING_BY_KIND = or_(
    and_(_c.form == NIL, _under_its_codes, _nil_closes),
    and_(among(_c.form, "forms"), or_(_under_its_codes, and_(_on_its_days, _c.form != PERIODIC))),
)
_RECEIPTS = _FIRST.where(CLOSING)
_NAMED_RECEIPTS = _FIRST.where(CLOSING_BY_KIND)
_NOT_ERASED = select(attachments).where(attachments.c.state != "erased").order_by(attachments.c.id)
_FILES = _NOT_ERASED.where(among(attachments.c.draft, "drafts"))
_NAMED_FILES = _NOT_ERASED.where(among(attachments.c.id, "ids"))
# The name of the channel is written out: a partial index is only taken where the condition stands in the statement.
_FILE_FROM = select(attachments).where(
    attachments.c.channel == bindparam("channel", type_=Text, literal_execute=True),
    among(attachments.c.remote, "remotes"),
)
_SENT_BESIDE = _NOT_ERASED.where(
    or_(
        attachments.c.id.in_(sent_in_cases(case_events.c.person == bindparam("whose"))),
        attachments.c.draft.in_(select(entries.c.id).where(entries.c.person == bindparam("whose"))),
    )
)
_UNFETCHED = select(attachments.c.remote).where(
    attachments.c.channel == bindparam("channel", type_=Text, literal_execute=True),
    among(attachments.c.remote, "remotes"),
    attachments.c.state == "waiting",
)


def many(connection: Connection, statement: Select[Any], given: Mapping[str, Any]) -> list[Submission]:
    """Read submissions."""
    return [Submission(*row) for row in connection.execute(statement, given).all()]


def first(connection: Connection, statement: Select[Any], given: Mapping[str, Any]) -> Submission | None:
    """Read one submission."""
    row = connection.execute(statement, given).first()
    return Submission(*row) if row else None


def by_id(connection: Connection, submission: str) -> Submission | None:
    """Give a submission by id."""
    return first(connection, _BY_ID, {"id": submission})


def filed_from(connection: Connection, draft: str) -> Submission | None:
    """Find what was filed from a draft."""
    return first(connection, _BY_DRAFT, {"draft": draft})


def by_person(connection: Connection, person: str) -> list[Submission]:
    """List every version that a person filed, the oldest first."""
    return many(connection, _BY_PERSON, {"person": person})


def history(connection: Connection, units: Sequence[int], forms: Sequence[str], since: date) -> list[Submission]:
    """List current, not withdrawn submissions of forms from a day on."""
    return many(connection, _HISTORY, {"units": units, "forms": forms, "since": since})


def latest(connection: Connection, units: Sequence[int], limit: int, before: datetime) -> list[Submission]:
    """List current submissions, withdrawn ones too, the latest filed first."""
    return many(connection, _OF_UNITS.limit(limit), {"units": units, "before": before})


def numbered(connection: Connection, units: Sequence[int], number: int) -> list[Submission]:
    """Find current submissions by number."""
    return many(connection, _NUMBERED, {"units": units, "number": number})


def answered_by(connection: Connection, person: str, message: str, now: datetime) -> Submission | None:
    """Find the current submission with an answer that came in this message."""
    given = {"person": person, "since": now - CORRECTABLE, "message": message}
    found = many(connection, _ANSWERED, given)  # may hold longer ids that contain this one
    return next((one for one in found if message in one.sources.values()), None)


def last_numbers(connection: Connection, units: Sequence[int]) -> dict[int, int]:
    """Give the highest report number of each unit that has one."""
    return dict(connection.execute(_NUMBERS, {"units": units}).all())


def receipts(connection: Connection, units: Sequence[int], period: Period) -> list[UnitReport]:
    """Tell for each unit that filed for a period when it first did."""
    asked: dict[str, Any] = {"units": units, "codes": period.codes, "nil": period.nil}
    if period.forms:
        asked |= {"forms": period.forms, "since": period.since, "until": period.until}
    rows = connection.execute(_NAMED_RECEIPTS if period.forms else _RECEIPTS, asked)
    return [UnitReport(unit, at, reports, bool(nil), bool(returned)) for unit, at, reports, nil, returned in rows]


def files(connection: Connection, drafts: Sequence[str]) -> list[StoredFile]:
    """List the files that came with drafts."""
    return [file_from(row) for row in connection.execute(_FILES, {"drafts": drafts})]


def files_by_id(connection: Connection, ids: Sequence[str]) -> list[StoredFile]:
    """Give the files of these ids, in their order."""
    found = {row.id: file_from(row) for row in connection.execute(_NAMED_FILES, {"ids": ids})}
    return [found[id_] for id_ in dict.fromkeys(ids) if id_ in found]


def sent_beside(connection: Connection, whose: str) -> list[StoredFile]:
    """List the files that a person sent for cases, and with entries of registers."""
    return [file_from(row) for row in connection.execute(_SENT_BESIDE, {"whose": whose})]


def file_from(row: Any) -> StoredFile:
    """Read the row of a file."""
    ref = FileRef(row.remote, row.kind, row.name, row.ref_mime, row.ref_size)
    told = (row.state, row.sha256, row.size, row.mime, row.why)
    return StoredFile(row.id, row.draft, row.field, row.channel, ref, *told)


def file_called(connection: Connection, channel: str, remote: str) -> StoredFile | None:
    """Find a file by what its channel calls it."""
    row = connection.execute(_FILE_FROM, {"channel": channel, "remotes": [remote]}).first()
    return file_from(row) if row else None


def unfetched(connection: Connection, channel: str, remotes: Sequence[str]) -> set[str]:
    """Tell which of these files are still waited for."""
    return set(connection.execute(_UNFETCHED, {"channel": channel, "remotes": remotes}).scalars())


def still_kept(connection: Connection, hashes: Sequence[str]) -> set[str]:
    """Tell which contents still belong to a file that was not erased."""
    return set(connection.execute(_STILL_KEPT, {"hashes": hashes}).scalars())
