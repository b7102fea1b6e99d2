"""Days by a name of their own: hôm qua, sáng nay, ngày mai; and those too loosely said: đầu tháng, hôm nọ."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.forms.dates.mentions import Day, Hint, Loose
from bot.forms.dates.page import Found, Page
from bot.forms.dates.words import each
from bot.forms.fold import Phrases, listed

_TODAY = (
    "hôm nay, hnay, hum nay, hqua nay, bữa nay, sáng nay, trưa nay, chiều nay, tối nay, đêm nay, hồi sáng, hồi trưa"
)
_YESTERDAY = (
    "hôm qua, hqua, hum qua, bữa qua, sáng qua, trưa qua, chiều qua, tối qua, đêm qua, sáng hôm qua, chiều hôm qua,"
    "tối hôm qua, đêm hôm qua, ngày hôm qua, ngày qua"
)
_SHIFTS: Final = Phrases(
    {
        **each(_TODAY + ", ngày hôm nay, hôm nay", 0),
        **each(_YESTERDAY, -1),
        **each("hôm kia, hkia, bữa kia, hum kia, sáng hôm kia, chiều hôm kia, tối hôm kia", -2),
        **each("hôm kìa, bữa kìa, hôm kĩa", -3),
        **each("ngày mai, sáng mai, trưa mai, chiều mai, tối mai, hôm mai, bữa mai", 1),
        **each("ngày kia, ngày mốt, bữa mốt, sáng mốt, chiều mốt", 2),
        **each("ngày kìa", 3),
    }
)
_HINTS: Final = Phrases({"nay": 0, "mai": 1, "mốt": 2})
_LOOSE: Final = listed(
    "đầu tháng, giữa tháng, cuối tháng, đầu tuần, giữa tuần, cuối tuần, đầu năm, cuối năm, giữa năm, tháng trước,"
    "tháng này, tháng rồi, tháng sau, tháng tới, tháng vừa rồi, tháng vừa qua, năm nay, năm ngoái, năm trước, năm sau,"
    "hôm trước, hôm nọ, hôm rồi, hôm vừa rồi, bữa trước, bữa nọ, bữa rồi, bữa hổm, hôm bữa, dạo trước, dạo này,"
    "đợt trước, vài hôm, mấy hôm, vài ngày, mấy ngày, vài bữa, mấy bữa, ít hôm, ít ngày, mới đây, gần đây, vừa rồi,"
    "vừa qua, hồi nãy, lúc nãy, ban nãy, đến nay, lâu nay, lâu rồi, mai mốt, hôm nào, trong tuần, trong tháng"
)


def near_day(page: Page, at: int) -> Found | None:
    """hôm qua, sáng nay, ngày mai, hôm kìa"""
    found = _SHIFTS.match(page.words, at)
    return (Day(page.piece(at, found[1]), (page.today + timedelta(found[0]),)), found[1]) if found else None


def hint(page: Page, at: int) -> Found | None:
    """nay, mai, mốt; "mot" without its mark is one"""
    found = _HINTS.match(page.words, at)
    if found is None or page.words[at].text == "mot":
        return None
    return Hint(page.piece(at, found[1]), (page.today + timedelta(found[0]),)), found[1]


def loosely(page: Page, at: int) -> Found | None:
    """đầu tháng, hôm nọ, mấy hôm trước"""
    found = _LOOSE.match(page.words, at)
    return (Loose(page.piece(at, found[1])), found[1]) if found else None
