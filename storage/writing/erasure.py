"""Erases people: what is personal goes everywhere; reports, figures and the dates of consents stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, literal_column, or_, select, tuple_, update

from bot.effects import ErasePerson
from storage.reading.cases import sent_in_cases
from storage.sql import among, local_day
from storage.tables import (
    addresses,
    asks,
    attachments,
    case_events,
    drafts,
    entries,
    heard,
    invites,
    mutes,
    notice_questions,
    outbox,
    people,
    reviews,
    roles,
    submissions,
    votes,
)
from storage.writing.files import erasing

_THEIR_DRAFTS = among(drafts.c.person, "people")
_THEIR_NEWS = and_(among(entries.c.person, "people"), entries.c.register == "news")
_THEIR_FILES = or_(
    attachments.c.draft.in_(
        select(submissions.c.draft).where(among(submissions.c.person, "people"), submissions.c.draft != "")
    ),
    attachments.c.draft.in_(select(drafts.c.id).where(_THEIR_DRAFTS)),
    attachments.c.draft.in_(select(entries.c.id).where(_THEIR_NEWS)),
    attachments.c.id.in_(sent_in_cases(among(case_events.c.person, "people"))),
)
_ERASURE = (
    *erasing(_THEIR_FILES),
    delete(asks).where(among(asks.c.person, "people")),
    delete(drafts).where(_THEIR_DRAFTS),
    delete(entries).where(_THEIR_NEWS),
    delete(votes).where(among(votes.c.person, "people")),
    delete(mutes).where(among(mutes.c.person, "people")),
    delete(heard).where(
        tuple_(heard.c.channel, heard.c.chat).in_(
            select(addresses.c.channel, addresses.c.chat).where(among(addresses.c.person, "people"))
        )
    ),
    delete(addresses).where(among(addresses.c.person, "people")),
    update(invites)
    .where(
        or_(among(invites.c.person, "people"), among(invites.c.made_by, "people")),
        invites.c.used_at.is_(None),
        invites.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("now")),
    update(roles)
    .where(
        among(roles.c.person, "people"),
        or_(roles.c.valid_to.is_(None), roles.c.valid_to > bindparam("today")),
    )
    .values(valid_to=bindparam("today")),
    update(case_events).where(among(case_events.c.person, "people"), case_events.c.text != "").values(text=""),
    update(notice_questions).where(among(notice_questions.c.person, "people")).values(text=""),
    # Why they withdrew a report is in their own words.
    update(submissions).where(among(submissions.c.person, "people"), submissions.c.reason != "").values(reason=""),
    update(reviews).where(among(reviews.c.person, "people"), reviews.c.note != "").values(note=""),
    update(people)
    .where(among(people.c.id, "people"))
    .values(name="", phone="", honorific="", erased_at=bindparam("now")),
)
_CHATS = select(addresses.c.channel, addresses.c.chat).where(among(addresses.c.person, "people"))
_LETTERS = (
    update(outbox)
    .where(
        among(outbox.c.chat, "chats"),
        literal_column("chat <> ''"),
        outbox.c.channel == bindparam("on"),
        outbox.c.state.not_in(("pending", "sending", "held")),
    )
    .values(body={}, chat="")
)


def erase_people(connection: Connection, effects: Sequence[ErasePerson], now: datetime) -> None:
    """Blank what is personal."""
    given: dict[str, Any] = {"people": [effect.person for effect in effects], "today": local_day(now), "now": now}
    _blank_letters(connection, given)
    for statement in _ERASURE:
        connection.execute(statement, given)


def _blank_letters(connection: Connection, given: dict[str, Any]) -> None:
    """Blank what was said to them, and where; what is still to be said is said."""
    chats: dict[str, list[str]] = defaultdict(list)
    for channel, chat in connection.execute(_CHATS, given):
        chats[channel].append(chat)
    for channel, these in chats.items():
        connection.execute(_LETTERS, {"on": channel, "chats": these})
