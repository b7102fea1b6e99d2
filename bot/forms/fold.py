"""Vietnamese as typed on a phone, brought to one form: to keep (clean), to match (fold), to read (split, Phrases).

One rule runs through all reading: a typed word is the word we know if its letters are the same and every mark that
was typed belongs to ours. So "muoi", "mưoi" and "mừơi" are all "mười", but "bà" is never "ba".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

# Tags (used in some flag emoji) are the only format characters that we meet above the first plane.
_CHARACTERS = (*range(0x10000), *range(0xE0000, 0xE0080))
_FULL_WIDTH = range(0xFF01, 0xFF5F)


def _kept(code: int) -> str | None:
    """What stays of a character that cannot stay as it is: a space, an ASCII letter, or nothing (None)."""
    if code in _FULL_WIDTH:
        return unicodedata.normalize("NFKC", chr(code))
    if unicodedata.category(chr(code)) in {"Zs", "Zl", "Zp"} or code == ord("\t"):
        return " "
    return None


def _of(*categories: str) -> Iterable[int]:
    """The characters of these Unicode categories, for building tables once."""
    return (code for code in _CHARACTERS if unicodedata.category(chr(code)) in categories)


_UNWANTED = {code: _kept(code) for code in (*_of("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"), *_FULL_WIDTH)}
del _UNWANTED[ord("\n")]

# "ð" looks like "đ" and comes from old Vietnamese keyboards.
_BARE: dict[int, str | None] = {**dict.fromkeys(_of("Mn", "Me")), ord("đ"): "d", ord("ð"): "d"}
_EMOJI_PARTS = {0xFE0F: None, 0x20E3: None}
_STROKE = "\u0335"
_SPACES = re.compile(" {2,}")

# "2O" and "l2" come from fingers that take a letter for the digit; only beside digits do we read them so.
_LETTER_O = re.compile(r"(?<=\d)o+(?=k\b|tr|\d|\b)")
_LETTER_L = re.compile(r"(?<![^\W_])l(?=\d)")

# These lack no mark, though with more marks they would be words of our tables: "máy" is not a hasty "mấy".
_WHOLE = frozenset(
    {"bây", "bón", "cơ", "cọ", "đem", "đo", "đô", "giò", "giơ", "mây", "máy", "mót", "mọt", "tâm", "tôi"}
)

NUMBERS = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|_")
DIGITS = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")


def clean(text: str) -> str:
    """The text as we keep it: composed, spaces single, nothing invisible, e.g. "  Chè   １２" -> "Chè 12"."""
    text = text.translate(_UNWANTED)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _trim(text)


@lru_cache(maxsize=2048)  # labels of choices mostly, and the same message at several places
def fold(text: str) -> str:
    """The text for matching only: clean, lower case, without marks, e.g. "Đắk  Lắk " -> "dak lak"."""
    text = clean(text).lower()
    if text.isascii():
        return text
    bare = unicodedata.normalize("NFD", text).translate(_BARE)
    return _trim(unicodedata.normalize("NFC", bare))


def _trim(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class Word:
    """One piece of a message: letters, a number as typed, or one symbol, e.g. "mười", "3,6", "/"."""

    text: str
    bare: str
    marks: str
    glued: bool
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.text[0].isdecimal()


def lowered(text: str) -> str:
    """The text ready to be split: clean, lower case, letters typed for digits mended, e.g. "2O Ng" -> "20 ng"."""
    text = clean(text).lower()
    if not text.isascii():
        text = text.translate(_EMOJI_PARTS)
    if "o" in text:
        text = _LETTER_O.sub(lambda found: "0" * len(found[0]), text)
    return _LETTER_L.sub("1", text) if "l" in text else text


def split(text: str, pieces: re.Pattern[str] = NUMBERS) -> tuple[Word, ...]:
    """The words of a lowered text; pieces says whether "15.11" is one number (NUMBERS) or two (DIGITS)."""
    words = []
    end = 0
    for found in pieces.finditer(text):
        bare, marks = _unmarked(found[0])
        words.append(Word(found[0], bare, marks, end == found.start(), found.start(), found.end()))
        end = found.end()
    return tuple(words)


@lru_cache(maxsize=4096)  # people use the same few words
def _unmarked(word: str) -> tuple[str, str]:
    """A word's letters and its marks apart, e.g. "đồng" -> ("dong", stroke + circumflex + grave in sorted order)."""
    if word.isascii():
        return word, ""
    parts = unicodedata.normalize("NFD", word.replace("đ", "d" + _STROKE))
    return parts.translate(_BARE), "".join(sorted(part for part in parts if unicodedata.combining(part)))


def _fits(typed: Word, ours: Word) -> bool:
    """Whether each typed mark is one of ours."""
    marks = typed.marks
    if not marks or marks == ours.marks:
        return True
    return typed.text not in _WHOLE and all(marks.count(mark) <= ours.marks.count(mark) for mark in marks)


class Phrases(Generic[T]):
    """A table of words and phrases with their meanings, found also unmarked, half marked or with misplaced tones.

    Where two phrases fit, the longer wins, then the earlier in the table: "hom kia" is "hôm kia" if that stands
    before "hôm kìa", and "hôm kìa" is itself.
    """

    __slots__ = ("_entries",)

    def __init__(self, meanings: Mapping[str, T]) -> None:
        self._entries: dict[str, list[tuple[tuple[Word, ...], T]]] = {}
        for phrase, meaning in meanings.items():
            words = split(phrase)
            self._entries.setdefault(words[0].bare, []).append((words, meaning))
        for entries in self._entries.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, words: Sequence[Word], at: int) -> tuple[T, int] | None:
        """The meaning of the phrase that begins here and the place after it, or None."""
        if at >= len(words):
            return None
        for phrase, meaning in self._entries.get(words[at].bare, ()):
            if len(phrase) == 1 and _fits(words[at], phrase[0]):
                return meaning, at + 1
            if len(phrase) > 1 and _begins(words[at : at + len(phrase)], phrase):
                return meaning, at + len(phrase)
        return None

    def get(self, word: Word) -> T | None:
        """The meaning of a single word, or None."""
        for phrase, meaning in self._entries.get(word.bare, ()):
            if len(phrase) == 1 and _fits(word, phrase[0]):
                return meaning
        return None


def _begins(typed: Sequence[Word], ours: Sequence[Word]) -> bool:
    """Whether all our words were typed."""
    if len(typed) != len(ours):
        return False
    return all(a.bare == b.bare and _fits(a, b) for a, b in zip(typed, ours, strict=True))


def listed(words: str) -> Phrases[bool]:
    """A table that only says "yes, this is one of them"; phrases are parted by commas, e.g. "dạ, chị em"."""
    return Phrases(dict.fromkeys((phrase.strip() for phrase in words.split(",")), True))
