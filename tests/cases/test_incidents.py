"""Incidents: alerts in the turn that files them, on every channel, at any hour; the next person, and the questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from bot.cases.desks import Duty, Lists
from bot.effects import EndRoles
from bot.records import Role
from tests.cases.province import Province, to

ALL = ("mai", "thương", "lan", "quản", "xa")


def on_duty(province: Province, *rows: Duty) -> None:
    """Put people on duty."""
    stage = province.stage
    stage.house = stage.inbox.house = replace(stage.inbox.house, lists=Lists((), rows))


async def test_the_first_of_each_union_is_alerted_at_once_on_every_channel(province: Province) -> None:
    """Those on duty hear of it in the turn that files it, also at night, on all their channels; nobody else does."""
    on_duty(province, Duty("TU", "Mai"), Duty("LC", "Thương"))
    await province.second_phone("Mai")
    province.stage.clock.now = province.stage.clock.now.replace(hour=2)
    said = await province.report("dien tap", "2", "40")
    alerts = [(chat, text) for chat, text in said if "URGENT" in text]
    assert sorted(chat for chat, _text in alerts) == ["mai", "mai-web", "thương"]
    assert all("Wages" not in text and "TU-01" not in text and "Chè" not in text for _chat, text in alerts)
    assert "VV1" in to(said, "páo")[-1]


async def test_leaders_hear_at_once_of_what_is_serious(province: Province) -> None:
    """A strike goes to the leaders too."""
    on_duty(province, Duty("TU", "Mai"), Duty("LC", "Thương"))
    said = await province.report("dien tap", "1", "40")
    assert sorted({chat for chat, text in said if "URGENT" in text}) == ["lan", "mai", "thương"]


async def test_nobody_on_duty_falls_to_leader_and_administrator(province: Province) -> None:
    """Without a list the area officer and the leader are alerted, then the administrator, who may not read it."""
    said = await province.report("dien tap", "2", "40")
    assert sorted({chat for chat, text in said if "URGENT" in text}) == ["lan", "mai"]
    later = await province.passes(minutes=31)
    assert {chat for chat, text in later if "URGENT" in text} == {"quản"}
    shown = await province.types("Quản", "vv1")
    assert "40 people" not in to(shown, "quản")[0]


async def test_unacknowledged_it_goes_to_the_next_person_once(province: Province) -> None:
    """Every half hour the next on the list, each once; a tap ends it, and drops what was not sent yet."""
    on_duty(province, Duty("TU", "Mai"), Duty("LC", "Thương"))
    await province.report("dien tap", "2", "40")
    assert [chat for chat, _t in await province.passes(minutes=29)] == []
    assert [chat for chat, _t in await province.passes(minutes=1)] == ["lan"]
    assert [chat for chat, _t in await province.passes(minutes=1)] == []
    assert [chat for chat, _t in await province.passes(minutes=30)] == ["quản"]
    assert [chat for chat, _t in await province.passes(minutes=30)] == []
    taken = await province.types("Thương", "vv1 nhan")
    assert "seeing to it" in to(taken, "páo")[0]
    assert [chat for chat, _t in await province.passes(minutes=40)] == []


async def test_news_are_asked_for_until_it_is_closed(province: Province) -> None:
    """Every four hours on the first day, then daily, never at night; an answer reaches the officer; closed: silence."""
    await province.report("dien tap", "2", "40")
    await province.types("Mai", "vv1 nhan")
    asked: list[timedelta] = []
    start = province.stage.clock.now
    for _hour in range(80):
        said = await province.passes(hours=1)
        asked += [province.stage.clock.now - start for text in to(said, "páo") if "how do things stand" in text]
    hours = [round(one / timedelta(hours=1)) for one in asked]
    assert hours[:4] == [4, 8, 22, 26]
    assert all(later - before >= 24 for before, later in pairwise(hours[3:]))
    told = await province.types("Páo", "vv1 công ty đã trả một nửa")
    assert "something new about VV1" in to(told, "mai")[0]
    closed = await province.types("Mai", "vv1 dong")
    assert "VV1 is closed" in to(closed, "páo")[0]
    assert not [text for text in to(await province.passes(hours=30), "páo") if "VV1" in text]


async def test_a_correction_adds_to_the_case_of_its_report(province: Province) -> None:
    """The second step of an incident, and news of it, are no second case; what is the same is not told twice."""
    await province.report("dien tap", "2", "40")
    said = await province.types("Páo", "sua 1", "2", "55", "1")
    assert "something new about VV1" in to(said, "mai")[0]
    assert "55" in to(await province.types("Mai", "vv1"), "mai")[0]
    async with province.stage.store.reading() as reads:
        assert await reads.last_case() == 1


async def test_the_officer_leaves_and_another_has_it(province: Province) -> None:
    """Within a tick the case of somebody who left lies with another officer, and the unit is told."""
    await province.report("dien tap", "2", "40")
    await province.types("Mai", "vv1 nhan")
    async with province.stage.store.reading() as reads:
        area = await reads.unit_by_code("TU")
    assert area is not None
    await province.stage.effects(EndRoles(area.id, Role.AREA_OFFICER, "", date(2026, 11, 10)))
    said = await province.passes(minutes=1)
    assert "URGENT" in to(said, "lan")[0]
    assert "lies with Lan now" in to(said, "páo")[0]
    assert "VV1" not in to(await province.types("Mai", "vv1"), "mai")[0]


async def test_reports_of_mood_and_legal_help_open_cases(province: Province) -> None:
    """A proposal is a petition, told at once if it is urgent; legal help opens one only where help is needed."""
    said = await province.types("Páo", "tam trang", "lương chậm", "đề nghị trả lương đúng hạn", "2", "1")
    assert "KN1" in to(said, "mai")[0]
    assert [
        chat for chat, _t in await province.types("Páo", "phap luat", "hỏi về thôi việc", "ko", "1") if chat != "páo"
    ] == []
    said = await province.types("Páo", "phap luat", "hỏi về thôi việc", "co", "1")
    assert "KN2" in to(said, "mai")[0]
    shown = to(await province.types("Mai", "kn2"), "mai")[0]
    assert "Legal help" in shown
    assert "hỏi về thôi việc" in shown


async def test_where_nobody_can_be_reached_it_is_said(province: Province) -> None:
    """Without any officer a case is kept, and the chair is told whom to call; whoever comes in gets it."""
    stage = province.stage
    async with stage.store.reading() as reads:
        posts = [await reads.unit_by_code(code) for code in ("TU", "LC", "LC", "LC", "TP")]
    roles = (Role.AREA_OFFICER, Role.PROV_OFFICER, Role.PROV_LEADER, Role.ADMIN, Role.AREA_OFFICER)
    ends = [EndRoles(unit.id, role, "", date(2026, 11, 10)) for unit, role in zip(posts, roles, strict=True) if unit]
    await stage.effects(*ends)
    assert "0213 3876 000" in to(await province.report("dien tap", "2", "40"), "páo")[-1]
    await stage.person("Vàng", Role.PROV_LEADER, "LC", language="en")
    assert "URGENT" in to(await province.passes(minutes=1), "vàng")[0]
