"""What another site, a stranger or a mistake may not do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from bot.channels.web.gate import Gate
from bot.channels.web.limits import Buckets
from bot.channels.web.pages import assets, version
from bot.channels.web.site import Limits
from bot.cli.channels import session_secret
from tests.web.conftest import Browser, browsing
from tests.webhouse import WebHouse, chat_of, settings_for, until, web_house

BODY = {"id": "message-1", "kind": "text", "text": "menu"}
PUBLIC = {"PUBLIC_URL": "https://congdoan.example.vn"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
async def test_another_site_cannot_send(chair: Browser, headers: dict[str, str]) -> None:
    """A message counts only when a page of ours sends it, whatever cookie comes along."""
    assert (await chair.post("/chat/say", BODY, headers=headers)).status == 403
    assert (await chair.post("/chat/enter", {"code": "x", "nonce": "y" * 16}, headers=headers)).status == 403
    assert await chair.lines() == []


async def test_another_site_cannot_read(chair: Browser) -> None:
    """What a page of another site asks for in the background is refused; following a link is fine."""
    cross = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert (await chair.get("/chat/lines", headers=cross)).status == 403
    assert (await chair.get("/vao", headers={**cross, "Sec-Fetch-Mode": "navigate"})).status == 200


async def test_a_foreign_name_is_not_served(chair: Browser) -> None:
    """A name that somebody lets point at this machine is not ours: without PUBLIC_URL only the loopback is."""
    host = {"Host": "evil.example"}
    assert (await chair.get("/", headers=host)).status == 421
    assert (await chair.post("/chat/say", BODY, headers={**host, "Origin": "http://evil.example"})).status == 421


async def test_every_answer_has_our_headers(house: WebHouse, chair: Browser) -> None:
    """Scripts of ours only and none inline, no frames, no sniffing, no referrer: on pages, refusals and streams."""
    for address in ("/", "/vao", "/chat/lines", "/chat/stream", "/static/x/none.js", f"/static/{version()}/chat.js"):
        answer = await chair.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "'unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Frame-Options"] == "DENY"
        answer.close()


async def test_pages_have_no_inline_code(stranger: Browser) -> None:
    """The policy would stop it: no script, style or handler stands in the page itself."""
    page = await (await stranger.get("/")).text()
    assert "<style" not in page
    assert " style=" not in page
    assert not re.search(r"<[^>]*\son\w+=", page)
    for piece in page.split("<script")[1:]:
        assert piece.startswith((' type="application/json"', ' type="module" src='))


async def test_the_page_is_small(stranger: Browser) -> None:
    """Everything a phone loads is under 100 KB, unpacked; nothing comes from elsewhere."""
    page = await (await stranger.get("/")).text()
    own = sum(len(asset.plain) for asset in assets().values()) + len(page.encode())
    assert own < 100_000
    assert "//" not in page.replace("http://www.w3.org", "").split("<body>")[0]


async def test_over_https_the_cookie_is_bound(tmp_path: Path, template: Path) -> None:
    """With PUBLIC_URL the cookie is Secure and __Host-, HSTS is set, and only that origin may send."""
    async with web_house(tmp_path, template, environ=PUBLIC) as house, browsing(house) as browser:
        await house.invite("K7MP4QTR")
        body = {"code": "K7MP4QTR", "nonce": "n" * 20}
        assert (await browser.post("/chat/enter", body)).status == 403
        answer = await browser.post("/chat/enter", body, headers={"Origin": PUBLIC["PUBLIC_URL"]})
        cookie = answer.cookies["__Host-session"]
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Strict")
        assert "max-age" in answer.headers["Strict-Transport-Security"]
        assert house.page.link("K7MP4QTR") == "https://congdoan.example.vn/vao#K7MP4QTR"


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 10.0.0.7", "198.51.100.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
    ],
)
def test_only_proxies_of_ours_say_for_whom_they_call(remote: str, forwarded: str, address: str) -> None:
    """X-Forwarded-For is believed from right to left, as far as those who wrote it are trusted."""
    gate = Gate("https://congdoan.example.vn", ("127.0.0.1", "10.0.0.0/8"), framed=False)
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": forwarded} if forwarded else {})
    assert gate.address(request.clone(remote=remote)) == address


def test_buckets_fill_again() -> None:
    """So many at once, then so many a second."""
    now = 0.0
    buckets = Buckets(2, 0.5, lambda: now)
    assert [buckets.take("a") for _time in range(3)] == [0, 0, 2]
    assert buckets.take("b") == 0
    now = 2.0
    assert [buckets.take("a"), buckets.take("a")] == [0, 2]


async def test_a_session_cannot_flood(tmp_path: Path, template: Path) -> None:
    """Beyond its burst a session hears 429 and when to come again; others are not held up."""
    limits = Limits(session=(3, 0.01))
    async with web_house(tmp_path, template, limits=limits) as house:
        async with browsing(house, await house.person("Páo")) as one:
            answers = [await one.say("menu") for _time in range(4)]
            assert [answer.status for answer in answers] == [200, 200, 200, 429]
            assert int(answers[-1].headers["Retry-After"]) > 0
        async with browsing(house, await house.person("Lan", unit="TU-02")) as other:
            assert (await other.say("menu")).status == 200


async def test_an_address_cannot_flood(tmp_path: Path, template: Path) -> None:
    """Calls without a session are counted too."""
    async with web_house(tmp_path, template, limits=Limits(address=(5, 0.01))) as house, browsing(house) as stranger:
        statuses = [(await stranger.get("/")).status for _time in range(7)]
    assert statuses == [200] * 5 + [429] * 2


async def test_pages_of_one_session_are_counted(tmp_path: Path, template: Path) -> None:
    """More streams than a person has windows are refused; those that were closed do not count."""
    limits = Limits(streams=2)
    async with web_house(tmp_path, template, limits=limits) as house, browsing(house, chat_of("Páo")) as chair:
        await house.person("Páo")
        async with chair.stream() as one, chair.stream() as other:
            await one.next()
            await other.next()
            assert (await chair.get("/chat/stream")).status == 429
        await until(lambda: house.page._desk.ears.of(chat_of("Páo")) == 0)
        answer = await chair.get("/chat/stream")
        assert answer.status == 200
        answer.close()


@pytest.mark.parametrize(
    "name", ["../site.py", "..%2fsite.py", "%2e%2e/site.py", "/etc/passwd", "chat.html", "chat.js/../../site.py", ""]
)
async def test_no_way_leads_from_a_name_to_the_disk(stranger: Browser, name: str) -> None:
    """Only the files of the page are given out, by their names."""
    assert (await stranger.get(f"/static/{version()}/{name}")).status == 404


def test_a_secret_is_made_once(tmp_path: Path) -> None:
    """Without SESSION_SECRET one is written down that only we can read, and found again."""
    settings = settings_for(tmp_path).model_copy(update={"session_secret": None})
    secret = session_secret(settings)
    assert len(secret) > 40
    assert session_secret(settings) == secret
    assert (tmp_path / "session-secret").stat().st_mode & 0o777 == 0o600


async def test_what_breaks_is_not_shown(house: WebHouse, chair: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug gives 500 without a word of its own, with our headers; the log has the rest."""

    async def broken(_request: web.Request) -> None:
        raise ValueError("a secret detail")

    monkeypatch.setattr(house.page._desk, "visitor", broken)
    answer = await chair.get("/chat/lines")
    assert answer.status == 500
    assert "secret" not in await answer.text()
    assert "Content-Security-Policy" in answer.headers


async def test_codes_stand_in_no_address(house: WebHouse) -> None:
    """The code of a link is behind the #, where neither servers nor the next site see it."""
    link = house.page.link("K7MP4QTR")
    assert link.endswith("/vao#K7MP4QTR")
    assert chat_of("Páo") not in link
