"""What is said and heard: once, in order, in every page of the chat, and again after an absence."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli.wiring import utc_now
from bot.effects import DropUnsent
from bot.messages import Button, Message
from bot.ports import StoreBusy
from tests.web.conftest import Browser, browsing
from tests.webhouse import WebHouse, chat_of

CHAIR = chat_of("Páo")


async def test_an_answer_comes_by_the_stream(chair: Browser) -> None:
    """What is typed is heard back, and then the answer of the assistant with its choices."""
    async with chair.stream() as events:
        assert (await events.next("hello"))["language"] == "vi"
        assert await events.texts() == []
        assert (await chair.say("menu")).status == 200
        said = (await events.next())["lines"]
    assert [line.get("own", False) for line in said] == [True, False]
    assert said[0] | {"at": 0} == {"key": "hmessage-1", "at": 0, "own": True, "text": "menu"}
    assert {"label": "Đối thoại", "key": "2"}.items() <= said[1]["buttons"][1].items()


async def test_a_repeat_is_dropped(chair: Browser) -> None:
    """A message that is sent again under its own id, because the answer was lost, is taken once."""
    for _time in range(3):
        assert (await chair.say("menu", id="the-same-id")).status == 200
    lines = await chair.lines()
    assert [line.get("text") for line in lines if line.get("own")] == ["menu"]
    assert sum(not line.get("own") for line in lines) == 1


async def test_two_browsers_may_use_the_same_id(house: WebHouse, chair: Browser) -> None:
    """Ids are the page's own: what one browser uses up is free for another."""
    async with browsing(house, await house.person("Lan", unit="TU-02")) as other:
        for browser in (chair, other):
            assert (await browser.say("menu", id="the-same-id")).status == 200
            assert len(await browser.lines()) == 2


async def test_a_page_goes_on_from_where_it_was(house: WebHouse, chair: Browser) -> None:
    """After a break a page gets what it missed, under the id of the last event it saw."""
    async with chair.stream() as events:
        await events.next()
        await house.say("xxx", "không của ai")
        await chair.say("menu")
        await events.next()
        seen = events.cursor
    await house.say(CHAIR, "Tin thứ nhất")
    await house.say(CHAIR, "Tin thứ hai")
    async with chair.stream(after=seen) as events:
        texts = await events.texts()
    assert texts[-2:] == ["Tin thứ nhất", "Tin thứ hai"]
    assert "không của ai" not in texts


async def test_what_is_not_due_is_not_shown(house: WebHouse, chair: Browser) -> None:
    """A reminder of tomorrow stays in the outbox; one that falls due appears, though its row is older than others."""
    soon = utc_now() + timedelta(seconds=0.4)
    await house.say(CHAIR, "ngày mai", not_before=utc_now() + timedelta(days=1))
    await house.say(CHAIR, "lát nữa", not_before=soon)
    await house.say(CHAIR, "ngay")
    async with chair.stream() as events:
        assert await events.texts() == ["ngay"]
        assert await events.texts() == ["lát nữa"]
    assert [line["text"] for line in await chair.lines()] == ["ngay", "lát nữa"]


async def test_what_was_dropped_is_not_shown(house: WebHouse, chair: Browser) -> None:
    """A reminder whose reason is gone leaves no trace."""
    await house.say(CHAIR, "nhắc", not_before=utc_now() + timedelta(days=1), drop_key="nhac")
    await house.write(DropUnsent("nhac"))
    assert await chair.lines() == []


async def test_pages_of_one_chat_hear_each_other(house: WebHouse, chair: Browser) -> None:
    """What is typed in one tab appears in the other."""
    async with chair.stream() as one, chair.stream() as other:
        for events in (one, other):
            await events.next()
        await chair.say("menu")
        for events in (one, other):
            assert (await events.texts())[0] == "menu"


async def test_a_press_is_shown_by_its_label(house: WebHouse, chair: Browser) -> None:
    """A button sends its data; the person sees the words they pressed."""
    await chair.say("menu")
    *_others, question = await chair.lines()
    button = question["buttons"][0]
    press = {"kind": "press", "text": button["data"], "label": button["label"], "line": question["key"]}
    assert (await chair.say(**press)).status == 200
    own = [line["text"] for line in await chair.lines() if line.get("own")]
    assert own == ["menu", "Kết nạp"]


async def test_nothing_is_acknowledged_before_the_commit(
    house: WebHouse, chair: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the database refuses, the page hears 503 and keeps the message; the repeat is then taken once."""
    deliver = house.page._desk.deliver

    async def busy(_batch: object) -> None:
        raise StoreBusy("locked")

    house.page._desk.deliver = busy
    refused = await chair.say("menu", id="kept-by-page")
    assert await refused.text() == "Try again."
    assert (refused.status, refused.headers["Retry-After"]) == (503, "2")
    house.page._desk.deliver = deliver
    assert (await chair.say("menu", id="kept-by-page")).status == 200
    assert len(await chair.lines()) == 2


async def test_history_is_read_in_pages(house: WebHouse, chair: Browser) -> None:
    """A long conversation comes from its end, and the rest page by page, nothing twice and nothing left out."""
    for number in range(450):
        await house.say(CHAIR, f"Tin {number}")
    async with chair.stream() as events:
        first = await events.next()
    assert (len(first["lines"]), first["more"]) == (200, True)
    texts = [line["text"] for line in first["lines"]]
    while first["more"]:
        before = first["lines"][0]["at"]
        first = await (await chair.get(f"/chat/lines?before={(before + 1) * 1000}")).json()
        texts = [line["text"] for line in first["lines"] if line["text"] not in texts] + texts
    assert texts == [f"Tin {number}" for number in range(450)]


async def test_messages_older_than_a_month_are_not_shown(house: WebHouse, chair: Browser) -> None:
    """What is pruned is gone from the page too."""
    await chair.say("menu")
    await house.settled()
    await house.store.prune(utc_now() + timedelta(days=31), 30, 14)
    assert await chair.lines() == []


async def test_an_invitation_code_is_not_kept(chair: Browser) -> None:
    """A code that is typed in the conversation is not shown again, nor stored."""
    await chair.say("/start K7MP-4QTR")
    assert (await chair.lines())[0]["text"] == "/start"


async def test_a_wrong_body_is_refused(chair: Browser) -> None:
    """Whatever is not what a page sends is refused with a reason, and does no harm."""
    bodies: list[object] = [{}, [], {"id": "x"}, {"id": "good-id-1", "text": ""}]
    for body in [*bodies, {"id": "good-id-1", "kind": "edit", "text": "a"}]:
        assert (await chair.post("/chat/say", body)).status == 400
    assert (await chair.say("x" * 4001)).status == 400
    assert (await chair.say("x" * 4000)).status == 200
    assert (await chair.say("a", id="../../etc/passwd")).status == 400
    assert (await chair.post("/chat/say", {"text": "x" * 40_000})).status == 413
    assert (await chair.post("/chat/say", data=b"{", headers={"Content-Type": "application/json"})).status == 400
    assert (await chair.post("/chat/say", data=b"a=b")).status == 415


async def test_messages_survive_a_restart(house: WebHouse, chair: Browser, tmp_path: Path) -> None:
    """The conversation lies in the database, so that another process shows the same."""
    await chair.say("menu")
    lines = await chair.lines()
    async with house.store.reading() as reads:
        async with asyncio.timeout(5):
            again = await reads.lines(house.page_address("Páo"), utc_now() - timedelta(days=1), utc_now(), 10)
    assert [line.message.text for line in again] == [line["text"] for line in lines]


async def test_text_of_people_is_never_markup(house: WebHouse, chair: Browser) -> None:
    """The server gives JSON; what looks like a script is a text in it."""
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    await house.say(CHAIR, "x", message=Message(script, title=script, buttons=(Button(script, "/menu", "1"),)))
    answer = await chair.get("/chat/lines")
    assert answer.content_type == "application/json"
    assert (await answer.json())["lines"][0]["text"] == script
