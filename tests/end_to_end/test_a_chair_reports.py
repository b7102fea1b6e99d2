"""From the list of units on a spreadsheet to the sums that an officer reads: everything through the real program."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.i18n import Code, _
from handlers.dialogue import DIALOGUE, DIALOGUE_TYPES
from handlers.lists import TOPICS_AT_WORK
from handlers.membership import MEMBERSHIP
from handlers.propaganda import FORMS, PROPAGANDA, TOPICS
from handlers.withdrawing import WITHDRAWAL
from tests.end_to_end.conftest import Run
from tests.end_to_end.registering import OFFICER_MENU, comes_in
from tests.end_to_end.someone import Someone, label
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.users import JPEG
from tests.stage import UNITS

TEA, HYDRO, KINDERGARTEN = "CĐCS Chè Than Uyên", "CĐCS Thủy điện Nậm Mu", "CĐCS Mầm non Hoa Ban"
COMMUNE = "Công đoàn xã Than Uyên"
MORE = _("Anything to add? Choose one or more numbers, or 0 if that is all.")
SEND = _("Send")
TOOK_PART = DIALOGUE.by_code["attendees"].short


def received(number: int) -> str:
    """What every receipt has in it."""
    return f"BC{number}"


async def test_a_chair_reports(program: Run, fake: FakeTelegram) -> None:
    """A chair comes in, files every kind, corrects and withdraws; another has nothing to say; an officer sums up."""
    house = program()
    await house.units(UNITS)
    chair, other, officer = [
        Someone(fake.user(number), name, honorific)
        for number, (name, honorific) in enumerate([("Páo", "anh"), ("Lan", "chi"), ("Mai", "co")], 501)
    ]
    codes = await house.invite_under("TU", "chair")
    await house.start()
    await comes_in(chair, codes["TU-01"], TEA)
    await files_membership_with_buttons(chair)
    await files_dialogue_with_digits(chair)
    await files_propaganda_with_an_album(chair)
    await comes_in(other, codes["TU-02"], HYDRO)
    await has_nothing_to_report(other)
    await corrects_the_dialogue(chair)
    await looks_at_the_photos(chair)
    await looks_at_photos_that_are_gone(chair, house.folder / "data" / "attachments")
    await withdraws_the_membership(chair)
    await comes_in(officer, await house.invite("TU", "area_officer"), COMMUNE, OFFICER_MENU)
    await reads_the_digest(officer)
    assert await house.stop() == 0
    house.assert_no_bug()


async def files_membership_with_buttons(chair: Someone) -> None:
    await chair.taps(MEMBERSHIP.settings.menu or "", then=label(MEMBERSHIP, "event_date"))
    await chair.taps(_("Today"), then=label(MEMBERSHIP, "new_members"))
    await chair.types("4", then=label(MEMBERSHIP, "new_female"))
    await chair.types("2", then=label(MEMBERSHIP, "members_out"))
    await chair.types("0", then="39")  # of 35: the ledger is ahead of the chair
    await chair.taps(_("Right"), then="60")
    await chair.taps(_("Right"), then=MORE)
    recap = await chair.taps(_("Nothing more"), then=TEA)
    assert "39" in recap.text
    await chair.taps(SEND, then=received(1))


async def files_dialogue_with_digits(chair: Someone) -> None:
    await chair.types("doi thoai", then=label(DIALOGUE, "dialogue_type"))
    await chair.types("1", then=label(DIALOGUE, "event_date"))
    await chair.types("1", then=label(DIALOGUE, "attendees"))
    await chair.types("18 ng", then=label(DIALOGUE, "topics"))
    await chair.types("13", then=label(DIALOGUE, "opinions"))
    await chair.types("3", then=label(DIALOGUE, "resolved"))
    await chair.types("2", then=MORE)
    recap = await chair.types("0", then=TEA)
    for option in (DIALOGUE_TYPES[0], TOPICS_AT_WORK[0], TOPICS_AT_WORK[2]):
        assert chair.voice.speak(option.label) in recap.text
    await chair.types("1", then=received(2))


async def files_propaganda_with_an_album(chair: Someone) -> None:
    await chair.types("/baocao propaganda", then=label(PROPAGANDA, "event_date"))
    await chair.taps(_("Today"), then=label(PROPAGANDA, "forms"))
    ticked = await chair.taps(FORMS[0].label, then=label(PROPAGANDA, "forms"))
    assert ticked.edited
    assert "✓" in ticked.buttons[0].label
    await chair.taps(_("Done"), then=label(PROPAGANDA, "topics"))
    await chair.types("1", then=label(PROPAGANDA, "sessions"))
    await chair.types("1", then=label(PROPAGANDA, "attendees"))
    await chair.types("45", then=MORE)
    await chair.user.album(3)
    assert "3" in (await chair.reads(MORE)).text
    recap = await chair.types("0", then=TEA)
    assert chair.voice.speak(TOPICS[0].label) in recap.text
    await chair.taps(SEND, then=received(3))


async def has_nothing_to_report(other: Someone) -> None:
    await other.types("ko phat sinh", then=HYDRO)
    await other.types("1", then=received(1))


async def corrects_the_dialogue(chair: Someone) -> None:
    listed = await chair.types("/cuatoi", then=_("The unit's reports, the latest first. Type a number to look at one."))
    assert all(received(number) in "".join(b.label for b in listed.buttons) for number in (1, 2, 3))
    await chair.types("SUA 2", then=received(2))
    await chair.taps(TOOK_PART, then=label(DIALOGUE, "attendees"))
    changed = await chair.types("20", then=received(2))
    assert "18" in changed.text
    assert "20" in changed.text
    await chair.taps(SEND, then=_("Report BC{number} has been changed. Thank you, {you}.", number=Code(2)))


async def looks_at_the_photos(chair: Someone) -> None:
    """Photos are fetched beside the conversation: until they are here, the report says so and is looked at again."""
    while not (await chair.types("xem 3", then=received(3))).file:
        continue
    await chair.user.fake.until(lambda: len(_photos(chair)) == 3)
    assert sorted(_photos(chair)) == [JPEG + bytes([at]) for at in range(3)]


async def looks_at_photos_that_are_gone(chair: Someone, folder: Path) -> None:
    """When somebody lost the folder, the report itself can still be read."""
    shutil.rmtree(folder)
    seen = await chair.types("xem 3", then=received(3))
    assert not seen.file
    assert chair.voice.speak(PROPAGANDA.by_code["attendees"].short) in seen.text


def _photos(chair: Someone) -> list[bytes]:
    return [message.content for message in chair.user.inbox if message.file]


async def withdraws_the_membership(chair: Someone) -> None:
    await chair.types("rut 1", then=label(WITHDRAWAL, "reason"))
    await chair.types("nhầm <b>đơn vị</b> & tên", then="nhầm <b>đơn vị</b> & tên")
    await chair.types("1", then=_("BC{number} is withdrawn and no longer counts.", number=Code(1)))


async def reads_the_digest(officer: Someone) -> None:
    digest = await officer.types("/tonghop", then=COMMUNE)
    row = _("· {label}: {now} (before: {before})", label=TOOK_PART, now=20, before=0)
    attended = _("· {label}: {now} (before: {before})", label=PROPAGANDA.by_code["attendees"].short, now=45, before=0)
    assert officer.voice.speak(row) in digest.text
    assert officer.voice.speak(attended) in digest.text
    assert officer.voice.speak(MEMBERSHIP.title) not in digest.text
    missing = await officer.types("chua bao cao", then="")
    assert KINDERGARTEN in "".join(button.label for button in missing.buttons)
