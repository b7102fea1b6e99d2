"""Notices in both databases: whom they are for, what became of the copies, what units told, documents and questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.effects import (
    Acknowledge,
    AddressState,
    AnswerBack,
    AskBack,
    Correct,
    Counted,
    DropSome,
    Effect,
    ErasePerson,
    FileReport,
    HoldUnsent,
    KeepDirective,
    KeepNotice,
    NoticeState,
    Provide,
    Provided,
    PutOff,
    Readdress,
    ReleaseHeld,
    Speak,
    TakeBack,
)
from bot.messages import Message, Outgoing, Priority
from bot.notices.notice import Directive, Notice, State, Step, digest_of
from bot.ports import DirectiveStanding, SentMark
from bot.records import Role
from storage.store import SqlStore
from tests.storage.people import AREA_A, AREA_B, CLINIC, MILL, NOW, PROVINCE, SCHOOL, TODAY, chat, joined, report, write

SAID = {"title": "Tháng Công nhân", "text": "Phát động.", "whom": "all"}
NOTICE = Notice("n1", 1, "mai", PROVINCE, "LĐLĐ", SAID, "d1", digest_of(SAID), State.COMPOSED, NOW)


def copy(name: str, unit: int) -> Sequence[Effect]:
    """Provide for a unit with a message to somebody."""
    key = NOTICE.copy_for(name)
    out = Outgoing(key, chat(name), Message("Phát động."), Priority.NOTICE, drop_key=NOTICE.drop_key)
    return [Provide(NOTICE.id, unit, name, key), Speak(out)]


async def sent(store: SqlStore, state: str = "sent", why: str = "") -> list[str]:
    """Note what became of everything that is due; give the keys."""
    claims = await store.due_messages(NOW + timedelta(hours=1), 100)
    async with store.batch() as batch:
        await batch.sent([SentMark(claim.id, state, "m1", why=why) for claim in claims])
    return [claim.out.key for claim in claims]


async def laid_out(store: SqlStore, *copies: Effect) -> None:
    """Keep the notice of Mai, with people at three units."""
    await write(store, *joined("mai", Role.PROV_OFFICER, PROVINCE))
    await write(store, *joined("lan", Role.CHAIR, SCHOOL), *joined("tu", Role.CHAIR, CLINIC))
    await write(store, KeepNotice(NOTICE))
    await write(store, *copies)


async def test_a_notice_is_kept_as_it_is(store: SqlStore) -> None:
    """By id, by number, among those of its union, and by its words."""
    await laid_out(store)
    await write(store, Counted("n1", 3, 2), Correct("n1", "Hạn 20/12."))
    kept = replace(NOTICE, units=3, copies=2, correction="Hạn 20/12.")
    async with store.reading() as reads:
        assert await reads.notice("n1") == await reads.notice_numbered(1) == kept
        assert await reads.last_notice_number() == 1
        assert await reads.notices_of([PROVINCE], 5) == [kept]
        assert await reads.notices_like(NOTICE.digest, NOW - timedelta(days=7)) == []  # nobody has sent it
        assert await reads.notice("n9") is None


async def test_a_state_is_only_left_from_where_one_is(store: SqlStore) -> None:
    """What was cancelled meanwhile is not sent; who approved and when it began stay."""
    await laid_out(store)
    await write(store, NoticeState("n1", State.PLANNED, (State.WAITING,)))
    await write(store, NoticeState("n1", State.SENDING, (State.COMPOSED,), "yen", NOW))
    await write(store, NoticeState("n1", State.PAUSED, (State.SENDING,), at=NOW + timedelta(days=1)))
    async with store.reading() as reads:
        found = await reads.notice("n1")
        assert found is not None
        assert (found.state, found.approved_by, found.sent_at) == (State.PAUSED, "yen", NOW)
        assert [one.id for one in await reads.notices_like(NOTICE.digest, NOW)] == ["n1"]


async def test_how_far_it_was_provided_for(store: SqlStore) -> None:
    """The mark only moves forward."""
    await laid_out(store)
    await write(store, Provided("n1", 12), Provided("n1", 11))
    async with store.reading() as reads:
        found = await reads.notice("n1")
        assert found is not None
        assert (found.after, found.expanded) == (12, False)
    await write(store, Provided("n1", 99, all_=True))
    async with store.reading() as reads:
        found = await reads.notice("n1")
        assert found is not None
        assert (found.after, found.expanded) == (99, True)


async def test_units_and_readers(store: SqlStore) -> None:
    """Units by kind under a union; who holds the roles there, with the chats that are open."""
    await laid_out(store)
    await write(store, AddressState(chat("tu"), "closed"))
    async with store.reading() as reads:
        assert [row[:2] for row in await reads.area_units([PROVINCE], ["cdcs"], TODAY)] == [
            (SCHOOL, "A-01"),
            (CLINIC, "A-02"),
            (MILL, "B-01"),
        ]
        assert len(await reads.area_units([AREA_A], (), TODAY)) == 3
        readers = await reads.readers([SCHOOL, CLINIC, MILL], [Role.CHAIR])
        assert [(one.unit, one.person, one.addresses) for one in readers] == [
            (SCHOOL, "lan", (chat("lan"),)),
            (CLINIC, "tu", ()),
        ]


async def test_copies_are_held_released_and_dropped(store: SqlStore) -> None:
    """What is sent stays; the rest follows."""
    await laid_out(store, *copy("lan", SCHOOL))
    assert await sent(store) == ["notice/n1/lan"]
    await write(store, *copy("tu", CLINIC))
    await write(store, HoldUnsent("notice/n1"))
    async with store.reading() as reads:
        assert dict(await reads.copy_counts("notice/n1")) == {"sent": 1, "held": 1}
        assert await reads.any_copy("notice/n1", ["held"])
        assert not await reads.any_copy("notice/n1", ["pending"])
    assert await sent(store) == []
    await write(store, ReleaseHeld("notice/n1"))
    await write(store, HoldUnsent("notice/n1"), DropSome("notice/n1"))
    async with store.reading() as reads:
        assert dict(await reads.copy_counts("notice/n1")) == {"sent": 1}
        states = [(one.unit, one.state) for one in await reads.copies_of("n1", 0, 10)]
        assert states == [(SCHOOL, "sent"), (CLINIC, "")]
        assert await reads.sent_as("notice/n1/lan") == ("telegram", "chat-lan", "m1")


async def test_a_failed_copy_goes_elsewhere(store: SqlStore) -> None:
    """It is listed until something was done about it, for the unit it was for."""
    await laid_out(store, *copy("lan", SCHOOL))
    await sent(store, "failed", "blocked")
    async with store.reading() as reads:
        failed = await reads.failed_copies("n1", "notice/n1", 10)
        assert [(one.unit, one.person, one.why) for one in failed] == [(SCHOOL, "lan", "blocked")]
    await write(store, Readdress("n1", SCHOOL, "notice/n1/lan", "lan", "notice/n1/lan", "blocked"))
    async with store.reading() as reads:
        assert await reads.failed_copies("n1", "notice/n1", 10) == []
    await write(store, Readdress("n1", SCHOOL, "notice/n1/lan", "tu", "notice/n1/tu"))
    async with store.reading() as reads:
        assert [(one.person, one.state) for one in await reads.copies_of("n1", 0, 10)] == [("tu", "")]


async def test_what_units_tell(store: SqlStore) -> None:
    """The first confirmation stays, the last number of people counts; who has not answered is known."""
    await laid_out(store, *copy("lan", SCHOOL), *copy("tu", CLINIC), NoticeState("n1", State.SENT, (State.COMPOSED,)))
    later = NOW + timedelta(hours=1)
    await write(store, Acknowledge("n1", SCHOOL, Step.RECEIVED, "lan", NOW))
    await write(store, Acknowledge("n1", SCHOOL, Step.RECEIVED, "tu", later))
    await write(store, Acknowledge("n1", SCHOOL, Step.SPREAD, "lan", NOW, 20))
    await write(store, Acknowledge("n1", SCHOOL, Step.SPREAD, "lan", later, 30))
    async with store.reading() as reads:
        heard = [(one.step, one.person, one.people) for one in await reads.heard("n1")]
        assert sorted(heard) == [(Step.RECEIVED, "lan", 0), (Step.SPREAD, "lan", 30)]
        assert len(await reads.heard_at("n1", [SCHOOL])) == 2
        assert await reads.heard_at("n1", [CLINIC]) == []
        assert await reads.unheard("n1", Step.RECEIVED, 0, 10) == [CLINIC]
        assert await reads.unheard("n1", Step.DONE, SCHOOL, 10) == [CLINIC]
        mine = await reads.received([SCHOOL, CLINIC], 10)
        assert [(one.notice.id, one.unit, one.steps) for one in mine] == [
            ("n1", SCHOOL, {Step.RECEIVED, Step.SPREAD}),
            ("n1", CLINIC, frozenset()),
        ]
        assert [one.unit for one in await reads.received_by("n1", [CLINIC, MILL])] == [CLINIC]


async def test_what_a_withdrawn_report_did_is_taken_back(store: SqlStore) -> None:
    """Whichever of its versions did it; "received" stays, so does what another report or another unit did."""
    await laid_out(store, *copy("lan", SCHOOL), *copy("tu", CLINIC), NoticeState("n1", State.SENT, (State.COMPOSED,)))
    await write(store, KeepNotice(replace(NOTICE, id="n2", number=2)))
    first, other = report("r1", person="lan"), report("r2", 2, person="lan")
    corrected = replace(first, id="r1b", version=2, replaces="r1")
    await write(store, FileReport(first), FileReport(other), FileReport(report("r3", person="tu", unit=CLINIC)))
    await write(store, Acknowledge("n1", SCHOOL, Step.RECEIVED, "lan", NOW))
    await write(store, Acknowledge("n1", SCHOOL, Step.DONE, "lan", NOW, report="r1"))
    await write(store, Acknowledge("n1", CLINIC, Step.DONE, "tu", NOW, report="r3"))
    await write(store, Acknowledge("n2", SCHOOL, Step.DONE, "lan", NOW, report="r2"))
    await write(store, FileReport(corrected))
    async with store.reading() as reads:
        assert [one.id for one in await reads.notices_done_by(SCHOOL, 1)] == ["n1"]
        assert [one.id for one in await reads.notices_done_by(SCHOOL, 2)] == ["n2"]
        assert await reads.notices_done_by(SCHOOL, 3) == []
    await write(store, TakeBack("n1", SCHOOL, 2), TakeBack("n2", SCHOOL, 1))  # neither did it
    assert await done(store) == {("n1", SCHOOL), ("n1", CLINIC), ("n2", SCHOOL)}
    gone = replace(corrected, id="r1c", version=3, replaces="r1b", state="withdrawn")
    await write(store, FileReport(gone), TakeBack("n1", SCHOOL, 1))
    assert await done(store) == {("n1", CLINIC), ("n2", SCHOOL)}
    async with store.reading() as reads:
        assert [one.step for one in await reads.heard("n1") if one.unit == SCHOOL] == [Step.RECEIVED]
        assert await reads.unheard("n1", Step.DONE, 0, 10) == [SCHOOL]


async def done(store: SqlStore) -> set[tuple[str, int]]:
    """Give which notices are done by which units."""
    async with store.reading() as reads:
        return {(id_, one.unit) for id_ in ("n1", "n2") for one in await reads.heard(id_) if one.step is Step.DONE}


async def test_one_unit_with_two_readers_is_listed_once(store: SqlStore) -> None:
    """Chair and deputy got a copy each: it is still one notice of one unit."""
    await laid_out(store, *copy("lan", SCHOOL), *copy("tu", SCHOOL), NoticeState("n1", State.SENT, (State.COMPOSED,)))
    async with store.reading() as reads:
        assert len(await reads.received([SCHOOL], 10)) == 1


async def test_questions(store: SqlStore) -> None:
    """They wait for the sender of the notice until the first answer."""
    await laid_out(store)
    await write(store, AskBack("q1", "n1", SCHOOL, "lan", "Ở đâu?", NOW))
    async with store.reading() as reads:
        waiting = await reads.questions_waiting("mai")
        assert [(one.id, one.number, one.unit, one.text) for one in waiting] == [("q1", 1, SCHOOL, "Ở đâu?")]
        assert await reads.questions_waiting("lan") == []
    await write(store, AnswerBack("q1", "Ở xã.", "mai", NOW), AnswerBack("q1", "Ở huyện.", "mai", NOW))
    async with store.reading() as reads:
        assert await reads.questions("n1", open_only=True) == await reads.questions_waiting("mai") == []
        question = await reads.question("q1")
        assert question is not None
        assert question.answer == "Ở xã."


async def test_a_question_goes_with_whoever_asked(store: SqlStore) -> None:
    """Erasing a person blanks their words; nobody has to answer them any more."""
    await laid_out(store)
    await write(store, AskBack("q1", "n1", SCHOOL, "lan", "Ở đâu?", NOW), ErasePerson("lan", NOW))
    async with store.reading() as reads:
        assert await reads.questions_waiting("mai") == []
        assert [one.text for one in await reads.questions("n1", open_only=False)] == [""]


async def test_the_night_comes_in_the_midst(store: SqlStore) -> None:
    """What is not yet sent waits until the morning, and is put off once."""
    await laid_out(store, *copy("lan", SCHOOL))
    morning = NOW + timedelta(hours=9)
    async with store.reading() as reads:
        assert await reads.any_due_before("notice/n1", morning)
    await write(store, PutOff("notice/n1", morning))
    async with store.reading() as reads:
        assert not await reads.any_due_before("notice/n1", morning)
    assert await sent(store) == []
    assert len(await store.due_messages(morning, 10)) == 1


async def test_the_register_of_documents(store: SqlStore) -> None:
    """What became of a document: who was sent it, confirmed it, reported."""
    one = Directive("d1", "47/KH-LĐLĐ", date(2024, 3, 7), "LĐLĐ tỉnh", "Kế hoạch")
    newer = Directive("d2", "NQ Đại hội", None, "Đại hội", "Nghị quyết", superseded_by="NQ mới")
    await write(store, KeepDirective(one, NOW, "sample"), KeepDirective(newer, NOW, "sample"))
    await laid_out(store, *copy("lan", SCHOOL), *copy("tu", CLINIC), NoticeState("n1", State.SENT, (State.COMPOSED,)))
    await write(store, Acknowledge("n1", SCHOOL, Step.RECEIVED, "lan", NOW))
    plan = report("r1", form="plan", person="lan", answers={"directive_code": "d1"})
    other = report("r2", 2, form="plan", person="lan", answers={"directive_code": "khac"}, unit=CLINIC)
    await write(store, FileReport(plan), FileReport(other))
    async with store.reading() as reads:
        assert set(await reads.directives()) == {one, newer}
        assert await reads.directive("d1") == one
        stand = await reads.directive_standing(one, [PROVINCE])
        assert (stand.notices, stand.units, stand.received, stand.done, stand.plans) == ((1,), 2, 1, 0, (SCHOOL,))
        assert await reads.directive_standing(one, [AREA_B]) == DirectiveStanding((), 0, 0, 0, ())
