"""What reading a typed answer can give, for whoever asked the question: a value, a value in doubt, or what is wrong."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Trouble(enum.StrEnum):
    """Why a text could not be read, so that the answer can say what to type instead."""

    NOTHING = "no_number"  # no value in it: "em không nhớ"
    DECIMAL = "decimal"  # a part of one where whole ones are counted: "1,5"
    NEGATIVE = "negative"  # "-3", "trừ 3"
    VAGUE = "vague"  # "vài", "đông lắm"
    SEVERAL = "several"  # two or more where one is wanted: "10 nam 7 nữ", "5-7/11"
    OTHER = "other"  # so many of something else: "5 băng rôn" where people are counted
    TOO_BIG = "too_big"  # more than bot.forms.numbers.LARGEST
    NO_DATE = "no_date"  # no date in it
    IMPOSSIBLE = "impossible"  # a date that no calendar has: "31/02"
    FUTURE = "future"  # not yet come, where something done is asked
    PAST = "past"  # gone, where something planned is asked
    UNCLEAR = "unclear"  # a time, or a sum, too loosely said: "đầu tháng", "500k/suất"


class Doubting(enum.StrEnum):
    """Why a value that was understood should be confirmed first."""

    APPROXIMATE = "approximate"  # "khoảng 30"
    THOUSANDS = "thousands"  # "500" for money: 500 nghìn?


@dataclass(frozen=True, slots=True)
class Value(Generic[T_co]):
    """Understood, e.g. "mười bảy" -> Value(17)."""

    value: T_co


@dataclass(frozen=True, slots=True)
class Doubt(Generic[T_co]):
    """Understood, but to be confirmed, e.g. "tầm 30" -> Doubt(30, APPROXIMATE)."""

    value: T_co
    why: Doubting


@dataclass(frozen=True, slots=True)
class Wrong:
    """Not understood; detail is the offending piece for the message, e.g. Wrong(IMPOSSIBLE, "31/02")."""

    why: Trouble
    detail: str = ""


Reading: TypeAlias = Value[T_co] | Doubt[T_co] | Wrong
