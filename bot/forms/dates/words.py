"""Words that more than one way of saying a day is made of."""

from __future__ import annotations

from typing import Final

from bot.forms.fold import Phrases, listed


def each(words: str, meaning: int) -> dict[str, int]:
    """One meaning for several phrases."""
    return {phrase.strip(): meaning for phrase in words.split(",")}


DAY_WORDS: Final = listed("ngày, hôm, bữa, mùng, mồng, ngày mùng, ngày mồng, hôm mùng, hôm mồng, hôm ngày, hum")
MONTH_WORDS: Final = listed("tháng, thg, th, tg")
YEAR_SHIFTS: Final = Phrases({"năm nay": 0, "năm ngoái": -1, "năm trước": -1, "năm sau": 1, "năm tới": 1})
LUNAR: Final = listed("âm lịch, âm, al")
POLITE: Final = listed("dạ, vâng, ạ, à, em, anh, chị, nhé, nha, vào, là, rồi, r, làm, lúc, họp, xong, tổ chức")
