"""What may be typed, or stand on a button, to get at something of a unit: for every command there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from tests.reach.people import DIRECTIVE, Things

Words = Callable[[Things], Iterator[str]]


def nothing(one: Things) -> Iterator[str]:
    """It takes no words, or only such as have nothing to do with units."""
    del one
    yield ""


def unit(one: Things) -> Iterator[str]:
    """Name the unit in every way."""
    yield from (one.code, one.code.lower(), f"{one.unit.id}", f"u{one.unit.id}", f"u={one.unit.id}", one.unit.name)


def report(one: Things) -> Iterator[str]:
    """Name its reports, as officers and as their own unit do."""
    for number in (1, 3, 4):
        yield from (f"{number}.{one.unit.id}", f"{one.code} {number}", f"BC{number}.{one.unit.id}", f"{number}")


def decision(one: Things) -> Iterator[str]:
    """Decide about its report as it stands, in every way that a button has."""
    for name in (f"1.{one.unit.id}", f"{one.code} 1"):
        yield from (name, f"{name} 1.0", f"{name} 1.0 attendees", f"{name} 1.0 - wrong", f"{name} so so")


def figures(one: Things) -> Iterator[str]:
    """Ask for the figures of the period, with and without the unit."""
    yield from ("", "2026-11", f"2026-11 u={one.unit.id}", f"2026-11 u={one.unit.id} all", f"2026-11 {one.code}")
    yield from (f"u={one.unit.id} own", f"{one.unit.name}", "2026-10 all", "2026-11 all", f"k=dialogue u={one.unit.id}")


def behind(one: Things) -> Iterator[str]:
    """Ask what is behind a number, in all and of the unit. The marks are those of dialogues and who took part."""
    for mark in ("8c8d3663", "b7f008df", "00000000"):
        yield from (f"2026-11 {mark}", f"2026-11 {mark} u{one.unit.id}")
    yield "2026-11"


def targets(one: Things) -> Iterator[str]:
    """Ask for targets of the unit, or split one."""
    yield from ("", f"u{one.unit.id}", f"u{one.unit.id} 2026 dialogues", f"{one.unit.id} dialogues 2026 work")


def export(one: Things) -> Iterator[str]:
    """Ask for every file of the unit."""
    for what in ("workbook", "mood", "official", "nq43", "dialogue", "plan", "sentiment"):
        yield from (f"{what} 2026-11 {one.code}", f"{what} 10 {one.code.lower()}")
    yield f"2026-11 {one.code}"


def wording(one: Things) -> Iterator[str]:
    """Read, write or take back the words of its official report."""
    where = f"2026-11 u{one.unit.id}"
    yield from (where, f"{where} uu_diem", f"{where} uu_diem v", f"{where} uu_diem t", f"{where} uu_diem b1", one.code)


def invitation(one: Things) -> Iterator[str]:
    """Invite somebody to the unit."""
    yield from (f"{one.code} {role}" for role in ("chair", "deputy", "committee", "area_officer", "prov_officer"))
    yield from (f"{one.unit.id} chair", "to", "to all", "to lacking")


def case(one: Things) -> Iterator[str]:
    """Look at its petition, or do something to it."""
    yield from (f"{one.place} {verb}".strip() for verb in ("", "nhan", "tra loi", "chuyen", "dong", "loi van", "so"))


def notice(one: Things) -> Iterator[str]:
    """Name its notice, alone or after what can be done to one."""
    yield from (f"{one.place}", f"tb{one.place}", f"q-{one.code}", f"trang {one.place}")
    verbs = ("gui", "thu", "sua", "bo", "dung", "tiep", "huy", "duyet", "tuchoi", "dinhchinh", "ds")
    yield from (f"{verb} {one.place}" for verb in verbs)


def register(one: Things) -> Iterator[str]:
    """Look at its entry of a register, or strike it out."""
    yield from (f"no_union {verb} e-{one.code}" for verb in ("xem", "xong", "xoa"))
    yield from ("", "no_union", "no_union bang")


def survey(one: Things) -> Iterator[str]:
    """Look at the result of its survey, or vote in it."""
    yield from (f"#{one.place}", f"{one.place} 1", f"{one.place} 9", "")


def directive(one: Things) -> Iterator[str]:
    """Look at the register of documents, which is everybody's."""
    del one
    yield from ("", DIRECTIVE, "d-47")


def behalf(one: Things) -> Iterator[str]:
    """File for the unit."""
    yield from (
        f"{one.unit.id}",
        f"{one.unit.id} dialogue",
        f"{one.unit.id} khongphatsinh",
        f"{one.unit.id} 1 dialogue",
    )


def data(one: Things) -> Iterator[str]:
    """Give what only the program itself says after the name of a command."""
    yield from (*decision(one), *unit(one), f"{one.unit.id} chair", f"{one.place} so so", f"n-{one.code} so so")
    yield from (f"{one.unit.id} 2026-11 2026-12-01 so", f"{one.unit.id} dialogues 2026 gross 5 x", f"q-{one.code} so")


def _of(words: Words, names: str) -> dict[str, Words]:
    return dict.fromkeys(names.split(), words)


WAYS: Final[Mapping[str, Words]] = {
    **_of(nothing, "menu khan guitin mokhoa mien giaochitieu trang ngonngu trogiup camon hoicanbo thongkekiennghi"),
    **_of(nothing, "lich tailieu nhacnho dulieu caidat"),
    **_of(unit, "donvi nhac trangthai imlang baocaodv bangiao start baocao khongphatsinh dot"),
    **_of(report, "xem sua rut xemlai ghichu quatrinh cuatoi"),
    **_of(decision, "nhan nhanhet tralai"),
    **_of(figures, "tonghop luyke chuabaocao duyet"),
    **_of(targets, "chitieu chiachitieu bieudo"),
    **_of(case, "kiennghi vuviec"),
    **_of(notice, "thongbao phattin danhan dapho dalam hoilai cauhoi traloi nhactb bangtb"),
    **_of(data, "nhaclai tieptuc bonhap"),
    **_of(behind, "conso"),
    **_of(export, "xuat"),
    **_of(wording, "loivan"),
    **_of(invitation, "moi"),
    **_of(register, "sotheodoi"),
    **_of(survey, "khaosat"),
    **_of(directive, "vanban"),
    **_of(behalf, "nhapthay"),
}
"""For each command that can be typed or pressed: what to put behind its name."""
