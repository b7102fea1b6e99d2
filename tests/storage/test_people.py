from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.effects import (
    Audit,
    BlankAnswers,
    ChangePerson,
    Consent,
    EndRoles,
    FileReport,
    GrantRole,
    LinkAddress,
    NewInvite,
    RevokeInvites,
    SaveDraft,
    UseInvite,
)
from bot.messages import Address
from bot.ports import Contact, Tenure
from bot.records import Invite, Role
from storage.store import SqlStore
from storage.tables import units
from tests.storage.people import (
    AREA_A,
    CLINIC,
    FOUNDED,
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


async def test_since_when_anybody_can_report(store: SqlStore) -> None:
    """The first chair or deputy counts, who need not be one any more; officers come in earlier."""
    before, later = TODAY - timedelta(days=40), TODAY - timedelta(days=10)
    await write(store, *joined("mai", Role.AREA_OFFICER, AREA_A))
    async with store.reading() as reads:
        assert await reads.reporting_since() is None
    await write(store, GrantRole("mai", CLINIC, Role.CHAIR, later))
    async with store.reading() as reads:
        assert await reads.reporting_since() == later
    await write(store, GrantRole("mai", SCHOOL, Role.DEPUTY, before))
    await write(store, EndRoles(SCHOOL, Role.DEPUTY, "", TODAY))
    async with store.reading() as reads:
        assert await reads.reporting_since() == before


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


async def test_a_chair_of_a_closed_unit_is_nobodys_chair(store: SqlStore) -> None:
    """A post ends with its unit; at one that only begins later somebody may be put in office already."""
    await write(
        store,
        *joined("pao", Role.CHAIR, SCHOOL),
        *joined("mai", Role.CHAIR, CLINIC),
        *joined("xa", Role.AREA_OFFICER, AREA_A),
    )
    await dated(store, SCHOOL, valid_to=TODAY)
    await dated(store, AREA_A, valid_to=TODAY)
    await dated(store, CLINIC, valid_from=TODAY + timedelta(days=1))
    people = (await world_of(store, "pao", "mai")).people
    assert people[chat("pao")].posts == ()
    assert [post.unit.id for post in people[chat("mai")].posts] == [CLINIC]
    async with store.reading() as reads:
        assert [contact.person for contact in await reads.contacts([SCHOOL, CLINIC])] == ["mai"]
        assert await reads.officers_above(CLINIC) == []


async def dated(store: SqlStore, unit: int, **values: date) -> None:
    """Change the days of a unit."""
    async with store.batch() as batch:
        statement = units.update().where(units.c.id == unit).values(**values)
        await batch.run(lambda connection: connection.execute(statement))


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


async def test_what_is_kept_about_a_person_can_be_listed(store: SqlStore) -> None:
    """Roles that ended, drafts under way and what was noted of them come in their order."""
    await write(
        store,
        *joined("pao", Role.CHAIR, SCHOOL),
        *joined("mai", Role.CHAIR, CLINIC),
        EndRoles(SCHOOL, Role.CHAIR, "", TODAY),
        GrantRole("pao", CLINIC, Role.DEPUTY, TODAY),
        SaveDraft(draft("d1", "pao", CLINIC)),
        SaveDraft(draft("d2", "mai", CLINIC)),
        Audit(NOW, "pao", "digest", "A"),
        Audit(NOW, "mai", "unit", "A-01"),
    )
    async with store.reading() as reads:
        assert await reads.tenures("pao") == [
            Tenure(Role.CHAIR, "A-01", "CĐCS Trường Tiểu học Số 1", FOUNDED, TODAY),
            Tenure(Role.DEPUTY, "A-02", "CĐCS Trung tâm Y tế", TODAY, None),
        ]
        assert [one.id for one in await reads.drafts_of("pao")] == ["d1"]
        assert await reads.audited("pao") == [(NOW, "digest")]
