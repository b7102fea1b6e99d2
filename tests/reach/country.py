"""Made-up trees of unions as they change: units move, close and are recognised by others; and what is true of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from hypothesis import strategies as st

from bot.records import Unit

KINDS: Final = ("cd_xa_phuong", "cd_nganh_dp", "cum_thi_dua", "cdcs", "cdcs", "nghiep_doan_co_so")
REPORTING: Final = {"cdcs", "nghiep_doan_co_so"}
COLUMNS: Final = "code,name,kind,parent,members,workers,valid_from,valid_to,recognised_by"
FOUNDED: Final = date(2025, 7, 1)
MOVES: Final = (date(2026, 2, 1), date(2026, 10, 28), date(2026, 11, 20))  # long ago, in the open period, to come
CLOSES: Final = (date(2026, 6, 30), date(2026, 10, 31), date(2026, 12, 31))  # last days


@dataclass(frozen=True, slots=True)
class Place:
    """One unit: who manages it, perhaps somebody else from a day on, and its last day if it has one."""

    kind: str
    parent: str = ""
    moved_to: str = ""
    moved_on: date = date.max
    last_day: date = date.max
    recognised_by: str = ""

    @property
    def reports(self) -> bool:
        """Tell whether it is one of those that are asked to report."""
        return self.kind in REPORTING

    def manager(self, day: date) -> str:
        """Name who manages it on a day ("" at the top)."""
        return self.moved_to if self.moved_to and day >= self.moved_on else self.parent


@dataclass(slots=True)
class Country:
    """A tree by codes, and who holds a second post: (unit of the officer, unit of the post, role or "ended")."""

    places: dict[str, Place]
    posts: tuple[tuple[str, str, str], ...] = ()
    units: dict[str, Unit] = field(default_factory=dict)  # once they are in the database

    def below(self, code: str, day: date) -> set[str]:
        """Name everything managed under a unit on a day, itself included; what is closed is not there any more."""
        return {one for one in self.places if day <= self.places[one].last_day and code in self.way(one, day)}

    def ever_below(self, code: str, since: date, until: date) -> set[str]:
        """Name everything that was under a unit on any of these days."""
        days = (since + timedelta(days=n) for n in range((until - since).days + 1))
        return set().union(*(self.below(code, day) for day in days))

    def way(self, code: str, day: date) -> Iterator[str]:
        """Name a unit and everybody above it on a day."""
        while code:
            yield code
            code = self.places[code].manager(day)

    def managing(self) -> list[str]:
        """Name the units that have an officer: those that do not report themselves."""
        return [code for code, place in self.places.items() if not place.reports]

    def reach(self, code: str, day: date) -> set[str]:
        """Name what the officer of a unit reaches on a day, by all posts of theirs that are posts of officers."""
        more = [at for officer, at, role in self.posts if officer == code and role == "area_officer"]
        return set().union(*(self.below(one, day) for one in (code, *more)))

    def own(self, code: str) -> set[str]:
        """Name the units for which the officer of a unit reports."""
        return {at for officer, at, role in self.posts if officer == code and role == "chair"}

    def colleagues(self, code: str, day: date) -> set[str]:
        """Name the units whose officer holds a second post at a unit that the officer of another one reaches."""
        mine = self.reach(code, day) | self.own(code)
        return {officer for officer, at, role in self.posts if role != "ended" and at in mine}


@st.composite
def countries(draw: st.DrawFn, size: int) -> Country:
    """Draw a tree: every unit hangs, and moves, under ones that came before it and do not report themselves."""
    places = {"QA00": Place("ldld_tinh"), "QA01": Place("ldld_tinh"), "QA02": Place("cd_xa_phuong", "QA00")}
    places |= {"QA03": Place("cd_xa_phuong", "QA01"), "QA04": Place("cdcs", "QA02"), "QA05": Place("cdcs", "QA03")}
    for number in range(len(places), size):
        above = st.sampled_from([code for code, place in places.items() if not place.reports])
        kind, parent, recognised_by = draw(st.sampled_from(KINDS)), draw(above), draw(st.one_of(st.just(""), above))
        place = Place(kind, parent, recognised_by=recognised_by)
        fate = draw(st.sampled_from(["stays", "stays", "moves", "closes"]))
        if fate == "moves":
            place = Place(kind, parent, draw(above), draw(st.sampled_from(MOVES)), recognised_by=recognised_by)
        elif fate == "closes" and place.reports:
            place = Place(kind, parent, last_day=draw(st.sampled_from(CLOSES)), recognised_by=recognised_by)
        places[f"QA{number:02}"] = place
    return Country(places, tuple(_posts(draw, places)))


def _posts(draw: st.DrawFn, places: dict[str, Place]) -> Iterator[tuple[str, str, str]]:
    """Give some officers a second post elsewhere, of an officer or a chair, or one that is over."""
    managing = [code for code, place in places.items() if not place.reports]
    lasting = [code for code, place in places.items() if place.reports and place.last_day == date.max]
    for officer in draw(st.lists(st.sampled_from(managing[2:]), unique=True, max_size=3)):
        role = draw(st.sampled_from(["area_officer", "chair", "ended"]))
        at = draw(st.sampled_from(lasting if role == "chair" else managing))
        if at != officer:
            yield officer, at, role


def listed(country: Country, file: Path) -> None:
    """Write the tree as a list of units to import; a name is told from all others by its number."""
    rows = [
        f"{code},Union {code},{one.kind},{one.parent},20,30,{FOUNDED},"
        f"{one.last_day if one.last_day != date.max else ''},{one.recognised_by}"
        for code, one in country.places.items()
    ]
    file.write_text("\n".join([COLUMNS, *rows]) + "\n", encoding="utf-8")


def moves(country: Country, file: Path) -> bool:
    """Write who is managed by somebody else from a day on; tell whether anybody is."""
    moved = {code: one for code, one in country.places.items() if one.moved_to and one.moved_to != one.parent}
    rows = [f"{code},{one.moved_to},{one.moved_on}" for code, one in moved.items()]
    file.write_text("\n".join(["code,parent,valid_from", *rows]) + "\n", encoding="utf-8")
    return bool(moved)
