"""Who and what there is in a made-up country: every name and every text tells whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from bot.cases.case import Case, Deed, Event, Kind
from bot.cases.case import State as CaseState
from bot.cli.importing import import_units
from bot.effects import (
    AskBack,
    Assign,
    Effect,
    EndRoles,
    FileKept,
    FileReport,
    GrantRole,
    KeepCase,
    KeepDirective,
    KeepEntry,
    KeepFile,
    KeepNotice,
    LinkAddress,
    NewPerson,
    OpenSurvey,
)
from bot.messages import Address, FileRef
from bot.notices.notice import Directive, Notice, State
from bot.records import Entry, Figure, Person, Role, StoredFile, Submission, Target, Unit
from bot.surveys import Survey
from tests.reach.country import Country, listed, moves
from tests.stage import Stage

EARLIER: Final = date(2026, 10, 20)  # a day of the open period before the moves in it
DIRECTIVE: Final = "47/KH-LĐLĐ"
SOON: Final = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Things:
    """What somebody from elsewhere may try to reach of a unit; its reports are 1 to 4."""

    code: str
    unit: Unit
    place: int  # by which its petition, notice and survey are numbered

    @property
    def words(self) -> str:
        """Give what its texts say."""
        return f"Words-{self.code}"


async def settled(stage: Stage, country: Country, folder: Path) -> None:
    """Put a country into the database."""
    for write in (listed, moves):
        file = folder / "country.csv"
        if write(country, file) is not False:
            outcome = await import_units(stage.store, file, dry_run=False)
            assert not outcome.refused, outcome.plan.problems
    async with stage.store.reading() as reads:
        country.units = {code: unit for code in country.places if (unit := await reads.unit_by_code(code)) is not None}
    await stage.effects(*_everybody(stage, country))
    directive = Directive("d-47", DIRECTIVE, date(2024, 3, 7), "LĐLĐ tỉnh", "Kế hoạch 47")
    await stage.effects(KeepDirective(directive, stage.clock.now, "p-QA00"))
    await stage.effects(*(effect for one in things(country) for effect in _everything(stage, country, one)))


def things(country: Country) -> list[Things]:
    """Give what there is, unit by unit."""
    return [Things(code, unit, place) for place, (code, unit) in enumerate(country.units.items(), 1)]


def _everybody(stage: Stage, country: Country) -> Iterator[Effect]:
    since = stage.clock.now.date().replace(month=1)
    for code, unit in country.units.items():
        person = Person(f"p-{code}", f"Holder-{code}", "anh", f"09000000{code[2:]}", "en")
        yield from (NewPerson(person), LinkAddress(Address("telegram", code.lower()), person.id, stage.clock.now))
        role = Role.CHAIR if country.places[code].reports else Role.AREA_OFFICER
        yield GrantRole(person.id, unit.id, role, since)
    for officer, at, role_ in country.posts:
        unit = country.units[at]
        if role_ == "chair":
            yield GrantRole(f"p-{officer}", unit.id, Role.DEPUTY, since)
        else:
            yield GrantRole(f"p-{officer}", unit.id, Role.AREA_OFFICER, since)
        if role_ == "ended":
            yield EndRoles(unit.id, Role.AREA_OFFICER, f"p-{at}", stage.clock.now.date() - SOON)


def _everything(stage: Stage, country: Country, one: Things) -> Iterator[Effect]:
    yield Assign((Target(one.unit.id, "dialogues", 2026, 10),), f"p-{one.code}", stage.clock.now)
    if country.places[one.code].reports:
        yield from _reports(stage, country, one)
        if stage.clock.now.date() <= country.places[one.code].last_day:  # one of a closed unit stays its officer's
            yield from _petition(stage, country, one)
    else:
        yield from _sent(stage, country, one)


def _reports(stage: Stage, country: Country, one: Things) -> Iterator[Effect]:
    today = stage.clock.now.date()
    last = min(today, country.places[one.code].last_day)
    photo = StoredFile(
        f"f-{one.code}", f"d-{one.code}-1", "photo", "telegram", FileRef("x", "photo", f"{one.words}.jpg")
    )
    yield from (KeepFile(photo), FileKept(photo.id, "0" * 64, 1, "image/jpeg"))
    told = {"dialogue_type": "dinh_ky", "event_date": f"{last}", "attendees": 7, "opinions": 0}
    yield _filed(stage, country, one, ("dialogue", 1, last), told | {"key_results": one.words, "photo": [photo.id]})
    yield _filed(stage, country, one, ("dialogue", 2, min(EARLIER, last)), told)
    mood = {"event_date": f"{last}", "mood": "co_ban_khoan", "content": one.words, "urgency": "thuong"}
    yield _filed(stage, country, one, ("sentiment", 3, last), mood)
    yield _filed(stage, country, one, ("plan", 4, last), {"directive_code": DIRECTIVE, "doc_no": one.words})


def _filed(
    stage: Stage, country: Country, one: Things, what: tuple[str, int, date], told: Mapping[str, object]
) -> FileReport:
    form, number, day = what
    id_, above = f"s-{one.code}-{number}", country.units[country.places[one.code].manager(day)].id
    report = Submission(
        *(id_, one.unit.id, form, number, 1, f"p-{one.code}", "telegram", day, "2026-11", stage.clock.now, told),
        draft=f"d-{one.code}-{number}",
    )
    counted = [("attendees", "", 7), ("dialogue_type", "dinh_ky", 1)] if form == "dialogue" else []
    return FileReport(report, tuple(Figure(id_, one.unit.id, above, form, day, *each) for each in counted))


def _petition(stage: Stage, country: Country, one: Things) -> Iterator[Effect]:
    now, above = stage.clock.now, country.places[one.code].manager(stage.clock.now.date())
    case = Case(
        *(f"c-{one.code}", one.place, Kind.PETITION, "an_ca", one.unit.id, f"p-{one.code}", now, CaseState.OPENED),
        *(f"p-{above}", country.units[above].id, now + SOON),
    )
    yield KeepCase(case, Event(case.id, 0, now, f"p-{one.code}", Deed.OPENED, text=one.words))


def _sent(stage: Stage, country: Country, one: Things) -> Iterator[Effect]:
    now, person = stage.clock.now, f"p-{one.code}"
    answers = {"title": one.words, "text": one.words}
    yield KeepNotice(
        Notice(
            *(f"n-{one.code}", one.place, person, one.unit.id, one.unit.name, answers, "", one.code, State.SENT, now),
            units=1,
            copies=1,
        )
    )
    below = sorted(code for code in country.below(one.code, now.date()) if country.places[code].reports)
    for code in below[:1]:
        yield AskBack(
            f"q-{one.code}", f"n-{one.code}", country.units[code].id, f"p-{code}", f"Words-{code}", stage.clock.now
        )
    survey = (f"k-{one.code}", one.place, person, one.unit.id, one.words, ("yes", "no"), now, now + SOON)
    yield OpenSurvey(Survey(*survey))
    yield KeepEntry(Entry(f"e-{one.code}", "no_union", one.unit.id, person, now, {"enterprise": one.words}))
