from __future__ import annotations

from datetime import timedelta

from bot.effects import (
    Consent,
    Effect,
    ErasePerson,
    FileReport,
    LinkAddress,
    NewInvite,
    SaveDraft,
    SetAsk,
    Speak,
    StartJob,
    UseInvite,
)
from bot.messages import Priority
from bot.ports import SentMark
from bot.records import Ask, Invite, Person, Role
from storage.store import SqlStore
from tests.storage.people import CLINIC, NOW, SCHOOL, chat, draft, joined, look, report, said, world_of, write
from tests.storage.test_files import photo

ERASE = ErasePerson("pao", NOW)


async def test_erasing_a_person_leaves_counts_and_dates(store: SqlStore) -> None:
    """Name, phone, addresses, roles and questions go; reports and consents stay."""
    await write(
        store,
        *joined("pao", Role.CHAIR, SCHOOL),
        Consent("pao", "1", NOW),
        SetAsk(Ask("pao", "menu")),
        FileReport(report("s1", draft="filed")),
    )
    await write(store, ERASE)
    world = await world_of(store, "pao")
    assert (world.people, world.asks) == ({}, {})
    async with store.reading() as reads:
        assert await reads.person("pao") == Person("pao")
        assert await reads.consents("pao") == [("1", NOW, True)]
        assert [one.id for one in await reads.reports_by("pao")] == ["s1"]
        assert await reads.contacts([SCHOOL]) == []


async def test_every_draft_and_file_of_theirs_goes(store: SqlStore) -> None:
    """Drafts go whether they are about the person or a unit, with what was sent for them; a colleague's stay."""
    await write(
        store,
        *joined("pao", Role.CHAIR, SCHOOL),
        *joined("mai", Role.DEPUTY, SCHOOL),
        SaveDraft(draft("own", "pao", None)),
        SaveDraft(draft("units", "pao")),
        SaveDraft(draft("hers", "mai")),
        FileReport(report("s1", draft="filed")),
        FileReport(report("s2", 2, draft="by-mai", person="mai")),
        *(photo(f"f-{of}", of) for of in ("filed", "own", "units", "hers", "by-mai")),
        StartJob("fetch-f-own", "fetch", {"file": "f-own", "chat": "5"}),
    )
    await write(store, ERASE)
    async with store.reading() as reads:
        files = await reads.files(["filed", "own", "units", "hers", "by-mai"])
        assert await reads.drafts_of("pao") == []
    assert [file.id for file in files] == ["f-by-mai", "f-hers"]
    assert set((await world_of(store, "mai")).drafts) == {"hers"}
    assert await store.due_jobs(NOW, 9) == []


async def test_why_they_withdrew_a_report_goes(store: SqlStore) -> None:
    """The reason was in their own words; that the report is withdrawn stays, and what others gave as reason."""
    ours = report("s2", 1, 2, replaces="s1", state="withdrawn", reason="nhầm của anh Páo")
    hers = report("s3", 2, state="withdrawn", reason="trùng", person="mai")
    await write(
        store,
        *joined("pao", Role.CHAIR, SCHOOL),
        *joined("mai", Role.CHAIR, CLINIC),
        *map(FileReport, (report("s1"), ours, hers)),
    )
    await write(store, ERASE)
    rows = await look(store, "SELECT id, state, reason FROM submissions ORDER BY id")
    assert rows == [("s1", "filed", ""), ("s2", "withdrawn", ""), ("s3", "withdrawn", "trùng")]


async def test_invitations_by_them_and_for_them_are_taken_back(store: SqlStore) -> None:
    """An unused code opens nothing any more; used ones, and those of others, stay as they are."""
    until = NOW + timedelta(days=7)
    invites = [
        Invite("made", CLINIC, "chair", until, "pao"),
        Invite("channel", None, "channel", until, "pao", "pao"),
        Invite("used", CLINIC, "chair", until, "pao"),
        Invite("other", CLINIC, "chair", until, "mai"),
    ]
    await write(store, *joined("pao", Role.AREA_OFFICER, SCHOOL), *map(NewInvite, invites), UseInvite("used", "x", NOW))
    await write(store, ERASE)
    rows = await look(store, "SELECT hash FROM invites WHERE revoked_at IS NOT NULL ORDER BY hash")
    assert [hash_ for (hash_,) in rows] == ["channel", "made"]


async def test_what_was_said_to_them_goes(store: SqlStore) -> None:
    """Messages sent or failed lose their words and the chat; what is still to be said is said; others keep theirs."""
    reminder: list[Effect] = [Speak(said("reminder", priority=Priority.REMINDER))]
    letters = [Speak(said(key)) for key in ("sent", "failed", "waits")]
    other = Speak(said("other", "mai"))
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), *reminder)
    await store.due_messages(NOW, 9)
    async with store.batch() as batch:
        ids = {claim.out.key: claim.id for claim in await batch.write([*letters, other])}
        await batch.sent(
            [SentMark(ids["sent"], "sent"), SentMark(ids["failed"], "failed"), SentMark(ids["other"], "sent")]
        )
    await write(store, ERASE)
    rows = await look(store, "SELECT key, chat, CAST(body AS TEXT) FROM outbox ORDER BY key")
    whole = '{"text":"chào"}'
    assert rows == [
        ("failed", "", "{}"),
        ("other", "chat-mai", whole),
        ("reminder", "chat-pao", whole),
        ("sent", "", "{}"),
        ("waits", "chat-pao", whole),
    ]


async def test_an_erased_address_can_be_linked_in_the_same_batch(store: SqlStore) -> None:
    """Somebody who erases everything and is invited again starts as somebody new."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL))
    again = joined("pao2", Role.CHAIR, SCHOOL)
    await write(store, ERASE, *again, LinkAddress(chat("pao"), "pao2", NOW))
    assert (await world_of(store, "pao")).people[chat("pao")].id == "pao2"
