"""Numbers as people type them: "17 ng", "ba mốt", "trăm rưỡi", "45/50", "khoảng 30".

A message becomes words, the words become terms (a digit, "mươi", "nghìn"…), and a small grammar walks the terms.
Digits count in any sentence; numbers in words count only where every other word is known (units, politeness), so
that "bác Ba nói rồi" is not 3. "nam", "ba", "tam"… right beside another number are no numbers of their own:
"17 nam" is 17, "tam 30" is about 30.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.forms.fold import Phrases, Word, listed, lowered, split
from bot.forms.readings import Doubt, Doubting, Reading, Trouble, Value, Wrong

LARGEST: Final = 10**12
_LONGEST_LITERAL: Final = 18
_LONGEST_PIECE: Final = 40


class Kind(enum.Enum):
    """What part a word plays in a number."""

    LITERAL = enum.auto()  # 5.400
    DIGIT = enum.auto()  # hai
    TAIL = enum.auto()  # lăm: only after tens
    ZERO = enum.auto()  # không, in "không trăm linh năm"
    TEN = enum.auto()  # mười, mươi
    TENS = enum.auto()  # hăm, băm
    CHUC = enum.auto()  # chục
    DOZEN = enum.auto()  # tá
    HUNDRED = enum.auto()  # trăm
    LINK = enum.auto()  # linh, lẻ
    AND_HALF = enum.auto()  # rưỡi
    HALF = enum.auto()  # nửa
    SCALE = enum.auto()  # nghìn, triệu
    SUFFIX = enum.auto()  # k, tr: a scale that cannot begin a number
    COUNTED = enum.auto()  # người, suất
    MESS = enum.auto()  # 15.11.2026


_FIRST = tuple(
    kind for kind in Kind if kind not in {Kind.TAIL, Kind.ZERO, Kind.LINK, Kind.AND_HALF, Kind.SUFFIX, Kind.COUNTED}
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word as part of a number: "3,65" is LITERAL 365 with 2 places, "650" has 3 digits, "nghìn" is SCALE 1000."""

    kind: Kind
    value: int = 0
    digits: int = 0
    places: int = 0
    loose: bool = False  # "ba" in "hai ba" may mean "two or three"; "tư", "mốt", "lăm" only end a number
    year: bool = False  # "năm" with its marks: after mười it is the year, not five
    spaced: bool = False  # a suffix that may stand apart: "4 tr", while "4 k" is "4 không"


@dataclass(frozen=True, slots=True)
class Number:
    """A number found in a message, from word `start` up to word `end`."""

    start: int
    end: int
    value: int
    largest: int = 1  # the largest of trăm, nghìn, triệu, tỷ that was said
    trouble: Trouble | None = None
    in_words: bool = False
    approximate: bool = False


Table = Phrases[Term]

_DIGITS = dict(zip(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"], range(1, 10), strict=True))
_WORDS = {
    **{word: Term(Kind.DIGIT, value, loose=True) for word, value in _DIGITS.items()},
    "bẩy": Term(Kind.DIGIT, 7, loose=True),
    "mốt": Term(Kind.DIGIT, 1),
    "tư": Term(Kind.DIGIT, 4),
    "lăm": Term(Kind.TAIL, 5),
    "nhăm": Term(Kind.TAIL, 5),
    "không": Term(Kind.ZERO),
    "mười": Term(Kind.TEN, 10),
    "hăm": Term(Kind.TENS, 20),
    "băm": Term(Kind.TENS, 30),
    "chục": Term(Kind.CHUC, 10),
    "tá": Term(Kind.DOZEN, 12),
    "trăm": Term(Kind.HUNDRED, 100),
    "linh": Term(Kind.LINK),
    "lẻ": Term(Kind.LINK),
    "rưỡi": Term(Kind.AND_HALF),
    "rưởi": Term(Kind.AND_HALF),
    "nửa": Term(Kind.HALF),
    "nghìn": Term(Kind.SCALE, 10**3),
    "ngàn": Term(Kind.SCALE, 10**3),
    "vạn": Term(Kind.SCALE, 10**4),
    "triệu": Term(Kind.SCALE, 10**6),
    "tỷ": Term(Kind.SCALE, 10**9),
    "tỉ": Term(Kind.SCALE, 10**9),
    "tr": Term(Kind.SUFFIX, 10**6, spaced=True),
    "k": Term(Kind.SUFFIX, 10**3),
}
_MONEY_SUFFIXES = {"k": 10**3, "ng": 10**3, "n": 10**3, "củ": 10**6}
# "ty" is in "công ty", "ti" may be "tí", "van" "vẫn": without marks they need a number before them.
_NEVER_FIRST = frozenset({"ty", "ti", "van"})

_COUNTED = (
    "người, ng, ngta, đv, đoàn viên, cn, công nhân, cnlđ, nlđ, lđ, lao động, đ/c, đc, đồng chí, chị em, anh em, ae,"
    "ace, ac, cbcnv, cnv, bạn, vị, cháu, hộ, suất, phần, phần trăm, quà, phần quà, cái, chiếc, buổi, b, lượt, cuộc, "
    "lần, lớp, ý kiến, ý, kn, vụ, việc, ngày, tháng, năm, giờ, tuần, quý, nhà, căn, bản, tờ, bài, tin, ảnh, trường hợp,"
    "tổ, cuốn, quyển, hồ sơ, thẻ, vé, bữa, xe, chuyến, đội, câu, sáng kiến, đề tài, giải, em, chị, anh, nữ,"
    "hội viên, học viên, đại biểu, khách, con, mái ấm, đơn vị, cơ sở, kiến nghị, sk"
)
_POLITE = (
    "dạ, vâng, ạ, à, ừ, ừm, uh, ok, oke, nhé, nha, nhá, nhen, nghe, ơi, thưa, xin, cô, thầy, chú, bác, mình, tôi, em,"
    "anh, chị, ad, bot, trợ lý, bên, đây, đấy, đó, nè, thôi, luôn, rồi, r, nhỉ, hết, cả"
)
_LINKING = (
    "có, được, đc, dc, là, tổng, cộng, số, tất cả, cả thảy, gồm, chỉ, chỉ có, mới, thêm, đã, thì, khoản, và, với, nữa,"
    "đủ, đúng, chắc, vừa, tham gia, dự, tham dự, họp, báo cáo, bc, đi, làm, của, trong, trên, tổng số, đang, vẫn, còn,"
    "tiền, đồng, đ, vnd, vnđ, chi, kinh phí, hỗ trợ, quỹ, thu, mức, tiền mặt, chẵn, tròn"
)
_UNITS = dict.fromkeys((unit.strip() for unit in _COUNTED.split(",")), Term(Kind.COUNTED))
INTEGER_WORDS: Final[Table] = Phrases({**_UNITS, **_WORDS})
MONEY_WORDS: Final[Table] = Phrases(
    {
        **_UNITS,
        **_WORDS,
        **{word: Term(Kind.SUFFIX, value, spaced=True) for word, value in _MONEY_SUFFIXES.items()},
    }
)
_KNOWN = listed(f"{_COUNTED}, {_POLITE}, {_LINKING}")
_COUNTED_WORDS = listed(_COUNTED)

# "không" and its kin: alone with these companions they are zero, before a number they deny it.
_NONE = listed("không, ko, k, kh, kg, khg, hông, hổng, hong, hem, hok, hk, khum, chả, chẳng, chưa, zero")
_NONE_WITH = listed(
    f"{_POLITE}, {_COUNTED}, có, ai, gì, nào, hết, đâu, phát sinh, thêm, mới, cũng, thấy, thì, là, luôn, vẫn, được ai"
)

_ABOUT = (
    "khoảng, tầm, gần, hơn, trên dưới, cỡ, ngót, ngót nghét, chừng, độ, ước, ước chừng, xấp xỉ, áng, đâu đó, quãng,"
    "trên, dưới, chưa đầy, chưa đến, chưa tới, không dưới, không quá, ko quá, ít nhất, tối đa, tối thiểu, có lẽ,"
    "hình như, ~, ≈, ±, >, <"
)
_OR_SO_BEHIND_UNIT = listed("gì đó, trở lên, trở xuống, đổ lại, đổ lên, có lẻ, có dư")
_OR_SO = listed("mấy, hơn, gì đó, có lẻ, lẻ, trở lên, trở xuống, đổ lại, đổ lên, có dư, +, ~, ?")
# These swallow the number word behind them: "vài chục" is no 10, "một số" is no 1.
_SOME = "vài, mấy, dăm, đôi ba, vài ba, một vài, một số, một ít, một nửa, 1 vài, 1 số, 1 ít, 1 nửa, dăm bảy, dăm ba"
_NO_NUMBER = "phần trăm, bây giờ"
_MANY = (
    "đông, đông lắm, nhiều, nhiều lắm, ít, vô số, đầy đủ, đủ, hầu hết, đa số, phần lớn, toàn bộ, tất cả, cả tổ, cả đội,"
    "quá nửa, hơn nửa, già nửa, nửa, lắm, kha khá, khá, rất"
)


class _Says(enum.Enum):
    """What a phrase says about numbers, besides being none."""

    ABOUT = _ABOUT
    SOME = _SOME
    NO_NUMBER = _NO_NUMBER
    MANY = _MANY


_SAYINGS = Phrases({phrase.strip(): says for says in _Says for phrase in says.value.split(",")})
_MINUS = listed("âm, trừ, -, −, –")
_BESIDE_A_NUMBER = frozenset({"nam", "ba", "tam", "tu", "sau", "bay", "ta"})
_OF = listed("/, trên, trong, trong số, trong tổng số, trên tổng số, trên tổng")


def read_integer(text: str) -> Reading[int]:
    """Read how many, e.g. "dạ 17 đ/c" -> Value(17), "tầm 30" -> Doubt(30), "45/50" -> Value(45)."""
    found = the_one(survey(text, INTEGER_WORDS), of_total=True)
    if isinstance(found, Wrong):
        return found
    return Doubt(found.value, Doubting.APPROXIMATE) if found.approximate else Value(found.value)


def read_ratio(text: str) -> tuple[int, int] | None:
    """Read so many of so many, e.g. "45/50" or "45 trên 50" -> (45, 50); whether it makes sense the caller judges."""
    seen = survey(text, INTEGER_WORDS)
    if len(seen.numbers) != 2 or not _is_ratio(seen) or any(number.trouble for number in seen.numbers):
        return None
    part, whole = seen.numbers
    return part.value, whole.value


# ---- one message -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Survey:
    """All numbers of a message, and whether it says "some" or "many" besides."""

    text: str
    words: tuple[Word, ...]
    numbers: tuple[Number, ...]
    vague: bool

    def piece(self, start: int, end: int) -> str:
        """Cut out some words as they were typed, for a message of bearable length."""
        return self.text[self.words[start].start : self.words[end - 1].end][:_LONGEST_PIECE]


def survey(text: str, table: Table) -> Survey:
    """Find all the numbers of a message."""
    text = lowered(text)
    words = split(text)
    terms = terms_of(words, table)
    numbers, vague = _scan(words, terms)
    numbers = _without_neighbours(words, numbers)
    if any(number.in_words for number in numbers) and not _all_known(words, numbers):
        numbers = [number for number in numbers if not number.in_words]
    return Survey(text, words, tuple(numbers), vague)


def the_one(seen: Survey, *, of_total: bool) -> Number | Wrong:
    """Settle on the one number of a message, or say why there is none."""
    if not seen.numbers:
        return _no_number(seen)
    if of_total and _is_ratio(seen) and seen.numbers[0].value <= seen.numbers[1].value:
        seen = replace(seen, numbers=seen.numbers[:1])
    first = seen.numbers[0]
    if _is_negative(seen, first):
        return Wrong(Trouble.NEGATIVE, seen.piece(first.start - 1, first.end))
    if len(seen.numbers) > 1 and not _is_repeated(seen.numbers):
        return Wrong(Trouble.SEVERAL, ", ".join(seen.piece(it.start, it.end) for it in seen.numbers[:3]))
    if first.trouble:
        return Wrong(first.trouble, seen.piece(first.start, first.end))
    return _denied(seen, first) or first


def _no_number(seen: Survey) -> Number | Wrong:
    if _says_none(seen.words):
        return Number(0, 0, 0)
    return Wrong(Trouble.VAGUE if seen.vague else Trouble.NOTHING)


def _denied(seen: Survey, number: Number) -> Number | Wrong | None:
    """Refuse "không phải 15"; "khong co nam" is zero men, not five."""
    if not any(_NONE.get(word) for word in seen.words[: number.start]) or number.approximate:
        return None
    if number.in_words and number.end - number.start == 1 and _says_none(seen.words):
        return Number(0, 0, 0)
    return Wrong(Trouble.NOTHING)


def _says_none(words: Sequence[Word]) -> bool:
    """Whether the message is "không", "ko có ai ạ", "chưa có", or the letter O for 0; "không nhớ" is not."""
    if [word.bare for word in words] == ["o"]:
        return True
    return any(_NONE.get(word) for word in words) and _covered(words, _NONE, _NONE_WITH)


def _covered(words: Sequence[Word], *tables: Phrases[bool] | Phrases[_Says]) -> bool:
    """Whether symbols and phrases of these tables are all there is."""
    at = 0
    while at < len(words):
        ends = [found[1] for table in tables if (found := table.match(words, at))]
        if not ends and words[at].text[0].isalnum():
            return False
        at = max(ends, default=at + 1)
    return True


def _all_known(words: Sequence[Word], numbers: Sequence[Number]) -> bool:
    """Whether all words besides the numbers are units, politeness and the like."""
    edges = [0, *(edge for number in numbers for edge in (number.start, number.end)), len(words)]
    between = zip(edges[::2], edges[1::2], strict=True)
    return all(_covered(words[start:end], _KNOWN, _SAYINGS, _OR_SO, _NONE, _MINUS) for start, end in between)


def _is_ratio(seen: Survey) -> bool:
    """Whether the first two numbers are joined as a part and its whole, and no other follows."""
    if len(seen.numbers) != 2:
        return False
    first, second = seen.numbers
    joined = _OF.match(seen.words, first.end)
    return joined is not None and joined[1] == second.start


def _is_repeated(numbers: Sequence[Number]) -> bool:
    """Whether they are one number in digits and in words, "17 (mười bảy)"; "5 nam 5 nữ" are two."""
    return len(numbers) == 2 and numbers[0].value == numbers[1].value and numbers[0].in_words != numbers[1].in_words


def _is_negative(seen: Survey, number: Number) -> bool:
    """Whether a minus stands before it: "-3" but not the list mark "- 3"."""
    before = number.start - 1
    if before < 0 or not _MINUS.get(seen.words[before]):
        return False
    minus = seen.words[before]
    return minus.text.isalpha() or (seen.words[number.start].glued and (before == 0 or not minus.glued))


# ---- scanning ----------------------------------------------------------------------------------------------------


def _scan(words: Sequence[Word], terms: Sequence[Term | None]) -> tuple[list[Number], bool]:
    """Walk the message from left to right: its numbers, and whether it says "some" or "many"."""
    numbers: list[Number] = []
    said: set[_Says | None] = set()
    at = 0
    while at < len(words):
        says, end = _SAYINGS.match(words, at) or (None, at + 1)
        if says is _Says.SOME:
            end = _end_of_number(terms, end)
        elif says is not _Says.NO_NUMBER and (number := number_at(terms, at)):
            says, end = None, _after(words, number.end)
            numbers.append(_approximate(number) if _Says.ABOUT in said or end > number.end else number)
        # A bare "co" is "có", not "cỡ".
        said.add(says if words[at].text != "co" or end > at + 1 else None)
        at = end
    return numbers, _Says.SOME in said or _Says.MANY in said


def _approximate(number: Number) -> Number:
    return replace(number, approximate=True)


def _after(words: Sequence[Word], end: int) -> int:
    """Go past "30 mấy", "30 người gì đó"; a "+" between two numbers is no such thing."""
    found = _OR_SO.match(words, end)
    if found is None and (unit := _COUNTED_WORDS.match(words, end)):
        found = _OR_SO_BEHIND_UNIT.match(words, unit[1])
    if found is None or (found[1] < len(words) and words[found[1]].is_number):
        return end
    return found[1]


def _end_of_number(terms: Sequence[Term | None], at: int) -> int:
    """Go past the number in words that "vài" makes vague: "vài chục"."""
    number = number_at(terms, at)
    return number.end if number and number.in_words else at


def _without_neighbours(words: Sequence[Word], numbers: list[Number]) -> list[Number]:
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


# ---- terms -------------------------------------------------------------------------------------------------------


def terms_of(words: Sequence[Word], table: Table) -> list[Term | None]:
    """Say what part each word plays in a number, None if none, e.g. for "ngày mười lăm": None, TEN, TAIL."""
    return [_term(word, table) for word in words]


def _term(word: Word, table: Table) -> Term | None:
    """Say what part a word plays in a number."""
    if word.is_number:
        return _literal(word.text)
    term = table.get(word)
    if term is None or term.kind is Kind.COUNTED:
        return term
    if term.kind is Kind.SUFFIX and not (word.glued or term.spaced):
        return None
    if word.text in _NEVER_FIRST:
        return Term(Kind.SUFFIX, term.value)
    return replace(term, year=True) if word.text == "năm" else term


_MARKS = re.compile("[.,]")


def _literal(text: str) -> Term:
    """Read digits: a mark before exactly three of them parts thousands, another one is a decimal mark."""
    if len(text) > _LONGEST_LITERAL:
        return Term(Kind.LITERAL, 10**_LONGEST_LITERAL)
    first, *rest = _MARKS.split(text)
    if not rest:
        return Term(Kind.LITERAL, int(first), digits=len(first))
    if all(len(group) == 3 for group in rest) and int(first):
        return Term(Kind.LITERAL, int(first + "".join(rest)))
    if len(rest) == 1:
        return Term(Kind.LITERAL, int(first + rest[0]), places=len(rest[0]))
    return Term(Kind.MESS)


# ---- the grammar -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands before a scale: value below a thousand, or any digits."""

    value: int
    single: bool = False  # one digit, as in "nghìn hai", which then means tenths
    digits: int = 0  # how many digits were typed, 0 if in words
    places: int = 0
    loose: bool = False
    linked: bool = False  # behind linh: never tenths


def number_at(terms: Sequence[Term | None], at: int) -> Number | None:
    """Read the longest number that begins at this term."""
    term = terms[at] if at < len(terms) else None
    return _Walk(terms, at).number() if term is not None and term.kind in _FIRST else None


class _Walk:
    """A walk over the terms of one number; each method takes what it can, or gives None and stays."""

    __slots__ = ("at", "largest", "start", "terms", "trouble")

    def __init__(self, terms: Sequence[Term | None], at: int) -> None:
        self.terms = terms
        self.start = self.at = at
        self.largest = 1
        self.trouble: Trouble | None = None

    def sees(self, *kinds: Kind, ahead: int = 0) -> Term | None:
        """Look at a term without taking it."""
        at = self.at + ahead
        term = self.terms[at] if at < len(self.terms) else None
        return term if term is not None and term.kind in kinds else None

    def takes(self, *kinds: Kind) -> Term | None:
        """Take the next term if it is one of these."""
        term = self.sees(*kinds)
        if term is not None:
            self.at += 1
        return term

    def number(self) -> Number | None:
        """Take a whole number: parts with falling scales, and a tail."""
        if self.takes(Kind.MESS):
            return Number(self.start, self.at, 0, trouble=Trouble.SEVERAL)
        value = self.scaled()
        if self.at == self.start:
            return None
        if value > LARGEST:
            self.trouble = self.trouble or Trouble.TOO_BIG
        taken = self.terms[self.start : self.at]
        in_words = all(term is not None and term.kind is not Kind.LITERAL for term in taken)
        return Number(self.start, self.at, value, self.largest, self.trouble, in_words)

    def scaled(self) -> int:
        """Take "hai triệu ba trăm nghìn rưỡi": each scale smaller than the one before."""
        total = last = 0
        while self.trouble is None:
            before = self.at
            part = self.part(last)
            scale = self.scale(last, part)
            if scale is None:
                return total + self.ending(part, last, before)
            total = self.times(total, part, scale)
            last = scale
            if self.takes(Kind.AND_HALF):
                return total + last // 2
        return total

    def scale(self, last: int, part: _Part | None) -> int | None:
        """Take nghìn, triệu, tỷ, k, tr if one can stand here."""
        term = self.sees(Kind.SCALE, Kind.SUFFIX)
        if term is None or not self.can_follow(term, last, part):
            return None
        self.at += 1
        self.largest = max(self.largest, term.value)
        return term.value

    def can_follow(self, term: Term, last: int, part: _Part | None) -> bool:
        """Whether a scale may stand here: scales fall, except in "nghìn tỷ"."""
        if part is None:
            return term.value > last if last else term.kind is Kind.SCALE
        return not last or term.value < last

    def times(self, total: int, part: _Part | None, scale: int) -> int:
        """Apply a scale to what stands before it; "nghìn tỷ" multiplies all."""
        if part is None:
            return total * scale if total else scale
        return total + self.whole(part.value * scale, part.places)

    def whole(self, value: int, places: int) -> int:
        """Drop the decimal places of 3,6 × 1.000.000, or see that they cannot be dropped."""
        unit: int = 10**places
        if value % unit:
            self.trouble = Trouble.DECIMAL
        return value // unit

    def ending(self, part: _Part | None, last: int, before: int) -> int:
        """Take a last part without a scale of its own."""
        if part is None:
            return 0
        value = part.value if not last else self.tail(part, last)
        if value is None:
            self.at = before
            return 0
        if not last and (part.places or self.takes(Kind.AND_HALF)):
            self.trouble = Trouble.DECIMAL
        if not last and part.loose:
            self.trouble = Trouble.SEVERAL
        return value

    def tail(self, part: _Part, last: int) -> int | None:
        """Say what a part behind a scale adds: "3tr65" 650.000, "nghìn hai" 200, "hai nghìn ba mươi" 30."""
        if part.places or part.value >= last or (last >= 10**6 and self.sees(Kind.COUNTED)):
            return None
        if part.single and not part.linked:
            return part.value * last // 10
        if last >= 10**6 and part.value < 1000:
            unit: int = 10 ** (part.digits or 3)
            return part.value * last // unit
        return part.value

    def part(self, last: int) -> _Part | None:
        """Take what can stand before a scale."""
        if self.sees(Kind.LITERAL, Kind.DIGIT):
            return self.counted_hundreds() or self.tens()
        if self.takes(Kind.HUNDRED):
            return self.hundreds(100)
        if last and self.takes(Kind.LINK):
            return self.linked()
        if last and self.sees(Kind.ZERO) and self.sees(Kind.HUNDRED, ahead=1):
            self.at += 2
            return self.hundreds(0)
        return self.half() or self.tens()

    def linked(self) -> _Part | None:
        """Take the part behind linh, or step back from it: "hai nghìn lẻ năm"."""
        part = self.tens()
        if part is None:
            self.at -= 1
            return None
        return replace(part, linked=True)

    def half(self) -> _Part | None:
        """Take "nửa tá", "nửa triệu"."""
        if not (self.sees(Kind.HALF) and self.sees(Kind.SCALE, Kind.CHUC, Kind.DOZEN, Kind.HUNDRED, ahead=1)):
            return None
        self.at += 1
        if self.sees(Kind.SCALE):
            return _Part(5, places=1)
        term = self.takes(Kind.CHUC, Kind.DOZEN, Kind.HUNDRED)
        return _Part(term.value // 2 if term else 0)

    def counted_hundreds(self) -> _Part | None:
        """Take "hai trăm…", "5 trăm…", "1,5 trăm"."""
        term = self.sees(Kind.DIGIT, Kind.LITERAL)
        if term is None or not self.sees(Kind.HUNDRED, ahead=1):
            return None
        self.at += 2
        if term.places:
            return self.decimal(term, 100)
        return self.hundreds(term.value * 100)

    def decimal(self, term: Term, unit: int) -> _Part:
        """Take "1,5 trăm" = 150."""
        self.largest = max(self.largest, unit)
        return _Part(self.whole(term.value * unit, term.places))

    def hundreds(self, base: int) -> _Part:
        """Take what follows trăm: "linh bảy" 7, "rưỡi" 50, "hai" 20, "hai mươi" 20."""
        self.largest = max(self.largest, 100)
        if self.takes(Kind.AND_HALF):
            return _Part(base + 50)
        if self.takes(Kind.LINK):
            part = self.linked()
            return _Part(base + part.value if part else base)
        if self.sees(Kind.LITERAL) and not self.is_short():
            return _Part(base)
        part = self.tens()
        if part is None:
            return _Part(base)
        return _Part(base + part.value * (10 if part.single and base else 1))

    def is_short(self) -> bool:
        """Whether the digits here can end a hundred ("2 trăm 5", "2 trăm 50") rather than be another number."""
        term = self.sees(Kind.LITERAL)
        return term is not None and 0 < term.digits < 3

    def tens(self) -> _Part | None:
        """Take a part below a hundred, or digits as typed."""
        if self.sees(Kind.DIGIT, Kind.LITERAL):
            return self.counted_tens() or self.pair() or self.lone()
        if term := self.takes(Kind.TEN, Kind.TENS, Kind.CHUC, Kind.DOZEN):
            return _Part(term.value + self.ones_or_half(term))
        return None

    def counted_tens(self) -> _Part | None:
        """Take "hai mươi mốt", "3 chục rưỡi", "hai tá"."""
        unit = self.sees(Kind.TEN, Kind.CHUC, Kind.DOZEN, ahead=1)
        if unit is None:
            return None
        count = self.terms[self.at]
        self.at += 2
        if count is None or count.places:
            return self.decimal(count or unit, unit.value)
        return _Part(count.value * unit.value + self.ones_or_half(unit))

    def ones_or_half(self, unit: Term) -> int:
        """Take the ones behind tens; only chục and tá have a half."""
        if unit.kind in (Kind.CHUC, Kind.DOZEN) and self.takes(Kind.AND_HALF):
            return unit.value // 2
        return self.ones() if unit.kind is not Kind.DOZEN else 0

    def ones(self) -> int:
        """Take the ones behind tens, 0 if none: "năm" is then the year, "nam" five unless a year follows."""
        term = self.sees(Kind.DIGIT, Kind.TAIL)
        if term is None or term.year or self.counts(ahead=1):
            return 0
        if term.value == 5 and term.kind is Kind.DIGIT and self.sees(Kind.LITERAL, ahead=1):
            return 0
        self.at += 1
        return term.value

    def counts(self, *, ahead: int) -> bool:
        """Whether the term there makes the one before it a count: "hai [mươi]"."""
        return self.sees(Kind.TEN, Kind.CHUC, Kind.DOZEN, Kind.HUNDRED, ahead=ahead) is not None

    def pair(self) -> _Part | None:
        """Take "ba mốt", "hai tư": tens and ones without mươi; "hai ba" may be two or three."""
        first, second = self.sees(Kind.DIGIT), self.sees(Kind.DIGIT, Kind.TAIL, ahead=1)
        if first is None or second is None or first.value < 2 or self.counts(ahead=2):
            return None
        if second.value == 5 and second.kind is Kind.DIGIT and first.value != 4:
            return None
        self.at += 2
        return _Part(first.value * 10 + second.value, loose=second.loose and second.value == first.value + 1)

    def lone(self) -> _Part | None:
        """Take one digit word, or digits as typed."""
        term = self.takes(Kind.DIGIT, Kind.LITERAL)
        if term is None:
            return None
        single = term.kind is Kind.DIGIT or term.digits == 1
        return _Part(term.value, single, term.digits, term.places)
