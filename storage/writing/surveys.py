"""Writes surveys and votes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.effects import OpenSurvey, Vote
from storage.sql import add, put, row_of
from storage.tables import surveys, votes


def open_surveys(connection: Connection, effects: Sequence[OpenSurvey], _now: datetime) -> None:
    """Keep new surveys."""
    rows = [row_of(effect.survey) for effect in effects]
    more = [{"choices": list(effect.survey.choices), "chosen": dict(effect.survey.chosen)} for effect in effects]
    add(connection, surveys, [row | told for row, told in zip(rows, more, strict=True)])


def count(connection: Connection, effects: Sequence[Vote], _now: datetime) -> None:
    """Keep votes, the last one of each person."""
    put(connection, votes, list({(e.survey, e.person): row_of(e) for e in effects}.values()))
