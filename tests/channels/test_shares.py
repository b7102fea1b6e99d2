"""Addresses of files: signed, over after a day, and never a way to another file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.shares import LIFE, Shares
from bot.cli.wiring import LOCALES
from bot.i18n import load_catalogues
from bot.messages import Attachment
from tests.channels.conftest import NOW

Client = TestClient[web.Request, web.Application]
BASE = "https://congdoan.example.vn"


class Hands:
    """A clock that is moved by hand."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def shares(hands: Hands) -> Shares:
    return Shares("a secret", BASE, hands)


@pytest.fixture
async def client(shares: Shares) -> AsyncIterator[Client]:
    app = web.Application()
    shares.mount(app)
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.fixture
def report(tmp_path: Path) -> Attachment:
    path = tmp_path / "x"
    path.write_bytes(b"PK<script>")
    return Attachment(str(path), "Báo cáo <tháng 11>.xlsx")


async def test_whoever_has_the_address_gets_the_file(client: Client, shares: Shares, report: Attachment) -> None:
    """It is saved under its name, never run in the browser."""
    answer = await client.get(shares(report).removeprefix(BASE))
    assert (answer.status, await answer.read()) == (200, b"PK<script>")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''B%C3%A1o")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_the_address_is_over_after_a_day(
    client: Client, shares: Shares, report: Attachment, hands: Hands
) -> None:
    """Then one asks for the file again."""
    address = shares(report).removeprefix(BASE)
    hands.now += LIFE
    assert (await client.get(address)).status == 200
    hands.now += timedelta(seconds=1)
    assert (await client.get(address)).status == 410


async def test_nobody_can_make_one_up(client: Client, shares: Shares, report: Attachment, hands: Hands) -> None:
    """Another secret, another file, another day: the mark does not fit."""
    address = shares(report).removeprefix(BASE)
    other = Shares("another secret", BASE, hands)(report).removeprefix(BASE)
    token, _, mark = address.removeprefix("/f/").partition(".")
    for made_up in (other, f"/f/{token[:-2]}AA.{mark}", f"/f/{token}.{mark[:-1]}", "/f/x.y", f"/f/{token}.ô"):
        assert (await client.get(made_up)).status == 404


async def test_a_file_that_is_gone_is_told(client: Client, shares: Shares, report: Attachment) -> None:
    """Without saying where it lay."""
    address = shares(report).removeprefix(BASE)
    Path(report.path).unlink()
    answer = await client.get(address)
    assert (answer.status, report.path in await answer.text()) == (404, False)


def test_without_a_public_address_nothing_is_shared(report: Attachment, hands: Hands) -> None:
    """A link to this machine would open nothing on a phone."""
    assert Shares("a secret", "", hands)(report) == ""


@pytest.mark.parametrize(("asked", "words"), [("vi-VN", "Đường dẫn đã hết hạn"), ("en", "over"), ("", "hết hạn")])
async def test_a_link_that_is_over_is_told_kindly(hands: Hands, report: Attachment, asked: str, words: str) -> None:
    """On a page of our own, in the words of whoever opens it, with what to do."""
    shares = Shares("a secret", BASE, hands, catalogues=load_catalogues(LOCALES))
    app = web.Application()
    shares.mount(app)
    address = shares(report).removeprefix(BASE)
    hands.now += LIFE + timedelta(seconds=1)
    async with TestClient(TestServer(app)) as client:
        answer = await client.get(address, headers={"Accept-Language": asked})
        assert (answer.status, answer.content_type) == (410, "text/html")
        assert words in await answer.text()
