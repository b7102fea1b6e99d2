"""Messages as numbered text, and text cut to size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.draw import draw, numbered, split_text, utf16
from bot.messages import Button, Message

SEND, FIX, LATER = Button("Gửi", "s", "1"), Button("Sửa", "f", "2"), Button("Để sau", "l", "3")
SKIP = Button("Bỏ qua", "k", "BOQUA")


def test_short_choices_stand_in_a_row() -> None:
    """Title, text, then what may be typed."""
    drawn = draw(Message("Gửi báo cáo này?", "Đối thoại", (SEND, FIX, LATER)))
    assert drawn == "Đối thoại\nGửi báo cáo này?\n1. Gửi  2. Sửa  3. Để sau"


def test_long_choices_stand_below_each_other() -> None:
    """A row that would wrap is a list."""
    kinds = [Button(f"Đối thoại định kỳ tại nơi làm việc {n}", "d", str(n)) for n in (1, 2)]
    assert draw(Message("Loại nào?", buttons=tuple(kinds))).splitlines()[1:] == [
        "1. Đối thoại định kỳ tại nơi làm việc 1",
        "2. Đối thoại định kỳ tại nơi làm việc 2",
    ]


def test_words_come_after_digits() -> None:
    """A word to type stands in brackets; a choice that has none is bracketed itself."""
    drawn = draw(Message("?", buttons=(SKIP, SEND, Button("Xem", "v"))))
    assert drawn == "?\n1. Gửi\n[BOQUA] Bỏ qua  [Xem]"


def test_a_text_is_cut_at_the_best_place() -> None:
    """Paragraphs before lines, lines before sentences, words before letters; no part is left hardly begun."""
    assert split_text("aa bb\n\ncc", 8) == ["aa bb", "cc"]
    assert split_text("aa bb\ncc dd", 8) == ["aa bb", "cc dd"]
    assert split_text("aa bb cc", 5) == ["aa bb", "cc"]
    assert split_text("Một câu. Hai câu nữa", 12) == ["Một câu.", "Hai câu nữa"]
    assert split_text("Bao giờ nộp? Thứ Hai nhé", 16) == ["Bao giờ nộp?", "Thứ Hai nhé"]
    assert split_text("“Xong rồi!” Chị nói thế", 16) == ["“Xong rồi!”", "Chị nói thế"]
    assert split_text("Chọn ngay nhé!  1. Gửi", 19) == ["Chọn ngay nhé!", "1. Gửi"]
    assert split_text("Câu. Hai câu dài hơn", 16) == ["Câu. Hai câu dài", "hơn"]
    assert split_text("abcdefgh", 3) == ["abc", "def", "gh"]
    assert split_text("một\n\n  thụt", 6) == ["một", "  thụt"]


def test_a_text_that_fits_stays_whole() -> None:
    """Even an empty one is one part."""
    assert split_text("vừa đủ", 6) == ["vừa đủ"]
    assert split_text("", 6) == [""]


def test_a_pair_is_never_split() -> None:
    """An emoji takes two units: it goes to the next part rather than in half."""
    assert split_text("a👍👍👍", 4) == ["a👍", "👍👍"]


@given(st.text(alphabet="ab đ👍\n", max_size=200), st.integers(2, 40))
def test_nothing_is_lost_and_nothing_too_long(text: str, limit: int) -> None:
    """Whatever the text, only white space at the cuts goes."""
    parts = split_text(text, limit)
    assert all(utf16(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize("limit", [2, 3, 4])
def test_cutting_ends_on_pairs_only(limit: int) -> None:
    """The smallest limits still take a character at a time."""
    assert "".join(split_text("👍" * 7, limit)) == "👍" * 7


def test_parts_are_numbered() -> None:
    """A notice of 5,000 characters comes in two messages that say which they are and end with whole sentences."""
    sentence = "Các công đoàn cơ sở phát động Tháng Công nhân tại đơn vị mình. "
    parts = numbered(sentence * 80, 4096)
    assert [part.splitlines()[0] for part in parts] == ["(1/2)", "(2/2)"]
    assert all(utf16(part) <= 4096 and part.endswith(".") for part in parts)
    assert numbered("ngắn", 4096) == ["ngắn"]


@given(st.text(alphabet="ab đ👍\n.?!", max_size=400), st.integers(12, 60))
def test_numbered_parts_hold_everything(text: str, limit: int) -> None:
    """Whatever the text, each part fits with its number, and nothing else is added or lost."""
    parts = numbered(text, limit)
    assert all(utf16(part) <= limit for part in parts)
    heads = [f"({number}/{len(parts)})" for number in range(1, len(parts) + 1)] if len(parts) > 1 else [""]
    assert all(part.startswith(head) for part, head in zip(parts, heads, strict=True))
    bare = [part.removeprefix(head) for part, head in zip(parts, heads, strict=True)]
    assert "".join("".join(bare).split()) == "".join(text.split())
