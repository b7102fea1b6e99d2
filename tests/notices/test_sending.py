"""Notices on their way: one copy a person, other ways for what fails, pause, stop, corrections, the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.effects import LinkAddress
from bot.messages import SILENT, Address
from bot.notices.notice import State
from bot.ports import SentMark
from bot.records import Role
from tests.notices.office import Office

ZALO_CHAT = Address("zalo", "mai-zalo")


async def test_everybody_gets_one_copy(office: Office) -> None:
    """Two units, two roles: still one copy; the sender hears how it ended and whom to call."""
    await office.stage.post("Pao", Role.CHAIR, "TU-03")
    await office.stage.post("Pao", Role.DEPUTY, "TU-02")
    notice = await office.composed(readers="both")
    await office.starts(notice)
    await office.works()
    assert (office.got("pao"), office.got("minh")) == (1, 1)
    assert (await office.notice(notice)).state is State.SENT
    assert "Đã tới 2 người." in office.last("mai")


async def test_another_chat_then_another_person(office: Office) -> None:
    """Whoever blocked the bot is tried on another channel; then the deputy gets it; the office is told of the rest."""
    await office.also("pao", "pao-zalo", "zalo")
    await office.stage.person("Lan", Role.DEPUTY, "TU-01")
    office.fails = {"pao": ("failed", "blocked"), "pao-zalo": ("failed", "blocked"), "minh": ("failed", "blocked")}
    notice = await office.composed()
    await office.starts(notice)
    await office.works(120)
    assert (office.got("pao"), office.got("pao-zalo"), office.got("lan"), office.got("minh")) == (1, 1, 1, 1)
    end = office.last("mai")
    assert "Đã tới 1 người." in end
    assert "2 đơn vị không nhắn tới được" in end
    assert "(TU-02)" in end
    assert {why for _unit, state, why in await office.states(notice) if state == "failed"} == {"blocked"}


async def test_whoever_was_silent_is_not_tried_there_again(office: Office) -> None:
    """Their chat stays open, and nothing may be said in it: the deputy gets it, nobody is asked in circles."""
    await office.stage.person("Lan", Role.DEPUTY, "TU-01")
    silent = ("failed", f"{SILENT}, so that Zalo lets nothing be said")
    office.fails = {"pao": silent, "lan": silent}
    notice = await office.composed()
    await office.starts(notice)
    await office.works(300)
    assert (office.got("pao"), office.got("lan")) == (1, 1)
    assert (await office.notice(notice)).state is State.SENT
    assert "(TU-01)" in office.last("mai")
    (told,) = await office.says("mai", "trang thai")
    assert "2 người đã quá 7 ngày chưa nhắn trên Zalo" in told


async def test_what_may_have_arrived_is_not_sent_again(office: Office) -> None:
    """An uncertain copy is counted as such, and shown."""
    office.fails = {"minh": ("uncertain", "broke off")}
    notice = await office.composed()
    await office.starts(notice)
    await office.works()
    assert office.got("minh") == 1
    assert "1 tin chưa chắc đã tới" in office.last("mai")
    shown = await office.says("mai", f"thong bao {notice.number}")
    assert "Chưa chắc đã tới: 1" in shown[0]


async def test_pause_and_go_on(office: Office) -> None:
    """A paused notice holds its copies; going on sends each once."""
    notice = await office.composed()
    await office.starts(notice)
    await office.jobs()
    await office.says("mai", f"/phattin dung {notice.number}")
    await office.works()
    assert (office.got("pao"), office.got("minh")) == (0, 0)
    assert {state for _unit, state, _why in await office.states(notice)} == {"held", ""}
    await office.says("mai", f"/phattin tiep {notice.number}")
    await office.works()
    assert (office.got("pao"), office.got("minh")) == (1, 1)
    assert (await office.notice(notice)).state is State.SENT


async def test_paused_before_the_copies_are_there(office: Office) -> None:
    """What was not expanded when it was paused is expanded when it goes on."""
    notice = await office.composed()
    await office.starts(notice)
    await office.says("mai", f"/phattin huy {notice.number}")
    await office.works()
    assert (office.got("pao"), (await office.notice(notice)).state) == (0, State.CANCELLED)


async def test_stopped_at_the_last_second(office: Office) -> None:
    """What is out is out; the rest is deleted, and the sender is told how many have it."""
    notice = await office.composed()
    await office.starts(notice)
    await office.jobs()
    first = [claim for claim in await office.sends(2) if claim.out.key.startswith(notice.drop_key)]
    await office.says("mai", f"/phattin huy {notice.number}")
    await office.works()
    assert office.got("pao") + office.got("minh") == len([c for c in first if "/p-" in c.out.key]) == 1
    assert "Trước đó đã tới 1 người." in office.last("mai")


async def test_a_copy_put_back_after_the_pause_is_held(office: Office) -> None:
    """The sender was just giving it to the channel, which said "later": it must not slip through."""
    notice = await office.composed()
    await office.starts(notice)
    await office.jobs()
    claims = await office.stage.store.due_messages(office.stage.clock.now, 100)
    await office.says("mai", f"/phattin dung {notice.number}")
    async with office.stage.store.batch() as batch:
        await batch.sent([SentMark(claim.id, "pending", why="too many", attempts=1) for claim in claims])
    await office.works(20, sends=False)
    assert [state for _unit, state, _why in await office.states(notice) if state] == ["held", "held"]


async def test_a_crash_goes_on_where_it_was(office: Office) -> None:
    """The job is done again after half of it was committed: everybody still gets one copy."""
    notice = await office.composed()
    await office.starts(notice)
    claims = await office.stage.store.due_jobs(office.stage.clock.now, 10)
    for claim in claims:
        await office.stage.jobs[claim.job.kind](claim.job.args, 0)  # done, but never noted as done
        effects = await office.stage.jobs[claim.job.kind](claim.job.args, 1)
        await office.stage.store.jobs_done([(claim.job.id, effects)])
    await office.works()
    assert (office.got("pao"), office.got("minh")) == (1, 1)


async def test_a_unit_closed_meanwhile_gets_nothing(office: Office) -> None:
    """Between planning and sending the union of Minh was closed."""
    at = office.stage.clock.now + timedelta(hours=3)
    notice = await office.composed(at=at.isoformat())
    await office.starts(notice)
    await office.works(10)
    assert office.got("minh") == 0
    await office.stage.close_unit("TU-02")
    office.stage.clock.now = at
    await office.works()
    assert (office.got("pao"), office.got("minh")) == (1, 0)


async def test_a_correction_follows_to_everybody(office: Office) -> None:
    """It comes after the notice, and the notice shows it from then on."""
    notice = await office.composed()
    await office.starts(notice)
    await office.works()
    await office.says("mai", f"/phattin dinhchinh {notice.number}")
    await office.says("mai", "Hạn là 20/12, không phải 12/12.")
    await office.says("mai", "1")
    await office.works()
    assert (office.got("pao", "Hạn là 20/12"), office.got("minh", "Hạn là 20/12")) == (1, 1)
    assert "Đính chính: Hạn là 20/12" in (await office.says("pao", f"thong bao {notice.number}"))[0]


async def test_nobody_is_written_to_at_night(office: Office) -> None:
    """What is not urgent waits for the morning; what is urgent does not."""
    office.stage.clock.now = office.stage.clock.now.replace(hour=22)
    calm, urgent = await office.composed(), await office.composed(text="Khẩn cấp.", urgent="yes")
    await office.starts(calm)
    await office.starts(urgent)
    await office.works()
    assert (office.got("pao"), office.got("pao", "Khẩn cấp.")) == (0, 1)
    office.stage.clock.now = office.stage.clock.now.replace(hour=6, minute=31) + timedelta(days=1)
    await office.works()
    assert office.got("pao") == 1


async def test_the_night_overtakes_a_notice(office: Office) -> None:
    """It began in the evening and is not through: the rest waits for the morning."""
    office.stage.clock.now = office.stage.clock.now.replace(hour=20, minute=20)
    notice = await office.composed()
    await office.starts(notice)
    await office.jobs()
    office.stage.clock.now = office.stage.clock.now.replace(hour=22)
    await office.works()
    assert (office.got("pao"), office.got("minh")) == (0, 0)
    office.stage.clock.now = office.stage.clock.now.replace(hour=6, minute=31) + timedelta(days=1)
    await office.works()
    assert (office.got("pao"), office.got("minh")) == (1, 1)
    assert (await office.notice(notice)).state is State.SENT


async def test_only_the_silent_are_reminded(office: Office) -> None:
    """Two days later whoever confirmed hears nothing, and a reminder that waits is dropped by the confirmation."""
    notice = await office.composed()
    await office.starts(notice)
    await office.works()
    await office.says("pao", "da nhan")
    office.stage.clock.now += timedelta(days=2)
    await office.jobs()
    await office.says("minh", f"da nhan {notice.number}")
    await office.works()
    assert (office.got("pao", "chưa thấy đơn vị mình"), office.got("minh", "chưa thấy đơn vị mình")) == (0, 0)


async def test_a_test_goes_to_the_sender_alone(office: Office) -> None:
    """To all their chats, and to nobody else."""
    await office.also("mai", "mai-zalo", "zalo")
    notice = await office.composed()
    await office.says("mai", f"/phattin thu {notice.number}")
    await office.works(10)
    assert (office.got("mai"), office.got("mai-zalo"), office.got("pao")) == (1, 1, 0)


async def test_progress_is_edited(office: Office) -> None:
    """One message shows how far it is: the later ones replace it."""
    notice = await office.composed()
    await office.starts(notice)
    await office.works()
    far = [message for to, message in office.sent if to == "mai" and "Đã gửi" in message.text]
    assert far[0].edits == ""
    assert all(message.edits for message in far[1:])


async def test_progress_is_shown_where_the_notice_was_sent(office: Office) -> None:
    """Whoever uses two chats sees it in the one where they pressed "send", whatever they wrote elsewhere meanwhile."""
    await office.also("mai", "mai-2")
    notice = await office.composed(at=(office.stage.clock.now + timedelta(hours=1)).isoformat())
    await office.says("mai-2", f"/phattin gui {notice.number}")
    await office.says("mai", "lich")
    office.stage.clock.now += timedelta(hours=1)
    await office.works()
    about = [to for to, message in office.sent if "Đã gửi" in message.text or "Đã tới" in message.text]
    assert about
    assert set(about) == {"mai-2"}


async def test_where_nothing_can_be_edited_half_of_it_is_said_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line at the beginning, one half-way, one at the end: each costs a message. Of a few copies, no half is told."""
    monkeypatch.setattr("bot.jobs.notices.watch.MANY", 2)
    await office.also("mai", "mai-zalo", "zalo")
    notice = await office.composed()
    await office.stage.gets(office.stage.text("mai-zalo", f"/phattin gui {notice.number}", address=ZALO_CHAT))
    for _second in range(12):
        await office.jobs()
        await office.sends(limit=1)
        office.stage.clock.now += timedelta(seconds=5)
    told = [message.text for to, message in office.sent if to == "mai-zalo"]
    assert [line for text in told for line in text.splitlines() if "Đã gửi" in line or "Đã tới" in line] == [
        "Đã gửi 0/2.",
        "Đã gửi 1/2.",
        "Đã tới 2 người.",
    ]


async def test_somebody_who_comes_later_can_confirm(office: Office) -> None:
    """Any person of the unit answers for it: the deputy who was invited yesterday too."""
    notice = await office.composed()
    await office.starts(notice)
    await office.works()
    await office.stage.person("Lan", Role.DEPUTY, "TU-01")
    await office.stage.effects(LinkAddress(Address("telegram", "lan"), "p-lan", office.stage.clock.now))
    await office.says("lan", "da nhan")
    shown = await office.says("mai", f"thong bao {notice.number}")
    assert "Đã nhận: 1" in shown[0]
