"""What a preview reckons: who is written to where, what is free, what is paid for, and who must write first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.messages import Address
from bot.notices.notice import Reader, Readers
from bot.notices.reach import SILENT, Counting, Reach
from bot.ports import Facts, Window
from bot.records import Role

NOW = datetime(2026, 11, 10, 3, tzinfo=UTC)
PLAIN = Facts(2000, buttons=False, edits=False, files=False, pace=30.0)
OA = Facts(2000, False, False, False, 30.0, window=Window(timedelta(hours=48), timedelta(days=7), 55, {"notice": 300}))
BARE = Facts(2000, False, False, False, 30.0, window=Window(timedelta(hours=48), timedelta(days=7), 55))


def reader(unit: int, role: Role = Role.CHAIR, **days: int) -> Reader:
    """Somebody who wrote so many days ago on each of these channels, the first one preferred."""
    addresses = tuple(Address(channel, f"{unit}-{role}") for channel in days)
    return Reader(unit, role, f"p{unit}-{role}", "vi", addresses, tuple(NOW - timedelta(days=n) for n in days.values()))


def counted(*readers: Reader, oa: Facts = OA, parts: int = 1) -> Reach:
    counting = Counting(Readers.REPORTER, {"zalo_oa": oa, "telegram": PLAIN}, NOW, {"zalo_oa": parts})
    counting.add(sorted({one.unit for one in readers}), readers)
    return counting.reach()


def test_prices_by_how_long_somebody_was_silent() -> None:
    """Free within two days, then at a price, after a week by template."""
    reach = counted(reader(1, zalo_oa=1), reader(2, zalo_oa=5), reader(3, zalo_oa=6), reader(4, zalo_oa=30))
    assert (reach.free, reach.paid, reach.cost, reach.instead) == (1, 3, 55 + 55 + 300, 0)
    assert reach.channels == {"zalo_oa": 4}


def test_each_part_of_a_long_text_is_paid_for() -> None:
    """But a template is one message, however long the text that it stands in for."""
    reach = counted(reader(1, zalo_oa=1), reader(2, zalo_oa=5), reader(3, zalo_oa=30), parts=3)
    assert (reach.paid, reach.cost, reach.costs("zalo_oa")) == (2, 3 * 55 + 300, [165, 300])


def test_without_a_template_another_channel_does() -> None:
    """It is counted there, and costs nothing; who uses that channel anyway is not counted as moved."""
    reach = counted(reader(1, zalo_oa=8, telegram=90), reader(2, telegram=90, zalo_oa=8), oa=BARE)
    assert (reach.free, reach.paid, reach.instead) == (0, 0, 1)
    assert reach.channels == {"telegram": 2}


def test_who_has_no_other_way_must_write_first() -> None:
    """Then the deputy gets it; where there is none, the unit is named."""
    deputy = reader(1, Role.DEPUTY, zalo_oa=1)
    reach = counted(reader(1, zalo_oa=8), deputy, reader(2, zalo_oa=8), oa=BARE)
    assert (list(reach.ways), reach.unreached) == ([deputy.person], {2: SILENT})
