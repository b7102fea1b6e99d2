"""Unions that report, correct, withdraw, move, merge and report late; and what that adds up to, counted by hand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from bot.cli.importing import import_units
from bot.effects import FileReport
from bot.records import Figure, Role
from bot.reporting.figures import BESIDE
from storage.store import SqlStore
from tests.storage.life import Found, manager
from tests.storage.people import FOUNDED, TODAY, joined, report, write

FIRST: Final = date(2025, 9, 1)  # the year before is compared with
DAYS: Final = (TODAY - FIRST).days + 1
UNITS: Final = """\
code,name,kind,parent,members,workers,valid_from,sector
LD,LĐLĐ tỉnh Lai Châu,ldld_tinh,,,,2020-01-01,
A,Công đoàn phường Đoàn Kết,cd_xa_phuong,LD,,,2020-01-01,
B,Công đoàn xã Mường Tè,cd_xa_phuong,LD,,,2020-01-01,
A-01,CĐCS Trường Tiểu học Số 1,cdcs,A,,,2020-01-01,nha_nuoc
A-02,CĐCS Trung tâm Y tế,cdcs,A,,,2020-01-01,nha_nuoc
B-01,CĐCS Nhà máy Chè,cdcs,B,,,2020-01-01,tu_nhan
G,Cụm thi đua số 1,cum_thi_dua,A,,,2020-01-01,
G-01,CĐCS Mỏ đá,cdcs,G,40,50,2020-01-01,tu_nhan
G-02,CĐCS Thủy điện,cdcs,G,,,2020-01-01,
"""
FIELDS: Final[Mapping[str, Sequence[tuple[str, str]]]] = {  # (field, choice) that a report of the kind may count
    "dialogue": (("attendees", ""), ("opinions", ""), ("dialogue_type", "dinh_ky"), ("dialogue_type", "vu_viec")),
    "propaganda": (("sessions", ""), ("attendees", ""), ("posts", "")),
    "membership": (("new_members", ""), ("members_out", ""), ("net_members", ""), ("total_members", "")),
    "welfare": (("beneficiaries", ""), ("amount", "")),
    "bargaining": (("covered_workers", ""), ("shift_meal_value", "")),
}
SECTORS: Final = {"A-01": "nha_nuoc", "A-02": "nha_nuoc", "B-01": "tu_nhan", "G-01": "tu_nhan"}
MEANS: Final = {("bargaining", "shift_meal_value"): "covered_workers"}  # averages, and of whom they are
COUNTED: Final = {("dialogue", "dialogue_type")}  # one choice a report, each once
LISTED: Final = {("G-01", "total_members"): 40, ("G-01", "total_workers"): 50, ("N-", "total_members"): 30}
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What one report says, as it counts now."""

    unit: int
    form: str
    day: date
    order: int  # of filing
    values: Mapping[tuple[str, str], int]


class Lives:
    """What happens is drawn by dice; `told` is all that counts, kept beside the database."""

    def __init__(self, store: SqlStore, folder: Path, seed: int) -> None:
        """Begin with nothing."""
        self.store = store
        self.folder = folder
        self.dice = random.Random(seed)
        self.told: dict[tuple[int, int], Told] = {}
        self.versions: dict[tuple[int, int], tuple[str, int]] = {}
        self.alive: dict[str, tuple[date, date]] = {}  # unions that report, by code: first and last day
        self.ids: dict[str, int] = {}
        self.links: dict[int, Found] = {}
        self.filings = 0
        self.merged = 0

    async def begin(self) -> None:
        """Found the unions."""
        assert await self._listed(UNITS)
        await write(self.store, *joined("pao", Role.CHAIR, self.ids["A-01"]))
        self.alive = dict.fromkeys(("A-01", "A-02", "B-01", "G-01", "G-02"), (FOUNDED, date.max))
        await self._look()

    async def goes_on(self) -> None:
        """Let something happen."""
        deeds = (self.files, self.files, self.files, self.files, self.corrects, self.withdraws, self.moves, self.merges)
        await self.dice.choice(deeds)()

    async def files(self) -> None:
        """A union files a report, often about a day long past, perhaps of one that is closed by now."""
        code = self.dice.choice(sorted(self.alive))
        unit = self.ids[code]
        number = sum(1 for one, _number in self.versions if one == unit) + 1
        await self._file(code, number, self.dice.choice(sorted(FIELDS)), "")

    async def corrects(self) -> None:
        """A report says something else now, perhaps about another day."""
        if self.told:
            unit, number = self.dice.choice(sorted(self.told))
            code = next(code for code, id_ in self.ids.items() if id_ == unit)
            await self._file(code, number, self.told[unit, number].form, self.versions[unit, number][0])

    async def withdraws(self) -> None:
        """A report counts no more."""
        if self.told:
            key = self.dice.choice(sorted(self.told))
            before, version = self.versions[key]
            told = self.told.pop(key)
            self.filings += 1
            self.versions[key] = (f"r{self.filings}", version + 1)
            gone = {"form": told.form, "day": told.day, "replaces": before, "state": "withdrawn"}
            await write(self.store, FileReport(report(f"r{self.filings}", key[1], version + 1, unit=key[0], **gone)))

    async def moves(self) -> None:
        """A union, a group of unions or an area comes under another one, perhaps from a day that is past."""
        ways = {"B": ("A", "LD"), "G": ("A", "B", "LD")}
        code = self.dice.choice([*sorted(self.alive), "B", "G", "G"])
        above = self.dice.choice(ways.get(code, ("A", "B", "G", "LD")))
        await self._listed(f"code,parent,valid_from\n{code},{above},{self._day(FIRST, TODAY)}\n")

    async def merges(self) -> None:
        """Two unions close after their last report, and a new one comes in their place."""
        living = sorted(code for code, (_since, last) in self.alive.items() if last == date.max)
        old = self.dice.sample(living, 2)
        reported = [one.day for one in self.told.values() if one.unit in {self.ids[code] for code in old}]
        first = max([FIRST, *reported]) + timedelta(days=1)
        if len(living) < 4 or first > TODAY:
            return
        day = self._day(first, TODAY)
        above, code = self.dice.choice(("A", "B", "G")), f"N-{self.merged + 1:02}"
        rows = [f"{one},,,,,,{day - timedelta(days=1)}," for one in old]
        rows += [f"{code},CĐCS hợp nhất {code},cdcs,{above},30,{day},,{';'.join(old)}"]
        if await self._listed("\n".join(["code,name,kind,parent,members,valid_from,valid_to,successor_of", *rows])):
            self.merged += 1
            self.alive |= {one: (self.alive[one][0], day - timedelta(days=1)) for one in old}
            self.alive[code] = (day, date.max)

    def _day(self, since: date, until: date) -> date:
        return since + timedelta(days=self.dice.randrange(max(1, (until - since).days + 1)))

    async def _listed(self, rows: str) -> bool:
        """Import a list; tell whether it was taken."""
        file = self.folder / "list.csv"
        file.write_text(rows, encoding="utf-8")
        outcome = await import_units(self.store, file, dry_run=False)
        await self._look()
        return not outcome.refused

    async def _look(self) -> None:
        async with self.store.reading() as reads:
            self.ids = await reads.unit_ids()
            self.links = await reads.parents_on(list(self.ids.values()))

    async def _file(self, code: str, number: int, form: str, replaces: str) -> None:
        self.filings += 1
        unit, id_ = self.ids[code], f"r{self.filings}"
        first, last = self.alive[code]
        late = TODAY - timedelta(days=self.dice.choice((30, 60, 200, DAYS)))
        day = self._day(max(first, FIRST, min(late, last)), min(last, TODAY))
        values = weighted(form, self._values(form))
        version = self.versions.get((unit, number), ("", 0))[1] + 1
        above = manager(self.links[unit], day)
        of = (id_, unit, above, form, day)
        counted = tuple(Figure(*of, *key, value, last=key[0] == "total_members") for key, value in values.items())
        told = {"form": form, "day": day, "replaces": replaces, "period": f"{day:%Y-%m}"}
        filed_at = report("x").filed_at + timedelta(seconds=self.filings)
        filed = report(id_, number, version, unit=unit, filed_at=filed_at, **told)
        await write(self.store, FileReport(filed, counted))
        self.versions[unit, number] = (id_, version)
        self.told[unit, number] = Told(unit, form, day, self.filings, values)

    def _values(self, form: str) -> dict[tuple[str, str], int]:
        keys = list(FIELDS[form])
        choices = [key for key in keys if (form, key[0]) in COUNTED]
        kept = [key for key in keys if key not in choices and (key[0] in MUST or self.dice.random() < 0.8)]
        one = [self.dice.choice(choices)] if choices else []
        return {key: self.dice.randrange(60) for key in kept} | dict.fromkeys(one, 1)

    # --- by hand ------------------------------------------------------------------------------------------------------

    def way(self, unit: int, day: date) -> Iterator[int]:
        """Give a unit and everybody above it on a day; before its first link that one held."""
        at: int | None = unit
        while at is not None:
            yield at
            at = manager(self.links[at], day)

    def counting(self, root: int, since: date, until: date) -> list[Told]:
        """List the reports of these days that were under a unit then."""
        days = (one for one in self.told.values() if since <= one.day <= until)
        return [one for one in days if root in self.way(one.unit, one.day)]

    def sums(self, root: int, since: date, until: date) -> Counter[Key]:
        """Add them up by form, field and choice; (form, "", "") counts the reports."""
        found: Counter[Key] = Counter()
        for one in self.counting(root, since, until):
            found[one.form, "", ""] += 1
            for (field, choice), value in one.values.items():
                found[one.form, field, choice] += value
        return found

    def said(self, root: int, since: date, until: date) -> set[Key]:
        """Name what was reported at all: 0 was, what nobody told was not."""
        return {(one.form, *key) for one in self.counting(root, since, until) for key in one.values}

    def under(self, root: int, day: date) -> list[int]:
        """List the unions that are there on a day, and under a unit by the links of that day."""
        living = [self.ids[code] for code, (first, last) in self.alive.items() if first <= day <= last]
        return [unit for unit in living if root in self._strictly(unit, day)]

    def _strictly(self, unit: int, day: date) -> Iterator[int]:
        at: int | None = unit
        while at is not None:
            yield at
            spans = self.links[at]
            at = next((above for since, until, above in spans if since <= day and (until is None or day < until)), None)

    def latest(self, root: int, days: tuple[date, date], field: str) -> int:
        """Add up, over the unions there on the first day, what each told last until the second, or its list entry."""
        return sum(self._latest(unit, days[1], field) for unit in self.under(root, days[0]))

    def _latest(self, unit: int, until: date, field: str) -> int:
        key = (field, "")
        mine = [one for one in self.told.values() if one.unit == unit and key in one.values and one.day <= until]
        latest = max(mine, key=lambda one: (one.day, one.order), default=None)
        if latest is not None:
            return latest.values[key]
        code = next(code for code, id_ in self.ids.items() if id_ == unit)
        return LISTED.get((code[:4], field), LISTED.get((code[:2], field), 0))


def weighted(form: str, values: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """Set averages as they are kept: times the people they are of, and these; of nobody there is none."""
    for (kind, field), people in MEANS.items():
        if kind == form and (field, "") in values:
            mean, weight = values.pop((field, "")), values[people, ""]
            values |= {(field, ""): mean * weight, (field, BESIDE): weight} if weight else {}
    return values


def mean(sums: Mapping[Key, int], form: str, field: str) -> int | None:
    """Give an average by hand; None where nobody told one."""
    people = sums.get((form, field, BESIDE), 0)
    return round(sums[form, field, ""] / people) if people else None


MUST: Final = {"attendees", "sessions", "new_members", "beneficiaries", "covered_workers"}
"""Fields that no report of their kind leaves out."""
