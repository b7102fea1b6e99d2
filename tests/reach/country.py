"""Made-up trees of unions, with a chair and a report in every unit that reports, and officers anywhere above."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.effects import Effect, FileReport, GrantRole, LinkAddress, NewPerson
from bot.messages import Address
from bot.records import Figure, Person, Role, Submission, Unit
from tests.stage import Stage

KINDS: Final = ("cd_xa_phuong", "cd_nganh_dp", "cum_thi_dua", "cdcs", "cdcs", "nghiep_doan_co_so")
REPORTING: Final = {"cdcs", "nghiep_doan_co_so"}
COLUMNS: Final = "code,name,kind,parent,members,workers,valid_from,valid_to"


@dataclass(slots=True)
class Country:
    """A tree: for each code its kind and the code above ("" at the top)."""

    kinds: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)  # once they are in the database

    def below(self, code: str) -> set[str]:
        """Name everything under a unit, itself included."""
        found = {code}
        while True:
            more = {child for child, parent in self.parents.items() if parent in found} - found
            if not more:
                return found
            found |= more


def grown(chance: random.Random, size: int) -> Country:
    """Grow a tree: every unit hangs under one that came before it and does not report itself."""
    country = Country({"QA00": "ldld_tinh", "QA01": "ldld_tinh"}, {"QA00": "", "QA01": ""})
    for number in range(2, size):
        above = [code for code, kind in country.kinds.items() if kind not in REPORTING]
        code = f"QA{number:02}"
        country.kinds[code] = chance.choice(KINDS)
        country.parents[code] = chance.choice(above)
    return country


def written(country: Country, file: Path) -> None:
    """Write the tree as a list of units to import; a name is told from all others by its number."""
    rows = [
        f"{code},Union {code},{country.kinds[code]},{country.parents[code]},20,30,2025-07-01," for code in country.kinds
    ]
    file.write_text("\n".join([COLUMNS, *rows]) + "\n", encoding="utf-8")


async def peopled(stage: Stage, country: Country) -> None:
    """Give every unit that reports a chair named like it, with a report; every other one an officer."""
    async with stage.store.reading() as reads:
        country.units = {code: unit for code in country.kinds if (unit := await reads.unit_by_code(code)) is not None}
    effects: list[Effect] = []
    for code, unit in country.units.items():
        reports = unit.kind in REPORTING
        effects += _joined(stage, code, unit, Role.CHAIR if reports else Role.AREA_OFFICER)
        effects += [_reported(stage, code, unit)] if reports else []
    await stage.effects(*effects)


def _joined(stage: Stage, code: str, unit: Unit, role: Role) -> list[Effect]:
    person = Person(f"p-{code}", f"Holder-{code}", "anh", f"09000000{code[2:]}", "en")
    address = Address("telegram", code.lower())
    return [
        NewPerson(person),
        LinkAddress(address, person.id, stage.clock.now),
        GrantRole(person.id, unit.id, role, stage.clock.now.date().replace(month=1)),
    ]


def _reported(stage: Stage, code: str, unit: Unit) -> FileReport:
    day, id_ = stage.clock.now.date(), f"s-{code}"
    answers = {"dialogue_type": "dinh_ky", "event_date": day.isoformat(), "attendees": 7, "opinions": 0}
    report = Submission(
        id_, unit.id, "dialogue", 1, 1, f"p-{code}", "telegram", day, "2026-11", stage.clock.now, answers
    )
    figure = Figure(id_, unit.id, unit.parent, "dialogue", day, "attendees", "", 7)
    return FileReport(report, (figure,))
