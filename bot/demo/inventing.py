"""Answers made up for any report kind: its own questions say what they may be, its own rules whether they hold."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from bot.demo.words import WORDS
from bot.forms.facts import Facts
from bot.forms.fields import Calculated, Date, DateTime, Field, Integer, Money, SelectMultiple, SelectOne, TextField
from bot.forms.form import Form
from bot.i18n import ZONE

TRIES: Final = 4  # for a number that shall fit to others
EXTRAS: Final = 0.6  # share of the optional questions that are answered
HOUR: Final = time(8)
# What share of the workers it is about, where it is about many; other numbers are small.
OF_WORKERS: Final[Mapping[str, tuple[float, float]]] = {
    "attendees": (0.4, 0.95),
    "beneficiaries": (0.1, 0.6),
    "covered_workers": (0.9, 1.0),
    "health_checked": (0.5, 1.0),
    "learners": (0.05, 0.3),
    "meals": (0.3, 0.9),
    "members_benefited": (0.1, 0.5),
    "participants": (0.3, 0.9),
    "people_involved": (0.02, 0.2),
    "total_workers": (1.0, 1.0),
    "trained": (0.3, 0.9),
}
FROM_TO: Final[Mapping[str, tuple[int, int]]] = {
    "approval_rate": (78, 100),
    "discount_rate": (5, 30),
    "members_count": (8, 45),
    "term_months": (24, 36),
}
A_FEW: Final = (1, 6)
LUCKILY_FEW: Final = frozenset({"accidents", "deaths", "hospitalized", "injured", "injured_severe", "violations"})
USUAL: Final = 6  # of many choices the first are the usual ones
# Money, in thousands of đồng; what is given to people goes by their number.
THOUSANDS: Final[Mapping[str, tuple[int, int]]] = {
    "cost": (3_000, 40_000),
    "initiatives_value": (15_000, 400_000),
    "amount_owed": (40_000, 300_000),
    "shift_meal_value": (22, 35),
    "meal_value": (30, 50),
}
EACH: Final = (200, 500)  # thousands of đồng to each of those who benefit
SHARES: Final[Mapping[str, float]] = {"amount_union": 0.6, "amount_employer": 0.3, "amount_social": 0.1}


@dataclass(frozen=True, slots=True)
class Inventor:
    """Makes up one report of a unit about one day."""

    dice: random.Random
    facts: Facts
    day: date

    def answers(self, form: Form) -> dict[str, Any]:
        """Answer every question that must be, and some of the others; what does not fit to the rest is left out."""
        said: dict[str, Any] = {}
        for one in form.fields:
            wanted = one.required or one.code == form.settings.event or self.dice.random() < EXTRAS
            if wanted and form.path(said, self.facts).field(one.code) is not None:
                self._answer(form, one, said)
        return said

    def _answer(self, form: Form, one: Field, said: dict[str, Any]) -> None:
        for _again in range(TRIES):
            value = self._value(form, one, said)
            if value is None:
                return
            value = one.kept(value, form.path(said, self.facts).scope)
            path = form.path({**said, one.code: value}, self.facts)
            if one.problem(path.scope.answers[one.code], path.scope) is None:
                said[one.code] = value
                return

    def _value(self, form: Form, one: Field, said: Mapping[str, Any]) -> Any:
        if isinstance(one, Calculated) or one.takes_files:
            return None
        if isinstance(one, SelectOne):
            return self._choice(form, one, said)
        if isinstance(one, Money):
            return self._money(one, said)
        if isinstance(one, Integer):
            return self._number(one, said)
        if isinstance(one, DateTime):
            return datetime.combine(self.day, HOUR, ZONE).isoformat()
        if isinstance(one, Date):
            return self.day.isoformat()
        return self._words(form, one) if isinstance(one, TextField) else None

    def _choice(self, form: Form, one: SelectOne, said: Mapping[str, Any]) -> Any:
        codes = [option.code for option in one.options(form.path(said, self.facts).scope)]
        codes = [code for code in codes if code != "khac"][:USUAL] or codes
        if not codes:
            return None
        if isinstance(one, SelectMultiple):
            return self.dice.sample(codes, min(len(codes), self.dice.choice((1, 1, 2))))
        return self.dice.choices(codes, range(len(codes), 0, -1))[0]

    def _number(self, one: Integer, said: Mapping[str, Any]) -> int:
        workers: int = (self.facts.unit.workers if self.facts.unit is not None else None) or 20
        if "members_count" in said:  # of the union that is founded
            workers = said["members_count"] + self.dice.randint(*A_FEW)
        whole: int | None = next(
            (said[code] for code in OF_WORKERS if one.code.startswith(f"{code}_") and code in said), None
        )
        if whole is not None:  # the women among them
            return round(whole * self.dice.uniform(0.2, 0.7))
        if one.code in OF_WORKERS:
            number = max(1, round(workers * self.dice.uniform(*OF_WORKERS[one.code])))
        elif one.code in LUCKILY_FEW:
            number = self.dice.choice((0, 0, 0, 0, 1))
        else:
            number = self.dice.randint(*FROM_TO.get(one.code, A_FEW))
        return min(max(number, one.minimum), one.maximum)

    def _money(self, one: Money, said: Mapping[str, Any]) -> int | None:
        if one.code in SHARES:
            return round(int(said["amount"]) * SHARES[one.code] / 1000) * 1000
        if one.code == "amount":
            return int(said["beneficiaries"]) * self.dice.randint(*EACH) * 1000
        found = THOUSANDS.get(one.code)
        return self.dice.randint(*found) * 1000 if found is not None else None

    def _words(self, form: Form, one: TextField) -> str | None:
        found = WORDS.get((form.name, one.code))
        return self.dice.choice(found).format(number=self.dice.randint(2, 48)) if found else None
