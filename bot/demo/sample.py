"""Two months of invented reports, filed through the very forms that chairs use."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from bot.demo.inventing import Inventor
from bot.effects import Consent, Effect, FileReport, GrantRole, LinkAddress, NewPerson
from bot.forms.facts import Facts
from bot.forms.form import Filing, Form
from bot.i18n import ZONE, Voice, local_day
from bot.messages import Address
from bot.ports.channels import SAMPLE
from bot.records import Draft, Person, Role, Submission, Unit
from bot.reporting.anniversaries import default_year
from bot.reporting.calendar import Calendar
from bot.reporting.periods import NIL, Period
from handlers import FORMS as EVERY_FORM
from handlers.dialogue import DIALOGUE
from handlers.lists import TOPICS_AT_WORK
from handlers.membership import MEMBERSHIP
from handlers.periodic import PERIODIC_REPORT
from handlers.propaganda import FORMS, PROPAGANDA, TOPICS
from handlers.registration import CONSENT_VERSION

NAMES: Final = ("Páo", "Thương", "Mai", "Lù", "Seo", "Vàng", "Thắng", "Hoa", "Lan", "Sùng", "Dũng", "Yến")
HONORIFICS: Final = ("anh", "chi", "co", "thay", "bac")
HIGHLIGHTS: Final = (
    "Tổ chức hội nghị người lao động, thống nhất quy chế thưởng.",
    "Vận động đoàn viên ủng hộ bà con vùng lũ.",
    "Bữa ăn ca được nâng thêm 5.000 đồng.",
)
MONTHS: Final = 2
SILENT: Final = 0.15  # share of units that report nothing in a period
LATE: Final = 0.12
PERIODIC_SHARE: Final = 0.3  # of those that report, how many sum a period up too
NIL_SHARE: Final = 0.4  # of those, how many say so
USUAL: Final = ((MEMBERSHIP, 0.55), (PROPAGANDA, 0.8), (DIALOGUE, 0.35))  # the share of units that do it in a month
OTHERS: Final = tuple(
    form
    for form in EVERY_FORM
    if form.settings.report and form.settings.event and form not in (MEMBERSHIP, PROPAGANDA, DIALOGUE)
)
SELDOM: Final = 0.06  # share of units that do any other thing in a month
OFTEN: Final = {"welfare": 0.4, "safety": 0.2, "workplace_democracy": 0.15, "emulation": 0.15, "sentiment": 0.15}


@dataclass(frozen=True, slots=True)
class Reporter:
    """A unit, who reports for it, who manages it (for how long, and today), and its place among all."""

    unit: Unit
    person: Person
    parents: Any
    above: tuple[Unit, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Sample:
    """What the invention needs: calendar, voice, a source of ids, and dice that fall the same each day."""

    calendar: Calendar
    voice: Voice
    new_id: Callable[[], str]
    now: datetime

    @property
    def dice(self) -> random.Random:
        """Give dice for today."""
        return random.Random(self.now.date().isoformat())  # noqa: S311 - invention, not secrecy


def people(sample: Sample, units: list[Unit], role: Role) -> dict[int, tuple[Person, list[Effect]]]:
    """Invent somebody with a role at most units, always at the first; phones are visibly made up."""
    dice = sample.dice
    made: dict[int, tuple[Person, list[Effect]]] = {}
    for number, unit in enumerate(units):
        phone = f"0900{sorted(Role).index(role)}00{number:03}"
        person = Person(sample.new_id(), dice.choice(NAMES), dice.choice(HONORIFICS), phone)
        if number == 0 or dice.random() > SILENT / 2:
            made[unit.id] = person, _linking(sample, person, unit, role)
    return made


def _linking(sample: Sample, person: Person, unit: Unit, role: Role) -> list[Effect]:
    joined = sample.now - timedelta(days=100)
    return [
        NewPerson(person),
        Consent(person.id, CONSENT_VERSION, joined),
        LinkAddress(Address(SAMPLE, f"{role}@{unit.code}"), person.id, joined),
        GrantRole(person.id, unit.id, role, max(unit.valid_from, local_day(joined))),
    ]


def reports(sample: Sample, of: Reporter) -> Iterator[Effect]:
    """Invent the reports of one unit: some on time, some late, some periods with nothing at all."""
    dice = random.Random(f"{sample.now.date()} {of.unit.code}")  # noqa: S311 - invention, not secrecy
    history: list[Submission] = []
    for period in _periods(sample):
        if dice.random() < SILENT:
            if dice.random() < NIL_SHARE and period.until < local_day(sample.now):
                nil = _nil(sample, of.unit, of.person, period, len(history) + 1)
                history.append(nil.submission)
                yield nil
            continue
        for form, filed_at, day in _filings(dice, sample, of, period):
            facts = _facts(sample, of, filed_at, history)
            effect = _filed(sample, form, facts, of.person, _answers(dice, form, of.unit, day, facts))
            history.append(effect.submission)
            yield effect


def _facts(sample: Sample, of: Reporter, now: datetime, history: list[Submission]) -> Facts:
    return Facts(
        now,
        sample.voice,
        sample.calendar,
        of.unit,
        tuple(reversed(history)),
        found=of.above,
        number=len(history),
        parents=of.parents,
        campaigns=default_year(),
    )


def _filings(
    dice: random.Random, sample: Sample, of: Reporter, period: Period
) -> Iterator[tuple[Form, datetime, date]]:
    """Invent what is filed in a month, when, and about which day; some sum an ended month up too."""
    for form, day in _events(dice, of.number, period, sample.now):
        if day >= of.unit.valid_from:
            yield form, _filed_at(dice, day, period, sample.now), day
    if period.until < local_day(sample.now) and dice.random() < PERIODIC_SHARE:
        yield PERIODIC_REPORT, min(period.due_at - timedelta(hours=dice.randint(1, 7)), sample.now), period.until


def _nil(sample: Sample, unit: Unit, person: Person, period: Period, number: int) -> FileReport:
    """Invent a "nothing to report", on time."""
    filed_at = period.due_at - timedelta(hours=5)
    return FileReport(
        Submission(
            sample.new_id(),
            unit.id,
            NIL,
            number,
            1,
            person.id,
            SAMPLE,
            period.until,
            period.code,
            filed_at,
            {},
            first_filed_at=filed_at,
        )
    )


def _periods(sample: Sample) -> list[Period]:
    current = sample.calendar.open(sample.now)
    periods = [current]
    for _month in range(MONTHS):
        periods.insert(0, sample.calendar.previous(periods[0]))
    return periods


def _events(dice: random.Random, number: int, period: Period, now: datetime) -> list[tuple[Form, date]]:
    """Invent what a unit did in a month. Each kind has units that surely do it, so that none is missing."""
    today = now.astimezone(ZONE).date()
    last = min(period.until, today)
    days = (last - period.since).days
    if days < 0:
        return []
    others = [(form, OFTEN.get(form.name, SELDOM)) for form in OTHERS]
    sure = OTHERS[number % len(OTHERS)]
    forms = [form for form, share in (*USUAL, *others) if dice.random() < share or form is sure]
    if last < period.until:  # an open period: not everybody has done something yet
        forms = [form for form in forms if dice.random() < 0.5]
    return sorted(
        ((form, period.since + timedelta(days=dice.randint(0, days))) for form in forms), key=lambda one: one[1]
    )


def _filed_at(dice: random.Random, day: date, period: Period, now: datetime) -> datetime:
    soon = datetime.combine(day, time(dice.randint(7, 20), dice.randint(0, 59)), ZONE) + timedelta(
        days=dice.randint(0, 2)
    )
    late = period.due_at + timedelta(days=dice.randint(1, 3))
    filed = late if dice.random() < LATE else min(soon, period.due_at)
    return min(filed, now)


def _filed(sample: Sample, form: Form, facts: Facts, person: Person, answers: Mapping[str, Any]) -> FileReport:
    draft = Draft(sample.new_id(), form.name, person.id, facts.unit.id if facts.unit is not None else None, answers)
    path = form.path(answers, facts)
    filing = Filing(form, draft, path.kept(), path.loaded(), facts, person, SAMPLE, sample.new_id, facts.now)
    effects = form.file(filing).effects
    return next(effect for effect in effects if isinstance(effect, FileReport))


def _answers(dice: random.Random, form: Form, unit: Unit, day: date, facts: Facts) -> dict[str, Any]:
    if form is PERIODIC_REPORT:
        month = facts.periods.of(day)
        return {"period": month.absorbed_by or month.code, **_periodic(dice, unit)}
    make = {"membership": _membership, "dialogue": _dialogue, "propaganda": _propaganda}.get(form.name)
    if make is None:
        return Inventor(dice, facts, day).answers(form)
    return {"event_date": day.isoformat(), **make(dice, unit, facts)}


def _membership(dice: random.Random, unit: Unit, facts: Facts) -> dict[str, Any]:
    last = facts.reports("membership")
    before = int(last[0].answers["total_members"]) if last else unit.members or 10
    workers = max(unit.workers or before, before)
    new = min(dice.choice((0, 1, 2, 2, 3, 5)), workers - before)
    out = dice.choice((0, 0, 0, 1, 2)) if before > 8 else 0
    total = before + new - out
    answers = {"new_members": new, "members_out": out, "total_members": total, "total_workers": workers}
    if new:
        answers["new_female"] = dice.randint(0, new)
        answers["new_ethnic"] = dice.randint(0, new)
    if out:
        answers["out_reason"] = [dice.choice(("nghi_viec", "nghi_huu", "chuyen_cong_tac"))]  # type: ignore[assignment]
    return answers


def _periodic(dice: random.Random, unit: Unit) -> dict[str, Any]:
    workers = max(unit.workers or 0, unit.members or 0, 10)
    return {
        "total_workers": workers,
        "female_workers": round(workers * dice.uniform(0.2, 0.8)),
        "total_members": min(unit.members or 10, workers),
        "avg_wage": dice.randint(52, 110) * 100_000,
        "insured": round(workers * dice.uniform(0.8, 1)),
        "disputes": int(dice.random() < 0.1),
        "accidents": int(dice.random() < 0.1),
        "highlights": dice.choice(HIGHLIGHTS),
    }


def _dialogue(dice: random.Random, unit: Unit, facts: Facts) -> dict[str, Any]:
    del facts
    opinions = dice.randint(0, 9)
    answers: dict[str, Any] = {
        "dialogue_type": dice.choice(("dinh_ky", "dinh_ky", "theo_yeu_cau")),
        "attendees": max(6, round((unit.workers or 20) * dice.uniform(0.3, 0.9))),
        "topics": dice.sample([option.code for option in TOPICS_AT_WORK[:9]], dice.randint(1, 3)),
        "opinions": opinions,
    }
    if answers["dialogue_type"] == "theo_yeu_cau":
        answers["requested_by"] = "nld"
    if opinions:
        answers["resolved"] = dice.randint(opinions // 2, opinions)
    return answers


def _propaganda(dice: random.Random, unit: Unit, facts: Facts) -> dict[str, Any]:
    del facts
    sessions = dice.choice((0, 1, 1, 1, 2, 3))
    answers: dict[str, Any] = {
        "forms": dice.sample([option.code for option in FORMS[:-1]], dice.randint(1, 2)),
        "topics": dice.sample([option.code for option in TOPICS[:-1]], dice.randint(1, 2)),
        "sessions": sessions,
    }
    if sessions:
        answers["attendees"] = sessions * max(5, round((unit.workers or 20) * dice.uniform(0.4, 0.95)))
    if dice.random() < 0.4:
        answers["posts"] = dice.randint(1, 12)
    return answers
