"""A made-up country in a database: a tree of units and months of reports, written by SQL so that it takes minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, Connection, Date, Integer, MetaData, Table, Text, insert, text
from sqlalchemy.schema import CreateIndex, DropIndex

from bot.i18n import ZONE
from bot.reporting.calendar import Calendar
from bot.reporting.periods import Period
from storage import levels, totals
from storage.columns import Moment
from storage.tables import figures, submissions, unit_links, unit_names, units

NOW: Final = datetime(2026, 11, 14, 9, 0, tzinfo=ZONE)
FOUNDED: Final = date(2015, 1, 1)
CALENDAR: Final = Calendar()
NUMBERS: Final = {  # of a report, as many as chairs usually fill in
    "propaganda": ("sessions", "attendees"),
    "dialogue": ("attendees", "opinions", "resolved"),
    "membership": ("new_members", "members_in", "members_out", "total_members", "total_female", "total_workers"),
}
COUNTED: Final = {
    ("propaganda", "forms"): ("toa_dam", "hoi_nghi", "hoi_thi"),
    ("propaganda", "topics"): ("nq_43", "atvsld", "bac_ho"),
    ("dialogue", "dialogue_type"): ("dinh_ky", "theo_yeu_cau", "vu_viec"),
}
ANSWERS: Final = (
    '{"event_date":"2026-11-03","attendees":45,"opinions":6,"resolved":4,"note":"' + "Nội dung. " * 12 + '"}'
)


@dataclass(frozen=True, slots=True)
class Country:
    """How large it is: one root, provinces (or none), areas, grassroots unions, months of reports."""

    name: str
    provinces: int
    areas: int  # in all
    unions: int
    months: int

    @property
    def first_union(self) -> int:
        """The id of the first grassroots union; the units above come before."""
        return 2 + self.provinces + self.areas


PROVINCE: Final = Country("province", 0, 40, 1_000, 12)
NATION: Final = Country("nation", 34, 3_400, 120_000, 12)

_made = MetaData()
DAYS = Table(
    "made_days",
    _made,
    Column("n", Integer, primary_key=True),
    Column("day", Date),
    Column("filed_at", Moment),
)
SPEC = Table(
    "made_spec",
    _made,
    Column("form", Text),
    Column("field", Text),
    Column("choice", Text),
    Column("pick", Integer),
    Column("base", Integer),
)

# Each union reports an activity a month, and in turn a dialogue or its members; one in ten is silent, by turns.
_SUBMISSIONS = """
INSERT INTO submissions (id, unit, form, number, version, person, channel, day, period, filed_at, first_filed_at,
    answers, accepted, sources, draft, replaces, state, reason, current)
SELECT 'r' || u.id || '-' || {month} || '-' || {slot}, u.id,
    CASE WHEN {slot} = 0 THEN 'propaganda' WHEN (u.id / 7 + {month}) % 2 = 0 THEN 'dialogue' ELSE 'membership' END,
    {month} * 2 + {slot} + 1, 1, 'p1', 'telegram', d.day, :period, d.filed_at, d.filed_at,
    :answers, '{{}}', '{{}}', 'd' || u.id || '-' || {month} || '-' || {slot}, '', 'filed', '', {true}
FROM units u JOIN made_days d ON d.n = (u.id * 7 + {slot} * 11) % (SELECT count(*) FROM made_days)
WHERE u.kind = 'cdcs' AND (u.id * 31 + {month} * 17) % 10 <> 0
"""
_FIGURES = """
INSERT INTO figures (submission, field, choice, unit, parent, form, day, value, weight, filed_at, last)
SELECT s.id, f.field, f.choice, s.unit, l.parent, s.form, s.day,
    f.base + CASE WHEN f.choice = '' THEN s.unit % 7 ELSE 0 END, 1, s.filed_at, f.field LIKE 'total%'
FROM submissions s JOIN made_spec f ON f.form = s.form AND (f.pick < 0 OR f.pick = (s.unit + s.number) % 3)
JOIN unit_links l ON l.child = s.unit AND l.relation = 'manages'
WHERE s.period = :period
"""


def periods(months: int) -> list[Period]:
    """List so many periods, the open one last."""
    found = [CALENDAR.open(NOW)]
    while len(found) < months:
        found.insert(0, CALENDAR.previous(found[0]))
    return found


def build(connection: Connection, country: Country) -> None:
    """Fill an empty, migrated database."""
    _made.create_all(connection)
    indexes = [index for table in (figures, submissions) for index in table.indexes if not index.unique]
    for index in indexes:
        connection.execute(DropIndex(index))
    _lay_out(connection, country)
    connection.execute(insert(SPEC), list(_spec()))
    for month, period in enumerate(periods(country.months)):
        _month(connection, month, period)
    for index in indexes:
        connection.execute(CreateIndex(index))
    _made.drop_all(connection)
    totals.rebuild(connection)
    levels.rebuild(connection)
    if connection.dialect.name == "postgresql":  # as its own housekeeping would
        connection.exec_driver_sql("ANALYZE")


def _lay_out(connection: Connection, country: Country) -> None:
    listed, linked = [], []
    for unit, parent, kind, code in _tree(country):
        listed.append(_unit(unit, kind, code))
        if parent:
            linked.append({"child": unit, "relation": "manages", "valid_from": FOUNDED, "parent": parent})
    connection.execute(insert(units), listed)
    connection.execute(
        insert(unit_names),
        [{"unit": row["id"], "valid_from": FOUNDED, "name": f"Công đoàn {row['code']}"} for row in listed],
    )
    connection.execute(insert(unit_links), linked)
    connection.execute(
        text("INSERT INTO people (id, name, honorific, phone, language) VALUES ('p1', 'Páo', 'anh', '0900', 'vi')")
    )


def _unit(unit: int, kind: str, code: str) -> dict[str, Any]:
    people = {"members": 40 + unit % 60, "workers": 120 + unit % 90} if kind == "cdcs" else {}
    return {
        "id": unit,
        "code": code,
        "kind": kind,
        "valid_from": FOUNDED,
        "folded": f"{code.lower()} | cong doan {code.lower()}",
        **({"members": None, "workers": None} | people),
    }


def _tree(country: Country) -> Iterator[tuple[int, int, str, str]]:
    """Give each unit with its parent, kind and code, from the top down."""
    yield 1, 0, "tong_lien_doan" if country.provinces else "ldld_tinh", "VN"
    for n in range(country.provinces):
        yield 2 + n, 1, "ldld_tinh", f"P{n:02}"
    for n in range(country.areas):
        parent = 2 + n % country.provinces if country.provinces else 1
        yield 2 + country.provinces + n, parent, "cd_xa_phuong", f"A{n:04}"
    for n in range(country.unions):
        yield country.first_union + n, 2 + country.provinces + n % country.areas, "cdcs", f"U{n:06}"


def _spec() -> Iterator[dict[str, Any]]:
    for form, fields in NUMBERS.items():
        for field in fields:
            yield {"form": form, "field": field, "choice": "", "pick": -1, "base": 30 + len(field)}
    for (form, field), choices in COUNTED.items():
        for pick, choice in enumerate(choices):
            yield {"form": form, "field": field, "choice": choice, "pick": pick, "base": 1}


def _month(connection: Connection, month: int, period: Period) -> None:
    connection.execute(DAYS.delete())
    last = min(period.until, NOW.date())
    days = [period.since + timedelta(days=n) for n in range((last - period.since).days + 1)]
    filed = [datetime(day.year, day.month, day.day, 10, tzinfo=ZONE) for day in days]
    connection.execute(
        insert(DAYS),
        [{"n": n, "day": day, "filed_at": at} for n, (day, at) in enumerate(zip(days, filed, strict=True))],
    )
    true = "1" if connection.dialect.name == "sqlite" else "true"
    given = {"period": period.code, "answers": ANSWERS}
    for slot in (0, 1):
        statement = _SUBMISSIONS.format(month=month, slot=slot, true=true).replace(
            ":answers", "CAST(:answers AS JSON)" if connection.dialect.name == "postgresql" else ":answers"
        )
        connection.execute(text(statement), given)
    connection.execute(text(_FIGURES), {"period": period.code})
