"""Days of the week: thứ 6, cn, thứ sáu tuần trước; tuần trước, thứ 6."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from bot.forms.dates.mentions import Day, Loose, Weekday
from bot.forms.dates.page import Found, Page
from bot.forms.dates.words import each
from bot.forms.fold import Phrases

_WEEKDAY_NAMES = (
    "thứ hai, thứ 2, t2",
    "thứ ba, thứ 3, t3",
    "thứ tư, thứ 4, t4",
    "thứ năm, thứ 5, t5",
    "thứ sáu, thứ 6, t6",
    "thứ bảy, thứ bẩy, thứ 7, t7",
    "chủ nhật, chúa nhật, cn",
)
_WEEKDAYS: Final = Phrases({name: day for day, names in enumerate(_WEEKDAY_NAMES) for name in each(names, day)})
_WEEKS: Final = Phrases(
    {
        **each("tuần trước nữa, tuần kia", -2),
        **each("tuần trước, tuần rồi, tuần qua, tuần vừa rồi, tuần vừa qua", -1),
        **each("tuần này, tuần nay", 0),
        **each("tuần sau, tuần tới", 1),
    }
)
_WHICH: Final = Phrases({**each("vừa rồi, vừa qua, rồi, trước, qua", -1), **each("tới, sau, sắp tới", 1), "này": 0})


def weekday(page: Page, at: int) -> Found | None:
    """thứ 6, cn, t6 vừa rồi, thứ sáu tuần trước; not "lần thứ 2", "30 cn", t2/2026"""
    found = _WEEKDAYS.match(page.words, at)
    if found is None or page.says(found[1], "/") or (at and _is_counted(page, at)):
        return None
    day, end = found
    week = _WEEKS.match(page.words, end)
    if week:
        return Day(page.piece(at, week[1]), (_in_week(page.today, week[0], day),)), week[1]
    near = [page.today + timedelta(days) for days in range(-7, 8)]
    which = _WHICH.match(page.words, end)
    if which:
        side = _beside(page.today, day, which[0])
        return Day(page.piece(at, which[1]), (side,)), which[1]
    return Weekday(page.piece(at, end), tuple(it for it in near if it.weekday() == day)), end


def _is_counted(page: Page, at: int) -> bool:
    """Whether it is no day: the "thứ 2" of "lần thứ 2", the "cn" (công nhân) of "30 cn"."""
    return page.says(at - 1, "lan") or (page.says(at, "cn") and bool(page.digits(at - 1)))


def _in_week(today: date, shift: int, day: int) -> date:
    """A day of the week so many weeks away; weeks begin on Monday."""
    return today + timedelta(7 * shift + day - today.weekday())


def _beside(today: date, day: int, side: int) -> date:
    """The last such weekday before today, the next after it, or (side 0) this week's."""
    if side == 0:
        return _in_week(today, 0, day)
    return today + timedelta(side * ((side * (day - today.weekday()) - 1) % 7 + 1))


def week_first(page: Page, at: int) -> Found | None:
    """tuần trước, thứ 6; a week alone is loose"""
    week = _WEEKS.match(page.words, at)
    if week is None:
        return None
    there = week[1] + 1 if page.says(week[1], ",", "vao", "hom") else week[1]
    day = _WEEKDAYS.match(page.words, there)
    if day is None:
        return Loose(page.piece(at, week[1])), week[1]
    return Day(page.piece(at, day[1]), (_in_week(page.today, week[0], day[0]),)), day[1]
