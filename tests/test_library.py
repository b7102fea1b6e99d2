"""Finding what an office lays out."""

from __future__ import annotations

import re

import pytest

from bot.library import Material, find
from bot.office.library import default_answers, default_library, read_faq, read_library

THINGS = (
    Material("Tờ rơi Tháng Công nhân", "https://a.vn/1", "tuyên truyền", "TCN", "1/5"),
    Material("Mẫu biên bản đối thoại", "https://a.vn/2", "biểu mẫu"),
    Material("Mẫu nghị quyết", "https://a.vn/3", "biểu mẫu"),
)


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("doi thoai", [1]),
        ("MẪU", [1, 2]),
        ("tcn", [0]),
        ("bien ban doi thoai nam nay", [1]),
        ("xe may", []),
        ("doi xe", []),
        ("", []),
        ("  ", []),
    ],
)
def test_words_find_without_diacritics(words: str, places: list[int]) -> None:
    """Whatever has most of the words is found, if that is more than half of them."""
    assert [place for place, _one in find(THINGS, words)] == places


def test_answers_that_ship_are_found_by_their_own_words() -> None:
    """Every shipped answer is found first by its question, and cites its article."""
    advice = default_library().advice
    for place, one in enumerate(advice):
        assert find(advice, one.question)[0][0] == place
        assert re.fullmatch(r"(Khoản \d Điều \d+|Điều \d+(, Điều \d+)*) Bộ luật Lao động số 45/2019/QH14", one.law)
    assert read_faq(default_answers(), ())[1] == []


def test_wrong_rows_are_told() -> None:
    """No address, no answer, a code that is none: each is a complaint about its cell."""
    _found, wrong = read_library(
        [{"title": "x", "link": "ở tủ số 2"}, {"link": "https://a.vn", "campaign": "đợt 1"}], ()
    )
    assert [(one.row, one.column) for one in wrong] == [(0, "link"), (1, "title"), (1, "campaign")]
    _advice, wrong = read_faq([{"question": "?", "answer": "a" * 800, "law": "Điều 1"}, {"answer": "a"}], ())
    assert [(one.row, one.column) for one in wrong] == [(0, "answer"), (1, "question"), (1, "law")]
