"""Addresses of documents about an area: worth nothing to whoever is no officer over it any more."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.shares import Shares
from bot.effects import EndRoles, Speak
from bot.messages import Attachment, Message, Outgoing, Reader
from bot.records import Role
from storage.migrate import migrate
from storage.store import SqlStore
from tests.storage.people import AREA_A, AREA_B, MILL, NOW, SCHOOL, TODAY, chat, joined, lay_out, write

Client = TestClient[web.Request, web.Application]
BASE = "https://congdoan.example.vn"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    """An organisation with an officer of an area, and a chair under them."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    await migrate(url)
    store = await SqlStore.open(url, lambda: NOW)
    await lay_out(store)
    await write(store, *joined("mai", Role.AREA_OFFICER, AREA_A), *joined("lan", Role.CHAIR, SCHOOL))
    yield store
    await store.close()


@pytest.fixture
def shares(store: SqlStore) -> Shares:
    return Shares("a secret", BASE, lambda: NOW, store)


@pytest.fixture
async def client(shares: Shares) -> AsyncIterator[Client]:
    app = web.Application()
    shares.mount(app)
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.fixture
def mine(tmp_path: Path) -> Attachment:
    """A report about the school, sent to the officer."""
    path = tmp_path / "x"
    path.write_bytes(b"PK")
    return Attachment(str(path), "BC.docx", reader=Reader(chat("mai"), (SCHOOL,)))


async def status(client: Client, shares: Shares, file: Attachment) -> int:
    """Open its address."""
    return (await client.get(shares(file).removeprefix(BASE))).status


async def test_it_opens_while_the_officer_holds_the_post(
    client: Client, shares: Shares, mine: Attachment, store: SqlStore
) -> None:
    """The same address opens nothing once the post is over."""
    address = shares(mine).removeprefix(BASE)
    assert (await client.get(address)).status == 200
    await write(store, EndRoles(AREA_A, Role.AREA_OFFICER, "", TODAY))
    assert (await client.get(address)).status == 403


async def test_only_of_units_under_the_officer(client: Client, shares: Shares, mine: Attachment) -> None:
    """Of all of them, if it is about several; nobody else's chat will do, nor a chair's."""
    assert await status(client, shares, replace(mine, reader=Reader(chat("mai"), (AREA_B,)))) == 403
    assert await status(client, shares, replace(mine, reader=Reader(chat("mai"), (SCHOOL, MILL)))) == 403
    assert await status(client, shares, replace(mine, reader=Reader(chat("lan"), (SCHOOL,)))) == 403
    assert await status(client, shares, replace(mine, reader=Reader(chat("nobody"), (SCHOOL,)))) == 403


async def test_it_is_kept_with_the_message_that_waits(store: SqlStore, mine: Attachment) -> None:
    """After a restart the address is as narrow as before."""
    plain = replace(mine, reader=None)
    both = replace(mine, reader=Reader(chat("mai"), (SCHOOL, MILL)))
    await write(store, Speak(Outgoing("k", chat("mai"), Message("x", attachments=(mine, plain, both)))))
    (claim,) = await store.due_messages(NOW, 1)
    assert claim.out.message.attachments == (mine, plain, both)


async def test_without_a_store_nobody_is_believed(mine: Attachment) -> None:
    """What is for somebody is given to nobody."""
    app, shares = web.Application(), Shares("a secret", BASE, lambda: NOW)
    shares.mount(app)
    async with TestClient(TestServer(app)) as client:
        assert await status(client, shares, mine) == 403
