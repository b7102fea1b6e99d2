"""Writes drafts and open questions: of each, only how it stands at the end of the batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, Dialect, and_, bindparam, delete, literal_column
from sqlalchemy.dialects import postgresql, sqlite

from bot.effects import ClearAsk, DropDraft, OfferAsk, SaveDraft, SetAsk
from bot.records import Ask, Draft
from storage.columns import Moment
from storage.sql import Rows, among, put, row_of
from storage.tables import asks, drafts

_DROP = delete(drafts).where(among(drafts.c.id, "ids"))
_CLEAR = delete(asks).where(among(asks.c.person, "ids"))


def keep_drafts(connection: Connection, effects: Sequence[SaveDraft | DropDraft], _now: datetime) -> None:
    """Keep or forget drafts."""
    last: dict[str, Draft | None] = {}
    for effect in effects:
        if isinstance(effect, SaveDraft):
            last[effect.draft.id] = effect.draft
        else:
            last[effect.draft] = None
    put(connection, drafts, [row_of(draft) for draft in last.values() if draft])
    if gone := [id_ for id_, draft in last.items() if draft is None]:
        connection.execute(_DROP, {"ids": gone})


@lru_cache
def _offer(dialect: Dialect) -> Rows:
    new = postgresql.insert(asks) if dialect.name == "postgresql" else sqlite.insert(asks)
    idle = and_(asks.c.draft == literal_column("''"), asks.c.until < bindparam("now", type_=Moment))
    offered = {column.name: new.excluded[column.name] for column in asks.c if not column.primary_key}
    statement = new.on_conflict_do_update(index_elements=["person"], set_=offered, where=idle)
    return Rows(statement, dialect, tuple(column.name for column in asks.c))


def offer_asks(connection: Connection, effects: Sequence[OfferAsk], _now: datetime) -> None:
    """Ask people who are not being asked anything: neither in a form, nor before a screen that still holds."""
    _offer(connection.dialect).run(connection, [row_of(effect.ask) | {"now": effect.at} for effect in effects])


def keep_asks(connection: Connection, effects: Sequence[SetAsk | ClearAsk], _now: datetime) -> None:
    """Keep or clear what people are being asked."""
    last: dict[str, Ask | None] = {}
    for effect in effects:
        if isinstance(effect, SetAsk):
            last[effect.ask.person] = effect.ask
        else:
            last[effect.person] = None
    put(connection, asks, [row_of(ask) for ask in last.values() if ask])
    if gone := [person for person, ask in last.items() if ask is None]:
        connection.execute(_CLEAR, {"ids": gone})
