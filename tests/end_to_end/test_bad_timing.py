"""Messages that come twice, too late, at once, or are changed afterwards."""

from __future__ import annotations

from dataclasses import replace

from bot.effects import LinkAddress
from bot.messages import Address, Arrival
from bot.records import Role
from handlers.dialogue import DIALOGUE
from storage.tables import addresses, drafts, people, submissions
from tests.end_to_end.actor import Actor, chair
from tests.end_to_end.rows import Rows
from tests.end_to_end.someone import label, speaker
from tests.stage import Stage

ENGLISH = speaker("en", "Páo", "anh")
TYPE, ATTENDEES, TOPICS, OPINIONS = (
    ENGLISH.speak(label(DIALOGUE, code)) for code in ("dialogue_type", "attendees", "topics", "opinions")
)


async def at_recap(who: Actor) -> str:
    return await who.types("doi thoai", "1", "9/11", "18", "1", "0", "0")


async def second_phone(on_stage: Stage, name: str) -> Actor:
    chat = f"{name.lower()}-2"
    await on_stage.effects(LinkAddress(Address("telegram", chat), f"p-{name.lower()}", on_stage.clock.now))
    return Actor(on_stage, chat)


async def test_an_answer_edited_before_filing(on_stage: Stage, rows: Rows) -> None:
    """A reworded message changes the answer it gave; a reworded nonsense changes nothing."""
    who = await chair(on_stage)
    await who.types("doi thoai", "1", "9/11")
    answer = who.message("18")
    assert TOPICS in await who.gets(answer)
    said = await who.edits(answer, "20")
    assert "20" not in said.replace("20 people", "")
    assert TOPICS in said
    await who.edits(answer, "không nhớ")
    [draft] = await rows.of(drafts)
    assert draft["answers"]["attendees"] == 20


async def test_an_answer_edited_after_filing(on_stage: Stage, rows: Rows) -> None:
    """What was filed stays; the person is told how to correct it."""
    who = await chair(on_stage)
    await who.types("doi thoai", "1", "9/11")
    answer = who.message("18")
    await who.gets(answer)
    assert "BC1" in await who.types("1", "0", "0", "1")
    said = await who.edits(answer, "20")
    assert "BC1" in said
    assert "SUA 1" in said
    [report] = await rows.of(submissions)
    assert report["answers"]["attendees"] == 18
    assert "BC1" in await who.presses("Change it")


async def test_an_edit_of_something_else(on_stage: Stage) -> None:
    """A reworded greeting needs no answer."""
    who = await chair(on_stage)
    greeting = who.message("chào")
    await who.gets(greeting)
    assert not await who.edits(greeting, "chào em")


async def test_the_same_update_five_times(on_stage: Stage, rows: Rows) -> None:
    """In one batch or in five, one update is one report and one receipt."""
    who = await chair(on_stage)
    await at_recap(who)
    confirmation = on_stage.press(who.chat, "Send")
    said = [await who.gets(confirmation, confirmation)] + [await who.gets(confirmation) for _time in range(3)]
    assert "BC1" in said[0]
    assert said[1:] == ["", "", ""]
    assert len(await rows.of(submissions)) == 1


async def test_two_taps(on_stage: Stage, rows: Rows) -> None:
    """A second tap on the same button is another update: it is told that the report is in."""
    who = await chair(on_stage)
    await at_recap(who)
    first, second = (on_stage.press(who.chat, "Send") for _tap in range(2))
    said = await who.gets(first, second)
    assert said.count("SUA 1") >= 2
    assert len(await rows.of(submissions)) == 1


async def test_buttons_of_a_finished_form(on_stage: Stage, rows: Rows) -> None:
    """Any button of a form that is filed, or was dropped, explains itself and changes nothing."""
    who = await chair(on_stage)
    await at_recap(who)
    await who.types("1")
    for button in list(on_stage.buttons[who.chat]):
        if ":" in button.data:
            assert "BC1" in await who.gets(who.message(button.data, what=Arrival.PRESS))
    await who.types("doi thoai", "2", "huy")
    await who.types("1")
    dropped = on_stage.buttons[who.chat][-1]
    assert "MENU" in await who.gets(who.message(dropped.data, what=Arrival.PRESS))
    assert len(await rows.of(submissions)) == 1
    assert not await rows.of(drafts)


async def test_buttons_of_somebody_else(on_stage: Stage, rows: Rows) -> None:
    """A button that was drawn for another unit tells nothing about it."""
    mine, other = await chair(on_stage), await chair(on_stage, "Lan", "TU-02")
    await at_recap(mine)
    send = on_stage.press(mine.chat, "Send")
    stolen = replace(send, id="1:999", address=Address("telegram", other.chat))
    assert "18" not in await other.gets(stolen)
    assert not await rows.of(submissions)
    await mine.gets(send)
    assert "BC1" not in await other.gets(replace(stolen, id="1:1000"))


async def test_two_phones_at_once(on_stage: Stage, rows: Rows) -> None:
    """Both phones of one person answer in the same batch: the answers count in their order, nothing breaks."""
    one = await chair(on_stage)
    two = await second_phone(on_stage, "Páo")
    await one.types("doi thoai", "1")
    said = await on_stage.gets(one.message("9/11"), two.message("18"))
    assert [address.chat for address, _message in said] == [one.chat, two.chat]
    assert TOPICS in said[1][1].text
    await two.types("1", "0", "0")
    first, second = one.message("1"), two.message("1")
    said = await on_stage.gets(first, second)
    assert "BC1" in said[0][1].text
    assert len(await rows.of(submissions)) == 1
    assert len(await rows.of(people)) == 1


async def test_two_people_of_one_unit(on_stage: Stage, rows: Rows) -> None:
    """Chair and deputy file in the same batch: two reports, two numbers."""
    one = await chair(on_stage)
    two = await chair(on_stage, "Lan", "TU-01", Role.DEPUTY)
    await one.types("doi thoai", "1", "9/11", "18", "1", "0", "0")
    await two.types("tuyen truyen", "9/11", "2", "1", "0", "0")
    said = await on_stage.gets(one.message("1"), two.message("1"))
    assert "BC1" in said[0][1].text
    assert "BC2" in said[1][1].text
    assert [row["number"] for row in await rows.of(submissions)] in ([1, 2], [2, 1])


async def test_a_chair_of_two_units(on_stage: Stage, rows: Rows) -> None:
    """Whoever heads two units is asked for which, by name; the report is that unit's."""
    who = await chair(on_stage)
    await on_stage.post("Páo", Role.CHAIR, "TU-02")
    asked = await who.types("doi thoai")
    assert "CĐCS Chè Than Uyên" in asked
    assert "CĐCS Thủy điện Nậm Mu" in asked
    assert TYPE in await who.types("2")
    assert "CĐCS Thủy điện Nậm Mu" in await who.types("1", "9/11", "9", "1", "0", "0")
    await who.types("1")
    [report] = await rows.of(submissions)
    async with on_stage.store.reading() as reads:
        unit = await reads.unit(report["unit"])
    assert unit is not None
    assert unit.code == "TU-02"


async def test_a_message_in_a_group(on_stage: Stage, rows: Rows) -> None:
    """In a group the assistant keeps silent, whatever is said there."""
    who = await chair(on_stage)
    for text in ("menu", "/start ABCD2345", "xin chào"):
        assert not await on_stage.gets(who.message(text, private=False))
        assert not await on_stage.gets(Actor(on_stage, "group").message(text, private=False))
    assert not await rows.of(drafts)


async def test_somebody_blocks_the_assistant(on_stage: Stage, rows: Rows) -> None:
    """A blocked chat is closed, nothing is said into it, and opens when its person writes again."""
    who = await chair(on_stage)
    assert not await on_stage.gets(who.message("", what=Arrival.BLOCKED))
    assert [row["state"] for row in await rows.of(addresses)] == ["closed"]
    assert await who.types("menu")
    assert [row["state"] for row in await rows.of(addresses)] == ["open"]
