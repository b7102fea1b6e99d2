"""Writes reports: immutable versions, the figures of the current ones, and the blanking of personal texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select, update

from bot.effects import BlankAnswers, FileReport
from storage.sql import add, among, row_of
from storage.tables import submissions
from storage.writing.figures import add_figures, drop_figures
from storage.writing.levels import keep_levels

_RETIRE = update(submissions).where(among(submissions.c.id, "ids")).values(current=False)

_blanked = submissions.alias("blanked")
_VERSIONS = (
    select(_blanked.c.id.label("asked"), submissions.c.id, submissions.c.answers, submissions.c.accepted)
    .join_from(
        _blanked,
        submissions,
        and_(submissions.c.unit == _blanked.c.unit, submissions.c.number == _blanked.c.number),
    )
    .where(among(_blanked.c.id, "ids"))
)
_BLANK = (
    update(submissions)
    .where(submissions.c.id == bindparam("version_id"))
    .values(answers=bindparam("answers"), accepted=bindparam("accepted"))
)


def file_reports(connection: Connection, effects: Sequence[FileReport], _now: datetime) -> None:
    """Insert versions and their figures; what they replace or retire is no longer current and has no figures."""
    past = {id_ for e in effects for id_ in (e.submission.replaces, *e.retires) if id_}
    add(connection, submissions, [row_of(e.submission) | {"current": True} for e in effects])
    dropped: Sequence[Mapping[str, Any]] = ()
    if past:
        connection.execute(_RETIRE, {"ids": sorted(past)})
        dropped = drop_figures(connection, sorted(past))
    added = add_figures(connection, (e for e in effects if e.submission.id not in past))
    keep_levels(connection, added, dropped)


def blank_answers(connection: Connection, effects: Sequence[BlankAnswers], _now: datetime) -> None:
    """Blank answers, and what was doubted about them, in every version of these reports."""
    unwanted: dict[str, set[str]] = defaultdict(set)
    for effect in effects:
        unwanted[effect.submission].update(effect.fields)
    versions: dict[str, dict[str, Any]] = {}
    for row in connection.execute(_VERSIONS, {"ids": list(unwanted)}):
        version = versions.setdefault(row.id, {"version_id": row.id, "answers": row.answers, "accepted": row.accepted})
        version["answers"] = {k: None if k in unwanted[row.asked] else v for k, v in version["answers"].items()}
        version["accepted"] = {k: v for k, v in version["accepted"].items() if k not in unwanted[row.asked]}
    if versions:
        connection.execute(_BLANK, list(versions.values()))
