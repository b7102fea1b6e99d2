from __future__ import annotations

from datetime import timedelta

import pytest

from bot.effects import (
    Ask,
    BlankAnswers,
    ChangePerson,
    Consent,
    EndAllRoles,
    EndRoles,
    ErasePerson,
    FileReport,
    GrantRole,
    Invite,
    KeepFile,
    LinkAddress,
    NewInvite,
    Person,
    RevokeInvites,
    Role,
    SaveDraft,
    SetAsk,
    StoredFile,
    UseInvite,
)
from bot.messages import Address, FileRef
from bot.ports import Contact
from storage.store import SqlStore
from tests.storage.people import (
    AREA_A,
    CLINIC,
    NOW,
    PROVINCE,
    SCHOOL,
    TODAY,
    chat,
    draft,
    joined,
    report,
    world_of,
    write,
)


def photo(id_: str, of: str) -> KeepFile:
    """Give a photo that came with a draft."""
    return KeepFile(
        StoredFile(id_, of, "photo", "telegram", FileRef(f"remote-{id_}", "photo", "ảnh.jpg", "image/jpeg", 9))
    )


async def test_people_change_what_they_told(store: SqlStore) -> None:
    """Only the named things change; anything else about a person is not theirs to change."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), ChangePerson("pao", {"name": "Giàng A Páo", "phone": ""}))
    person = (await world_of(store, "pao")).people[chat("pao")]
    assert (person.name, person.honorific, person.phone, person.language) == ("Giàng A Páo", "anh", "", "vi")
    with pytest.raises(ValueError, match="erased_at"):
        await write(store, ChangePerson("pao", {"erased_at": "now"}))


async def test_a_role_is_granted_once(store: SqlStore) -> None:
    """Granting what is held already changes nothing; after an end it can be granted again."""
    again = GrantRole("pao", SCHOOL, Role.CHAIR, TODAY)
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), again, again)
    await write(store, EndRoles(SCHOOL, Role.CHAIR, "", TODAY), again)
    assert len((await world_of(store, "pao")).people[chat("pao")].posts) == 1


async def test_ending_a_role_spares_one(store: SqlStore) -> None:
    """The new chair stays when the others' role ends, and other roles at the unit stay too."""
    await write(
        store,
        *joined("pao", Role.CHAIR, SCHOOL),
        *joined("mai", Role.CHAIR, SCHOOL),
        *joined("lan", Role.DEPUTY, SCHOOL),
        EndRoles(SCHOOL, Role.CHAIR, "mai", TODAY),
    )
    async with store.reading() as reads:
        assert [(c.role, c.person) for c in await reads.contacts([SCHOOL])] == [("chair", "mai"), ("deputy", "lan")]


async def test_every_role_of_a_person_can_end(store: SqlStore) -> None:
    """Somebody who leaves holds nothing; a role granted afterwards in the same batch is held."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), GrantRole("pao", CLINIC, Role.CHAIR, TODAY))
    await write(store, EndAllRoles("pao", TODAY), GrantRole("pao", SCHOOL, Role.DEPUTY, TODAY))
    posts = (await world_of(store, "pao")).people[chat("pao")].posts
    assert [(post.role, post.unit.id) for post in posts] == [(Role.DEPUTY, SCHOOL)]


async def test_contacts_can_be_called(store: SqlStore) -> None:
    """A contact comes with name, phone and the channels of the open addresses."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), LinkAddress(Address("web", "w"), "pao", NOW))
    async with store.reading() as reads:
        contacts = await reads.contacts([SCHOOL, CLINIC])
    assert contacts == [Contact(SCHOOL, "chair", "pao", "Pao", "anh", "0900000000", ("telegram", "web"))]


async def test_officers_above_come_nearest_first(store: SqlStore) -> None:
    """A chair's question goes to the area before the province; chairs above are no officers."""
    await write(
        store,
        *joined("tinh", Role.PROV_OFFICER, PROVINCE),
        *joined("xa", Role.AREA_OFFICER, AREA_A),
        *joined("chu", Role.CHAIR, AREA_A),
        *joined("pao", Role.CHAIR, SCHOOL),
    )
    async with store.reading() as reads:
        assert [c.person for c in await reads.officers_above(SCHOOL)] == ["xa", "tinh"]
        assert [c.person for c in await reads.officers_above(AREA_A)] == ["tinh"]
        assert await reads.officers_above(PROVINCE) == []


async def test_consents_are_listed_in_order(store: SqlStore) -> None:
    """What was agreed to and taken back stays on record."""
    later = NOW + timedelta(days=1)
    await write(
        store, *joined("pao", Role.CHAIR, SCHOOL), Consent("pao", "1", NOW), Consent("pao", "1", later, given=False)
    )
    async with store.reading() as reads:
        assert await reads.consents("pao") == [("1", NOW, True), ("1", later, False)]


async def test_an_invitation_is_kept_used_and_taken_back(store: SqlStore) -> None:
    """An invitation is found by the hash of its code; used ones are not revoked with the others."""
    first, second = (Invite(h, SCHOOL, "chair", NOW + timedelta(days=7), "admin") for h in ("h1", "h2"))
    await write(
        store, NewInvite(first), NewInvite(second), UseInvite("h1", "pao", NOW), RevokeInvites(SCHOOL, "chair", NOW)
    )
    async with store.reading() as reads:
        one, two = await reads.invite("h1"), await reads.invite("h2")
        assert await reads.invite("h3") is None
    assert one is not None
    assert (one.used_at, one.revoked_at) == (NOW, None)
    assert two is not None
    assert (two.used_at, two.revoked_at) == (None, NOW)


async def test_erasing_a_person_leaves_counts_and_dates(store: SqlStore) -> None:
    """Name, phone, addresses, roles, questions, own drafts and files go; reports and consents stay."""
    await write(
        store,
        *joined("pao", Role.CHAIR, SCHOOL),
        Consent("pao", "1", NOW),
        SaveDraft(draft("own", "pao", None)),
        SaveDraft(draft("units", "pao")),
        SetAsk(Ask("pao", "menu")),
        FileReport(report("s1", draft="filed")),
        *(
            photo(id_, of)
            for id_, of in (("f1", "filed"), ("f2", "own"), ("f3", "units"), ("f4", "other"), ("f5", "other"))
        ),
    )
    await write(store, ErasePerson("pao", NOW, files=("f4",)))
    assert (await world_of(store, "pao")).people == {}
    async with store.reading() as reads:
        assert await reads.person("pao") == Person("pao")
        assert await reads.consents("pao") == [("1", NOW, True)]
        assert [one.id for one in await reads.reports_by("pao")] == ["s1"]
        assert [file.id for file in await reads.files(["filed", "own", "units", "other"])] == ["f3", "f5"]
        assert await reads.contacts([SCHOOL]) == []
    await write(store, *joined("mai", Role.CHAIR, SCHOOL))
    world = await world_of(store, "mai")
    assert (set(world.drafts), world.asks) == ({"units"}, {})


async def test_an_erased_address_can_be_linked_in_the_same_batch(store: SqlStore) -> None:
    """Somebody who erases everything and is invited again starts as somebody new."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL))
    again = joined("pao2", Role.CHAIR, SCHOOL)
    await write(store, ErasePerson("pao", NOW), *again, LinkAddress(chat("pao"), "pao2", NOW))
    assert (await world_of(store, "pao")).people[chat("pao")].id == "pao2"


async def test_blanked_answers_go_from_every_version(store: SqlStore) -> None:
    """A personal text disappears from all versions of the report, and what was doubted about it."""
    first = report("s1", accepted={"note": "long", "attendees": "many"})
    second = report("s2", version=2, replaces="s1", answers={"attendees": 13, "note": "khác"})
    other = report("s3", number=2)
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), *map(FileReport, (first, second, other)))
    await write(store, BlankAnswers("s2", ("note",)))
    async with store.reading() as reads:
        reports = await reads.reports_by("pao")
    blanked = {one.id: (one.answers, one.accepted) for one in reports}
    assert blanked["s1"] == ({"attendees": 12, "note": None}, {"attendees": "many"})
    assert blanked["s2"] == ({"attendees": 13, "note": None}, {})
    assert blanked["s3"][0]["note"] == "ý kiến"
