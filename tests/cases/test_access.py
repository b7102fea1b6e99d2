"""Who may read what is written in a case: those concerned; everybody else sees at most that it exists."""

from __future__ import annotations

from dataclasses import replace

from bot.cases.desks import Function, Lists
from tests.cases.province import Province, to

SECRET = "nước uống trong xưởng không sạch"


async def petition(province: Province) -> None:
    """Let the chair send a petition about working conditions."""
    await province.types("Páo", "kien nghi", "7", "1", SECRET, "1", "1")


async def test_readers_are_listed(province: Province) -> None:
    """The unit, the owner and whoever the book names read it; others above see that it exists, others nothing."""
    lists = Lists((Function("moi_truong_lam_viec", "LC", "0912345678"),))
    await petition(province)
    seen = {
        name: to(await province.types(name, "kn1"), name.lower())[0]
        for name in ("Páo", "Sùng", "Mai", "Thương", "Lan", "Quản", "Xa")
    }
    assert {name for name, text in seen.items() if SECRET in text} == {"Páo", "Sùng", "Mai"}
    assert {name for name, text in seen.items() if "only by the officers" in text} == {"Thương", "Lan"}
    assert {name for name, text in seen.items() if "no case" in text} == {"Quản", "Xa"}
    stage = province.stage
    stage.inbox.house = replace(stage.inbox.house, lists=lists)
    assert SECRET in to(await province.types("Thương", "kn1"), "thương")[0]


async def test_every_reading_by_an_officer_is_noted(province: Province) -> None:
    """Reads stand in the audit, without what was read."""
    await petition(province)
    await province.types("Mai", "kn1")
    async with province.stage.store.reading() as reads:
        assert "case read" in [action for _at, action in await reads.audited("p-mai")]


async def test_a_question_is_its_askers_own(province: Province) -> None:
    """The deputy of the unit does not read what the chair asked."""
    await province.types("Páo", "hoi can bo", SECRET, "ko")
    assert SECRET in to(await province.types("Páo", "kn1"), "páo")[0]
    assert "no case" in to(await province.types("Sùng", "kn1"), "sùng")[0]


async def test_onlookers_cannot_act(province: Province) -> None:
    """Whoever may not read it can neither take nor answer nor close it."""
    await petition(province)
    for name in ("Thương", "Xa", "Quản"):
        for words in ("kn1 nhan", "kn1 chuyen", "kn1 đây là trả lời"):
            assert [chat for chat, _t in await province.types(name, words)] == [name.lower()]
    async with province.stage.store.reading() as reads:
        case = await reads.case(1)
    assert case is not None
    assert (case.seq, case.owner) == (0, "p-mai")


async def test_an_officers_own_question_goes_above(province: Province) -> None:
    """Nobody answers their own case."""
    said = await province.types("Mai", "hoi can bo", "mẫu 07 lấy ở đâu ạ", "ko")
    assert [chat for chat, text in said if "waiting for your answer" in text] == ["lan"]


async def test_numbers_that_do_not_exist(province: Province) -> None:
    """Odd codes get one sentence."""
    for words in ("kn9", "vv0", "kn9999999", "kn9 abc"):
        assert "There is no case" in to(await province.types("Páo", words), "páo")[0]


async def test_sensitive_answers_of_reports_are_for_the_listed(province: Province) -> None:
    """An officer who looks at a report of the mood reads its content only if the book names them for petitions."""
    said = await province.types("Páo", "tam tu", "1", "3", "2", SECRET, "1", "0", "1")
    assert "BC1" in to(said, "páo")[-1]
    closed = to(await province.types("Thương", "xem lai TU-01 1"), "thương")[0]
    assert SECRET not in closed
    stage = province.stage
    stage.inbox.house = replace(stage.inbox.house, lists=Lists((Function("petition", "LC", "Thương"),)))
    assert SECRET in to(await province.types("Thương", "xem lai TU-01 1"), "thương")[0]
