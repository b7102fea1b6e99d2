"""The membership ledger: what a unit's number of members should have been before the next report changes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

Entry = tuple[date, datetime, int]
"""An earlier membership report: the day it is about, when it was filed, and the total it ended with."""


def expected_total(history: Iterable[Entry], day: date, opening: int | None) -> int | None:
    """Give the total that a membership report about `day` starts from; None where nobody ever stated one.

    The rule of the ledger is total(t) = total(t-1) + new + in - out, and this is total(t-1): the total of the last
    report about that day or an earlier one (of the latest day; of several about it, the last filed), else the
    `opening` figure of the unit's list entry. A report about a later day never counts: when an earlier day is
    reported after it, that one may be flagged but nothing of it is changed. `history` holds current reports only,
    without the one being corrected.
    """
    earlier = [entry for entry in history if entry[0] <= day]
    return max(earlier, key=lambda entry: entry[:2])[2] if earlier else opening
