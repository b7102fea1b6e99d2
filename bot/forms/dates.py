"""Days, moments and months as people type them: "hôm qua", "15/11", "thứ 6 tuần trước", "10/3 âm", "8h30 tối qua".

The message is walked from left to right. Each recogniser below knows one way of saying a time and gives a mention:
the piece of text with all the days it can mean. Only then does the side that the question asks for (done or
planned) choose among those days, and only mentions that agree make an answer.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, TypeVar

from lunar_vn import LunarDate, lunar_to_solar, solar_to_lunar

from bot.forms.fold import DIGITS, Phrases, Word, listed, lowered, split
from bot.forms.numbers import INTEGER_WORDS, Term, number_at, terms_of
from bot.forms.readings import Reading, Trouble, Value, Wrong

T = TypeVar("T", date, datetime)


class When(enum.StrEnum):
    """The side on which a day said without its year is taken; today is on both."""

    PAST = "past"
    FUTURE = "future"
    ANY = "any"


FIRST_YEAR: Final = 1901
LAST_YEAR: Final = 2099
_LEAP_GAP: Final = 8  # 29/02 may be eight years away, around 1900 and 2100
_MONTHS_AROUND: Final = range(-3, 4)  # a 31st is never further than two months away
_LONGEST_AGO: Final = 400  # days; beyond that nobody counts
_LONGEST_PIECE: Final = 40
_TWO_MOONS: Final = 62  # days
_MOST_MENTIONS: Final = 12  # more is no answer to a question, and not worth the time


def read_date(text: str, today: date, when: When) -> Reading[date]:
    """Read a day, e.g. on 22/11/2026 "thứ 6 vừa rồi" -> Value(20/11/2026), "31/02" -> Wrong(IMPOSSIBLE, "31/02")."""
    page = _Page.of(text, today)
    return _day(page.mentions() or _bare_numbers(page), today, when)


def read_datetime(text: str, now: datetime, when: When) -> Reading[datetime]:
    """Read a moment in the zone of now, e.g. "7 giờ tối 15/11" -> Value(2026-11-15 19:00); a day alone is UNCLEAR."""
    page = _Page.of(text, now.date())
    mentions = page.mentions()
    clocks = [mention for mention in mentions if isinstance(mention, _Clock)]
    if not clocks:
        return _without_clock(mentions, now, when)
    minutes = {_minutes(page, clock) for clock in clocks}
    if len(minutes) > 1:
        return Wrong(Trouble.SEVERAL, _pieces(clocks))
    return _moment(_day(mentions, now.date(), when), timedelta(minutes=minutes.pop()), now, when)


def read_month(text: str, today: date) -> Reading[tuple[int, int]]:
    """Read a month, without its year the latest one begun, e.g. "t10" -> Value((2026, 10)); 13/2026 is IMPOSSIBLE."""
    said = _months(_Page.of(text, today))
    if not said:
        return Wrong(Trouble.NO_DATE)
    settled = {_settled(month, today) for _, month in said}
    if len(settled) > 1:
        return Wrong(Trouble.SEVERAL, ", ".join([piece for piece, _ in said][:3]))
    month = settled.pop()
    return Value(month) if month else Wrong(Trouble.IMPOSSIBLE, said[0][0])


# ---- what can be mentioned ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Day:
    """A day, or all the days it can be; none if no calendar has it."""

    piece: str
    dates: tuple[date, ...]


class _Weekday(_Day):
    """A day of the week, alone or beside a date that it must agree with."""

    __slots__ = ()


class _Hint(_Day):
    """A day in a word that is also a name or means much else ("mai", "nay"), for want of anything better."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Ago(_Day):
    """A moment counted from now: "vừa xong", "2 tiếng trước"."""

    ago: timedelta


@dataclass(frozen=True, slots=True)
class _Loose:
    """A time too loosely said: "đầu tháng"."""

    piece: str


@dataclass(frozen=True, slots=True)
class _Span:
    """More days than one: "5-7/11"."""

    piece: str


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of day: "8h30", "7 giờ tối"; part is sáng, tối… if it was said right behind."""

    piece: str
    minutes: int
    part: str | None


_Mention = _Day | _Loose | _Span | _Clock
_Found = tuple[_Mention, int]  # and the place after it


@dataclass(frozen=True, slots=True)
class _Month:
    """A month as said; without its year it can be of any year."""

    month: int
    year: int | None = None
    lunar: bool = False


# ---- words -------------------------------------------------------------------------------------------------------

_TODAY = (
    "hôm nay, hnay, hum nay, hqua nay, bữa nay, sáng nay, trưa nay, chiều nay, tối nay, đêm nay, hồi sáng, hồi trưa"
)
_YESTERDAY = (
    "hôm qua, hqua, hum qua, bữa qua, sáng qua, trưa qua, chiều qua, tối qua, đêm qua, sáng hôm qua, chiều hôm qua,"
    "tối hôm qua, đêm hôm qua, ngày hôm qua, ngày qua"
)


def _each(words: str, meaning: int) -> dict[str, int]:
    """One meaning for several phrases."""
    return {phrase.strip(): meaning for phrase in words.split(",")}


_SHIFTS: Final = Phrases(
    {
        **_each(_TODAY + ", ngày hôm nay, hôm nay", 0),
        **_each(_YESTERDAY, -1),
        **_each("hôm kia, hkia, bữa kia, hum kia, sáng hôm kia, chiều hôm kia, tối hôm kia", -2),
        **_each("hôm kìa, bữa kìa, hôm kĩa", -3),
        **_each("ngày mai, sáng mai, trưa mai, chiều mai, tối mai, hôm mai, bữa mai", 1),
        **_each("ngày kia, ngày mốt, bữa mốt, sáng mốt, chiều mốt", 2),
        **_each("ngày kìa", 3),
    }
)
_HINTS: Final = Phrases({"nay": 0, "mai": 1, "mốt": 2})
_JUST_NOW = "bây giờ, ngay bây giờ, bh, lúc này, ngay lúc này, hiện tại, vừa xong, mới xong, vừa mới xong, vừa mới"
_NOW: Final = Phrases(
    {
        **dict.fromkeys(_JUST_NOW.split(", "), timedelta(0)),
        **dict.fromkeys(("nửa tiếng trước", "nửa giờ trước", "cách đây nửa tiếng"), timedelta(minutes=30)),
    }
)
_LAST_NIGHT: Final = listed("đêm qua, đêm hôm qua, khuya qua, khuya hôm qua")

_LOOSE: Final = listed(
    "đầu tháng, giữa tháng, cuối tháng, đầu tuần, giữa tuần, cuối tuần, đầu năm, cuối năm, giữa năm, tháng trước,"
    "tháng này, tháng rồi, tháng sau, tháng tới, tháng vừa rồi, tháng vừa qua, năm nay, năm ngoái, năm trước, năm sau,"
    "hôm trước, hôm nọ, hôm rồi, hôm vừa rồi, bữa trước, bữa nọ, bữa rồi, bữa hổm, hôm bữa, dạo trước, dạo này,"
    "đợt trước, vài hôm, mấy hôm, vài ngày, mấy ngày, vài bữa, mấy bữa, ít hôm, ít ngày, mới đây, gần đây, vừa rồi,"
    "vừa qua, hồi nãy, lúc nãy, ban nãy, đến nay, lâu nay, lâu rồi, mai mốt, hôm nào, trong tuần, trong tháng"
)

_WEEKDAY_NAMES = (
    "thứ hai, thứ 2, t2",
    "thứ ba, thứ 3, t3",
    "thứ tư, thứ 4, t4",
    "thứ năm, thứ 5, t5",
    "thứ sáu, thứ 6, t6",
    "thứ bảy, thứ bẩy, thứ 7, t7",
    "chủ nhật, chúa nhật, cn",
)
_WEEKDAYS: Final = Phrases({name: day for day, names in enumerate(_WEEKDAY_NAMES) for name in _each(names, day)})
_WEEKS: Final = Phrases(
    {
        **_each("tuần trước nữa, tuần kia", -2),
        **_each("tuần trước, tuần rồi, tuần qua, tuần vừa rồi, tuần vừa qua", -1),
        **_each("tuần này, tuần nay", 0),
        **_each("tuần sau, tuần tới", 1),
    }
)
_WHICH: Final = Phrases({**_each("vừa rồi, vừa qua, rồi, trước, qua", -1), **_each("tới, sau, sắp tới", 1), "này": 0})

_DAY_WORDS: Final = listed("ngày, hôm, bữa, mùng, mồng, ngày mùng, ngày mồng, hôm mùng, hôm mồng, hôm ngày, hum")
_MONTH_WORDS: Final = listed("tháng, thg, th, tg")
_MONTH_SHIFTS: Final = Phrases(
    {
        **_each("này, nay", 0),
        **_each("trước, rồi, qua, vừa rồi, vừa qua", -1),
        **_each("sau, tới", 1),
    }
)
_LUNAR_MONTHS: Final = Phrases({"giêng": 1, "chạp": 12})
_YEAR_SHIFTS: Final = Phrases({"năm nay": 0, "năm ngoái": -1, "năm trước": -1, "năm sau": 1, "năm tới": 1})
_LUNAR: Final = listed("âm lịch, âm, al")
_FULL_MOON: Final = listed("rằm")
_BEFORE: Final = listed("trước, trc")
_AHEAD: Final = listed("nữa, sau")
_JOINS: Final = Phrases(dict.fromkeys(("đến", "tới", "và", "&", "+", "-", "–", ","), True))
_AWAY: Final = listed("cách đây, cách nay, trước đây")
_ONE_DAY: Final = timedelta(1)
_UNITS: Final[Phrases[timedelta | None]] = Phrases(
    {
        **dict.fromkeys(("ngày", "hôm", "bữa"), _ONE_DAY),
        **dict.fromkeys(("phút", "p"), timedelta(minutes=1)),
        **dict.fromkeys(("tiếng", "giờ", "h", "tiếng đồng hồ"), timedelta(hours=1)),
        **dict.fromkeys(("tuần", "tháng", "năm"), None),  # nobody counts these to the day
    }
)
_SEPARATORS: Final = {"/": "/", "-": "-", "–": "-", "−": "-", ".": "."}

_HOURS: Final = listed("h, g, giờ")
_MINUTES: Final = listed("phút, p, ph, '")
_PARTS: Final = Phrases({part: part for part in ("sáng", "trưa", "chiều", "tối", "đêm")} | {"khuya": "đêm"})
_AFTERNOON: Final = {  # the hours to which a part of the day adds twelve
    "trưa": range(1, 4),
    "chiều": range(1, 12),
    "tối": range(4, 13),
    "đêm": range(6, 13),
}
_POLITE: Final = listed("dạ, vâng, ạ, à, em, anh, chị, nhé, nha, vào, là, rồi, r, làm, lúc, họp, xong, tổ chức")


# ---- the message -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Page:
    """The message in words, seen on a certain day."""

    text: str
    words: tuple[Word, ...]
    terms: tuple[Term | None, ...]
    today: date
    lunar: bool

    @classmethod
    def of(cls, text: str, today: date) -> _Page:
        """Split a message; one "âm lịch" anywhere makes its dates lunar."""
        text = lowered(text)
        words = split(text, DIGITS)
        terms = terms_of(words, INTEGER_WORDS)
        numbers = (None if _ends_number(words, terms, at) else term for at, term in enumerate(terms))
        return cls(text, words, tuple(numbers), today, any(map(_LUNAR.get, words)))

    def piece(self, start: int, end: int) -> str:
        """Cut out some words as they were typed."""
        return self.text[self.words[start].start : self.words[end - 1].end][:_LONGEST_PIECE]

    def mentions(self) -> list[_Mention]:
        """Find every time that is mentioned."""
        found: list[_Mention] = []
        at = 0
        while at < len(self.words) and len(found) < _MOST_MENTIONS:
            mention = self.mention(at, _RECOGNISERS)
            if mention:
                found.append(mention[0])
            at = mention[1] if mention else at + 1
        return found

    def mention(self, at: int, recognisers: Iterable[_Recogniser]) -> _Found | None:
        """Recognise what begins here."""
        return next((found for recognise in recognisers if (found := recognise(self, at))), None)

    def says(self, at: int, *words: str) -> bool:
        """Whether this word was typed here, marks aside."""
        return at < len(self.words) and self.words[at].bare in words

    def digits(self, at: int) -> str:
        """Give the digits typed here, "" if it is something else."""
        return self.words[at].text if at < len(self.words) and self.words[at].is_number else ""

    def number(self, at: int) -> tuple[int, int] | None:
        """Read a small number, in digits or words, and the place after it."""
        if digits := self.digits(at):
            return (int(digits), at + 1) if len(digits) <= 4 else None
        number = number_at(self.terms, at)
        return (number.value, number.end) if number and number.in_words and not number.trouble else None

    def separator(self, at: int) -> tuple[str, int] | None:
        """Take "/", "-" or "." (also doubled) before digits; a full stop must touch them."""
        mark = _SEPARATORS.get(self.words[at].text) if at < len(self.words) else None
        end = at + 1
        while mark and self.says(end, self.words[at].text):
            end += 1
        if mark is None or not self.digits(end) or (mark == "." and not self.words[end].glued):
            return None
        return mark, end

    def dates(self, day: int, month: _Month | None) -> tuple[date, ...]:
        """List the days that this day of this month can be."""
        if month is None:
            return _lunar_around(day, self.today) if self.lunar else _solar_around(day, self.today)
        if self.lunar or month.lunar:
            return _lunar_days(day, month.month, _years(month, self.today, 3))
        return _solar_days(day, month.month, _years(month, self.today, _LEAP_GAP))


_Recogniser = Callable[[_Page, int], _Found | None]


def _ends_number(words: Sequence[Word], terms: Sequence[Term | None], at: int) -> bool:
    """Whether a word that could go on a number does not: "rưỡi" of "bảy rưỡi", "năm" of "tháng mười năm nay"."""
    if words[at].bare == "ruoi":
        return True
    if words[at].bare != "nam" or not at or terms[at - 1] is None:
        return False
    year = words[at + 1].text if at + 1 < len(words) else ""
    return _YEAR_SHIFTS.match(words, at) is not None or (year.isdecimal() and len(year) in (2, 4))


# ---- calendars ---------------------------------------------------------------------------------------------------


def _years(month: _Month, today: date, around: int) -> Sequence[int]:
    """The year that was said, or those around today."""
    return [month.year] if month.year is not None else range(today.year - around, today.year + around + 1)


def _solar_days(day: int, month: int, years: Iterable[int]) -> tuple[date, ...]:
    """This day in each of the years that have it."""
    possible = (_solar(year, month, day) for year in years)
    return tuple(found for found in possible if found)


def _solar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _solar_around(day: int, today: date) -> tuple[date, ...]:
    """This day in the months around today."""
    months = (_month_from(today, shift) for shift in _MONTHS_AROUND)
    return tuple(found for month in months if (found := _solar(month[0], month[1], day)))


def _month_from(today: date, shift: int) -> tuple[int, int]:
    """Year and month so many months away."""
    years, month = divmod(today.year * 12 + today.month - 1 + shift, 12)
    return years, month + 1


def _lunar_days(day: int, month: int, years: Iterable[int]) -> tuple[date, ...]:
    """The solar days of this lunar day (of no leap month) in each of the years that have it."""
    possible = (_from_lunar(year, month, day) for year in years)
    return tuple(found for found in possible if found)


def _from_lunar(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR < year < LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= 30:
        return None
    lunar = LunarDate(day, month, year)
    solar = lunar_to_solar(lunar)
    # A 30th of a month of 29 days comes back as the 1st of the next.
    return solar if solar_to_lunar(solar) == lunar else None


@lru_cache(maxsize=32)
def _lunar_around(day: int, today: date) -> tuple[date, ...]:
    """This day in the lunar months around today, leap months too."""
    near = (today + timedelta(days) for days in range(-_TWO_MOONS, _TWO_MOONS + 1))
    return tuple(found for found in near if solar_to_lunar(found).day == day)


def _full_year(digits: str) -> int:
    """Read a year of two or four digits; 0, which no calendar has, for another."""
    if len(digits) == 2:
        return 2000 + int(digits)
    return int(digits) if len(digits) == 4 else 0


# ---- recognisers: days with numbers ------------------------------------------------------------------------------


def _numeric(page: _Page, at: int) -> _Found | None:
    """15/11, 15-11-2026, 15.11.26, 2026-11-15; 11/2026 is a month."""
    second = page.separator(at + 1) if page.digits(at) else None
    if second is None or _HOURS.match(page.words, second[1] + 1):
        return None
    mark, there = second
    first, digits = page.digits(at), page.digits(there)
    if len(first) == 4:
        return _iso(page, at, there)
    if len(digits) == 4 and len(first) <= 2:
        return _Loose(page.piece(at, there + 1)), there + 1
    if len(first) > 2 or len(digits) > 2:
        return None
    return _with_year(page, at, there, mark)


def _iso(page: _Page, at: int, there: int) -> _Found | None:
    """2026-11-15"""
    third = page.separator(there + 1)
    if third is None or len(page.digits(there)) > 2 or len(page.digits(third[1])) > 2:
        return None
    month = _Month(int(page.digits(there)), int(page.digits(at)))
    return _day_of(page, at, third[1] + 1, int(page.digits(third[1])), month)


def _with_year(page: _Page, at: int, there: int, mark: str) -> _Found:
    """Take the year behind day and month: /26, -2026, "năm ngoái"; "/15-17" is a span."""
    day, month = int(page.digits(at)), int(page.digits(there))
    third = page.separator(there + 1)
    if third and _is_year(page, there + 1, third, mark):
        return _day_of(page, at, third[1] + 1, day, _Month(month, _full_year(page.digits(third[1]))))
    if third and _touches(page, there + 1, third[1]) and not _clock(page, third[1]):
        return _Span(page.piece(at, third[1] + 1)), third[1] + 1
    year = _year_at(page, there + 1)
    return _day_of(page, at, year[1] if year else there + 1, day, _Month(month, year[0] if year else None))


def _is_year(page: _Page, at: int, third: tuple[str, int], mark: str) -> bool:
    """Whether the digits behind a second separator are the year: "15/11 - 30 người" has none."""
    if len(page.digits(third[1])) == 4:
        return True
    return third[0] == mark and (mark == "/" or _touches(page, at, third[1])) and not _clock(page, third[1])


def _touches(page: _Page, at: int, end: int) -> bool:
    return page.words[at].glued and page.words[end].glued


def _day_of(page: _Page, start: int, end: int, day: int, month: _Month | None) -> _Found:
    return _Day(page.piece(start, end), page.dates(day, month)), end


def _year_at(page: _Page, at: int) -> tuple[int, int] | None:
    """Take "năm 2026", "/2026", "2026", "năm ngoái" and give the place after it."""
    if lunar := _LUNAR.match(page.words, at):
        at = lunar[1]
    if shift := _YEAR_SHIFTS.match(page.words, at):
        return page.today.year + shift[0], shift[1]
    separator = page.separator(at)
    if page.says(at, "nam") and len(page.digits(at + 1)) in (2, 4):
        return _full_year(page.digits(at + 1)), at + 2
    there = separator[1] if separator else at
    year = _full_year(page.digits(there)) if len(page.digits(there)) == 4 else 0
    return (year, there + 1) if FIRST_YEAR <= year <= LAST_YEAR else None


def _spoken(page: _Page, at: int) -> _Found | None:
    """15 tháng 11 năm 2026, mười lăm tháng này, 15t11; tháng 11 ngày 15; tháng 11 alone is loose."""
    day = page.number(at)
    if day and (month := _month_at(page, day[1])):
        return _day_of_months(page, at, month[1], day[0], month[0])
    month = _month_at(page, at)
    if month is None:
        return None
    there = month[1] + 1 if page.says(month[1], ",") else month[1]
    prefix = _DAY_WORDS.match(page.words, there)
    day = page.number(prefix[1]) if prefix else None
    if day:
        return _day_of_months(page, at, day[1], day[0], month[0])
    return _Loose(page.piece(at, month[1])), month[1]


def _day_of_months(page: _Page, start: int, end: int, day: int, months: Sequence[_Month]) -> _Found:
    dates = tuple(found for month in months for found in page.dates(day, month))
    return _Day(page.piece(start, end), dates), end


def _month_at(page: _Page, at: int) -> tuple[Sequence[_Month], int] | None:
    """Take a month with its year; "thang sau" without marks is June or the next, so both are given."""
    there = _month_word(page, at)
    if there is None:
        return None
    if lunar := _LUNAR_MONTHS.match(page.words, there):
        return [_Month(lunar[0], lunar=True)], lunar[1]
    shift = _MONTH_SHIFTS.match(page.words, there)
    number = page.number(there)
    if shift and not (number and page.words[at].text == "thang"):
        return [_shifted(page, shift[0])], shift[1]
    if number is None:
        return None
    year = _year_at(page, number[1])
    months = [_Month(number[0], year[0] if year else None), *([_shifted(page, shift[0])] if shift else [])]
    return months, year[1] if year else number[1]


def _month_word(page: _Page, at: int) -> int | None:
    """Take "tháng", or the t of t11, and give the place after it."""
    if page.says(at, "t") and page.digits(at + 1) and page.words[at + 1].glued:
        return at + 1
    word = _MONTH_WORDS.match(page.words, at)
    return word[1] if word else None


def _shifted(page: _Page, shift: int) -> _Month:
    year, month = _month_from(page.today, shift)
    return _Month(month, year)


def _span(page: _Page, at: int) -> _Found | None:
    """5-7/11, 5 và 7/11, 5 đến ngày 7/11, 5, 6 tháng 11"""
    join = _JOINS.match(page.words, at + 1) if 0 < int(page.digits(at)[:3] or 0) <= 31 else None
    if join is None:
        return None
    prefix = _DAY_WORDS.match(page.words, join[1])
    there = prefix[1] if prefix else join[1]
    last = page.mention(there, (_numeric, _spoken))
    # 5-7-11 has its year behind the second dash.
    if last is None or not isinstance(last[0], _Day) or not last[0].dates or page.says(there + 1, "-"):
        return None
    return _Span(page.piece(at, last[1])), last[1]


def _named_day(page: _Page, at: int) -> _Found | None:
    """ngày 15, mùng năm, hôm 15; what has more than the day is left to the others."""
    prefix = _DAY_WORDS.match(page.words, at)
    number = page.number(prefix[1]) if prefix else None
    if prefix is None or number is None or page.mention(prefix[1], (_ago, _clock, _span, _numeric, _spoken, _tet)):
        return None
    return _day_of(page, at, number[1], number[0], None)


def _full_moon(page: _Page, at: int) -> _Found | None:
    """rằm, rằm tháng 8: by the lunar calendar"""
    if not _FULL_MOON.match(page.words, at):
        return None
    month = _month_at(page, at + 1)
    if month is None or month[0][0].year:
        return _Day(page.piece(at, at + 1), _lunar_around(15, page.today)), at + 1
    dates = _lunar_days(15, month[0][0].month, _years(month[0][0], page.today, 3))
    return _Day(page.piece(at, month[1]), dates), month[1]


def _tet(page: _Page, at: int) -> _Found | None:
    """mùng 4 tết, 28 tết: days of the lunar New Year; 30 tết is its eve, even where the month has 29 days."""
    number = page.number(at)
    if number is None or not page.says(number[1], "tet"):
        return None
    day, end = number[0], number[1] + 1
    years = range(page.today.year - 2, page.today.year + 3)
    if day == 30:
        dates = tuple(first - timedelta(1) for first in _lunar_days(1, 1, years))
    else:
        dates = _lunar_days(day, 1 if day <= 10 else 12, years)
    return _Day(page.piece(at, end), dates), end


# ---- recognisers: days from today --------------------------------------------------------------------------------


def _ago(page: _Page, at: int) -> _Found | None:
    """3 hôm trước, cách đây 3 ngày, 2 ngày nữa, 2 tiếng trước; weeks and months are loose."""
    prefix = _AWAY.match(page.words, at)
    number = page.number(prefix[1] if prefix else at)
    unit = _UNITS.match(page.words, number[1]) if number else None
    if number is None or unit is None:
        return None
    before, ahead = _BEFORE.match(page.words, unit[1]), _AHEAD.match(page.words, unit[1])
    if not (prefix or before or ahead) or (not prefix and _is_day_of_month(page, at, number)):
        return None
    end = max(found[1] for found in (unit, before, ahead) if found)
    return _counted(page, page.piece(at, end), -number[0] if ahead else number[0], unit[0]), end


def _is_day_of_month(page: _Page, at: int, number: tuple[int, int]) -> bool:
    """Whether "15 tháng trước" is the 15th of last month, as behind "ngày" or above twelve, and not 15 months ago."""
    named = at > 0 and _DAY_WORDS.get(page.words[at - 1]) is not None
    return _MONTH_WORDS.match(page.words, number[1]) is not None and (named or number[0] > 12)


def _counted(page: _Page, piece: str, count: int, unit: timedelta | None) -> _Mention:
    """So many units ago (or ahead, if negative)."""
    if unit is None or abs(count) > _LONGEST_AGO:
        return _Loose(piece)
    if unit < _ONE_DAY:
        return _Ago(piece, (page.today,), unit * count)
    return _Day(piece, (page.today - unit * count,))


def _weekday(page: _Page, at: int) -> _Found | None:
    """thứ 6, cn, t6 vừa rồi, thứ sáu tuần trước; not "lần thứ 2", "30 cn", t2/2026"""
    found = _WEEKDAYS.match(page.words, at)
    if found is None or page.says(found[1], "/") or (at and _is_counted(page, at)):
        return None
    day, end = found
    week = _WEEKS.match(page.words, end)
    if week:
        return _Day(page.piece(at, week[1]), (_in_week(page.today, week[0], day),)), week[1]
    near = [page.today + timedelta(days) for days in range(-7, 8)]
    which = _WHICH.match(page.words, end)
    if which:
        side = _beside(page.today, day, which[0])
        return _Day(page.piece(at, which[1]), (side,)), which[1]
    return _Weekday(page.piece(at, end), tuple(it for it in near if it.weekday() == day)), end


def _is_counted(page: _Page, at: int) -> bool:
    """Whether it is no day: the "thứ 2" of "lần thứ 2", the "cn" (công nhân) of "30 cn"."""
    return page.says(at - 1, "lan") or (page.says(at, "cn") and bool(page.digits(at - 1)))


def _in_week(today: date, shift: int, day: int) -> date:
    """A day of the week so many weeks away; weeks begin on Monday."""
    return today + timedelta(7 * shift + day - today.weekday())


def _beside(today: date, day: int, side: int) -> date:
    """The last such weekday before today, the next after it, or (side 0) this week's."""
    if side == 0:
        return _in_week(today, 0, day)
    return today + timedelta(side * ((side * (day - today.weekday()) - 1) % 7 + 1))


def _week(page: _Page, at: int) -> _Found | None:
    """tuần trước, thứ 6; a week alone is loose"""
    week = _WEEKS.match(page.words, at)
    if week is None:
        return None
    there = week[1] + 1 if page.says(week[1], ",", "vao", "hom") else week[1]
    day = _WEEKDAYS.match(page.words, there)
    if day is None:
        return _Loose(page.piece(at, week[1])), week[1]
    return _Day(page.piece(at, day[1]), (_in_week(page.today, week[0], day[0]),)), day[1]


def _shift(page: _Page, at: int) -> _Found | None:
    """hôm qua, sáng nay, ngày mai, hôm kìa"""
    found = _SHIFTS.match(page.words, at)
    return (_Day(page.piece(at, found[1]), (page.today + timedelta(found[0]),)), found[1]) if found else None


def _hint(page: _Page, at: int) -> _Found | None:
    """nay, mai, mốt; "mot" without its mark is one"""
    found = _HINTS.match(page.words, at)
    if found is None or page.words[at].text == "mot":
        return None
    return _Hint(page.piece(at, found[1]), (page.today + timedelta(found[0]),)), found[1]


def _just_now(page: _Page, at: int) -> _Found | None:
    """bây giờ, vừa xong, nửa tiếng trước"""
    found = _NOW.match(page.words, at)
    return (_Ago(page.piece(at, found[1]), (page.today,), found[0]), found[1]) if found else None


def _loosely(page: _Page, at: int) -> _Found | None:
    """đầu tháng, hôm nọ, mấy hôm trước"""
    found = _LOOSE.match(page.words, at)
    return (_Loose(page.piece(at, found[1])), found[1]) if found else None


# ---- recognisers: the clock --------------------------------------------------------------------------------------


def _clock(page: _Page, at: int) -> _Found | None:
    """8h30, 14:05, 7 giờ tối, 8 rưỡi, 9h kém 15"""
    hour = page.number(at)
    if hour is None or hour[0] > 24:
        return None
    minutes = _colon(page, hour[1]) or _after_hour(page, hour[1]) or _half(page, hour[1])
    if minutes is None:
        return None
    part = None if page.mention(minutes[1], (_shift,)) else _PARTS.match(page.words, minutes[1])
    end = part[1] if part else minutes[1]
    return _Clock(page.piece(at, end), hour[0] * 60 + minutes[0], part[0] if part else None), end


def _colon(page: _Page, at: int) -> tuple[int, int] | None:
    """:05, :05:30"""
    if not page.says(at, ":") or len(page.digits(at + 1)) != 2 or int(page.digits(at + 1)) > 59:
        return None
    seconds = page.says(at + 2, ":") and len(page.digits(at + 3)) == 2
    return int(page.digits(at + 1)), at + 4 if seconds else at + 2


def _after_hour(page: _Page, at: int) -> tuple[int, int] | None:
    """h, h30, giờ 30 phút, giờ rưỡi, giờ kém 15; in "8h 15/11" the 15 is no minutes"""
    hours = _HOURS.match(page.words, at)
    if hours is None:
        return None
    if half := _half(page, hours[1]):
        return half
    less = page.says(hours[1], "kem")
    there = hours[1] + 1 if less else hours[1]
    minutes = page.number(there)
    if minutes is None or minutes[0] > 59 or page.mention(there, (_ago, _numeric, _spoken, _tet)):
        return 0, hours[1]
    unit = _MINUTES.match(page.words, minutes[1])
    return -minutes[0] if less else minutes[0], unit[1] if unit else minutes[1]


def _half(page: _Page, at: int) -> tuple[int, int] | None:
    return (30, at + 1) if page.says(at, "ruoi") else None


def _minutes(page: _Page, clock: _Clock) -> int:
    """Minutes since midnight; more than a day's for "12h đêm" and "2h đêm qua", which is the night to today."""
    part = clock.part or _part_of_day(page)
    hour = clock.minutes // 60
    if hour in _AFTERNOON.get(part or "", ()):
        return clock.minutes + 12 * 60
    late = part == "đêm" and hour < 6 and any(_LAST_NIGHT.match(page.words, at) for at in range(len(page.words)))
    return clock.minutes + 24 * 60 if late else clock.minutes


def _part_of_day(page: _Page) -> str | None:
    """Find sáng, tối… apart from the clock; "toi" is "tôi" unless a day follows."""
    for at, word in enumerate(page.words):
        part = _PARTS.get(word)
        if part and (word.text != "toi" or page.mention(at, (_shift,)) or page.mention(at + 1, _RECOGNISERS)):
            return part
    return None


_RECOGNISERS: Final[tuple[_Recogniser, ...]] = (
    _just_now,
    _ago,
    _clock,
    _span,
    _numeric,
    _tet,
    _weekday,
    _spoken,
    _loosely,
    _named_day,
    _full_moon,
    _week,
    _shift,
    _hint,
)

# ---- decisions ---------------------------------------------------------------------------------------------------


def _day(mentions: Sequence[_Mention], today: date, when: When) -> Reading[date]:
    """Settle on the one day of a message: dates first, then weekdays, then hints."""
    days = [it for it in mentions if isinstance(it, _Day)]
    if spans := [it for it in mentions if isinstance(it, _Span)]:
        return Wrong(Trouble.SEVERAL, _pieces(spans))
    sure = [it for it in days if not isinstance(it, (_Weekday, _Hint, _Ago))]
    weekdays = [it for it in days if isinstance(it, _Weekday)]
    possible = [it for it in sure if it.dates]
    if sure and not possible:
        return Wrong(Trouble.IMPOSSIBLE, sure[0].piece)
    if possible:
        return _agreed(possible, weekdays, today, when)
    if loose := [it for it in mentions if isinstance(it, _Loose)]:
        return Wrong(Trouble.UNCLEAR, loose[0].piece)
    rest = weekdays or days
    return _agreed(rest, [], today, when) if rest else Wrong(Trouble.NO_DATE)


def _agreed(days: Sequence[_Day], weekdays: Sequence[_Day], today: date, when: When) -> Reading[date]:
    """The day that all of them mean, or SEVERAL."""
    chosen = {_nearest(day.dates, today, when) for day in days}
    first = chosen.pop()
    if chosen:
        return Wrong(Trouble.SEVERAL, _pieces(days))
    if isinstance(first, Value) and any(it.dates[0].weekday() != first.value.weekday() for it in weekdays):
        return Wrong(Trouble.SEVERAL, _pieces([*weekdays, *days]))
    return first


def _nearest(moments: Iterable[T], now: T, when: When) -> Value[T] | Wrong:
    """The moment nearest to now on the side that is asked for; ties go to the past."""
    nearest = sorted(moments, key=lambda moment: abs(moment - now))
    for moment in nearest:
        if when is When.ANY or (moment <= now if when is When.PAST else moment >= now):
            return Value(moment)
    return Wrong(Trouble.FUTURE if when is When.PAST else Trouble.PAST, _shown(nearest[0]))


def _shown(moment: date) -> str:
    return f"{moment:%d/%m/%Y %H:%M}" if isinstance(moment, datetime) else f"{moment:%d/%m/%Y}"


def _moment(day: Reading[date], since_midnight: timedelta, now: datetime, when: When) -> Reading[datetime]:
    """Put day and clock together; a clock alone is of yesterday, today or tomorrow."""
    if isinstance(day, Wrong) and day.why is not Trouble.NO_DATE:
        return day
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    days = [day.value] if not isinstance(day, Wrong) else [now.date() + timedelta(shift) for shift in (-1, 0, 1)]
    return _nearest([midnight + (it - now.date()) + since_midnight for it in days], now, when)


def _without_clock(mentions: Sequence[_Mention], now: datetime, when: When) -> Reading[datetime]:
    """Take "vừa xong", "2 tiếng trước"; a day alone is no moment."""
    moments = [now - mention.ago for mention in mentions if isinstance(mention, _Ago)]
    if len(moments) == len(mentions) == 1:
        return _nearest(moments, now, when)
    return Wrong(Trouble.UNCLEAR, _pieces(mentions)) if mentions else Wrong(Trouble.NO_DATE)


def _pieces(mentions: Iterable[_Mention]) -> str:
    return ", ".join([mention.piece for mention in mentions][:3])


# ---- bare numbers and months -------------------------------------------------------------------------------------


def _bare_numbers(page: _Page) -> list[_Mention]:
    """Take "15" or "15 11 2026" for a day where the message is nothing else."""
    numbers = [at for at in range(len(page.words)) if page.digits(at)]
    rest = [word for word in page.words if word.text.isalpha()]
    if not 0 < len(numbers) < 4 or not all(_POLITE.get(word) for word in rest):
        return []
    day, *later = (page.digits(at)[:5] for at in numbers)
    piece = page.piece(numbers[0], numbers[-1] + 1)
    if later:
        month = _Month(int(later[0]), _full_year(later[1]) if later[1:] else None)
        return [_Day(piece, page.dates(int(day), month))]
    return [_Day(piece, page.dates(int(day), None))] if int(day) <= 31 else []


_Said = tuple[str, _Month]


def _months(page: _Page) -> list[_Said]:
    """Find every month that is mentioned, with its piece of the text."""
    found: list[_Said] = []
    at = 0
    while at < len(page.words):
        month = _numeric_month(page, at) or _named_month(page, at)
        if month:
            found.append((page.piece(at, month[1]), month[0]))
        at = month[1] if month else at + 1
    return found or _bare_month(page)


def _named_month(page: _Page, at: int) -> tuple[_Month, int] | None:
    """tháng 11, t11/2026, tháng trước; lunar months are none of ours"""
    month = _month_at(page, at)
    return (month[0][0], month[1]) if month and not month[0][0].lunar else None


def _numeric_month(page: _Page, at: int) -> tuple[_Month, int] | None:
    """11/2026, 11/26, 2026-11, and whole dates"""
    second = page.separator(at + 1) if page.digits(at) else None
    if second is None:
        return None
    third = page.separator(second[1] + 1)
    first, digits = page.digits(at), page.digits(second[1])
    last = page.digits(third[1]) if third else ""
    end = third[1] + 1 if third else second[1] + 1
    if len(first) == 4:
        return _Month(int(digits[:3]), int(first)), end
    if third:
        return _Month(int(digits[:3]), _full_year(last)), end
    if len(digits) == 4 or int(digits[:3]) > 12:
        return _Month(int(first[:3]), _full_year(digits)), end
    return None


def _bare_month(page: _Page) -> list[_Said]:
    """Take "11" for a month where the message is nothing else."""
    numbers = [word for word in page.words if word.is_number]
    rest = [word for word in page.words if word.text.isalpha()]
    if len(numbers) != 1 or not all(_POLITE.get(word) for word in rest):
        return []
    return [(numbers[0].text[:_LONGEST_PIECE], _Month(int(numbers[0].text[:3])))]


def _settled(month: _Month, today: date) -> tuple[int, int] | None:
    """Year and month, without a year the latest month begun; None for a thirteenth month."""
    if not 1 <= month.month <= 12 or (month.year is not None and not FIRST_YEAR <= month.year <= LAST_YEAR):
        return None
    if month.year is not None:
        return month.year, month.month
    return today.year - (month.month > today.month), month.month
