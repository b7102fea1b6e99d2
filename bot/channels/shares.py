"""Short-lived addresses of our own files, for messengers that cannot carry a file.

Whoever has one can open it; that of a document about an area only while whoever it was sent to is an officer over it.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import html
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from aiohttp import web

from bot.i18n import DEFAULT_LANGUAGE, Catalogue, Voice, _
from bot.messages import Address, Attachment, Reader
from bot.ports import Store
from bot.readers import may_open

LIFE: Final = timedelta(days=1)
PHOTO: Final = "image/jpeg"
SORRY_TITLE: Final = _("This link is over")
SORRY: Final = _("A link to a file works for one day. Please ask for the file again in the chat.")
PAGE: Final = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{title}</title>
<style>body {{ font: 17px/1.5 system-ui, sans-serif; max-width: 24em; margin: 20vh auto; padding: 0 1em }}</style>
<h1>{title}</h1><p>{text}</p></html>
"""
PAGE_CSP: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
}


class Shares:
    """Makes and serves such addresses: each says which file, until when, and is signed, so nobody can make one up."""

    def __init__(
        self,
        secret: str,
        public_url: str,
        clock: Callable[[], datetime],
        store: Store | None = None,
        catalogues: Mapping[str, Catalogue] | None = None,
    ) -> None:
        """Sign with a secret; without a public address nothing can be shared.

        The store tells who is who today. Refusals are spoken in the catalogues.
        """
        self._catalogues = catalogues or {}
        self._secret = secret.encode()
        self._base = public_url
        self._clock = clock
        self._store = store

    def __call__(self, file: Attachment) -> str:
        """Give the address of a file for one day, or "" where there is none."""
        if not self._base:
            return ""
        until = int((self._clock() + LIFE).timestamp())
        who = file.reader
        reader = [who.address.channel, who.address.chat, who.units] if who is not None else []
        told = json.dumps([str(Path(file.path).absolute()), file.name, file.kind, until, *reader]).encode()
        token = base64.urlsafe_b64encode(told).decode().rstrip("=")
        return f"{self._base}/f/{token}.{self._mark(token)}"

    def mount(self, app: web.Application) -> None:
        """Add the route."""
        app.router.add_get("/f/{token}.{mark}", self._give)

    async def _give(self, request: web.Request) -> web.StreamResponse:
        token = request.match_info["token"]
        if not hmac.compare_digest(request.match_info["mark"].encode(), self._mark(token).encode()):
            return self._sorry(request, 404)
        path, name, kind, until, *reader = _told(token)
        if self._clock().timestamp() > until:
            return self._sorry(request, 410)
        if not await self._may_open(reader):
            return self._sorry(request, 403)
        if not await asyncio.to_thread(Path(path).is_file):
            return self._sorry(request, 404)
        how, mime = ("inline", PHOTO) if kind == "photo" else ("attachment", "application/octet-stream")
        told = {"Content-Type": mime, "Content-Disposition": f"{how}; filename*=UTF-8''{quote(name, '')}"}
        return web.FileResponse(path, headers={**HEADERS, **told})

    def _sorry(self, request: web.Request, status: int) -> web.Response:
        """Say kindly that there is nothing here, and how to get the file."""
        asked = request.headers.get("Accept-Language", "")[:2].lower()
        language = asked if asked in self._catalogues else DEFAULT_LANGUAGE
        voice = Voice(self._catalogues[language]) if self._catalogues else None
        title, text = (voice.speak(part) if voice else part.msgid for part in (SORRY_TITLE, SORRY))
        page = PAGE.format(language=language, title=html.escape(title), text=html.escape(text))
        headers = {**HEADERS, "Content-Security-Policy": PAGE_CSP}
        return web.Response(status=status, text=page, content_type="text/html", headers=headers)

    async def _may_open(self, reader: Sequence[Any]) -> bool:
        """Tell whether whoever it was sent to may still have it."""
        if not reader:
            return True
        if self._store is None:
            return False
        channel, chat, units = reader
        async with self._store.reading() as reads:
            return await may_open(reads, Reader(Address(channel, chat), tuple(units)))

    def _mark(self, token: str) -> str:
        digest = hmac.new(self._secret, b"share\0" + token.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _told(token: str) -> Any:
    try:
        return json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, binascii.Error):
        raise web.HTTPNotFound(text="No such file.") from None
