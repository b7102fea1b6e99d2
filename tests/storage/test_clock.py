"""What the clock and officers note: locks, exemptions, mutes, offered questions, what was left unsaid."""

from __future__ import annotations

from datetime import timedelta

from bot.effects import DropUnsent, ErasePerson, Exempt, Mark, Mute, OfferAsk, SetAsk, Speak, Unlock, Unmute, Unsaid
from bot.messages import Priority
from bot.records import Ask, Role
from storage.store import SqlStore
from tests.storage.people import CLINIC, NOW, SCHOOL, filed, joined, look, said, write

HOUR = timedelta(hours=1)


async def test_a_lock_is_open_until_its_moment(store: SqlStore) -> None:
    """An officer's word opens one unit and period; the last word counts, and it ends by itself."""
    await filed(store)
    await write(store, Unlock(SCHOOL, "2026-10", NOW + HOUR, "first", "mai", NOW))
    await write(store, Unlock(SCHOOL, "2026-10", NOW + 2 * HOUR, "second", "mai", NOW))
    async with store.reading() as reads:
        assert await reads.unlocked(SCHOOL, NOW) == {"2026-10": NOW + 2 * HOUR}
        assert await reads.unlocked(SCHOOL, NOW + 3 * HOUR) == await reads.unlocked(CLINIC, NOW) == {}


async def test_exemptions_are_read_by_period(store: SqlStore) -> None:
    """Who was exempted is told with the reason, for the periods asked about."""
    await filed(store)
    await write(store, Exempt(SCHOOL, "2026-11", "closed for repairs", "mai", NOW))
    async with store.reading() as reads:
        assert await reads.exempted([SCHOOL, CLINIC], ["2026", "2026-11"]) == {SCHOOL: "closed for repairs"}
        assert await reads.exempted([SCHOOL], ["2026-12"]) == {}


async def test_a_message_about_several_units_goes_with_any_of_them(store: SqlStore) -> None:
    """One report is enough to drop what names several units; another message stays."""
    await filed(store)
    both = said("both", priority=Priority.REMINDER, reasons=("unit-1", "unit-2"))
    await write(store, Speak(both), Speak(said("other", priority=Priority.REMINDER, drop_key="unit-3")))
    await write(store, DropUnsent("unit-2"))
    assert [claim.out.key for claim in await store.due_messages(NOW, 9)] == ["other"]


async def test_what_comes_too_late_is_not_sent(store: SqlStore) -> None:
    """From its moment on a message expires instead of being sent, and holds up nothing."""
    await filed(store)
    late = said("late", priority=Priority.REMINDER, not_after=NOW)
    still = said("still", priority=Priority.REMINDER, not_after=NOW + HOUR)
    await write(store, Speak(late), Speak(still))
    claims = await store.due_messages(NOW, 9)
    assert [claim.out for claim in claims] == [still]
    assert await store.next_message_at() is None


async def test_the_clock_interrupts_nobody(store: SqlStore) -> None:
    """A question is offered to who has none, or one that holds no longer; never over a form or a screen in use."""
    await filed(store)
    await write(store, *joined("mai", Role.CHAIR, CLINIC), *joined("lan", Role.DEPUTY, CLINIC))
    for person, ask in {
        "pao": None,
        "mai": Ask("mai", "menu", {"1": "/baocao"}, until=NOW - HOUR),
        "lan": Ask("lan", "menu", {"1": "/baocao"}, until=NOW + HOUR),
    }.items():
        if ask is not None:
            await write(store, SetAsk(ask))
        await write(store, OfferAsk(Ask(person, "reminder", {"1": "/x"}, until=NOW + HOUR), NOW))
    assert await look(store, "SELECT person, key FROM asks ORDER BY person") == [
        ("lan", "menu"),
        ("mai", "reminder"),
        ("pao", "reminder"),
    ]


async def test_notes_of_the_clock(store: SqlStore) -> None:
    """Marks move, the first rule by which something was left unsaid stays, mutes come and go, also with the person."""
    await filed(store)
    await write(store, *joined("mai", Role.CHAIR, CLINIC))
    await write(store, Mark("planned", NOW), Unsaid("remind/2026/T", "", "late", NOW), Mute("pao", "remind", NOW))
    await write(
        store, Mark("planned", NOW + HOUR), Unsaid("remind/2026/T", "", "quiet", NOW), Mute("pao", "remind", NOW)
    )
    assert await store.marked("planned") == NOW + HOUR
    assert await look(store, "SELECT rule FROM unsaid") == [("late",)]
    assert await look(store, "SELECT topic FROM mutes") == [("remind",)]
    await write(store, Unmute("pao", "remind"), Mute("mai", "remind", NOW))
    await write(store, ErasePerson("mai", NOW))
    assert await look(store, "SELECT topic FROM mutes") == []
