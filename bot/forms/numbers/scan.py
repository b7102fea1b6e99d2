"""The walk over a message that finds its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.forms.fold import Word
from bot.forms.numbers.around import COUNTED_WORDS, OR_SO, OR_SO_BEHIND_UNIT, SAYINGS, Saying
from bot.forms.numbers.grammar import Number, number_at
from bot.forms.numbers.terms import Term

_BESIDE_A_NUMBER = frozenset({"nam", "ba", "tam", "tu", "sau", "bay", "ta"})
_DATED = frozenset({"thang", "tháng", "thg", "quy", "quý", "quí", "ngay", "ngày", "ky", "kỳ", "kì"})
_IN_A_DATE = frozenset({"/", "-", ".", "nam"})


def scan(words: Sequence[Word], terms: Sequence[Term | None]) -> tuple[list[Number], bool]:
    """Walk the message from left to right: its numbers, and whether it says "some" or "many"."""
    numbers: list[Number] = []
    said: set[Saying | None] = set()
    at = 0
    while at < len(words):
        says, end = SAYINGS.match(words, at) or (None, at + 1)
        if says is Saying.SOME:
            end = _end_of_number(terms, end)
        elif says is not Saying.NO_NUMBER and (number := number_at(terms, at)):
            says, end = None, _after(words, number.end)
            numbers.append(_approximate(number) if Saying.ABOUT in said or end > number.end else number)
        # A bare "co" is "có", not "cỡ".
        said.add(says if words[at].text != "co" or end > at + 1 else None)
        at = end
    return numbers, Saying.SOME in said or Saying.MANY in said


def _approximate(number: Number) -> Number:
    return replace(number, approximate=True)


def _after(words: Sequence[Word], end: int) -> int:
    """Go past "30 mấy", "30 người gì đó"; a "+" between two numbers is no such thing."""
    found = OR_SO.match(words, end)
    if found is None and (unit := COUNTED_WORDS.match(words, end)):
        found = OR_SO_BEHIND_UNIT.match(words, unit[1])
    if found is None or (found[1] < len(words) and words[found[1]].is_number):
        return end
    return found[1]


def _end_of_number(terms: Sequence[Term | None], at: int) -> int:
    """Go past the number in words that "vài" makes vague: "vài chục"."""
    number = number_at(terms, at)
    return number.end if number and number.in_words else at


def without_neighbours(words: Sequence[Word], numbers: list[Number]) -> list[Number]:
    """Drop "nam" of "17 nam" and "tam" of "tam 30", which then is "tầm"."""
    kept: list[Number] = []
    for index, number in enumerate(numbers):
        if not _is_beside(words, numbers, index):
            kept.append(number)
        elif words[number.start].bare == "tam":
            numbers[index + 1 : index + 2] = map(_approximate, numbers[index + 1 : index + 2])
    return kept


def _is_beside(words: Sequence[Word], numbers: Sequence[Number], index: int) -> bool:
    """Whether a one-word number may be another word and touches a number."""
    number = numbers[index]
    word = words[number.start]
    if number.end - number.start > 1 or word.bare not in _BESIDE_A_NUMBER or (word.marks and word.text != "năm"):
        return False
    touches = [it for it in numbers if it.end == number.start or it.start == number.end]
    return bool(touches) and (word.text != "năm" or touches[0].end == number.start)


def without_dates(words: Sequence[Word], numbers: Sequence[Number]) -> list[Number]:
    """Drop what names a month, a quarter or a day: "tháng 12", "quý 1", "ngày 9/11"."""
    kept: list[Number] = []
    after_date = 0  # where the date ends that the next number may belong to
    for number in numbers:
        before = words[number.start - 1].text if number.start else ""
        joined = after_date and all(word.bare in _IN_A_DATE for word in words[after_date : number.start])
        if before in _DATED or joined:
            after_date = number.end
        else:
            after_date = 0
            kept.append(number)
    return kept
