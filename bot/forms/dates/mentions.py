"""What can be mentioned: a day, a time of day, a span, something too loose; and a month as said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or all the days it can be; none if no calendar has it."""

    piece: str
    dates: tuple[date, ...]


class Weekday(Day):
    """A day of the week, alone or beside a date that it must agree with."""

    __slots__ = ()


class Hint(Day):
    """A day in a word that is also a name or means much else ("mai", "nay"), for want of anything better."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ago(Day):
    """A moment counted from now: "vừa xong", "2 tiếng trước"."""

    ago: timedelta


@dataclass(frozen=True, slots=True)
class Loose:
    """A time too loosely said: "đầu tháng"."""

    piece: str


@dataclass(frozen=True, slots=True)
class Span:
    """More days than one: "5-7/11"."""

    piece: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: "8h30", "7 giờ tối"; part is sáng, tối… if it was said right behind."""

    piece: str
    minutes: int
    part: str | None


Mention = Day | Loose | Span | Clock


@dataclass(frozen=True, slots=True)
class Month:
    """A month as said; without its year it can be of any year."""

    month: int
    year: int | None = None
    lunar: bool = False


def pieces(mentions: Iterable[Mention]) -> str:
    """Quote the first few for the message that says what is wrong."""
    return ", ".join([mention.piece for mention in mentions][:3])
