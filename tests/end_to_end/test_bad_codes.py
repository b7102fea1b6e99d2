"""Codes that open nothing, too many of them, and people who come twice, leave, or are replaced."""

from __future__ import annotations

from datetime import timedelta

from bot.effects import RevokeInvites
from bot.records import Role
from storage.tables import addresses, drafts, invite_tries, people, roles
from tests.end_to_end.actor import Actor, chair
from tests.end_to_end.rows import Rows
from tests.stage import Stage

CODE, OFFICE = "ABCD2345", "0213 3876 000"
TEA = "CĐCS Chè Than Uyên"


async def unit_id(on_stage: Stage, code: str) -> int:
    async with on_stage.store.reading() as reads:
        unit = await reads.unit_by_code(code)
    assert unit is not None
    return unit.id


async def registers(who: Actor, code: str, name: str) -> str:
    return await who.types(f"/start {code}", "1", "1", name, "0")


async def test_codes_that_open_nothing(on_stage: Stage, rows: Rows) -> None:
    """An unknown, a used, an expired and a revoked code let nobody in; each answer says why, and whom to ask."""
    await on_stage.invite("USED2345", "TU-01", Role.CHAIR)
    await on_stage.invite("GONE2345", "TU-02", Role.CHAIR)
    await on_stage.invite("PAST2345", "TU-03", Role.CHAIR, days=1)
    await on_stage.effects(RevokeInvites(await unit_id(on_stage, "TU-02"), Role.CHAIR, on_stage.clock.now))
    assert TEA in await registers(Actor(on_stage, "first"), "USED2345", "Páo")
    on_stage.clock.now += timedelta(days=2)
    stranger = Actor(on_stage, "second")
    said = [await stranger.types(f"/start {code}") for code in ("WRNG2345", "USED2345", "PAST2345", "GONE2345")]
    assert all(OFFICE in answer for answer in said)
    unknown, used, expired, revoked = said
    assert len({unknown, used, expired}) == 3
    assert expired == revoked
    assert len(await rows.of(people)) == len(await rows.of(addresses)) == 1


async def test_a_hundred_wrong_codes(on_stage: Stage, rows: Rows) -> None:
    """Guessing ends after a few tries, leaves hardly a trace, and a quarter of an hour later the right code works."""
    await on_stage.invite(CODE, "TU-01", Role.CHAIR)
    guesser, other = Actor(on_stage, "guesser"), Actor(on_stage, "other")
    said = [
        await guesser.gets(*(guesser.message(f"/start WRNG{try_:04}") for try_ in range(tens, tens + 10)))
        for tens in range(0, 100, 10)
    ]
    assert "15" in said[-1]
    assert "15" in await guesser.types(f"/start {CODE}")
    assert len(await rows.of(invite_tries)) == on_stage.house.tries
    assert not await rows.of(people)
    assert "15" not in await other.types("/start WRNG2345")
    on_stage.clock.now += timedelta(minutes=15)
    assert TEA in await registers(guesser, CODE, "Páo")


async def test_start_twice(on_stage: Stage, rows: Rows) -> None:
    """/start again in the middle goes on where it stood; afterwards it greets."""
    await on_stage.invite(CODE, "TU-01", Role.CHAIR)
    who = Actor(on_stage, "pao")
    await who.types(f"/start {CODE}")
    at_name = await who.types("1", "1")
    assert await who.types(f"/start {CODE}") == at_name
    assert len(await rows.of(people)) == len(await rows.of(drafts)) == 1
    assert TEA in await who.types("Páo", "0")
    assert "Páo" in await who.types("/start")
    assert not await rows.of(drafts)


async def test_two_take_one_code_at_once(on_stage: Stage, rows: Rows) -> None:
    """Two people who come in by one code in the same moment: the first has it, the second is told whom to ask."""
    await on_stage.invite(CODE, "TU-01", Role.CHAIR)
    first, second = Actor(on_stage, "first"), Actor(on_stage, "second")
    for who in (first, second):
        await who.types(f"/start {CODE}", "1", "1", "Páo")
    said = await on_stage.gets(first.message("0"), second.message("0"))
    assert TEA in said[0][1].text
    assert OFFICE in next(message.text for address, message in said if address.chat == "second")
    assert [row["role"] for row in await rows.of(roles)] == ["chair"]
    assert OFFICE in await second.types("menu")


async def test_a_new_chair_takes_over_in_the_middle(on_stage: Stage, rows: Rows) -> None:
    """The old chair is out at once, in the middle of a report; the new one goes on with it."""
    old = await chair(on_stage, "Páo")
    await on_stage.invite(CODE, "TU-01", Role.CHAIR)
    await old.types("doi thoai", "1", "1", "18")
    new = Actor(on_stage, "lan")
    await registers(new, CODE, "Lan")
    assert OFFICE in await old.types("13")
    assert OFFICE in await old.types("cua toi")
    [draft] = await rows.of(drafts)
    assert draft["answers"]["attendees"] == 18
    assert "topics" not in draft["answers"]
    await new.types("/ngonngu en", "tiep", "13", "0", "0")
    assert "BC1" in await new.types("1")
    assert OFFICE in await old.types("xem 1")


async def test_somebody_erased_is_a_stranger(on_stage: Stage, rows: Rows) -> None:
    """Whoever erased their data is unknown from then on, and may come in anew."""
    who = await chair(on_stage, "Páo")
    await who.types("dulieu", "3", "1")
    assert OFFICE in await who.types("menu")
    assert [(row["name"], row["phone"]) for row in await rows.of(people)] == [("", "")]
    await on_stage.invite(CODE, "TU-02", Role.CHAIR)
    assert "CĐCS Thủy điện Nậm Mu" in await registers(who, CODE, "Páo")
    assert len(await rows.of(people)) == 2
