"""Notices names and telephone numbers of people in free words, so that their writer can be asked to leave them out.

It is a help to the writer, no lock: a name that looks like none is not found, and the writer may keep what was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.forms.fold import fold

GONE: Final = "…"
PHONE: Final = re.compile(r"(?<![\d.])(?:\+?84|0)(?:[\s.-]?\d){8,10}(?![\d.]*\d)")
TWICE: Final = re.compile(r"…(?:[\s,;:]*…)+")
WORD: Final = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)?")
MOST: Final = 5  # words of a name

ADDRESSES: Final = frozenset({"anh", "chi", "ong", "ba", "co", "chu", "bac", "em", "chau", "d/c", "dc", "thay"})
AFTER_BOTH: Final = ("dong", "chi")  # "đồng chí Páo"
# What may begin with a capital after such a word and is no name: "Anh Em", "Bác Hồ", "Bà Con".
NO_NAMES: Final = frozenset({"em", "chi", "con", "ho", "giao", "chu", "nuoi", "bi", "pho", "truong", "giam"})
_SURNAMES: Final = """
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ ngô dương lý đinh trịnh đoàn lò lù lường vàng giàng thào sùng
hảng tẩn chẻo phàn mùa vừ hạng quàng tòng điêu đèo pờ sừng lỳ phùng tao hờ cứ lèo lự khoàng toán vi cà mào hù ly lầu
chang chảo tráng
"""
SURNAMES: Final = frozenset(_SURNAMES.split())
BARE: Final = frozenset(fold(name) for name in SURNAMES)
MIDDLE: Final = frozenset({"văn", "thị", "van"})
PLACES: Final = frozenset({"hoàng liên sơn", "lê lợi", "lý sơn"})


def personal(text: str) -> bool:
    """Tell whether the words hold what looks like somebody's name or telephone number."""
    return without_personal(text) != text


def without_personal(text: str) -> str:
    """Give the words with dots in the place of names and telephone numbers."""
    text = PHONE.sub(GONE, text)
    for start, end in reversed(list(_names(text))):
        text = text[:start] + GONE + text[end:]
    return TWICE.sub(GONE, text)


def _names(text: str) -> Iterator[tuple[int, int]]:
    """Find names: after a form of address, or a surname with what follows it."""
    words = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        begin = at + 1 if _addresses(words, at) else at
        count = _length(words, begin, addressed=begin > at, text=text)
        if count:
            yield words[begin].start(), words[begin + count - 1].end()
        at = begin + count if count else at + 1


def _addresses(words: list[re.Match[str]], at: int) -> bool:
    word = fold(words[at][0])
    return word in ADDRESSES or (at > 0 and (fold(words[at - 1][0]), word) == AFTER_BOTH)


def _length(words: list[re.Match[str]], begin: int, *, addressed: bool, text: str) -> int:
    """Count the words of the name that begins here."""
    run = _run(words, begin, text)
    count = next((n for n, word in enumerate(run) if not word.istitle()), len(run))
    if count and addressed and fold(run[0]) not in NO_NAMES:
        return count
    if count > 1 and run[0].lower() in SURNAMES | BARE and " ".join(run[:count]).lower() not in PLACES:
        return count
    full = len(run) > 2 and run[0].lower() in SURNAMES | BARE and run[1].lower() in MIDDLE
    return 3 if full else 0


def _run(words: list[re.Match[str]], begin: int, text: str) -> list[str]:
    """Give the words that follow each other with nothing but a space between them."""
    found: list[str] = []
    for at in range(begin, min(begin + MOST, len(words))):
        if found and text[words[at - 1].end() : words[at].start()] != " ":
            break
        found.append(words[at][0])
    return found
