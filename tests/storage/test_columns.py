from __future__ import annotations

from datetime import UTC, datetime, timedelta
from json import JSONDecodeError

import pytest

from bot.effects import Consent
from bot.i18n import ZONE
from bot.records import Role
from storage.store import SqlStore
from storage.unread import Unread, unread
from tests.storage.people import SCHOOL, joined, write


async def test_times_come_back_aware_and_in_utc(store: SqlStore) -> None:
    """A moment told in Vietnam is the same moment when it is read, to the microsecond."""
    told = datetime(2026, 11, 14, 12, 30, 0, 123456, tzinfo=ZONE)
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), Consent("pao", "1", told))
    async with store.reading() as reads:
        ((_, at, _given),) = await reads.consents("pao")
    assert at == told
    assert at.utcoffset() == timedelta(0)
    assert at.tzinfo is UTC


async def test_a_time_without_a_zone_is_refused(store: SqlStore) -> None:
    """A naive time is a mistake of ours, found where it is written."""
    naive = datetime(2026, 11, 14, 12, 30)  # noqa: DTZ001
    with pytest.raises(ValueError, match="without its zone"):
        await write(store, *joined("pao", Role.CHAIR, SCHOOL), Consent("pao", "1", naive))


def test_json_is_read_at_the_first_look() -> None:
    """What is never looked into is never decoded; looked into, it is a mapping like any other."""
    broken = unread('{"never": looked at}')
    assert isinstance(broken, Unread)
    with pytest.raises(JSONDecodeError):
        len(broken)
    answers = unread('{"attendees": 18, "topics": ["luong"]}')
    assert answers == {"attendees": 18, "topics": ["luong"]}
    assert {**answers, "attendees": 20} == {"attendees": 20, "topics": ["luong"]}
    assert unread('["a", 1]') == ["a", 1]
    assert unread("null") is None
