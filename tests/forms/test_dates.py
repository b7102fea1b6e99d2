"""The reader of days, moments and months, row by row as people type on Sunday 22/11/2026, then for every day."""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lunar_vn import solar_to_lunar

from bot.forms.dates import When, read_date, read_datetime, read_month
from bot.forms.fold import fold
from bot.forms.readings import Trouble, Value, Wrong

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

PAST = {
    # from today
    "hôm nay": "2026-11-22",
    "hnay": "2026-11-22",
    "nay": "2026-11-22",
    "sáng nay": "2026-11-22",
    "bây giờ": "2026-11-22",
    "vừa xong": "2026-11-22",
    "hôm qua": "2026-11-21",
    "hqua": "2026-11-21",
    "chiều qua": "2026-11-21",
    "tối qua": "2026-11-21",
    "đêm qua": "2026-11-21",
    "hôm qua 21/11": "2026-11-21",
    "hôm kia": "2026-11-20",
    "hôm kìa": "2026-11-19",
    "3 hôm trước": "2026-11-19",
    "ba hôm trước": "2026-11-19",
    "cách đây 3 ngày": "2026-11-19",
    # days of the week
    "thứ 6": "2026-11-20",
    "thứ sáu": "2026-11-20",
    "t6": "2026-11-20",
    "thứ 6 vừa rồi": "2026-11-20",
    "thứ 6 tuần này": "2026-11-20",
    "thứ 6 tuần trước": "2026-11-13",
    "tuần trước, thứ 6": "2026-11-13",
    "thứ năm": "2026-11-19",
    "thứ tư": "2026-11-18",
    "chủ nhật": "2026-11-22",
    "cn": "2026-11-22",
    "chủ nhật vừa rồi": "2026-11-15",
    "CN tuần trước": "2026-11-15",
    "thứ 6 ngày 6/11": "2026-11-06",
    # day and month
    "15/11": "2026-11-15",
    "15.11": "2026-11-15",
    "15-11": "2026-11-15",
    "15 - 11": "2026-11-15",
    "15 /11": "2026-11-15",
    "15//11": "2026-11-15",
    "15.11.": "2026-11-15",
    "l5/11": "2026-11-15",
    "ngay15/11": "2026-11-15",
    "15 11": "2026-11-15",
    "15 thang 11": "2026-11-15",
    "15t11": "2026-11-15",
    "tháng 11 ngày 15": "2026-11-15",
    "mười lăm tháng mười một": "2026-11-15",
    "22/11": "2026-11-22",
    "23/11": "2025-11-23",
    "29/02": "2024-02-29",
    # with the year
    "15/11/26": "2026-11-15",
    "15/11/2026": "2026-11-15",
    "15-11-2026": "2026-11-15",
    "15.11.2026": "2026-11-15",
    "2026-11-15": "2026-11-15",
    "15 tháng 11 năm 2026": "2026-11-15",
    "15/11 năm ngoái": "2025-11-15",
    # the day alone
    "ngày 15": "2026-11-15",
    "15": "2026-11-15",
    "mùng 5": "2026-11-05",
    "mồng 5": "2026-11-05",
    "mùng năm": "2026-11-05",
    "ngày 31": "2026-10-31",
    "15 tháng này": "2026-11-15",
    "ngày 2 tháng trước": "2026-10-02",
    # the lunar calendar
    "10/3 âm": "2026-04-26",
    "mùng 10 tháng 3 âm lịch": "2026-04-26",
    "10/3 âm lịch năm 2025": "2025-04-07",
    "15/8 al": "2026-09-25",
    "rằm tháng 8": "2026-09-25",
    "rằm tháng giêng": "2026-03-03",
    "rằm": "2026-10-24",
    "mùng 4 tết": "2026-02-20",
    "28 tết": "2026-02-15",
    "30 tết": "2026-02-16",
    # sentences
    "hôm 6/11 ạ": "2026-11-06",
    "làm ngày 6/11 rồi": "2026-11-06",
    "chị Mai làm 6/11": "2026-11-06",
    "8h30 sáng 6/11, 30 người": "2026-11-06",
    "8-10h ngày 15/11": "2026-11-15",
    "15/11 - 30 người": "2026-11-15",
    "họp lần thứ 2 ngày 15/11": "2026-11-15",
    "đầu tháng, hôm 3/11": "2026-11-03",
}

FUTURE = {
    "hôm nay": "2026-11-22",
    "mai": "2026-11-23",
    "ngày mai": "2026-11-23",
    "mốt": "2026-11-24",
    "ngày kia": "2026-11-24",
    "3 ngày nữa": "2026-11-25",
    "15/11": "2027-11-15",
    "23/11": "2026-11-23",
    "ngày 15": "2026-12-15",
    "ngày 31": "2026-12-31",
    "29/02": "2028-02-29",
    "thứ 6": "2026-11-27",
    "thứ 6 tới": "2026-11-27",
    "thứ 3 tuần sau": "2026-11-24",
    "chủ nhật": "2026-11-22",
    "15 tháng sau": "2026-12-15",
    "10/3 âm": "2027-04-16",
    "rằm": "2026-11-23",
}

ANY = {"hôm qua": "2026-11-21", "mai": "2026-11-23", "20/11": "2026-11-20", "1/12": "2026-12-01", "1/6": "2026-06-01"}

NO_PAST = {
    "": Wrong(Trouble.NO_DATE),
    "không nhớ": Wrong(Trouble.NO_DATE),
    "17 người": Wrong(Trouble.NO_DATE),
    "31/02": Wrong(Trouble.IMPOSSIBLE, "31/02"),
    "15/13": Wrong(Trouble.IMPOSSIBLE, "15/13"),
    "29/02/2026": Wrong(Trouble.IMPOSSIBLE, "29/02/2026"),
    "ngày 32": Wrong(Trouble.IMPOSSIBLE, "ngày 32"),
    "15/11/2206": Wrong(Trouble.IMPOSSIBLE, "15/11/2206"),
    "mai": Wrong(Trouble.FUTURE, "23/11/2026"),
    "23/11/2026": Wrong(Trouble.FUTURE, "23/11/2026"),
    "thứ 6 tới": Wrong(Trouble.FUTURE, "27/11/2026"),
    "5-7/11": Wrong(Trouble.SEVERAL, "5-7/11"),
    "từ 5 đến 7/11": Wrong(Trouble.SEVERAL, "5 đến 7/11"),
    "5, 6 tháng 11": Wrong(Trouble.SEVERAL, "5, 6 tháng 11"),
    "5/11 và 7/11": Wrong(Trouble.SEVERAL, "5/11, 7/11"),
    "hôm qua 20/11": Wrong(Trouble.SEVERAL, "hôm qua, 20/11"),
    "thứ 5 ngày 6/11": Wrong(Trouble.SEVERAL, "thứ 5, 6/11"),
    "đầu tháng": Wrong(Trouble.UNCLEAR, "đầu tháng"),
    "giữa tháng": Wrong(Trouble.UNCLEAR, "giữa tháng"),
    "cuối tháng": Wrong(Trouble.UNCLEAR, "cuối tháng"),
    "tuần trước": Wrong(Trouble.UNCLEAR, "tuần trước"),
    "2 tuần trước": Wrong(Trouble.UNCLEAR, "2 tuần trước"),
    "mấy hôm trước": Wrong(Trouble.UNCLEAR, "mấy hôm"),
    "thứ 6 đầu tháng": Wrong(Trouble.UNCLEAR, "đầu tháng"),
    "tháng 11": Wrong(Trouble.UNCLEAR, "tháng 11"),
    "11/2026": Wrong(Trouble.UNCLEAR, "11/2026"),
}

MOMENTS = {
    "8h30 hôm qua": "2026-11-21T08:30",
    "7 giờ tối 15/11": "2026-11-15T19:00",
    "tối 15/11 lúc 7h": "2026-11-15T19:00",
    "15/11 14:05": "2026-11-15T14:05",
    "sáng nay lúc 9h": "2026-11-22T09:00",
    "8 giờ 15 phút 15/11": "2026-11-15T08:15",
    "8h 15/11": "2026-11-15T08:00",
    "8g30 thứ 6": "2026-11-20T08:30",
    "9h kém 15 sáng nay": "2026-11-22T08:45",
    "bảy rưỡi tối qua": "2026-11-21T19:30",
    "tám giờ sáng nay": "2026-11-22T08:00",
    "3h chiều thứ 6": "2026-11-20T15:00",
    "12h trưa hôm qua": "2026-11-21T12:00",
    "đêm qua lúc 11h": "2026-11-21T23:00",
    "2h đêm qua": "2026-11-22T02:00",
    "12h đêm qua": "2026-11-22T00:00",
    "tôi báo lúc 8h hôm qua": "2026-11-21T08:00",
    "8h30": "2026-11-22T08:30",
    "20h": "2026-11-21T20:00",
    "bây giờ": "2026-11-22T15:00",
    "vừa xong": "2026-11-22T15:00",
    "15 phút trước": "2026-11-22T14:45",
    "cách đây 2 tiếng": "2026-11-22T13:00",
}

NO_MOMENT = {
    "": Wrong(Trouble.NO_DATE),
    "hôm qua": Wrong(Trouble.UNCLEAR, "hôm qua"),
    "15/11": Wrong(Trouble.UNCLEAR, "15/11"),
    "25h hôm qua": Wrong(Trouble.UNCLEAR, "hôm qua"),
    "8h tuần trước": Wrong(Trouble.UNCLEAR, "tuần trước"),
    "8h ngày 31/02": Wrong(Trouble.IMPOSSIBLE, "31/02"),
    "8h đến 10h hôm qua": Wrong(Trouble.SEVERAL, "8h, 10h"),
    "20h hôm nay": Wrong(Trouble.FUTURE, "22/11/2026 20:00"),
}

MONTHS = {
    "tháng 11": (2026, 11),
    "t11": (2026, 11),
    "th11": (2026, 11),
    "11": (2026, 11),
    "11/2026": (2026, 11),
    "11/26": (2026, 11),
    "2026-11": (2026, 11),
    "tháng 11/2026": (2026, 11),
    "thang 11 nam 2026": (2026, 11),
    "tháng mười một": (2026, 11),
    "tháng này": (2026, 11),
    "tháng trước": (2026, 10),
    "tháng mười": (2026, 10),
    "tháng 10 không phát sinh": (2026, 10),
    "tháng 12": (2025, 12),
    "tháng tư năm ngoái": (2025, 4),
    "15/10/2026": (2026, 10),
}

NO_MONTH = {
    "": Wrong(Trouble.NO_DATE),
    "không nhớ": Wrong(Trouble.NO_DATE),
    "13/2026": Wrong(Trouble.IMPOSSIBLE, "13/2026"),
    "t13": Wrong(Trouble.IMPOSSIBLE, "t13"),
    "tháng 9 và tháng 10": Wrong(Trouble.SEVERAL, "tháng 9, tháng 10"),
}

# Without their marks: "hôm kìa" is "hôm kia", "tôi" is "tối", "mốt" is "một".
ONLY_WITH_MARKS = {"hôm kìa", "tôi báo lúc 8h hôm qua", "mốt"}


@pytest.mark.parametrize(("text", "day"), PAST.items())
def test_day_done(text: str, day: str) -> None:
    """What was done was done on the latest such day."""
    assert read_date(text, TODAY, When.PAST) == Value(date.fromisoformat(day))


@pytest.mark.parametrize(("text", "day"), FUTURE.items())
def test_day_planned(text: str, day: str) -> None:
    """What is planned is for the next such day."""
    assert read_date(text, TODAY, When.FUTURE) == Value(date.fromisoformat(day))


@pytest.mark.parametrize(("text", "day"), ANY.items())
def test_any_day(text: str, day: str) -> None:
    """Where either side will do, the nearest day is meant."""
    assert read_date(text, TODAY, When.ANY) == Value(date.fromisoformat(day))


@pytest.mark.parametrize(("text", "wrong"), NO_PAST.items())
def test_no_day(text: str, wrong: Wrong) -> None:
    """What is not one day gone by says why."""
    assert read_date(text, TODAY, When.PAST) == wrong


def test_day_gone() -> None:
    """A day gone is no day to plan for."""
    assert read_date("hôm qua", TODAY, When.FUTURE) == Wrong(Trouble.PAST, "21/11/2026")
    assert read_date("15/11/2026", TODAY, When.FUTURE) == Wrong(Trouble.PAST, "15/11/2026")


def test_last_friday_on_a_friday() -> None:
    """On a Friday "thứ 6" is today and "thứ 6 vừa rồi" a week ago."""
    friday = date(2026, 11, 20)
    assert read_date("thứ 6", friday, When.PAST) == Value(friday)
    assert read_date("thứ 6 vừa rồi", friday, When.PAST) == Value(date(2026, 11, 13))


@pytest.mark.parametrize(("text", "moment"), MOMENTS.items())
def test_moment(text: str, moment: str) -> None:
    """A day and an hour make a moment in the zone of now."""
    expected = datetime.fromisoformat(moment).replace(tzinfo=NOW.tzinfo)
    reading = read_datetime(text, NOW, When.PAST)
    assert reading == Value(expected)
    assert isinstance(reading, Value)
    assert reading.value.tzinfo is NOW.tzinfo


@pytest.mark.parametrize(("text", "wrong"), NO_MOMENT.items())
def test_no_moment(text: str, wrong: Wrong) -> None:
    """What is not one moment gone by says why."""
    assert read_datetime(text, NOW, When.PAST) == wrong


def test_moment_planned() -> None:
    """An hour alone is the next one where something is planned."""
    assert read_datetime("8h30", NOW, When.FUTURE) == Value(datetime(2026, 11, 23, 8, 30, tzinfo=NOW.tzinfo))
    assert read_datetime("20h", NOW, When.FUTURE) == Value(datetime(2026, 11, 22, 20, 0, tzinfo=NOW.tzinfo))
    assert read_datetime("9h sáng nay", NOW, When.FUTURE) == Wrong(Trouble.PAST, "22/11/2026 09:00")


@pytest.mark.parametrize(("text", "month"), MONTHS.items())
def test_month(text: str, month: tuple[int, int]) -> None:
    """A month without its year is the latest one begun."""
    assert read_month(text, TODAY) == Value(month)


@pytest.mark.parametrize(("text", "wrong"), NO_MONTH.items())
def test_no_month(text: str, wrong: Wrong) -> None:
    """What is not one month says why."""
    assert read_month(text, TODAY) == wrong


@pytest.mark.parametrize("text", sorted({*PAST, *MOMENTS, *MONTHS} - ONLY_WITH_MARKS))
def test_without_marks(text: str) -> None:
    """Typing without diacritics changes no day, moment or month."""
    assert read_date(fold(text), TODAY, When.PAST) == read_date(text, TODAY, When.PAST) or text not in PAST
    assert read_datetime(fold(text), NOW, When.PAST) == read_datetime(text, NOW, When.PAST) or text not in MOMENTS
    assert read_month(fold(text), TODAY) == read_month(text, TODAY) or text not in MONTHS


@pytest.mark.parametrize(
    ("year", "tet"),
    [
        (2024, "2024-02-10"),
        (2025, "2025-01-29"),
        (2026, "2026-02-17"),
        (2027, "2027-02-06"),
        (2028, "2028-01-26"),
        (2029, "2029-02-13"),
        (2030, "2030-02-02"),
    ],
)
def test_new_year(year: int, tet: str) -> None:
    """The lunar New Year falls as it is reckoned in Việt Nam."""
    assert read_date(f"1/1/{year} âm", TODAY, When.ANY) == Value(date.fromisoformat(tet))


def test_thirtieth_of_a_short_month() -> None:
    """The last lunar month of 2025 has no 30th, its 30 Tết is the 29th."""
    assert read_date("30/12/2025 âm", TODAY, When.ANY) == Wrong(Trouble.IMPOSSIBLE, "30/12/2025")
    assert read_date("30 tết", TODAY, When.PAST) == read_date("29/12/2025 âm", TODAY, When.PAST)


def lunar(day: date) -> str:
    """The lunar date with its year; a leap month, which nobody can type, as the solar date."""
    found = solar_to_lunar(day)
    return f"{day:%d/%m/%Y}" if found.leap else f"{found.day}/{found.month}/{found.year} âm lịch"


WEEKDAYS = ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"]
FORMATS: dict[str, Callable[[date], str]] = {
    "15/11": lambda day: f"{day.day}/{day.month}",
    "05/01": lambda day: f"{day:%d/%m}",
    "15.11": lambda day: f"{day.day}.{day.month}",
    "15-11": lambda day: f"{day.day}-{day.month}",
    "15 / 11": lambda day: f"{day.day} / {day.month}",
    "15/11/2026": lambda day: f"{day:%d/%m/%Y}",
    "15/11/26": lambda day: f"{day:%d/%m/%y}",
    "15.11.26": lambda day: f"{day:%d.%m.%y}",
    "15-11-2026": lambda day: f"{day:%d-%m-%Y}",
    "15-11-26": lambda day: f"{day:%d-%m-%y}",
    "2026-11-15": lambda day: f"{day}",
    "15 tháng 11": lambda day: f"{day.day} tháng {day.month}",
    "15 thang 11 nam 2026": lambda day: f"{day.day} thang {day.month} nam {day.year}",
    "15t11": lambda day: f"{day.day}t{day.month}",
    "hôm 15/11 ạ": lambda day: f"hôm {day.day}/{day.month} ạ",
    "thứ sáu ngày 15/11": lambda day: f"{WEEKDAYS[day.weekday()]} ngày {day.day}/{day.month}",
    "10/3/2026 âm lịch": lunar,
}


@pytest.mark.parametrize("form", FORMATS)
@given(today=st.dates(date(2024, 1, 1), date(2035, 12, 31)), ago=st.integers(0, 364))
def test_every_day(form: str, today: date, ago: int) -> None:
    """Every day of the last year is read back from every way to write it."""
    day = today - timedelta(ago)
    assert read_date(FORMATS[form](day), today, When.PAST) == Value(day)


@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)), st.integers(0, 6), st.sampled_from(list(When)))
def test_every_weekday(today: date, weekday: int, when: When) -> None:
    """A weekday alone is the nearest on the side that is asked for, today included."""
    reading = read_date(WEEKDAYS[weekday], today, when)
    assert isinstance(reading, Value)
    assert reading.value.weekday() == weekday
    days = (reading.value - today).days
    assert days in {When.PAST: range(-6, 1), When.FUTURE: range(7), When.ANY: range(-3, 4)}[when]


@given(st.integers(0, 500_000), st.sampled_from(["{0:%H:%M}", "{0.hour}h{0:%M}"]))
def test_every_moment(minutes: int, clock: str) -> None:
    """Every moment is read back to the minute, whichever of day and hour comes first."""
    moment = NOW - timedelta(minutes=minutes)
    for text in (f"{clock} {{0:%d/%m/%Y}}", f"{{0:%d/%m/%Y}} lúc {clock}"):
        assert read_datetime(text.format(moment), NOW, When.PAST) == Value(moment)


SAYINGS = [*PAST, *FUTURE, *NO_PAST, *MOMENTS, *NO_MOMENT, *MONTHS]
JUMBLES = st.lists(
    st.sampled_from(sorted({word for saying in SAYINGS for word in saying.split()})) | st.text(max_size=3), max_size=8
).map(" ".join)


@given(st.text() | JUMBLES, st.sampled_from(list(When)))
@example("1/" * 2000, When.PAST)
@example("rằm " * 1000, When.ANY)
@example("99999999999999999999 ngày trước", When.PAST)
@example("9999 ngày trước", When.PAST)
def test_nothing_breaks_the_reader(text: str, when: When) -> None:
    """Any text gets a reading, the same however its marks are composed, and on the side that was asked for."""
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    day, moment = read_date(composed, TODAY, when), read_datetime(composed, NOW, when)
    assert day == read_date(apart, TODAY, when)
    assert moment == read_datetime(apart, NOW, when)
    assert read_month(composed, TODAY) == read_month(apart, TODAY)
    assert not isinstance(day, Value) or is_on_side((day.value - TODAY).days, when)
    assert not isinstance(moment, Value) or is_on_side((moment.value - NOW).total_seconds(), when)


def is_on_side(ahead: float, when: When) -> bool:
    return when is When.ANY or ahead == 0 or (ahead > 0) == (when is When.FUTURE)
