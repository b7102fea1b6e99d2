"""Notices before they are sent: whom they reach, what is doubtful, who has to approve, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.channels.draw import draw
from bot.effects import FileFailed, KeepFile
from bot.jobs.notices import Notifying, notice_jobs
from bot.messages import Arrival, FileRef
from bot.notices.errands import PREVIEW, job
from bot.notices.notice import Notice, State
from bot.ports import Window
from bot.records import Role, StoredFile
from tests.notices.office import TELEGRAM, Office

MEGABYTE = 1024 * 1024


async def previewed(office: Office, notice: Notice, chat: str = "mai") -> str:
    """Let a preview be made; give what it says of the audience."""
    mark = f"t{office.stage.clock.now:%H%M%S}"
    await office.stage.effects(job(PREVIEW, notice.id, mark, channel="telegram", chat=chat))
    await office.works(10)
    return office.last(chat)


async def test_a_preview_names_whom_it_will_not_reach(office: Office) -> None:
    """People, units, channels, the units to call."""
    told = await previewed(office, await office.composed())
    assert told.startswith("Gửi tới 2 người ở 2/3 đơn vị (Telegram 2).")
    assert "Cần gọi điện: CĐCS Mầm non Hoa Ban" in told


async def test_a_preview_tells_what_the_money_does_not_reach(office: Office) -> None:
    """Two chairs wrote three days ago: 55 đồng each and part, of which the month has no hundred left for notices."""
    stage, window = office.stage, Window(timedelta(hours=48), timedelta(days=7), 55)
    facts = {"telegram": replace(TELEGRAM, window=window, money=400)}
    stage.jobs = notice_jobs(
        Notifying(stage.store, lambda: stage.house, facts, lambda: stage.clock.now, draw, parts=lambda _name, _what: 3)
    )
    stage.clock.now += timedelta(days=3)
    told = await previewed(office, await office.composed())
    assert "2 tin phải trả phí: tổng cộng 330 đồng." in told
    assert "Telegram: tiền của tháng này sắp hết, 1 người sang tháng sau mới nhận được." in told
    stage.house = replace(stage.house, money={"telegram": 400})
    stage.inbox.house = stage.house
    said = await office.says("mai", "trang thai")
    assert "Telegram: tháng này đã chi khoảng 0/400 đồng." in said[0]


async def test_an_empty_audience(office: Office) -> None:
    """Nobody would get it: there is nothing to send, and pressing "send" says so too."""
    notice = await office.composed(without="TU-01, tu-02")
    assert (await previewed(office, notice)).startswith("Chưa có ai nhận thông báo này.")
    said = await office.says("mai", f"/phattin gui {notice.number}")
    assert said == ["Chưa có ai nhận thông báo này. Đồng chí chọn lại đơn vị giúp."]
    assert (await office.notice(notice)).state is State.COMPOSED


async def test_codes_that_are_not_there(office: Office) -> None:
    """Somebody left out who was never in is told: it may be a slip."""
    told = await previewed(office, await office.composed(without="TP-01"))
    assert told.startswith("Không có trong các đơn vị này: TP-01")


async def test_only_those_that_have_not_reported(office: Office) -> None:
    """The audience of "has not filed 2026-11" is without those that have."""
    await office.says("pao", "khong phat sinh")
    await office.says("pao", "1")
    told = await previewed(office, await office.composed(whom="unfiled", period="2026-11"))
    assert told.startswith("Gửi tới 1 người ở 1/2 đơn vị")


async def test_only_those_that_have_not_confirmed(office: Office) -> None:
    """The audience of "did not acknowledge TB1"."""
    first = await office.composed()
    await office.starts(first)
    await office.works()
    await office.says("pao", "da nhan")
    told = await previewed(office, await office.composed(whom="silent", earlier=first.number, text="Lần hai."))
    assert told.startswith("Gửi tới 1 người ở 1/2 đơn vị")


async def test_outside_the_subtree(office: Office) -> None:
    """A union that is not under the sender's gets nothing, whatever was chosen."""
    notice = await office.composed(under=await office.unit("TP"))
    assert (await previewed(office, notice)).startswith("Nơi đó không thuộc công đoàn mình phụ trách")
    await office.stage.effects()
    await office.stage.person("Hoa", Role.CHAIR, "TP-01")
    forged = await office.composed(State.PLANNED, under=await office.unit("TP"))
    await office.stage.effects(job("notice_expand", forged.id, "forged"))
    await office.works()
    assert office.got("hoa") == 0


async def test_somebody_elses_notice(office: Office) -> None:
    """An officer of another commune can neither look at it nor stop it."""
    await office.stage.person("Yen", Role.AREA_OFFICER, "TP")
    notice = await office.composed()
    await office.starts(notice)
    for words in (f"/phattin huy {notice.number}", f"thong bao {notice.number}", f"/bangtb {notice.number}"):
        assert "không có thông báo số đó" in (await office.says("yen", words))[0]
    await office.works()
    assert office.got("pao") == 1


async def test_two_officers_send_the_same_notice(office: Office) -> None:
    """The second one is told of the first."""
    await office.stage.person("Dung", Role.AREA_OFFICER, "TU")
    first = await office.composed()
    await office.starts(first)
    await office.works()
    told = await previewed(office, await office.composed(by="dung", title="THÁNG  công nhân"), "dung")
    assert told.startswith(f"Công đoàn xã Than Uyên đã gửi thông báo y hệt: TB{first.number}.")


async def test_sent_twice_is_sent_once(office: Office) -> None:
    """A second press of "send" says how it stands."""
    notice = await office.composed()
    await office.starts(notice)
    said = await office.says("mai", f"/phattin gui {notice.number}")
    assert said[0].endswith("đã hẹn giờ.")
    await office.works()
    assert office.got("pao") == 1


async def test_many_units_need_a_second_person(office: Office) -> None:
    """Its sender cannot approve it; another officer can; then it goes out."""
    office.asks_second(2)
    await office.stage.person("Yen", Role.PROV_OFFICER, "LC")
    notice = await office.composed()
    await office.starts(notice)
    await office.works()
    assert (office.got("pao"), office.got("yen", "nhờ")) == (0, 1)
    assert "phải do người khác duyệt" in (await office.says("mai", f"/phattin duyet {notice.number}"))[0]
    await office.says("yen", f"/phattin duyet {notice.number}")
    await office.works()
    assert (office.got("pao"), (await office.notice(notice)).approved_by) == (1, "p-yen")
    assert office.got("mai", "đã duyệt") == 1


async def test_a_second_person_may_refuse(office: Office) -> None:
    """Then nothing goes out, and the sender hears it."""
    office.asks_second(2)
    await office.stage.person("Yen", Role.PROV_OFFICER, "LC")
    notice = await office.composed()
    await office.starts(notice)
    await office.says("yen", f"/phattin tuchoi {notice.number}")
    await office.works()
    assert (office.got("pao"), office.got("mai", "chưa duyệt")) == (0, 1)
    assert "không được duyệt" in (await office.says("yen", f"/phattin duyet {notice.number}"))[0]


async def test_nobody_else_to_approve(office: Office) -> None:
    """It is not sent, and the officer hears why."""
    office.asks_second(2)
    notice = await office.composed()
    said = await office.says("mai", f"/phattin gui {notice.number}")
    assert "chưa liên lạc được với ai" in said[0]
    assert (await office.notice(notice)).state is State.COMPOSED


async def test_a_file_that_is_too_large(office: Office) -> None:
    """60 MB are refused at once, with what is possible."""
    await office.says("mai", "phat tin")
    for words in ("Tháng Công nhân", "Phát động.", "1", "3", "9"):
        await office.says("mai", words)
    ref = FileRef("big", "file", "phim.pdf", "application/pdf", 60 * MEGABYTE)
    message = replace(office.stage.text("mai", ""), what=Arrival.FILES, files=(ref,))
    said = await office.stage.gets(message)
    assert "nặng quá: tối đa 10 MB" in said[0][1].text


async def test_a_broken_file(office: Office) -> None:
    """What could not be kept does not go with it, and the preview says so."""
    file = StoredFile("f1", "d1", "files", "telegram", FileRef("x", "file", "hong.pdf"))
    await office.stage.effects(KeepFile(file), FileFailed("f1", "type"))
    told = await previewed(office, await office.composed(files=["f1"]))
    assert told.startswith("1 tệp không lưu được nên không gửi kèm.")


async def test_a_channel_without_buttons_is_shown_too(office: Office) -> None:
    """Exactly as it will look there: words in place of buttons."""
    await office.stage.person("Hoa", Role.CHAIR, "TU-03")
    await office.stage.effects()
    await office.also("hoa", "hoa-zalo", "zalo")
    office.stage.clock.now = office.stage.clock.now
    office.fails = {"hoa": ("failed", "blocked")}
    first = await office.composed(text="Thử.")
    await office.starts(first)
    await office.works()  # the address on Telegram is closed by now
    await previewed(office, await office.composed())
    drawn = [message.text for to, message in office.sent if to == "mai" and "không có nút bấm" in message.text]
    assert len(drawn) == 1
    assert "[DA NHAN 2] Đã nhận  [HOI LAI 2] Hỏi lại" in drawn[0]


async def test_the_pace_is_told(office: Office) -> None:
    """A slow channel takes its time."""
    told = await previewed(office, await office.composed())
    assert "Gửi mất chưa đến 1 phút." in told
