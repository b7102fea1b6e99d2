"""Writes drafts and open questions: of each, only how it stands at the end of the batch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete

from bot.effects import ClearAsk, DropDraft, OfferAsk, SaveDraft, SetAsk
from bot.records import Ask, Draft
from storage.columns import Moment
from storage.sql import among, insert, put, row_of
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


def offer_asks(connection: Connection, effects: Sequence[OfferAsk], _now: datetime) -> None:
    """Ask people who are not being asked anything: neither in a form, nor before a screen that still holds."""
    if not effects:
        return
    new = insert(connection, asks)
    idle = and_(asks.c.draft == "", asks.c.until < bindparam("now", type_=Moment))
    offered = {name: new.excluded[name] for name in ("key", "choices", "draft", "step", "state", "until")}
    statement = new.on_conflict_do_update(index_elements=["person"], set_=offered, where=idle)
    connection.execute(statement, [row_of(effect.ask) | {"now": effect.at} for effect in effects])


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
