"""The side on which a question expects its day, and the choice among the days that a mention can mean."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from bot.forms.readings import Trouble, Value, Wrong

T = TypeVar("T", date, datetime)


class When(enum.StrEnum):
    """The side on which a day said without its year is taken; today is on both."""

    PAST = "past"
    FUTURE = "future"
    ANY = "any"


def nearest(moments: Iterable[T], now: T, when: When) -> Value[T] | Wrong:
    """The moment nearest to now on the side that is asked for; ties go to the past."""
    by_distance = sorted(moments, key=lambda moment: abs(moment - now))
    for moment in by_distance:
        if when is When.ANY or (moment <= now if when is When.PAST else moment >= now):
            return Value(moment)
    return Wrong(Trouble.FUTURE if when is When.PAST else Trouble.PAST, _shown(by_distance[0]))


def _shown(moment: date) -> str:
    return f"{moment:%d/%m/%Y %H:%M}" if isinstance(moment, datetime) else f"{moment:%d/%m/%Y}"
