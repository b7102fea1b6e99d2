"""Text brought to one form, for keeping and for matching."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.fold import Phrases, clean, fold, lowered, split


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Chè Than Uyên", "Chè Than Uyên"),
        (unicodedata.normalize("NFD", "Chè Than Uyên"), "Chè Than Uyên"),
        ("  hai \t  dấu   cách ", "hai dấu cách"),
        ("một\u00a0hai\u3000ba", "một hai ba"),
        ("１２ ＡＢｃ！", "12 ABc!"),
        ("giữ\u200b nguyên\ufeff", "giữ nguyên"),
        ("a\u202eb\u2066c", "abc"),
        ("dòng một\r\ndòng hai", "dòng một\ndòng hai"),
        ("mất\x00\x07 ký tự", "mất ký tự"),
        ("👍🏽 tốt ❤️", "👍🏽 tốt ❤️"),
        ("½ m² №", "½ m² №"),
        ("\ud83d", ""),
    ],
)
def test_clean(typed: str, kept: str) -> None:
    """What we keep is what was meant, without what cannot be seen."""
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "matched"),
    [
        ("Đắk Lắk ", "dak lak"),
        ("ĐOÀN VIÊN MỚI", "doan vien moi"),
        ("Ðoàn viên", "doan vien"),
        (unicodedata.normalize("NFD", "Người lao động"), "nguoi lao dong"),
        ("Ｔháng  １１", "thang 11"),
        ("1️⃣", "1"),
        ("1.200 Đ/c", "1.200 d/c"),
    ],
)
def test_fold(typed: str, matched: str) -> None:
    """Capitals, marks and đ make no difference in matching."""
    assert fold(typed) == matched


@given(st.text())
def test_fold_is_final(text: str) -> None:
    """Folding or cleaning twice is folding or cleaning once, however the text was composed."""
    assert fold(fold(text)) == fold(text) == fold(unicodedata.normalize("NFD", text))
    assert clean(clean(text)) == clean(text) == clean(unicodedata.normalize("NFD", text))


MEANINGS = Phrases({"ba": 3, "mười": 10, "hôm kia": -2, "hôm kìa": -3, "hôm": 0, "mấy": -1})


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("mười", 10),
        ("muoi", 10),
        ("mưoi", 10),
        ("mừơi", 10),
        ("mươi", 10),
        ("muối", None),
        ("ba", 3),
        ("bà", None),
        ("máy", None),
        ("may", -1),
        ("hôm kia", -2),
        ("hom kia", -2),
        ("hôm kìa", -3),
        ("hom kìa", -3),
        ("hôm qua", 0),
        ("", None),
    ],
)
def test_phrases(typed: str, meaning: int | None) -> None:
    """A word is known unmarked, half marked or with its tone misplaced, but never with a mark that it lacks."""
    found = MEANINGS.match(split(lowered(typed)), 0)
    assert (found[0] if found else None) == meaning


def test_split() -> None:
    """A message falls into words, numbers as typed, and symbols."""
    assert [word.text for word in split(lowered("3tr65 cho 2O đ/c, 15.11!"))] == [
        "3", "tr", "65", "cho", "20", "đ", "/", "c", ",", "15.11", "!",
    ]  # fmt: skip
