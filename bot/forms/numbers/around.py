"""The words around a number: politeness, no, about, some, many."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from bot.forms.fold import Phrases, Word, listed
from bot.forms.numbers.words import COUNTED

_POLITE = (
    "dạ, vâng, ạ, à, ừ, ừm, uh, ok, oke, nhé, nha, nhá, nhen, nghe, ơi, thưa, xin, cô, thầy, chú, bác, mình, tôi, em,"
    "anh, chị, ad, bot, trợ lý, bên, đây, đấy, đó, nè, thôi, luôn, rồi, r, nhỉ, hết, cả"
)
_LINKING = (
    "có, được, đc, dc, là, tổng, cộng, số, tất cả, cả thảy, gồm, chỉ, chỉ có, mới, thêm, đã, thì, khoản, và, với, nữa,"
    "đủ, đúng, chắc, vừa, tham gia, dự, tham dự, họp, báo cáo, bc, đi, làm, của, trong, trên, tổng số, đang, vẫn, còn,"
    "tiền, đồng, đ, vnd, vnđ, chi, kinh phí, hỗ trợ, quỹ, thu, mức, tiền mặt, chẵn, tròn"
)
KNOWN = listed(f"{COUNTED}, {_POLITE}, {_LINKING}")
COUNTED_WORDS = listed(COUNTED)
# What is never said of people. Not among them: what people get one each of (suất, phần quà), and words that without
# marks may be others ("ảnh" and "anh", "bản" and "bạn").
THINGS = listed(
    "băng rôn, băng zôn, băng rol, khẩu hiệu, pa nô, panô, áp phích, poster, tờ rơi, tờ, cuốn, quyển, bài, tin,"
    "bảng tin, buổi, cuộc, lớp, hội nghị, vụ, km, cái, chiếc"
)

# "không" and its kin: alone with these companions they are zero, before a number they deny it.
NONE = listed("không, ko, k, kh, kg, khg, hông, hổng, hong, hem, hok, hk, khum, chả, chẳng, chưa, zero")
NONE_WITH = listed(
    f"{_POLITE}, {COUNTED}, có, ai, gì, nào, hết, đâu, phát sinh, thêm, mới, cũng, thấy, thì, là, luôn, vẫn, được ai"
)
_ABOUT = (
    "khoảng, tầm, gần, hơn, trên dưới, cỡ, ngót, ngót nghét, chừng, độ, ước, ước chừng, xấp xỉ, áng, đâu đó, quãng,"
    "trên, dưới, chưa đầy, chưa đến, chưa tới, không dưới, không quá, ko quá, ít nhất, tối đa, tối thiểu, có lẽ,"
    "hình như, ~, ≈, ±, >, <"
)
OR_SO_BEHIND_UNIT = listed("gì đó, trở lên, trở xuống, đổ lại, đổ lên, có lẻ, có dư")
OR_SO = listed("mấy, hơn, gì đó, có lẻ, lẻ, trở lên, trở xuống, đổ lại, đổ lên, có dư, +, ~, ?")

# These swallow the number word behind them: "vài chục" is no 10, "một số" is no 1.
_SOME = "vài, mấy, dăm, đôi ba, vài ba, một vài, một số, một ít, một nửa, 1 vài, 1 số, 1 ít, 1 nửa, dăm bảy, dăm ba"
_NO_NUMBER = "phần trăm, bây giờ"
_MANY = (
    "đông, đông lắm, nhiều, nhiều lắm, ít, vô số, đầy đủ, đủ, hầu hết, đa số, phần lớn, toàn bộ, tất cả, cả tổ, cả đội,"
    "quá nửa, hơn nửa, già nửa, nửa, lắm, kha khá, khá, rất"
)


class Saying(enum.Enum):
    """What a phrase says about numbers, besides being none."""

    ABOUT = _ABOUT
    SOME = _SOME
    NO_NUMBER = _NO_NUMBER
    MANY = _MANY


SAYINGS = Phrases({phrase.strip(): says for says in Saying for phrase in says.value.split(",")})
MINUS = listed("âm, trừ, -, −, –")
OF = listed("/, trên, trong, trong số, trong tổng số, trên tổng số, trên tổng")


def says_none(words: Sequence[Word]) -> bool:
    """Whether the message is "không", "ko có ai ạ", "chưa có", or the letter O for 0; "không nhớ" is not."""
    if [word.bare for word in words] == ["o"]:
        return True
    return any(NONE.get(word) for word in words) and covered(words, NONE, NONE_WITH)


def covered(words: Sequence[Word], *tables: Phrases[bool] | Phrases[Saying]) -> bool:
    """Whether symbols and phrases of these tables are all there is."""
    at = 0
    while at < len(words):
        ends = [found[1] for table in tables if (found := table.match(words, at))]
        if not ends and words[at].text[0].isalnum():
            return False
        at = max(ends, default=at + 1)
    return True
