"""The pages themselves: one shell in two languages, its style and scripts, read once and served from memory."""

from __future__ import annotations

import gzip
import hashlib
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.channels.web.desk import LANGUAGE, Desk
from bot.channels.web.words import BRIDGE_WORDS, DEMO_WORDS, WORDS, Words
from bot.i18n import DEFAULT_LANGUAGE, Voice

FOLDER: Final = Path(__file__).with_name("static")
TYPES: Final = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
NOT_KEPT: Final = frozenset({"worker.js", "demo.js", "bridge.js"})  # of other pages than the chat
FOR_EVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the page, as it is and packed."""

    mime: str
    plain: bytes
    packed: bytes


@cache
def assets() -> Mapping[str, Asset]:
    """Read the files that the page is made of."""
    found = {path.name: (TYPES[path.suffix], path.read_bytes()) for path in FOLDER.iterdir() if path.suffix in TYPES}
    return {name: Asset(mime, data, gzip.compress(data, mtime=0)) for name, (mime, data) in sorted(found.items())}


@cache
def version() -> str:
    """Give a name that changes with every change of them."""
    digest = hashlib.sha256()
    for name, asset in assets().items():
        digest.update(name.encode() + asset.plain)
    return digest.hexdigest()[:12]


class Pages:
    """Answers with pages."""

    def __init__(self, desk: Desk) -> None:
        """Take what is shared."""
        self._desk = desk

    async def chat(self, request: web.Request) -> web.Response:
        """Give the chat, in the language of the browser's last visit, or else of its settings."""
        seat = self._desk.seats.get(request.match_info.get("seat", ""))
        if "seat" in request.match_info and seat is None:
            raise web.HTTPNotFound(text="There is no such place.")
        language = self._language(request)
        gaps = {"title": seat.title if seat else self._desk.site.office, "seat": seat.name if seat else ""}
        response = _page(_filled("chat.html", self._words(language, WORDS) | gaps, language))
        await self._renew(request, response)
        return response

    async def _renew(self, request: web.Request, response: web.Response) -> None:
        visitor = await self._desk.known(request)
        if visitor is not None and visitor.renew:
            self._desk.keep_session(response, visitor.chat)

    async def bridge(self, request: web.Request) -> web.Response:
        """Give the page that a messenger's link opens: for files, or for a long list."""
        language = self._language(request)
        gaps = {"title": self._desk.site.office, "seat": "bridge"}
        return _page(_filled("bridge.html", self._words(language, {**WORDS, **BRIDGE_WORDS}) | gaps, language))

    async def worker(self, request: web.Request) -> web.Response:
        """Give the script that keeps the page on the device."""
        del request
        kept = [f"/static/{version()}/{name}" for name in sorted(assets()) if name not in NOT_KEPT]
        text = _template("worker.js").replace("{{version}}", version()).replace("{{assets}}", json.dumps(kept))
        return web.Response(text=text, content_type="text/javascript", headers={"Cache-Control": "no-cache"})

    async def demo(self, request: web.Request) -> web.Response:
        """Give the page of the demo: its places side by side."""
        language = self._language(request)
        seats = [{"name": seat.name, "title": seat.title} for seat in self._desk.site.seats]
        words = self._words(language, DEMO_WORDS)
        return _page(_filled("demo.html", words, language, seats=seats))

    async def asset(self, request: web.Request) -> web.Response:
        """Give one of the files by its name; there is no way from a name to the disk."""
        asset = assets().get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound(text="No such file.")
        current = request.match_info["version"] == version()
        headers = {"Cache-Control": FOR_EVER if current else "no-store", "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return web.Response(body=asset.packed, content_type=asset.mime, charset="utf-8", headers=headers)
        return web.Response(body=asset.plain, content_type=asset.mime, charset="utf-8", headers=headers)

    def _language(self, request: web.Request) -> str:
        asked = request.query.get(LANGUAGE) or request.cookies.get(LANGUAGE) or ""
        if asked in self._desk.site.catalogues:
            return asked
        for part in request.headers.get("Accept-Language", "").split(","):
            code = part.split(";")[0].strip().partition("-")[0].lower()
            if code in self._desk.site.catalogues:
                return code
        return DEFAULT_LANGUAGE

    def _words(self, language: str, words: Words) -> dict[str, str]:
        voice = Voice(self._desk.site.catalogues[language])
        whom = self._desk.site.ask_whom
        return {name: voice.speak(text(whom) if callable(text) else text) for name, text in words.items()}


def _filled(name: str, words: Mapping[str, str], language: str, **more: object) -> str:
    """Fill a page: `{{name}}` gives a text, escaped; `{{words}}` all of them, for the scripts."""
    page = _template(name)
    data = json.dumps({**words, **more}, ensure_ascii=False).replace("<", "\\u003c")
    for key, value in {"language": language, "static": f"/static/{version()}", **words}.items():
        page = page.replace("{{" + key + "}}", html.escape(value))
    return page.replace("{{words}}", data)


@cache
def _template(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _page(text: str) -> web.Response:
    response = web.Response(text=text, content_type="text/html")
    response.headers["Cache-Control"] = "no-store"
    response.enable_compression()
    return response
