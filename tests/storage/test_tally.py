"""What is counted by the database is what the lists say, unit by unit."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.effects import Exempt, FileReport
from bot.i18n import ZONE
from bot.ports import Sum, Tally
from bot.records import Figure, Role
from bot.reporting.calendar import Calendar
from bot.reporting.completeness import Particulars, asked, completeness
from bot.reporting.periods import Period
from storage.levels import rebuild
from storage.sql import add
from storage.store import SqlStore
from storage.tables import unit_links, unit_names, units
from tests.storage.people import AREA_A, AREA_B, NOW, PROVINCE, SCHOOL, TODAY, joined, link, report, write

FIELDS = {("membership", "total_members"): "members", ("membership", "total_female"): ""}
CALENDAR = Calendar()


async def invent(store: SqlStore, dice: random.Random, period: Period) -> None:
    """Lay out unions of all ages, with reports before and after the deadline, nil ones and withdrawn ones."""
    rows, names, links, filings = [], [], [], []
    for id_ in range(100, 140):
        begun = period.since + timedelta(days=dice.choice([-400, -400, -400, 0, 1, 12]))
        ended = dice.choice([None, None, None, *(period.until + timedelta(days=days) for days in (-9, 0, 1, 2, 60))])
        kind = dice.choice(["cdcs", "cdcs", "nghiep_doan_co_so", "to_cong_doan"])
        members = dice.choice([None, 40, 60])
        rows.append({"id": id_, "code": f"U{id_}", "kind": kind, "members": members, "folded": f"u{id_}"})
        rows[-1] |= {"valid_from": begun, "valid_to": ended}
        names.append({"unit": id_, "valid_from": begun, "name": f"Đơn vị {id_}"})
        links.append(link(id_, dice.choice([AREA_A, AREA_B, SCHOOL]), begun, ended))
        filings += [filing(dice, id_, number, period) for number in range(1, dice.choice([1, 1, 2, 4]))]
    async with store.batch() as batch:
        for table, made in ((units, rows), (unit_names, names), (unit_links, links)):
            await batch.run(add, table, made)
        await batch.run(rebuild)
    exempt = [Exempt(id_, period.code, "flood", "pao", NOW) for id_ in dice.sample(range(100, 140), 5)]
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), *filings, *exempt)


def filing(dice: random.Random, unit: int, number: int, period: Period) -> FileReport:
    """Make one report of the membership, or a nil."""
    id_, form = f"r{unit}-{number}", dice.choice(["nil", "membership", "membership"])
    day = period.since + timedelta(days=dice.randrange(-40, 35))
    filed_at = period.due_at + timedelta(hours=dice.choice([-300, -48, 0, 1, 30]), microseconds=dice.randrange(2))
    first = dice.choice([None, filed_at - timedelta(days=2)])
    state = dice.choice(["filed", "filed", "filed", "returned", "withdrawn"])
    code = CALENDAR.of(day).code
    figures = [
        Figure(id_, unit, AREA_A, form, day, field, "", dice.randrange(1, 99), last=True)
        for form_, field in FIELDS
        if form == form_ and state == "filed" and dice.random() < 0.8
    ]
    told: dict[str, Any] = {"unit": unit, "form": form, "day": day, "period": code}
    told |= {"filed_at": filed_at, "state": state}
    return FileReport(report(id_, number, first_filed_at=first, **told), tuple(figures))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("closed_by", [(), ("membership",)], ids=["any-report", "one-kind"])
async def test_a_tally_counts_what_the_list_names(store: SqlStore, seed: int, closed_by: tuple[str, ...]) -> None:
    """For the whole, a part and a single union; before and after the deadline; some were exempted."""
    dice = random.Random(seed)
    period = replace(CALENDAR.open(NOW), forms=closed_by, nil=dice.random() < 0.5)
    await invent(store, dice, period)
    for under in ([PROVINCE], [AREA_B], [AREA_A, SCHOOL], [111], []):
        on = dice.choice([TODAY, period.since, period.until])
        async with store.reading() as reads:
            found = await reads.tally(under, on, asked(period))
            listed = await reads.subtree(under, on)
            receipts = await reads.receipts([unit.id for unit in listed], period)
            exempted = await reads.exempted([unit.id for unit in listed], period.codes)
        named = completeness(period, listed, receipts, NOW.astimezone(ZONE), Particulars(CALENDAR, exempted))
        nil = sum(1 for one in named.units if one.nil)
        assert found == Tally(named.due, named.on_time, named.late, nil)
        assert (found.received, found.share) == (named.received, named.share)
        assert found.lacking == named.waiting + named.missing


@pytest.mark.parametrize("seed", range(4))
async def test_last_values_are_added_up(store: SqlStore, seed: int) -> None:
    """Those that units told, and of the others the opening numbers of the list of units."""
    dice = random.Random(seed)
    period = CALENDAR.open(NOW)
    await invent(store, dice, period)
    for under in ([PROVINCE], [AREA_B], [AREA_A, SCHOOL], [111], []):
        until = period.since + timedelta(days=dice.randrange(-30, 30))
        async with store.reading() as reads:
            found = await reads.last_sums(under, until, FIELDS)
            listed = {unit.id: unit for unit in await reads.subtree(under, until)}
            told = {
                (unit, form, field): value
                for id_ in listed
                for unit, form, field, value in await reads.last_values([id_], until, list(FIELDS))
                if unit == id_
            }
        wanted = []
        for (form, field), column in sorted(FIELDS.items()):
            opening = {id_: getattr(unit, column, None) for id_, unit in listed.items()}
            values = [told.get((id_, form, field), opening[id_]) for id_ in listed]
            known = [value for value in values if value is not None]
            rows = sum(1 for unit, *one in told if one == [form, field])
            wanted += [Sum(form, field, "", sum(known), rows)] if sum(known) or rows else []
        assert found == wanted


async def test_nobody_is_asked_by_a_period_of_no_kinds(store: SqlStore) -> None:
    """Nothing is due, so nothing lacks."""
    nobody = replace(asked(CALENDAR.at("2026-11")), kinds=frozenset())
    async with store.reading() as reads:
        found = await reads.tally([PROVINCE], TODAY, nobody)
        assert (found, found.share) == (Tally(0, 0, 0, 0), 1.0)
        assert await reads.last_sums([PROVINCE], TODAY, {}) == []
