"""Names and telephone numbers in free words are noticed; what only looks like them mostly is not."""

from __future__ import annotations

import pytest

from bot.forms.personal import personal, without_personal

FOUND = {
    "anh Páo nói sẽ nghỉ": "anh … nói sẽ nghỉ",
    "Anh Vàng A Sình bị tai nạn": "Anh … bị tai nạn",
    "đồng chí Lan đề nghị": "đồng chí … đề nghị",
    "đ/c Thào Mí Sua và chị Mai": "đ/c … và chị …",
    "gọi 0912345678 nhé": "gọi … nhé",
    "gọi 0912 345 678, +84 912.345.678": "gọi …",
    "Nguyễn Văn Bảy chưa có lương": "… chưa có lương",
    "nguyen van bay chua co luong": "… chua co luong",
    "ông Lò Văn Thương 0213 3876 000 phản ánh": "ông … phản ánh",
}
LEFT = [
    "Anh em công nhân lo thưởng Tết",
    "Bà con ở bản lo mưa lũ",
    "CÔNG TY NỢ LƯƠNG BA THÁNG",
    "Nợ 480 triệu, 45/50 người, từ 01/9/2026",
    "Học tập và làm theo Bác Hồ",
    "Công ty ở Lai Châu, xã Than Uyên",
    "Cô giáo mầm non xin chuyển việc",
    "Lương tháng 10 chậm 15 ngày",
    "",
]


@pytest.mark.parametrize(("text", "rest"), FOUND.items())
def test_names_and_numbers_are_found(text: str, rest: str) -> None:
    """A name after a form of address, a full name, a telephone number: dots take their place."""
    assert personal(text)
    assert without_personal(text) == rest
    assert not personal(rest)


@pytest.mark.parametrize("text", LEFT)
def test_other_words_are_left(text: str) -> None:
    """Ordinary words, sums, days and places are no names."""
    assert without_personal(text) == text
