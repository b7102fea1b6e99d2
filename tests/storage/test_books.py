"""Versions of the office's book of settings: kept whole, never changed, the latest in force."""

from __future__ import annotations

import pytest

from bot.effects import KeepBook
from bot.ports import Conflict
from bot.records import BookVersion
from storage.store import SqlStore
from tests.storage.people import NOW, write


def version(number: int) -> BookVersion:
    """Make a version."""
    return BookVersion(number, NOW, "operator", f"v{number}.xlsx", {"days": [{"date": "2027-02-13", "n": str(number)}]})


async def test_the_latest_is_in_force(store: SqlStore) -> None:
    """The latest version is given to whoever has an older one, and to nobody else."""
    async with store.reading() as reads:
        assert await reads.newer_book(0) is None
    await write(store, KeepBook(version(1)))
    await write(store, KeepBook(version(2)))
    async with store.reading() as reads:
        assert [await reads.newer_book(than) for than in (0, 1, 2)] == [version(2), version(2), None]


async def test_earlier_ones_are_kept(store: SqlStore) -> None:
    """Every version can be had again; the list comes without their sheets."""
    for number in (1, 2, 3):
        await write(store, KeepBook(version(number)))
    async with store.reading() as reads:
        assert [await reads.book(number) for number in (1, 9)] == [version(1), None]
        listed = await reads.books(2)
    assert [(one.version, one.note, dict(one.sheets)) for one in listed] == [(3, "v3.xlsx", {}), (2, "v2.xlsx", {})]


async def test_two_cannot_be_the_same_version(store: SqlStore) -> None:
    """Of two who write the same version, the second is refused: they had not seen the first one's."""
    await write(store, KeepBook(version(1)))
    with pytest.raises(Conflict):
        await write(store, KeepBook(version(1)))
