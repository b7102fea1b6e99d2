"""Writes what nobody is told: jobs to do, who did what, and what broke."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.effects import Audit, Failure, StartJob
from storage.sql import add, add_new, row_of
from storage.tables import audit, failures, jobs


def start_jobs(connection: Connection, effects: Sequence[StartJob], now: datetime) -> None:
    """Insert jobs; one that was started already is not started again."""
    rows = [
        {
            "id": e.id,
            "kind": e.kind,
            "args": e.args,
            "state": "waiting",
            "attempts": 0,
            "not_before": e.not_before or now,
            "why": "",
            "created_at": now,
        }
        for e in effects
    ]
    add_new(connection, jobs, rows)


def add_audit(connection: Connection, effects: Sequence[Audit], _now: datetime) -> None:
    """Insert who did or read what."""
    add(connection, audit, [row_of(effect) for effect in effects])


def add_failures(connection: Connection, effects: Sequence[Failure], _now: datetime) -> None:
    """Insert what broke."""
    rows = [{"at": e.at, "place": e.where, "incoming": e.update, "trace": e.trace} for e in effects]
    add(connection, failures, rows)
