"""An Official Account that the strict fake calls, behind a server that says 200 only once the inbox has it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.channels.zalo_oa import ZaloOaChannel
from bot.channels.zalo_oa_keys import OaAccount
from bot.ports import Store
from storage.migrate import migrate
from storage.store import SqlStore
from tests.channels.conftest import NOWHERE, Inbox, clock
from tests.fake_zalo import FakeOa


class Watch:
    """A clock that tests put forward."""

    def __init__(self) -> None:
        self.now = clock()

    def __call__(self) -> datetime:
        return self.now


def account_at(fake: FakeOa, **changes: Any) -> OaAccount:
    """Give the account of the fake."""
    given = {"app_id": fake.app_id, "secret": fake.secret, "refresh_token": "first-refresh-token"}
    return OaAccount(**{**given, "api_url": fake.root, "oauth_url": fake.root, "business_url": fake.root, **changes})


@asynccontextmanager
async def kept_in(folder: Path) -> AsyncIterator[SqlStore]:
    """Open a fresh store."""
    url = f"sqlite+aiosqlite:///{folder}/keys.db"
    await migrate(url)
    store = await SqlStore.open(url, clock)
    yield store
    await store.close()


@asynccontextmanager
async def official(fake: FakeOa, store: Store, inbox: Inbox, watch: Watch) -> AsyncIterator[ZaloOaChannel]:
    """Give a channel that is signed in, and is called."""
    channel = ZaloOaChannel(account_at(fake), store, NOWHERE, watch)

    async def call(request: web.Request) -> web.Response:
        try:
            incoming = channel.receive(request.headers, await request.read())
            if incoming:
                await inbox(incoming)
        except PermissionError:
            return web.Response(status=403)
        except Exception:  # whatever it is, the message was not taken
            return web.Response(status=503)
        return web.Response()

    app = web.Application()
    app.router.add_post("/webhook/zalo_oa", call)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    fake.webhook = f"http://127.0.0.1:{runner.addresses[0][1]}/webhook/zalo_oa"
    await channel.start()
    yield channel
    await channel.close()
    await runner.cleanup()
