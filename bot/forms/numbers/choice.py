"""The one number of a message, where one is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.forms.numbers.around import MINUS, NONE, OF, says_none
from bot.forms.numbers.grammar import Number
from bot.forms.numbers.message import Survey
from bot.forms.readings import Trouble, Wrong


def the_one(seen: Survey, *, of_total: bool) -> Number | Wrong:
    """Settle on the one number of a message, or say why there is none."""
    if not seen.numbers:
        return _no_number(seen)
    if of_total and is_ratio(seen) and seen.numbers[0].value <= seen.numbers[1].value:
        seen = replace(seen, numbers=seen.numbers[:1])
    first = seen.numbers[0]
    if _is_negative(seen, first):
        return Wrong(Trouble.NEGATIVE, seen.piece(first.start - 1, first.end))
    if len(seen.numbers) > 1 and not _is_repeated(seen.numbers):
        return Wrong(Trouble.SEVERAL, ", ".join(seen.piece(it.start, it.end) for it in seen.numbers[:3]))
    if first.trouble:
        return Wrong(first.trouble, seen.piece(first.start, first.end))
    return _denied(seen, first) or first


def _no_number(seen: Survey) -> Number | Wrong:
    if says_none(seen.words):
        return Number(0, 0, 0)
    return Wrong(Trouble.VAGUE if seen.vague else Trouble.NOTHING)


def _denied(seen: Survey, number: Number) -> Number | Wrong | None:
    """Refuse "không phải 15"; "khong co nam" is zero men, not five."""
    if not any(NONE.get(word) for word in seen.words[: number.start]) or number.approximate:
        return None
    if number.in_words and number.end - number.start == 1 and says_none(seen.words):
        return Number(0, 0, 0)
    return Wrong(Trouble.NOTHING)


def is_ratio(seen: Survey) -> bool:
    """Whether the first two numbers are joined as a part and its whole, and no other follows."""
    if len(seen.numbers) != 2:
        return False
    first, second = seen.numbers
    joined = OF.match(seen.words, first.end)
    return joined is not None and joined[1] == second.start


def _is_repeated(numbers: Sequence[Number]) -> bool:
    """Whether they are one number in digits and in words, "17 (mười bảy)"; "5 nam 5 nữ" are two."""
    return len(numbers) == 2 and numbers[0].value == numbers[1].value and numbers[0].in_words != numbers[1].in_words


def _is_negative(seen: Survey, number: Number) -> bool:
    """Whether a minus stands before it: "-3" but not the list mark "- 3"."""
    before = number.start - 1
    if before < 0 or not MINUS.get(seen.words[before]):
        return False
    minus = seen.words[before]
    return minus.text.isalpha() or (seen.words[number.start].glued and (before == 0 or not minus.glued))
