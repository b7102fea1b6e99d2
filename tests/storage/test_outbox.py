from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.effects import AddressState, DropUnsent, Effect, LinkAddress, Mute, Speak
from bot.messages import Address, Attachment, Button, Message, Outgoing, Priority, Template
from bot.ports import Claim, SentMark
from bot.records import BUT_ON, Role
from storage import outbox
from storage.store import SqlStore
from tests.storage.conftest import clock
from tests.storage.people import NOW, PROVINCE, SCHOOL, chat, joined, said, write

SOON = NOW + timedelta(minutes=5)


async def spoken(store: SqlStore, *effects: Effect) -> list[Claim]:
    """Write effects, and give what may be sent at once."""
    async with store.batch() as batch:
        return await batch.write(effects)


async def keys(store: SqlStore, limit: int = 99, **which: str | bool) -> list[str]:
    """Take what is due, and give its keys."""
    return [claim.out.key for claim in await store.due_messages(NOW, limit, **which)]  # type: ignore[arg-type]


async def test_replies_may_be_sent_at_once(store: SqlStore) -> None:
    """Replies are handed to the sender from memory; what waits or is less urgent is not."""
    reply, late = said("r1"), said("r2", not_before=SOON)
    reminder = said("m1", priority=Priority.REMINDER)
    claims = await spoken(store, Speak(reply), Speak(late), Speak(reminder))
    assert [claim.out for claim in claims] == [reply]
    due = await store.due_messages(NOW, 9)
    assert (due[0].id, due[0].out) == (claims[0].id, reply)


async def test_a_message_is_given_back_whole(store: SqlStore) -> None:
    """Buttons, files and Vietnamese letters survive the outbox."""
    message = Message("Chọn:", "Đối thoại", (Button("Có", "d:1", "1"),), (Attachment("a.xlsx", "Sổ.xlsx"),), "77")
    message = replace(message, template=Template("reminder", (("unit", "CĐCS Chè"),)))
    out = Outgoing("k", Address("zalo", "5"), message, Priority.ALERT, NOW, "drop")
    await write(store, Speak(out))
    assert [claim.out for claim in await store.due_messages(NOW, 9)] == [out]


async def test_another_way_is_the_preferred_one(store: SqlStore) -> None:
    """What goes elsewhere goes to another open chat of its person, of the channels given; without one it failed."""
    pao = joined("pao", Role.CHAIR, SCHOOL)
    more = [LinkAddress(Address(channel, "pao"), "pao", NOW - timedelta(days=1)) for channel in ("web", "zalo")]
    await write(store, *pao, *more, Mute("pao", f"{BUT_ON}zalo", NOW), Speak(said("k", "pao", priority=Priority.ALERT)))
    for to, there in ((("web", "zalo"), Address("zalo", "pao")), (("web", "zalo"), Address("web", "pao"))):
        (claim,) = await store.due_messages(NOW, 9)
        async with store.batch() as batch:
            await batch.sent([SentMark(claim.id, "elsewhere", not_before=NOW, why="silent", to=to)])
            await batch.write([AddressState(claim.out.address, "closed")])
        assert [one.out.address for one in await peeked(store)] == [there]
    (claim,) = await store.due_messages(NOW, 9)
    async with store.batch() as batch:
        await batch.sent([SentMark(claim.id, "elsewhere", not_before=NOW, why="silent", to=("zalo", "web"))])
    assert await keys(store) == []
    async with store.reading() as reads:
        assert [one.person for one in await reads.unreached([PROVINCE], NOW - timedelta(days=1))] == ["pao"]


async def peeked(store: SqlStore) -> list[Claim]:
    """Look at what is due, and leave it so."""
    claims = await store.due_messages(NOW, 9)
    async with store.batch() as batch:
        await batch.sent([SentMark(claim.id, "pending", not_before=NOW) for claim in claims])
    return claims


async def test_nothing_is_said_twice(store: SqlStore) -> None:
    """A second message with the same key is not said, in the same batch or later."""
    first, second = said("k", text="một"), said("k", text="hai")
    assert [claim.out for claim in await spoken(store, Speak(first), Speak(second))] == [first]
    assert await spoken(store, Speak(second)) == []
    assert [claim.out.message.text for claim in await store.due_messages(NOW, 9)] == ["một"]


async def test_what_has_lost_its_reason_is_not_said(store: SqlStore) -> None:
    """Filing a report drops the unsent reminders of its key, those of the same batch too; later ones stand."""
    await write(store, Speak(said("old", drop_key="remind/1")), Speak(said("other", drop_key="remind/2")))
    before, after = said("before", drop_key="remind/1"), said("after", drop_key="remind/1")
    claims = await spoken(store, Speak(before), DropUnsent("remind/1"), Speak(after))
    assert [claim.out.key for claim in claims] == ["after"]
    assert await keys(store) == ["other", "after"]


async def test_dropping_no_key_drops_nothing(store: SqlStore) -> None:
    """Messages without a drop key belong to no reason."""
    await write(store, Speak(said("k")))
    await write(store, DropUnsent(""))
    assert await keys(store) == ["k"]


async def test_the_most_urgent_goes_first(store: SqlStore) -> None:
    """Due messages come by priority, then by age; a channel's own can be asked for."""
    for key, priority in (("n", Priority.NOTICE), ("m", Priority.REMINDER), ("a", Priority.ALERT)):
        await write(store, Speak(said(key, priority=priority)))
    await write(store, Speak(said("r1")), Speak(said("r2")), Speak(said("later", not_before=SOON)))
    web = Outgoing("w", Address("web", "5"), Message("chào"))
    await write(store, Speak(web))
    assert await keys(store, 2, channel="telegram") == ["r1", "r2"]
    assert await keys(store, channel="web") == ["w"]
    assert await keys(store) == ["r1", "r2", "w", "a", "m", "n"]


async def test_what_is_being_sent_is_not_given_twice(store: SqlStore) -> None:
    """Below reply priority a claim is exclusive; a reply may be repeated."""
    await write(store, Speak(said("r")), Speak(said("m", priority=Priority.REMINDER)))
    assert await keys(store) == ["r", "m"]
    assert await keys(store) == ["r"]


async def test_after_a_crash_what_was_being_sent_is_uncertain(store: SqlStore) -> None:
    """A restart repeats replies, and leaves alone what may have arrived."""
    await write(store, Speak(said("r")), Speak(said("m", priority=Priority.REMINDER)))
    await keys(store)
    assert await keys(store, after_restart=True) == ["r"]
    assert (await store.counts())["outbox"] == {"pending": 1, "sending": 0, "failed": 0, "uncertain": 1}


async def test_what_became_of_a_send(store: SqlStore) -> None:
    """Sent is sent; what has to wait comes again at its time, with its attempts; failures are kept."""
    await write(store, *(Speak(said(key, priority=Priority.ALERT)) for key in ("a", "b", "c")))
    a, b, c = (claim.id for claim in await store.due_messages(NOW, 9))
    async with store.batch() as batch:
        await batch.sent([SentMark(a, "sent", "m9"), SentMark(c, "failed", why="blocked", attempts=1)])
        await batch.sent([SentMark(b, "pending", not_before=SOON, why="429", attempts=2)])
        await batch.sent([])
    assert await store.due_messages(NOW, 9) == []
    assert await store.next_message_at("telegram") == SOON
    assert await store.next_message_at("web") is None
    again = await store.due_messages(SOON, 9)
    assert [(claim.id, claim.attempts, claim.out.attempts) for claim in again] == [(b, 2, 2)]
    assert (await store.counts())["outbox"] == {"pending": 0, "sending": 1, "failed": 1, "uncertain": 0}


async def test_a_dropped_rows_id_is_never_given_again(store: SqlStore) -> None:
    """A mark for a message that was dropped meanwhile must not hit another one."""
    dropped = (await spoken(store, Speak(said("a", drop_key="x"))))[0]
    await write(store, DropUnsent("x"))
    assert (await spoken(store, Speak(said("b"))))[0].id != dropped.id


async def test_a_thousand_messages_in_one_batch(store: SqlStore) -> None:
    """A big lot is written at once and taken in lots."""
    claims = await spoken(store, *(Speak(said(f"k{n}", to=f"p{n}")) for n in range(2_500)))
    assert [claim.out.address for claim in claims] == [chat(f"p{n}") for n in range(2_500)]
    assert len({claim.id for claim in claims}) == 2_500
    assert len(await keys(store, 30)) == 30


async def test_two_senders_share_the_outbox(postgres_url: str) -> None:
    """While one process takes a lot, another takes the next rows instead of waiting for it."""
    store = await SqlStore.open(postgres_url, clock)
    await write(store, *(Speak(said(f"k{n}", priority=Priority.ALERT)) for n in range(4)))
    async with store.batch() as one, store.batch() as two:
        lots = [await batch.run(outbox.take_due, NOW, 2, "telegram") for batch in (one, two)]
    await store.close()
    assert [[claim.out.key for claim in lot] for lot in lots] == [["k0", "k1"], ["k2", "k3"]]
