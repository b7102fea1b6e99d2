"""The reader of numbers and money, row by row as people type, then for every number there is."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.forms.fold import fold
from bot.forms.money import read_money
from bot.forms.numbers import LARGEST, read_integer, read_ratio, says_more
from bot.forms.readings import Doubt, Doubting, Trouble, Value, Wrong

INTEGERS = {
    # digits, with units and politeness
    "17": 17,
    "17 ng": 17,
    "17ng": 17,
    "17 đ/c": 17,
    "17 người ạ": 17,
    "dạ 17": 17,
    "được 17 đv": 17,
    "17 chị em": 17,
    "- 17 người": 17,
    "17 người đúng không ạ": 17,
    "công ty có 17 người dự": 17,
    "👍 17 👍": 17,
    "17 (mười bảy) người": 17,
    "90%": 90,
    "90 phần trăm": 90,
    "1.200": 1200,
    "1,200": 1200,
    "1.750": 1750,
    "5.400.000": 5_400_000,
    "5,400,000": 5_400_000,
    "1.000.000.000.000": 10**12,
    "2k": 2000,
    "2k5": 2500,
    "2 nghìn 300": 2300,
    "207": 207,
    "007": 7,
    # slips of the finger
    "2O": 20,
    "1o": 10,
    "1o5": 105,
    "l2": 12,
    "１２": 12,
    "1️⃣2️⃣": 12,
    "  17  ": 17,
    # so many of so many
    "45/50": 45,
    "45 / 50 người": 45,
    "45 trên 50": 45,
    "45 trong số 50": 45,
    # words
    "mười bảy": 17,
    "muoi bay": 17,
    "muời bẩy": 17,
    "ba": 3,
    "nam": 5,
    "tu": 4,
    "ba mốt": 31,
    "ba mươi mốt": 31,
    "ba lăm": 35,
    "băm lăm": 35,
    "bốn nhăm": 45,
    "hăm mốt": 21,
    "hai mươi tư": 24,
    "ba tư": 34,
    "ba hai": 32,
    "muoi nam": 15,
    "hai tram nam muoi": 250,
    "một trăm linh năm": 105,
    "hai trăm linh bảy": 207,
    "hai trăm lẻ bảy": 207,
    "hai trăm rưỡi": 250,
    "trăm rưỡi": 150,
    "ba trăm hai": 320,
    "trăm hai ba": 123,
    "hai nghìn ba": 2300,
    "nghìn không trăm linh năm": 1005,
    "hai nghìn lẻ năm": 2005,
    "triệu hai": 1_200_000,
    "chục": 10,
    "một chục": 10,
    "hai chục": 20,
    "3 chục": 30,
    "chục rưỡi": 15,
    "tá": 12,
    "hai tá": 24,
    "nửa tá": 6,
    "ba chục chị em ạ": 30,
    # words that are a number only by themselves
    "17 nam": 17,
    "17 năm": 17,
    "nam 10": 10,
    "mười năm": 10,
    "30 bác Ba dẫn đi": 30,
    # none
    "0": 0,
    "O": 0,
    "không": 0,
    "ko": 0,
    "k": 0,
    "K.": 0,
    "khong co": 0,
    "chưa có": 0,
    "ko có": 0,
    "không có ai": 0,
    "không có ai ạ": 0,
    "k co nguoi nao": 0,
    "không phát sinh": 0,
    "khong co nam": 0,
    "hông": 0,
    "hem": 0,
    "dạ chưa ạ": 0,
}

ABOUT = {
    "khoảng 30": 30,
    "tầm 30": 30,
    "tam 30 ng": 30,
    "tam hai chuc": 20,
    "gần 30": 30,
    "hơn 30": 30,
    "trên dưới 30": 30,
    "cỡ 30": 30,
    "ngót 30": 30,
    "chừng 30": 30,
    "độ 30": 30,
    "ước 30": 30,
    "~30": 30,
    "30+": 30,
    "30 mấy": 30,
    "ba mươi mấy": 30,
    "30 người gì đó": 30,
    "khoang ba chuc nguoi": 30,
    "chưa đầy 30": 30,
    "có lẽ 30": 30,
}

NOT_INTEGERS = {
    "": Wrong(Trouble.NOTHING),
    "không nhớ": Wrong(Trouble.NOTHING),
    "em ko biết": Wrong(Trouble.NOTHING),
    "không phải 15": Wrong(Trouble.NOTHING),
    "bà": Wrong(Trouble.NOTHING),
    "bác Ba nói rồi": Wrong(Trouble.NOTHING),
    "hai bên thống nhất": Wrong(Trouble.NOTHING),
    "cong ty": Wrong(Trouble.NOTHING),
    "bây giờ": Wrong(Trouble.NOTHING),
    "vài": Wrong(Trouble.VAGUE),
    "vài người": Wrong(Trouble.VAGUE),
    "vài chục": Wrong(Trouble.VAGUE),
    "mấy": Wrong(Trouble.VAGUE),
    "mấy trăm": Wrong(Trouble.VAGUE),
    "dăm": Wrong(Trouble.VAGUE),
    "dăm bảy": Wrong(Trouble.VAGUE),
    "một số": Wrong(Trouble.VAGUE),
    "quá nửa": Wrong(Trouble.VAGUE),
    "đông lắm": Wrong(Trouble.VAGUE),
    "dong lam": Wrong(Trouble.VAGUE),
    "1,5": Wrong(Trouble.DECIMAL, "1,5"),
    "1.5": Wrong(Trouble.DECIMAL, "1.5"),
    "2.50": Wrong(Trouble.DECIMAL, "2.50"),
    "0,500": Wrong(Trouble.DECIMAL, "0,500"),
    "hai rưỡi": Wrong(Trouble.DECIMAL, "hai rưỡi"),
    "-3": Wrong(Trouble.NEGATIVE, "-3"),
    "âm ba": Wrong(Trouble.NEGATIVE, "âm ba"),
    "trừ 3": Wrong(Trouble.NEGATIVE, "trừ 3"),
    "10 nam 7 nữ": Wrong(Trouble.SEVERAL, "10, 7"),
    "5 nam 5 nữ": Wrong(Trouble.SEVERAL, "5, 5"),
    "12 và 5": Wrong(Trouble.SEVERAL, "12, 5"),
    "12+5": Wrong(Trouble.SEVERAL, "12, 5"),
    "5-7": Wrong(Trouble.SEVERAL, "5, 7"),
    "50/45": Wrong(Trouble.SEVERAL, "50, 45"),
    "hai ba người": Wrong(Trouble.SEVERAL, "hai ba"),
    "15.11.2026": Wrong(Trouble.SEVERAL, "15.11.2026"),
    "1.000.000.000.001": Wrong(Trouble.TOO_BIG, "1.000.000.000.001"),
}

MONEY = {
    "500k": 500_000,
    "500 k": 500_000,
    "5OOk": 500_000,
    "500 nghìn": 500_000,
    "500 ngàn": 500_000,
    "500 ng": 500_000,
    "năm trăm nghìn": 500_000,
    "nam tram ngan dong": 500_000,
    "5 trăm": 500_000,
    "năm trăm": 500_000,
    "trăm rưỡi": 150_000,
    "nửa triệu": 500_000,
    "4tr": 4_000_000,
    "4 tr": 4_000_000,
    "4 triệu": 4_000_000,
    "4 củ": 4_000_000,
    "hết 4 triệu đồng ạ": 4_000_000,
    "3tr6": 3_600_000,
    "3,6tr": 3_600_000,
    "3.5tr": 3_500_000,
    "3,5tr": 3_500_000,
    "3 triệu rưỡi": 3_500_000,
    "2 trieu ruoi": 2_500_000,
    "2 củ rưỡi": 2_500_000,
    "triệu hai": 1_200_000,
    "1tr200k": 1_200_000,
    "3tr65": 3_650_000,
    "3tr650": 3_650_000,
    "3tr605": 3_605_000,
    "3 triệu 650 nghìn": 3_650_000,
    "ba triệu sáu trăm năm mươi": 3_650_000,
    "12tr05": 12_050_000,
    "37tr5": 37_500_000,
    "480tr": 480_000_000,
    "1 tỷ 3": 1_300_000_000,
    "1,3 tỷ": 1_300_000_000,
    "1ty3": 1_300_000_000,
    "1 tỷ rưỡi": 1_500_000_000,
    "1 tỉ 300 triệu": 1_300_000_000,
    "nghìn tỷ": 10**12,
    "5.400.000": 5_400_000,
    "5,400,000": 5_400_000,
    "3.600.000đ": 3_600_000,
    "3600000 vnd": 3_600_000,
    "1.500k": 1_500_000,
    "500đ": 500,
    "500 đồng": 500,
    "0": 0,
    "không": 0,
    "k": 0,
}

NOT_PLAIN_MONEY = {
    "500": Doubt(500_000, Doubting.THOUSANDS),
    "tầm 500": Doubt(500_000, Doubting.THOUSANDS),
    "17 đồng chí": Doubt(17_000, Doubting.THOUSANDS),
    "năm chục": Doubt(50_000, Doubting.THOUSANDS),
    "khoảng 5 triệu": Doubt(5_000_000, Doubting.APPROXIMATE),
    "hơn trăm rưỡi": Doubt(150_000, Doubting.APPROXIMATE),
    "-5tr": Wrong(Trouble.NEGATIVE, "-5tr"),
    "trừ 5 triệu": Wrong(Trouble.NEGATIVE, "trừ 5 triệu"),
    "3,6": Wrong(Trouble.DECIMAL, "3,6"),
    "3 rưỡi": Wrong(Trouble.DECIMAL, "3 rưỡi"),
    "vài triệu": Wrong(Trouble.VAGUE),
    "chưa rõ": Wrong(Trouble.NOTHING),
    "500k x 15 suất": Wrong(Trouble.SEVERAL, "500k, 15"),
    "2 triệu 3 người": Wrong(Trouble.SEVERAL, "2 triệu, 3"),
    "500k/suất": Wrong(Trouble.UNCLEAR, "500k/suất"),
    "mỗi người 500k": Wrong(Trouble.UNCLEAR, "mỗi người 500k"),
    "5 nghìn tỷ": Wrong(Trouble.TOO_BIG, "5 nghìn tỷ"),
}

# Without its marks "mười năm" is "mười lăm" to most, "cỡ" is "có", and "bà" is "ba".
ONLY_WITH_MARKS = {"mười năm", "cỡ 30", "bà"}


@pytest.mark.parametrize(("text", "number"), INTEGERS.items())
def test_integer(text: str, number: int) -> None:
    """A number is read as it is meant."""
    assert read_integer(text) == Value(number)


@pytest.mark.parametrize(("text", "number"), ABOUT.items())
def test_about(text: str, number: int) -> None:
    """A rough number is kept to be confirmed."""
    assert read_integer(text) == Doubt(number, Doubting.APPROXIMATE)


@pytest.mark.parametrize(("text", "wrong"), NOT_INTEGERS.items())
def test_no_integer(text: str, wrong: Wrong) -> None:
    """What is not one whole number says what it is instead."""
    assert read_integer(text) == wrong


@pytest.mark.parametrize(("text", "amount"), MONEY.items())
def test_money(text: str, amount: int) -> None:
    """A sum is read in đồng."""
    assert read_money(text) == Value(amount)


@pytest.mark.parametrize(("text", "reading"), NOT_PLAIN_MONEY.items())
def test_no_plain_money(text: str, reading: object) -> None:
    """A sum in doubt is asked about, another refused with its reason."""
    assert read_money(text) == reading


@pytest.mark.parametrize("text", sorted({*INTEGERS, *ABOUT, *NOT_INTEGERS} - ONLY_WITH_MARKS))
def test_integer_without_marks(text: str) -> None:
    """Typing without diacritics changes no number."""
    bare, marked = read_integer(fold(text)), read_integer(text)
    assert bare == marked or (isinstance(bare, Wrong) and isinstance(marked, Wrong) and bare.why == marked.why)


@pytest.mark.parametrize("text", sorted(MONEY))
def test_money_without_marks(text: str) -> None:
    """Typing without diacritics changes no sum."""
    assert read_money(fold(text)) == read_money(text)


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("45/50", (45, 50)),
        ("45 / 50 người", (45, 50)),
        ("45 trên 50", (45, 50)),
        ("bốn lăm trên tổng số năm mươi", (45, 50)),
        ("50/45", (50, 45)),
        ("45", None),
        ("10 nam 7 nữ", None),
        ("15/11/2026", None),
        ("1,5/2", None),
        ("", None),
    ],
)
def test_ratio(text: str, ratio: tuple[int, int] | None) -> None:
    """So many of so many is read as two numbers, anything else as none."""
    assert read_ratio(text) == ratio


ONES = ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def spell_ones(ten: int, one: int, four: str, five: str) -> str:
    if one == 1 and ten > 1:
        return "mốt"
    if one == 4 and ten > 1:
        return four
    return five if one == 5 and ten else ONES[one]


def spell_tens(number: int, four: str, five: str) -> list[str]:
    ten, one = divmod(number, 10)
    tens = [] if not ten else ["mười"] if ten == 1 else [ONES[ten], "mươi"]
    return [*tens, spell_ones(ten, one, four, five)]


def spell_hundreds(number: int, zero: bool, link: str, four: str, five: str) -> list[str]:
    hundred, rest = divmod(number, 100)
    hundreds = [ONES[hundred], "trăm"] if hundred else ["không", "trăm"] if zero and rest else []
    return [*hundreds, *([link] if hundreds and 0 < rest < 10 else []), *spell_tens(rest, four, five)]


def spell(number: int, *, thousand: str, link: str, four: str, five: str) -> str:
    """Say a number below a million as it is taught at school, with the words that regions differ in."""
    thousands, rest = divmod(number, 1000)
    words = spell_hundreds(thousands, False, link, four, five) if thousands else []
    words += [thousand] if thousands else []
    words += spell_hundreds(rest, bool(thousands), link, four, five)
    return " ".join(word for word in words if word) or "không"


SPELLERS = st.fixed_dictionaries(
    {
        "thousand": st.sampled_from(["nghìn", "ngàn"]),
        "link": st.sampled_from(["linh", "lẻ"]),
        "four": st.sampled_from(["bốn", "tư"]),
        "five": st.sampled_from(["lăm", "nhăm"]),
    }
)


@given(st.integers(0, 999_999), SPELLERS, st.booleans())
def test_every_number_in_words(number: int, speller: dict[str, str], bare: bool) -> None:
    """Every number below a million is read back from its words, with or without marks."""
    words = spell(number, **speller)
    assert read_integer(fold(words) if bare else words) == Value(number)


@given(st.integers(0, LARGEST), st.sampled_from([".", ","]))
def test_every_number_in_digits(number: int, mark: str) -> None:
    """Every number is read back from digits in groups of three, as a count and as money."""
    text = f"{number:,}".replace(",", mark)
    assert read_integer(text) == Value(number)
    assert read_money(text + "đ") == Value(number)


@given(st.integers(1, 999), st.integers(0, 999))
def test_every_million(millions: int, thousands: int) -> None:
    """Every short way of writing millions and thousands means the same sum."""
    amount = Value(millions * 10**6 + thousands * 1000)
    assert read_money(f"{millions}tr{thousands:03}") == amount
    assert read_money(f"{millions} triệu {thousands:03}") == amount
    assert read_money(f"{millions}tr {thousands} nghìn") == amount


SAYINGS = [*INTEGERS, *ABOUT, *NOT_INTEGERS, *MONEY, *NOT_PLAIN_MONEY]
JUMBLES = st.lists(
    st.sampled_from(sorted({word for saying in SAYINGS for word in saying.split()})) | st.text(max_size=3), max_size=8
).map(" ".join)


@given(st.text() | JUMBLES)
@example("9" * 5000)
@example("nghìn " * 50)
def test_nothing_breaks_the_reader(text: str) -> None:
    """Any text gets a reading, the same however its marks are composed."""
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert read_integer(composed) == read_integer(apart)
    assert read_money(composed) == read_money(apart)
    assert read_ratio(composed) == read_ratio(apart)


@pytest.mark.parametrize("text", ["bc tháng 12", "báo cáo quý 1", "tháng 11/2026", "ngày 9/11", "kỳ 11", "thg 3"])
def test_what_names_a_month_or_a_day_is_no_count(text: str) -> None:
    """Somebody who types the period of a report means no number of people."""
    assert read_integer(text) == Wrong(Trouble.NOTHING)


@pytest.mark.parametrize("text", ["đối thoại 9/11", "doi thoai 9/11 a", "họp 9/11", "bc 1/12", "ký thỏa ước 20/11"])
def test_a_day_behind_other_words_is_no_count(text: str) -> None:
    """What could be nine of eleven, or the ninth of November, is asked again."""
    assert read_integer(text) == Wrong(Trouble.UNCLEAR)


@pytest.mark.parametrize(
    ("text", "count"),
    [("9/11", 9), ("có 9/11 ạ", 9), ("9/11 người", 9), ("đối thoại 9/11 người", 9), ("đối thoại 45/50", 45)],
)
def test_so_many_of_so_many_stay_a_count(text: str, count: int) -> None:
    """Alone, in front of a unit, or where no calendar has such a day."""
    assert read_integer(text) == Value(count)


COUNTED_THINGS = ["băng rôn", "pa nô", "tờ rơi", "bài", "tin", "buổi", "cuộc họp", "lớp", "vụ", "cuốn", "km"]


@given(st.integers(0, 500), st.sampled_from(COUNTED_THINGS), st.booleans(), st.sampled_from(["", "dạ ", "có "]))
def test_things_are_no_people(number: int, thing: str, marks: bool, before: str) -> None:
    """Whatever the number, with marks or without: where people are counted, so many things are refused by name."""
    named = f"{number} {thing if marks else fold(thing)}"
    read = read_integer(before + named, of_people=True)
    assert isinstance(read, Wrong)
    assert (read.why, named.startswith(read.detail)) == (Trouble.OTHER, True)
    assert read_integer(before + named) == Value(number)


@pytest.mark.parametrize(
    ("text", "count"),
    [("1 buổi 30 người", 30), ("30 người, 2 cuộc", 30), ("3 suất", 3), ("5 anh", 5), ("12 bạn", 12), ("7 hộ", 7)],
)
def test_people_are_counted_beside_things(text: str, count: int) -> None:
    """The number that counts people is taken, and what people get one each of counts as them."""
    assert read_integer(text, of_people=True) == Value(count)


@pytest.mark.parametrize(
    ("text", "count"),
    [("12 người", 12), ("mười hai", 12), ("12.", 12), ("bc 12", 12), ("6 tháng", 6), ("tháng 11 có 12 người", 12)],
)
def test_a_count_stays_one_beside_such_words(text: str, count: int) -> None:
    """A unit behind the number, a sentence around it, a month in front of another number."""
    assert read_integer(text) == Value(count)


@pytest.mark.parametrize(
    ("text", "more"), [("tổng hợp 10", True), ("lich 2", True), ("dạ 17 đ/c", False), ("5", False)]
)
def test_more_than_a_number_is_noticed(text: str, more: bool) -> None:
    """Words that nobody counts with may mean something else altogether."""
    assert says_more(text) is more
