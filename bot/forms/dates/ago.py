"""Days and moments counted from now: 3 hôm trước, 2 ngày nữa, nửa tiếng trước, vừa xong."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.forms.dates.mentions import Ago, Day, Loose, Mention
from bot.forms.dates.page import Found, Page
from bot.forms.dates.words import DAY_WORDS, MONTH_WORDS
from bot.forms.fold import Phrases, listed

_LONGEST_AGO: Final = 400  # days; beyond that nobody counts
_BEFORE: Final = listed("trước, trc")
_AHEAD: Final = listed("nữa, sau")
_AWAY: Final = listed("cách đây, cách nay, trước đây")
_ONE_DAY: Final = timedelta(1)
_UNITS: Final[Phrases[timedelta | None]] = Phrases(
    {
        **dict.fromkeys(("ngày", "hôm", "bữa"), _ONE_DAY),
        **dict.fromkeys(("phút", "p"), timedelta(minutes=1)),
        **dict.fromkeys(("tiếng", "giờ", "h", "tiếng đồng hồ"), timedelta(hours=1)),
        **dict.fromkeys(("tuần", "tháng", "năm"), None),  # nobody counts these to the day
    }
)
_JUST_NOW = "bây giờ, ngay bây giờ, bh, lúc này, ngay lúc này, hiện tại, vừa xong, mới xong, vừa mới xong, vừa mới"
_NOW: Final = Phrases(
    {
        **dict.fromkeys(_JUST_NOW.split(", "), timedelta(0)),
        **dict.fromkeys(("nửa tiếng trước", "nửa giờ trước", "cách đây nửa tiếng"), timedelta(minutes=30)),
    }
)


def ago(page: Page, at: int) -> Found | None:
    """3 hôm trước, cách đây 3 ngày, 2 ngày nữa, 2 tiếng trước; weeks and months are loose."""
    prefix = _AWAY.match(page.words, at)
    number = page.number(prefix[1] if prefix else at)
    unit = _UNITS.match(page.words, number[1]) if number else None
    if number is None or unit is None:
        return None
    before, ahead = _BEFORE.match(page.words, unit[1]), _AHEAD.match(page.words, unit[1])
    if not (prefix or before or ahead) or (not prefix and _is_day_of_month(page, at, number)):
        return None
    end = max(found[1] for found in (unit, before, ahead) if found)
    return _counted(page, page.piece(at, end), -number[0] if ahead else number[0], unit[0]), end


def _is_day_of_month(page: Page, at: int, number: tuple[int, int]) -> bool:
    """Whether "15 tháng trước" is the 15th of last month, as behind "ngày" or above twelve, and not 15 months ago."""
    named = at > 0 and DAY_WORDS.get(page.words[at - 1]) is not None
    return MONTH_WORDS.match(page.words, number[1]) is not None and (named or number[0] > 12)


def _counted(page: Page, piece: str, count: int, unit: timedelta | None) -> Mention:
    """So many units ago (or ahead, if negative)."""
    if unit is None or abs(count) > _LONGEST_AGO:
        return Loose(piece)
    if unit < _ONE_DAY:
        return Ago(piece, (page.today,), unit * count)
    return Day(piece, (page.today - unit * count,))


def just_now(page: Page, at: int) -> Found | None:
    """bây giờ, vừa xong, nửa tiếng trước"""
    found = _NOW.match(page.words, at)
    return (Ago(page.piece(at, found[1]), (page.today,), found[0]), found[1]) if found else None
