"""What rows of cycles say together: each with its own complaints, and those that only show between days and rows."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final

from bot.i18n import Text, _
from bot.reporting.cells import Row, Wrong
from bot.reporting.cycles.cycle import EVERY_MONTH, Cycle
from bot.reporting.cycles.day import LAST_OF_MONTH, MONTHS
from bot.reporting.cycles.rows import read_cycle
from bot.reporting.periods import ONE_DAY

YEARS: Final = range(2024, 2045)  # looked through: every place of Tết, leap months, leap years
BASIS: Final = "month"  # the cycle that says which days count for which month


def read_cycles(rows: Sequence[Row], forms: Collection[str]) -> tuple[tuple[Cycle, ...], list[Wrong]]:
    """Read the rows of the sheet "cycles", with everything that is wrong with them.

    A row "for" a unit kind or a unit has only the cells that differ from the row for everybody. `forms` are the
    report kinds there are or will be. The cycles are of use only if nothing is wrong.
    """
    cycles: list[Cycle] = []
    wrong: list[Wrong] = []
    base = {row.get("cycle", ""): row for row in rows if not row.get("for", "").strip()}
    for place, row in enumerate(rows):
        whole = {**base.get(row.get("cycle", ""), {}), **row}
        cycle, complaints = read_cycle(whole, forms)
        cycles.append(cycle)
        found = [Wrong(place, one.column, one.text) for one in complaints]
        found += [] if complaints else [Wrong(place, column, text) for column, text in _within(cycle)]
        wrong += found
    return tuple(cycles), [*wrong, *_between(cycles)]


def _within(cycle: Cycle) -> Iterator[tuple[str, Text]]:
    """Complain of days of one cycle that do not fit together, each kind of trouble once, in its first period."""
    numbers = range(YEARS.start * MONTHS, YEARS.stop * MONTHS) if cycle.repeats == EVERY_MONTH else YEARS
    told: set[str] = set()
    for number in numbers:
        for column, text in _order(cycle, number):
            if column not in told:
                told.add(column)
                yield column, text


def _order(cycle: Cycle, number: int) -> Iterator[tuple[str, Text]]:
    period, until = cycle.named(number), cycle.last_day(number)
    since, due, lock = cycle.first_day(number), cycle.due.on(number, until), cycle.lock.on(number, until)
    commune, province = cycle.due_commune.on(number, until), cycle.due_province.on(number, until)
    if until < since:
        yield "cut_off", _("in {period} the data end on {until}, before they begin.", period=period, until=until)
    if due < until:
        yield "due", _("{period} is due on {day}, before its data end on {until}.", period=period, day=due, until=until)
    if commune < due:
        yield "due_commune", _("{period} is passed on on {day}, before units report.", period=period, day=commune)
    if province < commune:
        yield "due_province", _("{period} is compiled on {day}, before it is passed on.", period=period, day=province)
    if lock < due:
        yield "lock", _("{period} locks on {day}, before it is due.", period=period, day=lock)
    if cycle.estimated_to is not None and cycle.estimated_to.on(number, until) < until:
        yield "estimated_to", _("{period} is estimated to a day before its data end.", period=period)
    yield from _follow(cycle, number, until)


def _follow(cycle: Cycle, number: int, until: date) -> Iterator[tuple[str, Text]]:
    """Complain where one period runs into the next, or a month (all reports are kept by month) leaves days out."""
    following = cycle.since.on(number + 1)
    if cycle.repeats == EVERY_MONTH and not _is_long(following):
        return  # the 29th to 31st of a shorter month are its last day
    if following <= until:
        names = {"period": cycle.named(number), "after": cycle.named(number + 1)}
        yield "from", _("{period} runs into {after}, which begins on {day}.", **names, day=following)
    elif cycle.repeats == EVERY_MONTH and following != until + ONE_DAY:
        yield "from", _("{day} belongs to no month.", day=until + ONE_DAY)


def _is_long(day: date) -> bool:
    return monthrange(day.year, day.month)[1] == LAST_OF_MONTH


def _between(cycles: Sequence[Cycle]) -> Iterator[Wrong]:
    seen: dict[tuple[str, str], int] = {}
    codes: dict[str, str] = {}
    for place, cycle in enumerate(cycles):
        if (cycle.code, cycle.whom) in seen:
            yield Wrong(place, "cycle", _("the same as row {row} says already.", row=seen[cycle.code, cycle.whom] + 1))
        seen.setdefault((cycle.code, cycle.whom), place)
        if codes.setdefault(cycle.names, cycle.code) != cycle.code:
            yield Wrong(place, "code", _("{cycle} has the same codes of periods.", cycle=codes[cycle.names]))
    yield from (
        Wrong(place, "for", _("there is no row of {cycle} for everybody.", cycle=cycle.code))
        for place, cycle in enumerate(cycles)
        if cycle.whom and (cycle.code, "") not in seen
    )
    if not any(cycle.code == BASIS and cycle.repeats == EVERY_MONTH and not cycle.whom for cycle in cycles):
        yield Wrong(
            0, "cycle", _("a monthly row {cycle} is needed: it says which days count for which month.", cycle=BASIS)
        )
