"""What is said about the days of the union year, in the words of the Vietnamese catalogue."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

import handlers
from bot.i18n import Voice, load_catalogues
from bot.ports import Sum, Tied
from bot.reporting.anniversaries import Anniversaries, Notice, Result, default_year, read_anniversary
from bot.reporting.anniversaries.saying import announcement, answering_form, outcome, report_by
from bot.reporting.calendar import Calendar
from tests.stage import ROOT

CATALOGUES = load_catalogues(ROOT / "locales")
VOICE: Final = Voice(CATALOGUES["vi"], "anh Páo")
YEAR: Final = default_year()
CALENDAR: Final = Calendar()
FORMS: Final = {form.name: form for form in handlers.FORMS}


def notice(key: str, year: Anniversaries = YEAR) -> Notice:
    """Give the notice with this key."""
    found = year.announced(key)
    assert isinstance(found, Notice)
    return found


def said(key: str, year: Anniversaries = YEAR) -> str:
    """Say it."""
    return VOICE.speak(announcement(notice(key, year), CALENDAR).text)


def test_the_first_word() -> None:
    """A day is announced with its years, what may be done, and how and until when to report it."""
    assert said("day/CDVN_2807/2027/T-40").splitlines() == [
        "Sắp tới kỷ niệm 98 năm Ngày thành lập Công đoàn Việt Nam (28/07/1929 – 28/07/2027).",
        "Gợi ý việc làm: Đợt sinh hoạt chính trị, gặp mặt cán bộ công đoàn, phát thẻ, kết nạp đoàn viên, hội thao, "
        "tuyên dương.",
        "Làm xong, anh Páo gõ DOT 28/7 để báo (khoảng 1 phút). Hạn 02/08/2027.",
    ]


def test_a_reminder_is_shorter() -> None:
    """The later words only remind."""
    assert said("day/CDVN_2807/2027/T-3").splitlines() == [
        "Còn 3 ngày nữa: kỷ niệm 98 năm Ngày thành lập Công đoàn Việt Nam (28/07/1929 – 28/07/2027).",
        "Làm xong, anh Páo gõ DOT 28/7 để báo (khoảng 1 phút). Hạn 02/08/2027.",
    ]


def test_lunar_days_campaigns_and_short_news() -> None:
    """A lunar day is told by its solar date, a campaign by both its days, short news asks for nothing."""
    assert (
        said("day/TRUNGTHU/2027/T-14").splitlines()[0] == "Sắp tới Tết Trung thu (15/8 âm lịch), 15/09/2027 (Thứ Tư)."
    )
    assert said("day/THANG_CN/2027/T-45").splitlines()[0] == "Sắp tới Tháng Công nhân, từ 01/05/2027 đến 31/05/2027."
    assert said("day/TDT_2008/2027/T-3").splitlines() == [
        "Tin ngắn: kỷ niệm 139 năm Ngày sinh Chủ tịch Tôn Đức Thắng (20/08/1888 – 20/08/2027).",
        "Gợi ý việc làm: Tin bài; Giải thưởng liên quan.",
    ]
    assert announcement(notice("day/TDT_2008/2027/T-3"), CALENDAR).choices == ()


def test_a_notice_takes_a_word_and_no_digit() -> None:
    """Digits may belong to an open question: the button's own word opens the report."""
    (choice,) = announcement(notice("day/TBLS_2707/2027/T-10"), CALENDAR).choices
    assert (choice.data, choice.key) == ("/dot TBLS_2707", "DOT 27/7")


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_all_notices_of_two_years_are_short(language: str) -> None:
    """None has more than 500 characters, whatever the language."""
    voice = Voice(CATALOGUES[language], "đồng chí Thương")
    for one in YEAR.notices(date(2026, 11, 22), date(2028, 12, 31)):
        assert len(voice.speak(announcement(one, CALENDAR).text)) <= 500, one.key
        assert "{" not in voice.speak(announcement(one, CALENDAR).text)


def test_until_when_to_report() -> None:
    """Five days after it; where the calendar has a campaign of the same code, its own deadline, moved by holidays."""
    assert report_by(notice("day/CDVN_2807/2027/T-3").of, CALENDAR) == date(2027, 8, 2)
    assert report_by(notice("day/THANG_CN/2027/T-3").of, CALENDAR) == date(2027, 6, 7)  # 5/6 is a Saturday
    assert report_by(notice("day/TBLS_2707/2027/T-3").of, CALENDAR) == date(2027, 8, 1)


def test_which_report_answers() -> None:
    """A day's own report kind, as far as this version has it; propaganda otherwise."""
    row = {"code": "A", "name": "Ngày A", "rule": "1/1", "rank": "A"}
    welfare, _complaints = read_anniversary({**row, "form": "welfare"}, ("dialogue", "welfare"))
    later, _complaints = read_anniversary({**row, "form": "later"}, ("dialogue", "later"))
    assert [answering_form(one, FORMS) for one in (welfare, later)] == ["welfare", "propaganda"]


def result(key: str) -> Result:
    """Give the result with this key."""
    found = YEAR.announced(key)
    assert isinstance(found, Result)
    return found


def test_what_came_of_it() -> None:
    """Officers read how many units reported something, and the sums by the names of the forms."""
    sums = (
        Sum("propaganda", "attendees", "", 1_240, 6),
        Sum("propaganda", "campaign_code", "CDVN_2807", 7, 7),
        Sum("propaganda", "documents", "", 0, 1),
        Sum("propaganda", "sessions", "", 9, 6),
    )
    say = outcome(result("day/CDVN_2807/2027/result"), Tied(5, sums), 12, FORMS)
    assert say is not None
    assert say.title is not None
    assert VOICE.speak(say.title) == "Kết quả: Ngày thành lập Công đoàn Việt Nam"
    assert VOICE.speak(say.text).splitlines() == ["5/12 đơn vị đã báo hoạt động.", "Lượt người: 1.240", "Số buổi: 9"]


def test_no_news_is_not_told() -> None:
    """A day of rank B that nobody reported is left out; of a main date it is told."""
    assert outcome(result("day/GIADINH_2806/2027/result"), Tied(), 12, FORMS) is None
    assert outcome(result("day/CDVN_2807/2027/result"), Tied(), 12, FORMS) is not None


@pytest.mark.parametrize(
    "key", ["day/NONE/2027/T-3", "day/CDVN_2807/2027/T-5", "day/TDT_2008/2027/result", "day/CDVN_2807/9999/T-3"]
)
def test_a_key_that_names_nothing_any_more(key: str) -> None:
    """A day that the office changed meanwhile is no longer announced."""
    assert YEAR.announced(key) is None
