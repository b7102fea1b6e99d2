"""What units tell of a notice: the steps, the report that answers it, the workbook for the officer."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.documents.notices import NoticeSheet
from bot.notices.notice import Step
from bot.records import Person, Role
from tests.notices.office import Office


async def steps(office: Office, number: int = 1) -> dict[int, set[Step]]:
    """Give the steps that units have taken."""
    found: dict[int, set[Step]] = {}
    async with office.stage.store.reading() as reads:
        notice = await reads.notice_numbered(number)
        assert notice is not None
        for one in await reads.heard(notice.id):
            found.setdefault(one.unit, set()).add(one.step)
    return found


async def test_the_report_that_answers_is_the_answer(office: Office) -> None:
    """ "Done" opens the report that the notice asks for; filing it is what counts, and the list names it."""
    notice = await office.composed(form="dialogue")
    await office.starts(notice)
    await office.works()
    opened = await office.says("pao", "da thuc hien 1")
    assert "TB1 · Tháng Công nhân" in opened[0]
    school = await office.unit("TU-01")
    assert await steps(office) == {}
    for words in ("1; 9/11; 18; 13; 3; 1", "0", "1"):
        await office.says("pao", words)
    assert await steps(office) == {school: {Step.DONE}}
    async with office.stage.store.reading() as reads:
        assert [one.report for one in await reads.heard(notice.id)] == [1]


async def test_a_correction_leaves_it_done_and_a_withdrawal_opens_it_again(office: Office) -> None:
    """Whoever withdraws the report is told that the notice waits again; the next report does it anew."""
    notice = await office.composed(form="dialogue")
    await office.starts(notice)
    await office.works()
    school = await office.unit("TU-01")
    await office.says("pao", "da thuc hien 1")
    for words in ("1; 9/11; 18; 13; 3; 1", "0", "1"):
        await office.says("pao", words)
    await office.presses("pao", "/sua 1")
    for words in ("3", "19", "1"):
        await office.says("pao", words)
    async with office.stage.store.reading() as reads:
        assert [(one.number, one.version) for one in await reads.numbered([school], 1)] == [(1, 2)]
    assert await steps(office) == {school: {Step.DONE}}
    for words in ("rut 1", "nhầm đơn vị", "1"):
        told = await office.says("pao", words)
    assert told == [
        "Đã rút BC1, không tính vào tổng hợp nữa.\n"
        "TB1 · Tháng Công nhân lại đang chờ thực hiện. Làm xong, anh Pao gõ DA THUC HIEN 1."
    ]
    assert await steps(office) == {}
    await office.says("pao", "da thuc hien 1")
    for words in ("1; 9/11; 18; 13; 3; 1", "0", "1"):
        await office.says("pao", words)
    assert await steps(office) == {school: {Step.DONE}}


async def test_two_units_of_one_person(office: Office) -> None:
    """One "received" is for both; passed on is told for each."""
    await office.stage.post("Pao", Role.CHAIR, "TU-03")
    notice = await office.composed()
    await office.starts(notice)
    await office.works()
    await office.says("pao", "da nhan")
    first, second = await office.unit("TU-01"), await office.unit("TU-03")
    assert await steps(office) == {first: {Step.RECEIVED}, second: {Step.RECEIVED}}
    await office.says("pao", "da pho bien 1")
    await office.says("pao", "2")
    await office.says("pao", "25")
    assert (await steps(office))[second] == {Step.RECEIVED, Step.SPREAD}
    assert (await steps(office))[first] == {Step.RECEIVED}


async def test_a_notice_of_somebody_else_is_not_mine(office: Office) -> None:
    """A chair whose unit was not sent it can neither read nor confirm it."""
    await office.stage.person("Hoa", Role.CHAIR, "TP-01")
    notice = await office.composed()
    await office.starts(notice)
    await office.works()
    for words in ("da nhan 1", "thong bao 1", "hoi lai 1", "da pho bien 1", "da thuc hien 1"):
        assert "không có thông báo đó" in (await office.says("hoa", words))[0]
    assert await steps(office) == {}


async def test_the_workbook_has_a_row_for_each_unit(office: Office, tmp_path: Path) -> None:
    """Who has it, who confirmed when, to how many it was passed on; what begins with "=" stays text."""
    notice = await office.composed(title="=1+1")
    await office.starts(notice)
    await office.works()
    await office.says("pao", "da nhan")
    await office.says("pao", "da pho bien")
    await office.says("pao", "30")
    voice = office.stage.house.voice
    sheet = NoticeSheet(office.stage.store, tmp_path, lambda person: voice(Person("", language=person.language)))
    args = {"notice": notice.id, "job": "j1", "channel": "telegram", "chat": "mai", "language": "vi"}
    effects = await sheet(args, 0)
    assert len(effects) == 1
    page = load_workbook(tmp_path / "j1.xlsx").active
    assert page is not None
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][0] == "TB1 · =1+1"
    assert [row[:4] for row in rows[2:]] == [
        ("TU-01", "CĐCS Chè Than Uyên", "Công đoàn xã Than Uyên", "có"),
        ("TU-02", "CĐCS Thủy điện Nậm Mu", "Công đoàn xã Than Uyên", "có"),
        ("TU-03", "CĐCS Mầm non Hoa Ban", "Công đoàn xã Than Uyên", "không"),
    ]
    assert (rows[2][4], rows[2][8], rows[3][8]) == ("Pao", 30, "")


async def test_the_workbook_is_made_some_units_at_a_time(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the size of the pieces, no unit is left out or stands twice, and nothing stays besides the workbook."""
    monkeypatch.setattr("bot.documents.notices.CHUNK", 1)
    notice = await office.composed(readers="both")
    await office.stage.person("Lan", Role.DEPUTY, "TU-01")
    await office.starts(notice)
    await office.works()
    await office.says("minh", "da nhan")
    sheet = NoticeSheet(office.stage.store, tmp_path, office.stage.house.voice)
    args = {"notice": notice.id, "job": "j1", "channel": "telegram", "chat": "mai", "language": "vi"}
    await sheet(args, 0)
    page = load_workbook(tmp_path / "j1.xlsx").active
    assert page is not None
    rows = list(page.iter_rows(min_row=3, values_only=True))
    assert [row[0] for row in rows] == ["TU-01", "TU-02", "TU-03"]
    assert [row[6] is not None and row[6] != "" for row in rows] == [False, True, False]
    assert [path.name for path in tmp_path.glob("j1.*")] == ["j1.xlsx"]


async def test_the_workbook_is_asked_for_by_its_officer(office: Office) -> None:
    """The button starts the job, once for each wish."""
    notice = await office.composed()
    await office.starts(notice)
    await office.works()
    await office.presses("mai", f"/bangtb {notice.number}")
    claims = await office.stage.store.due_jobs(office.stage.clock.now, 10)
    assert [claim.job.kind for claim in claims if claim.job.args.get("language")] == ["notice_sheet"]
