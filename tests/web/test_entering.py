"""Coming in by a link, what a session is worth, and going out again."""

from __future__ import annotations

from datetime import timedelta
from http.cookies import Morsel
from pathlib import Path

import pytest

from bot.channels.web.site import Limits
from bot.cli.wiring import utc_now
from bot.effects import AddressState, ErasePerson
from bot.records import Role
from tests.web.conftest import Browser, browsing
from tests.webhouse import WIDE, WebHouse, chat_of, web_house

NONCE = "a-nonce-of-the-browser"


async def enter(browser: Browser, code: str, nonce: str = NONCE, **more: object) -> dict[str, object]:
    answer = await browser.post("/chat/enter", {"code": code, "nonce": nonce, **more})
    assert answer.status == 200
    said: dict[str, object] = await answer.json()
    return said


def session(browser: Browser) -> Morsel[str]:
    return [morsel for morsel in browser.session.cookie_jar if morsel.key == "session"][-1]


async def test_a_code_opens_the_conversation(house: WebHouse, stranger: Browser) -> None:
    """Whoever has a code gets a session and the first question of the registration."""
    await house.invite("K7MP4QTR")
    assert await enter(stranger, "k7mp-4qtr") == {"entered": True}
    first = (await stranger.lines())[1]["text"]
    assert "CĐCS Chè Than Uyên" in first


async def test_the_session_cookie_is_kept_from_scripts_and_other_sites(house: WebHouse, stranger: Browser) -> None:
    """HttpOnly, SameSite=Strict, and signed: a changed cookie is nobody's."""
    await house.invite("K7MP4QTR")
    await enter(stranger, "K7MP4QTR")
    cookie = session(stranger)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    chat, issued, mark = cookie.value.split(".")
    changed = ("B" if mark[0] == "A" else "A") + mark[1:]
    for forged in (f"{chat}.{issued}.{changed}", f"{chat_of('Mai')}.{issued}.{mark}", f"{chat}.0.{mark}", chat, ""):
        async with browsing(house) as other:
            answer = await other.get("/chat/lines", cookies={"session": forged})
            assert answer.status == 401


async def test_registering_from_beginning_to_end(house: WebHouse, stranger: Browser) -> None:
    """The registration is the same as on any channel; then the chair may report."""
    await house.invite("K7MP4QTR")
    await enter(stranger, "K7MP4QTR")
    for words in ("1", "2", "Thương", "0"):
        await stranger.say(words)
    texts = [line["text"] for line in await stranger.lines() if not line.get("own")]
    assert any("Chào mừng chị Thương" in text for text in texts)


async def test_a_lost_answer_does_not_use_up_the_code(house: WebHouse, stranger: Browser) -> None:
    """The same browser that tries the same code again gets the same session, though the code was taken."""
    chat = await house.person("Páo")
    async with browsing(house, chat) as first:
        await first.say("/dulieu channel")
        text = (await first.lines())[-1]["text"]
    code = text.split("/start ")[1].split()[0].rstrip(".")
    assert (await enter(stranger, code))["entered"]
    one = session(stranger).value.split(".")[0]
    async with browsing(house) as again:
        assert (await enter(again, code))["entered"]
        assert session(again).value.split(".")[0] == one
    async with browsing(house) as thief:
        assert not (await enter(thief, code, nonce="another-browsers-nonce"))["entered"]


async def test_a_wrong_code_opens_nothing(stranger: Browser) -> None:
    """No session is given, and what the assistant says of the code is passed on."""
    said = await enter(stranger, "AAAA-AAAA")
    assert said["entered"] is False
    assert "Mã" in str(said["said"])
    assert not list(stranger.session.cookie_jar)
    assert (await stranger.get("/chat/lines")).status == 401


async def test_guessing_codes_is_slow(tmp_path: Path, template: Path) -> None:
    """After some wrong codes an address has to wait, whatever browser it uses."""
    limits = Limits(wrong_codes=(3, 1 / 300))
    async with web_house(tmp_path, template, limits=limits) as house, browsing(house) as guesser:
        for number in range(3):
            await enter(guesser, f"AAAA-AAA{number}")
        async with browsing(house) as other:
            refused = await other.post("/chat/enter", {"code": "AAAA-BBBB", "nonce": NONCE})
        assert refused.status == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 300


async def test_a_second_code_counts_where_one_is(house: WebHouse, chair: Browser) -> None:
    """Whoever is signed in gets the second role in the same conversation; or enters as somebody else."""
    await house.invite("K7MP4QTR", Role.CHAIR, "TU-02")
    assert (await enter(chair, "K7MP4QTR"))["entered"]
    async with house.store.reading() as reads:
        person = await reads.person_at(house.page_address("Páo"))
    assert person is not None
    assert sorted(post.unit.code for post in person.posts) == ["TU-01", "TU-02"]
    await house.invite("A7MP4QTR", Role.CHAIR, "TU-03")
    assert (await enter(chair, "A7MP4QTR", anew=True))["entered"]
    assert session(chair).value.split(".")[0] != chat_of("Páo")


async def test_logging_out_ends_this_session_for_good(house: WebHouse, chair: Browser) -> None:
    """The cookie is taken back, and a copy of it is worth nothing."""
    copy = house.cookie(chat_of("Páo"))
    async with chair.stream() as events:
        await events.next()
        assert (await chair.post("/chat/leave", {"id": "leaving-now"})).status == 200
        assert await events.next("over") == {}
    async with browsing(house) as thief:
        assert (await thief.get("/chat/lines", cookies=copy)).status == 401
        answer = await thief.post("/chat/say", {"id": "message-1", "text": "menu"}, cookies=copy)
        assert answer.status == 401


async def test_logging_out_everywhere(house: WebHouse, chair: Browser) -> None:
    """Every browser of the person is logged out, nobody else's, and no other channel."""
    await house.invite("K7MP4QTR")
    async with browsing(house) as other, browsing(house, await house.person("Mai", Role.AREA_OFFICER, "TU")) as mai:
        await chair.say("/dulieu channel")
        text = (await chair.lines())[-1]["text"]
        assert (await enter(other, text.split("/start ")[1].split()[0].rstrip(".")))["entered"]
        assert (await other.post("/chat/leave", {"id": "leaving-now", "everywhere": True})).status == 200
        assert (await chair.get("/chat/lines")).status == 401
        assert (await mai.get("/chat/lines")).status == 200


async def test_a_session_that_is_not_used_ends(house: WebHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """After ninety days a cookie is worth nothing; a day old it is given anew with the page."""
    chat = await house.person("Páo")
    sessions = house.page._desk.sessions
    now = utc_now()
    for days, status, renewed in ((91, 401, False), (2, 200, True), (0, 200, False)):
        then = now - timedelta(days=days)
        with monkeypatch.context() as past:
            past.setattr(sessions, "_clock", lambda then=then: then)
            cookie = house.cookie(chat)
        async with browsing(house) as browser:
            assert (await browser.get("/chat/lines", cookies=cookie)).status == status
            page = await browser.get("/", cookies=cookie)
            assert ("session" in page.cookies) == renewed


@pytest.mark.parametrize("gone", ["unlinked", "erased"])
async def test_a_chat_that_is_nobodys_has_no_session(house: WebHouse, chair: Browser, gone: str) -> None:
    """When an address is unlinked or its person erased, open pages are told and nothing more is shown."""
    await chair.say("menu")
    erase = ErasePerson("p-Páo", utc_now())
    async with chair.stream() as events:
        await events.next()
        await house.write(erase if gone == "erased" else AddressState(house.page_address("Páo"), "unlinked"))
        house.page._desk.ears.wake_all()
        await events.next("over")
    assert (await chair.get("/chat/lines")).status == 401
    async with house.store.reading() as reads:
        lines = await reads.lines(house.page_address("Páo"), utc_now() - timedelta(days=1), utc_now(), 10)
    assert [line.message.text for line in lines if line.own] == ([] if gone == "erased" else ["menu"])


async def test_the_demo_needs_no_session(tmp_path: Path, template: Path) -> None:
    """A place of the demo is its person's; without seats there is no such place."""
    from bot.channels.web import Seat

    seats = (Seat("chair", "Chủ tịch", chat_of("Páo")),)
    async with web_house(tmp_path, template, limits=WIDE, seats=seats) as house, browsing(house) as visitor:
        await house.person("Páo")
        assert (await visitor.get("/demo/chair/chat/lines")).status == 200
        assert (await visitor.get("/demo/king/chat/lines")).status == 401
        assert (await visitor.get("/demo/king/")).status == 404
        answer = await visitor.post("/demo/chair/chat/say", {"id": "message-1", "text": "menu"})
        assert answer.status == 200


async def test_without_a_demo_there_are_no_seats(stranger: Browser) -> None:
    """Nobody gets in by the demo's door on a real installation."""
    assert (await stranger.get("/demo/chair/")).status == 404
    assert (await stranger.get("/demo/chair/chat/lines")).status == 404


async def test_a_wrong_code_is_answered_in_the_language_of_the_page(stranger: Browser) -> None:
    """Whoever reads English there is told in English; everybody else in Vietnamese."""
    said = []
    for language in ("en", "vi", "xx"):
        body = {"code": "NOSUCHCODE", "nonce": f"a-nonce-of-the-page-{language}", "anew": True, "language": language}
        said.append((await (await stranger.post("/chat/enter", body)).json())["said"])
    assert "code" in said[0].lower()
    assert "mã" in said[1].lower()
    assert said[2] == said[1]
