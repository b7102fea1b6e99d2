"""Reads versions of the office's book of settings."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from bot.records import BookVersion
from storage.sql import columns_of
from storage.tables import settings

_c = settings.c
_ALL = select(*columns_of(settings, BookVersion)).order_by(_c.version.desc())
_NEWER = _ALL.where(_c.version > bindparam("than")).limit(1)
_ONE = _ALL.where(_c.version == bindparam("wanted"))
_LATEST = select(_c.version, _c.at, _c.by, _c.note).order_by(_c.version.desc()).limit(bindparam("most"))


def newer(connection: Connection, than: int) -> BookVersion | None:
    """Give the latest version, if it is newer than this one."""
    row = connection.execute(_NEWER, {"than": than}).first()
    return BookVersion(*row) if row else None


def one(connection: Connection, version: int) -> BookVersion | None:
    """Give one version."""
    row = connection.execute(_ONE, {"wanted": version}).first()
    return BookVersion(*row) if row else None


def latest(connection: Connection, limit: int) -> list[BookVersion]:
    """List versions without their sheets, the latest first."""
    return [BookVersion(*row) for row in connection.execute(_LATEST, {"most": limit})]
