"""Keys of messengers: the latest pair is kept, and of two who change it at once one is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.effects import KeepKeys
from bot.ports import Conflict
from bot.records import ChannelKeys
from storage.store import SqlStore
from tests.storage.people import NOW, write

FIRST = ChannelKeys("zalo_oa", 1, "seed", "refresh-1", "access-1", NOW)


async def test_the_next_pair_takes_the_place_of_the_one_before(store: SqlStore) -> None:
    """There is one pair, the latest; a key that was used is kept nowhere."""
    second = replace(FIRST, version=2, refresh="refresh-2", renewing_until=NOW)
    async with store.reading() as reads:
        assert await reads.channel_keys("zalo_oa") is None
    await write(store, KeepKeys(FIRST))
    await write(store, KeepKeys(second))
    async with store.reading() as reads:
        assert await reads.channel_keys("zalo_oa") == second


@pytest.mark.parametrize("version", [1, 2])
async def test_of_two_who_change_them_at_once_one_is_refused(store: SqlStore, version: int) -> None:
    """Whoever had not seen the other's change is told, so that a single-use key is used once."""
    for number in range(1, version + 1):
        await write(store, KeepKeys(replace(FIRST, version=number)))
    with pytest.raises(Conflict):
        await write(store, KeepKeys(replace(FIRST, version=version, refresh="another")))
    async with store.reading() as reads:
        kept = await reads.channel_keys("zalo_oa")
    assert kept is not None
    assert kept.refresh == "refresh-1"


def test_keys_are_not_shown() -> None:
    """A record that ends up in a log or trace gives nothing away."""
    assert not [secret for secret in ("refresh-1", "access-1", "seed") if secret in repr(FIRST)]
