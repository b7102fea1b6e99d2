"""Numbers as people type them: "17 ng", "ba mốt", "trăm rưỡi", "45/50", "khoảng 30".

A message becomes words, the words become terms (a digit, "mươi", "nghìn"…), and a small grammar walks the terms.
Digits count in any sentence; numbers in words count only where every other word is known (units, politeness), so
that "bác Ba nói rồi" is not 3. "nam", "ba", "tam"… right beside another number are no numbers of their own:
"17 nam" is 17, "tam 30" is about 30. What names a month, a quarter or a day is no count: "bc tháng 12".
"""

from bot.forms.numbers.choice import the_one
from bot.forms.numbers.counts import read_integer, read_ratio, says_more
from bot.forms.numbers.grammar import LARGEST, Number, number_at
from bot.forms.numbers.message import Survey, survey
from bot.forms.numbers.terms import Term, terms_of
from bot.forms.numbers.words import INTEGER_WORDS, MONEY_WORDS

__all__ = [
    "INTEGER_WORDS",
    "LARGEST",
    "MONEY_WORDS",
    "Number",
    "Survey",
    "Term",
    "number_at",
    "read_integer",
    "read_ratio",
    "says_more",
    "survey",
    "terms_of",
    "the_one",
]
