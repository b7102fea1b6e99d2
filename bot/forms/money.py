"""Sums of money as people type them: "3tr6", "500k", "2 triệu rưỡi", "1 tỷ 3", "5.400.000đ"."""

from __future__ import annotations

from bot.forms.fold import Phrases, listed
from bot.forms.numbers import MONEY_WORDS, Number, Survey, survey, the_one
from bot.forms.readings import Doubt, Doubting, Reading, Trouble, Value, Wrong

_CURRENCY = Phrases({"đ": True, "đồng": True, "vnd": True, "vnđ": True, "₫": True, "đồng chí": False, "đ/c": False})
_EACH = listed("mỗi, mỗi người, từng")
_SMALL = 1000  # nobody counts money in less: "500" is 500 nghìn


def read_money(text: str) -> Reading[int]:
    """Read đồng, e.g. "3tr65" -> Value(3_650_000), "500" -> Doubt(500_000, THOUSANDS), "500đ" -> Value(500)."""
    seen = survey(text, MONEY_WORDS)
    found = the_one(seen, of_total=False)
    if isinstance(found, Wrong):
        return found
    if _is_price(seen, found):
        return Wrong(Trouble.UNCLEAR, seen.piece(0, len(seen.words)))
    currency = _CURRENCY.match(seen.words, found.end)
    return _amount(found, in_full=currency is not None and currency[0])


def _amount(number: Number, *, in_full: bool) -> Reading[int]:
    """Take "5 trăm" for thousands as everyone says it, a bare "500" so too but with a question."""
    if number.value == 0 or number.value >= _SMALL or in_full:
        return _said(number.value, number)
    if number.largest >= 100:
        return _said(number.value * 1000, number)
    return Doubt(number.value * 1000, Doubting.THOUSANDS)


def _said(amount: int, number: Number) -> Reading[int]:
    return Doubt(amount, Doubting.APPROXIMATE) if number.approximate else Value(amount)


def _is_price(seen: Survey, number: Number) -> bool:
    """Whether it is the price of one, "500k/suất" or "mỗi suất 500k", where the whole sum is asked."""
    if any(_EACH.get(word) for word in seen.words):
        return True
    currency = _CURRENCY.match(seen.words, number.end)
    after = seen.words[currency[1] if currency else number.end :]
    return len(after) > 1 and after[0].text == "/" and after[1].text.isalpha()
