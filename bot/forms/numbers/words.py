"""The words that numbers are made of, and the units that people count in."""

from __future__ import annotations

from typing import Final

from bot.forms.fold import Phrases
from bot.forms.numbers.terms import Kind, Table, Term

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
COUNTED = (
    "người, ng, ngta, đv, đoàn viên, cn, công nhân, cnlđ, nlđ, lđ, lao động, đ/c, đc, đồng chí, chị em, anh em, ae,"
    "ace, ac, cbcnv, cnv, bạn, vị, cháu, hộ, suất, phần, phần trăm, quà, phần quà, cái, chiếc, buổi, b, lượt, cuộc, "
    "lần, lớp, ý kiến, ý, kn, vụ, việc, ngày, tháng, năm, giờ, tuần, quý, nhà, căn, bản, tờ, bài, tin, ảnh, trường hợp,"
    "tổ, cuốn, quyển, hồ sơ, thẻ, vé, bữa, xe, chuyến, đội, câu, sáng kiến, đề tài, giải, em, chị, anh, nữ,"
    "hội viên, học viên, đại biểu, khách, con, mái ấm, đơn vị, cơ sở, kiến nghị, sk"
)
_UNITS = dict.fromkeys((unit.strip() for unit in COUNTED.split(",")), Term(Kind.COUNTED))
INTEGER_WORDS: Final[Table] = Phrases({**_UNITS, **_WORDS})
MONEY_WORDS: Final[Table] = Phrases(
    {
        **_UNITS,
        **_WORDS,
        **{word: Term(Kind.SUFFIX, value, spaced=True) for word, value in _MONEY_SUFFIXES.items()},
    }
)
