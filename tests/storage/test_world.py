from __future__ import annotations

from datetime import date, timedelta

from bot.effects import (
    AddressState,
    ClearAsk,
    DropDraft,
    EndRoles,
    GrantRole,
    LinkAddress,
    MoveAddress,
    SaveDraft,
    SetAsk,
    Speak,
)
from bot.messages import Address, Arrival, Incoming
from bot.records import Ask, Role
from storage.store import SqlStore
from storage.tables import unit_links, unit_names
from tests.storage.people import (
    AREA_A,
    AREA_B,
    CLINIC,
    NOW,
    SCHOOL,
    TODAY,
    chat,
    draft,
    joined,
    link,
    said,
    world_of,
    write,
    wrote,
)

CHAIR = frozenset({Role.CHAIR})


async def test_a_stranger_is_nobody(store: SqlStore) -> None:
    """An address that nobody is linked to has no person."""
    assert (await world_of(store, "stranger")).people == {}


async def test_people_know_their_posts_and_units(store: SqlStore) -> None:
    """A person comes with today's roles and the units as they are today."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), GrantRole("pao", AREA_A, Role.AREA_OFFICER, TODAY))
    person = (await world_of(store, "pao")).people[chat("pao")]
    assert [(post.role, post.unit.code) for post in person.posts] == [(Role.CHAIR, "A-01"), (Role.AREA_OFFICER, "A")]
    unit = person.posts[0].unit
    assert (unit.name, unit.kind, unit.parent) == ("CĐCS Trường Tiểu học Số 1", "cdcs", AREA_A)


async def test_a_role_begins_and_ends_the_same_day(store: SqlStore) -> None:
    """A post shows from its first day, and no more on the day that it ended."""
    await write(store, *joined("pao", Role.DEPUTY, CLINIC), GrantRole("pao", SCHOOL, Role.CHAIR, TODAY))
    assert (await world_of(store, "pao", now=NOW - timedelta(days=1))).people[chat("pao")].units(CHAIR) == ()
    assert [u.id for u in (await world_of(store, "pao")).people[chat("pao")].units(CHAIR)] == [SCHOOL]
    await write(store, EndRoles(SCHOOL, Role.CHAIR, "", TODAY))
    assert (await world_of(store, "pao")).people[chat("pao")].units(CHAIR) == ()


async def test_the_day_is_that_of_vietnam(store: SqlStore) -> None:
    """A role of the 15th shows from midnight there, seven hours before midnight in London."""
    await write(store, *joined("pao", Role.DEPUTY, CLINIC), GrantRole("pao", SCHOOL, Role.CHAIR, date(2026, 11, 15)))
    before, after = NOW.replace(hour=16, minute=59), NOW.replace(hour=17)
    assert not (await world_of(store, "pao", now=before)).people[chat("pao")].holds(CHAIR)
    assert (await world_of(store, "pao", now=after)).people[chat("pao")].holds(CHAIR)


async def test_a_new_chair_takes_over_the_drafts_of_the_unit(store: SqlStore) -> None:
    """A draft belongs to the unit: the chair who began it loses it with the role, the next one sees it."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), SaveDraft(draft("d1", "pao", attendees=5)))
    await write(store, EndRoles(SCHOOL, Role.CHAIR, "mai", TODAY), *joined("mai", Role.CHAIR, SCHOOL))
    assert list((await world_of(store, "mai")).drafts) == ["d1"]


async def test_a_colleagues_draft_stays_the_colleagues(store: SqlStore) -> None:
    """Both reporters of a unit hold the role, and each sees the drafts they began themselves."""
    await write(
        store,
        *joined("pao", Role.CHAIR, SCHOOL),
        *joined("mai", Role.CHAIR, SCHOOL),
        *joined("lan", Role.CHAIR, CLINIC),
        SaveDraft(draft("d1", "pao")),
        SaveDraft(draft("d2", "mai")),
        SaveDraft(draft("d3", "lan", CLINIC)),
        SaveDraft(draft("d4", "mai", None)),
    )
    assert set((await world_of(store, "pao")).drafts) == {"d1"}
    assert set((await world_of(store, "mai")).drafts) == {"d2", "d4"}


async def test_officers_do_not_see_drafts(store: SqlStore) -> None:
    """A draft is shown to those who report for the unit, not to those above it."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), SaveDraft(draft("d1", "pao")))
    await write(store, *joined("hoa", Role.AREA_OFFICER, SCHOOL))
    assert (await world_of(store, "hoa")).drafts == {}


async def test_the_last_word_on_a_draft_counts(store: SqlStore) -> None:
    """Within a batch a draft may be saved, dropped and saved again: it stands as it was last."""
    await write(
        store,
        *joined("pao", Role.CHAIR, SCHOOL),
        SaveDraft(draft("d1", "pao", attendees=1)),
        SaveDraft(draft("d2", "pao")),
        SaveDraft(draft("d1", "pao", attendees=2)),
        DropDraft("d2"),
        DropDraft("d3"),
        SaveDraft(draft("d3", "pao")),
    )
    drafts = (await world_of(store, "pao")).drafts
    assert {id_: dict(one.answers) for id_, one in drafts.items()} == {"d1": {"attendees": 2}, "d3": {}}


async def test_an_open_question_is_kept_whole(store: SqlStore) -> None:
    """What digits mean now is given back as it was stored, and can be cleared."""
    ask = Ask("pao", "draft", {"1": "d1:type:x"}, "d1", "type", {"tries": 1}, NOW + timedelta(days=1))
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), ClearAsk("pao"), SetAsk(ask))
    assert (await world_of(store, "pao")).asks == {"pao": ask}
    await write(store, SetAsk(ask), ClearAsk("pao"))
    assert (await world_of(store, "pao")).asks == {}


async def test_addresses_come_last_used_first(store: SqlStore) -> None:
    """The address that somebody wrote from last is the first one to answer at."""
    web = Address("web", "w1")
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), LinkAddress(web, "pao", NOW - timedelta(days=2)))
    person = (await world_of(store, "pao")).people[chat("pao")]
    assert person.addresses == (chat("pao"), web)
    async with store.batch() as batch:
        message = Incoming("1", web, NOW)
        world = await batch.world([message], NOW + timedelta(minutes=1))
    assert world.people[web].addresses == (web, chat("pao"))
    assert chat("pao") not in world.people


async def test_a_closed_address_opens_again_when_somebody_writes(store: SqlStore) -> None:
    """Who blocked the bot and writes again can be reached again; the news of the block itself opens nothing."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), AddressState(chat("pao"), "closed"))
    async with store.batch() as batch:
        blocked = Incoming("1", chat("pao"), NOW, Arrival.BLOCKED)
        assert (await batch.world([blocked], NOW)).people[chat("pao")].addresses == ()
    assert (await world_of(store, "pao")).people[chat("pao")].addresses == (chat("pao"),)


async def test_a_block_stands_when_the_world_is_loaded_again(store: SqlStore) -> None:
    """What somebody wrote before blocking the bot, in the same batch, does not open the address again."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL))
    messages = [wrote("pao", "1"), Incoming("2", chat("pao"), NOW, Arrival.BLOCKED)]
    async with store.batch() as batch:
        await batch.world(messages, NOW)
        await batch.write([AddressState(chat("pao"), "closed")])
        assert (await batch.world(messages, NOW)).people[chat("pao")].addresses == ()
        back = [*messages, wrote("pao", "3")]
        assert (await batch.world(back, NOW)).people[chat("pao")].addresses == (chat("pao"),)


async def test_an_address_may_become_somebody_elses(store: SqlStore) -> None:
    """Who is linked to an address last is the one who writes from it."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL))
    await write(store, *joined("mai", Role.CHAIR, CLINIC), LinkAddress(chat("pao"), "mai", NOW))
    assert (await world_of(store, "pao")).people[chat("pao")].id == "mai"


async def test_a_moved_chat_keeps_its_person_and_its_waiting_messages(store: SqlStore) -> None:
    """When a chat gets a new id, the person and what was not sent yet go with it."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), Speak(said("hello")))
    await write(store, MoveAddress(chat("pao"), "new"))
    new = Address("telegram", "new")
    async with store.batch() as batch:
        world = await batch.world([wrote("pao", "1"), Incoming("2", new, NOW)], NOW)
    assert {address: person.id for address, person in world.people.items()} == {new: "pao"}
    assert [claim.out.address for claim in await store.due_messages(NOW, 10)] == [new]


async def test_a_move_to_a_chat_that_is_known_already(store: SqlStore) -> None:
    """Somebody who wrote from the new chat first is found there all the same."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL))
    await write(store, LinkAddress(Address("telegram", "new"), "pao", NOW), MoveAddress(chat("pao"), "new"))
    async with store.reading() as reads:
        person = await reads.person("pao")
    assert person is not None
    assert person.addresses == (Address("telegram", "new"),)


async def test_units_are_named_and_managed_as_of_today(store: SqlStore) -> None:
    """A rename and a move take effect on their day, in the posts of the people too."""
    moving = date(2026, 12, 1)
    async with store.batch() as batch:
        await batch.run(
            lambda c: c.execute(unit_links.update().where(unit_links.c.child == SCHOOL), {"valid_to": moving})
        )
        await batch.run(lambda c: c.execute(unit_links.insert(), link(SCHOOL, AREA_B, moving)))
        named = {"unit": SCHOOL, "valid_from": moving, "name": "CĐCS Trường Kim Đồng"}
        await batch.run(lambda c: c.execute(unit_names.insert(), named))
    await write(store, *joined("pao", Role.CHAIR, SCHOOL))
    before = (await world_of(store, "pao")).people[chat("pao")].posts[0].unit
    after = (await world_of(store, "pao", now=NOW + timedelta(days=30))).people[chat("pao")].posts[0].unit
    assert (before.name, before.parent) == ("CĐCS Trường Tiểu học Số 1", AREA_A)
    assert (after.name, after.parent) == ("CĐCS Trường Kim Đồng", AREA_B)
