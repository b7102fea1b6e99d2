"""A report as an officer meets it: with its unit, and all that was said about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from bot.effects import ReviewReport
from bot.forms.facts import Facts
from bot.forms.form import Form
from bot.i18n import Code, Phrase, _
from bot.records import OFFICERS, REPORTERS, Review, Submission, Unit, Verdict
from bot.talk import House, Talk
from handlers.cases.raw import is_listed, is_open_to

NAMED: Final = re.compile(r"(?:bc)?(?P<number>\d{1,7})\.(?P<unit>\d{1,9})")
PRIVATE_KINDS: Final = frozenset({"incident", "sentiment"})  # read by those who are named for them, at their own desk
BY_CODE: Final = re.compile(r"(?P<code>\S+) (?:bc)?(?P<number>\d{1,7})")


@dataclass(frozen=True, slots=True)
class Seen:
    """A current report of a unit within reach."""

    report: Submission
    unit: Unit
    said: tuple[Review, ...]

    @property
    def name(self) -> str:
        """Name it behind a button: "12.7"."""
        return f"{self.report.number}.{self.report.unit}"

    @property
    def mark(self) -> str:
        """Tell what was seen of it, so that a decision is about that and nothing newer."""
        return f"{self.report.version}.{len(self.said)}"

    @property
    def verdict(self) -> Verdict | None:
        """Give what was decided about the version that counts now."""
        return verdict_on(self.report, self.said)

    def reviewed(self, talk: Talk, verdict: Verdict, **details: Any) -> ReviewReport:
        """Say the next turn about it."""
        report, me = self.report, talk.known.id
        turn = len(self.said) + 1
        return ReviewReport(Review(report.unit, report.number, turn, report.version, talk.now, me, verdict, **details))


def verdict_on(report: Submission, said: tuple[Review, ...]) -> Verdict | None:
    """Give what was last decided about a version."""
    decided = [one.verdict for one in said if one.version == report.version and one.verdict is not Verdict.NOTED]
    return decided[-1] if decided else None


async def find_report(talk: Talk, words: str) -> Seen | None:
    """Find the report "12.7" (or "TU-01 12") within the officer's reach; say so when there is none."""
    typed = words.strip()
    reads = await talk.read()
    named, by_code = NAMED.fullmatch(typed.lower()), BY_CODE.fullmatch(typed)
    unit: Unit | None = None
    if named is not None:
        unit = await reads.unit(int(named["unit"]))
    elif by_code is not None:
        unit = await reads.unit_by_code(by_code["code"].upper())
    number = int((named or by_code or {"number": 0})["number"])
    inside = await reads.within(reach(talk), [unit.id]) if unit is not None else []
    found = await reads.numbered([inside[0].id], number) if inside else []
    found = [one for one in found if one.form not in PRIVATE_KINDS or is_listed(talk, one.form)]
    if not found:
        talk.say(_("There is no such report in your area. DUYET lists those that wait."))
        return None
    return Seen(found[0], inside[0], tuple(await reads.reviews(found[0].unit, number)))


def reach(talk: Talk) -> list[int]:
    """Name the units whose subtrees the person is an officer of."""
    return [unit.id for unit in talk.known.units(OFFICERS)]


def tiers(talk: Talk) -> set[str]:
    """Name the kinds of units that the person is an officer of."""
    return {unit.kind for unit in talk.known.units(OFFICERS)}


def facts_of(talk: Talk, unit: Unit) -> Facts:
    """Give what a form needs to read a report of a unit."""
    return Facts(talk.now, talk.voice, talk.house.calendar.for_unit(unit), unit, campaigns=talk.house.days)


def values_of(talk: Talk, form: Form, report: Submission, unit: Unit) -> dict[str, Any]:
    """Give the answers of a report that may be read: what is sensitive by officers only if the book lists them."""
    told = form.path(report.answers, facts_of(talk, unit)).loaded()
    if unit.id in {one.id for one in talk.known.units(REPORTERS)}:
        return told
    return {code: value for code, value in told.items() if is_open_to(talk, form, form.by_code[code])}


def standing(house: House, report: Submission, said: tuple[Review, ...] = ()) -> Phrase:
    """Say how a report stands."""
    if report.state == "withdrawn":
        return _("withdrawn")
    verdict = verdict_on(report, said)
    if report.state == "returned" or verdict is Verdict.RETURNED:
        return _("sent back")
    if verdict is Verdict.ACCEPTED:
        return _("accepted")
    if house.acceptance.of(report.form).required:
        return _("waiting to be accepted")
    return _("changed") if report.version > 1 else _("received")


def number_of(seen: Seen) -> Code:
    """Give its number as a gap."""
    return Code(seen.report.number)
