"""/duyet: the reports that wait for an officer, unusual ones first, by area and kind."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.forms.fold import fold
from bot.i18n import Text, _, _n, lines
from bot.messages import Choice
from bot.ports import Awaiting
from bot.records import OFFICERS, Submission, Unit
from bot.reporting.flags import flags
from bot.talk import Command, Talk
from handlers.large import put_off
from handlers.names import kind_name
from handlers.pages import PAGE, paged
from handlers.review.seen import PRIVATE_KINDS, reach, tiers

WAITS: Final = timedelta(days=100)  # older reports are history
LOADED: Final = 120  # looked through for what is unusual, the oldest first
HISTORY: Final = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the queue is asked for: all, one area or unit, one kind, a page of it."""

    unit: str = ""  # its id
    form: str = ""
    page: int = 1

    @classmethod
    def read(cls, words: str) -> Filter:
        """Read "u=7 k=dialogue 2", as the buttons have it."""
        parts = words.split()
        named = dict(part.split("=", 1) for part in parts if "=" in part)
        page = next((int(part) for part in parts if part.isdecimal()), 1)
        return cls(named.get("u", ""), named.get("k", ""), page)

    @property
    def words(self) -> str:
        """Write it, without the page, as the buttons have it."""
        return " ".join(f"{key}={value}" for key, value in (("u", self.unit), ("k", self.form)) if value)


@dataclass(frozen=True, slots=True)
class Item:
    """One report of the queue."""

    report: Submission
    unit: Unit
    flagged: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, unusual ones first; `more` than were looked through."""

    items: tuple[Item, ...]
    more: bool

    def plain(self, talk: Talk) -> list[Item]:
        """List those in which nothing is unusual and which the person may accept."""
        mine, house = tiers(talk), talk.house
        return [one for one in self.items if not one.flagged and house.acceptance.may_accept(one.report.form, mine)]

    def digest(self, talk: Talk) -> str:
        """Name those in eight characters, to tell later whether they are still the same."""
        ids = ",".join(sorted(one.report.id for one in self.plain(talk)))
        return hashlib.sha256(ids.encode()).hexdigest()[:8]


async def queue(talk: Talk, words: str) -> None:
    """Show what waits; "loc" asks by which area and kind."""
    if await put_off(talk, reach(talk), QUEUE.name, words):
        return
    if words.strip().split(" ")[0] == "loc":
        await _areas_and_kinds(talk, words.strip().removeprefix("loc"))
        return
    filter_ = await _meant(talk, words)
    found = await loaded(talk, filter_)
    if not found.items:
        talk.say(_("No report waits for {you}."))
        return
    items = [(_line(talk, one), f"/xemlai {one.report.number}.{one.report.unit}") for one in found.items]
    choices = paged(talk, items, filter_.page, f"/duyet {filter_.words}".strip())
    talk.offer("queue", lines(*_head(found)), *choices, *_together(talk, found, filter_))


def _head(found: Queue) -> list[Text | None]:
    count = len(found.items)
    unusual = sum(1 for one in found.items if one.flagged)
    return [
        _("More than {count} reports wait; the oldest come first.", count=count)
        if found.more
        else _n("{count} report waits.", "{count} reports wait.", count),
        _n(
            "In {count} of them a figure is unusual: it comes first.",
            "In {count} of them a figure is unusual: they come first.",
            unusual,
        )
        if unusual
        else None,
    ]


def _line(talk: Talk, one: Item) -> Text:
    number, form = str(one.report.number), kind_name(talk.house, one.report.form)
    if one.flagged:
        return _("BC{number} · {form} · {unit} · unusual", number=number, form=form, unit=one.unit.name)
    return _("BC{number} · {form} · {unit}", number=number, form=form, unit=one.unit.name)


def _together(talk: Talk, found: Queue, filter_: Filter) -> list[Choice]:
    plain, choices = found.plain(talk), []
    if len(plain) > 1:
        label = _n(
            "Accept the {count} without anything unusual", "Accept the {count} without anything unusual", len(plain)
        )
        choices.append(Choice(label, f"/nhanhet {found.digest(talk)} {filter_.words}".strip(), "9"))
    if filter_.words:
        choices.append(Choice(_("All that waits"), "/duyet", "10"))
    elif len(found.items) > PAGE:
        choices.append(Choice(_("By area and kind"), "/duyet loc", "10"))
    return choices


async def loaded(talk: Talk, filter_: Filter) -> Queue:
    """Read the queue, and look at each report for what is unusual."""
    asked = await _asked(talk, filter_)
    reads = await talk.read()
    found = await reads.awaiting(asked, LOADED + 1) if asked.under else []
    reports = found[:LOADED]
    units = {unit.id: unit for unit in await reads.within(asked.under, sorted({one.unit for one in reports}))}
    history = await reads.history(sorted(units), asked.forms, talk.today - HISTORY) if units else []
    items = _items(talk, [one for one in reports if one.unit in units], units, history)
    return Queue(tuple(sorted(items, key=lambda one: not one.flagged)), len(found) > LOADED)


def _items(
    talk: Talk, reports: Sequence[Submission], units: dict[int, Unit], history: Sequence[Submission]
) -> list[Item]:
    earlier: dict[tuple[int, str], list[Submission]] = defaultdict(list)
    for one in history:
        earlier[one.unit, one.form].append(one)
    return [
        Item(one, unit, bool(flags(talk.house.forms[one.form], one, earlier[one.unit, one.form], unit)))
        for one, unit in ((one, units[one.unit]) for one in reports)
    ]


async def _asked(talk: Talk, filter_: Filter) -> Awaiting:
    """Ask for reports under the officer's units, or under the one unit named if it is within reach."""
    under, reads = reach(talk), await talk.read()
    if filter_.unit:
        chosen = [int(filter_.unit)] if filter_.unit.isdecimal() else []
        under = [one.id for one in await reads.within(under, chosen)]
    kinds = [form.name for form in talk.house.forms.values() if form.settings.report]
    kinds = [name for name in kinds if name not in PRIVATE_KINDS]
    forms = tuple(name for name in kinds if filter_.form in {"", name} and _concerns(talk, name))
    return Awaiting(tuple(under), forms, talk.now - WAITS)


def _concerns(talk: Talk, form: str) -> bool:
    """Tell whether the officer is to look at such reports: others wait for officers of another tier only."""
    return talk.house.acceptance.may_accept(form, tiers(talk))


async def _meant(talk: Talk, words: str) -> Filter:
    """Read what a button has, or what was typed: a piece of a unit's name, or words that open a kind of report."""
    typed = words.strip()
    if not typed or "=" in typed or typed.isdecimal():
        return Filter.read(typed)
    form = talk.house.triggers.get(fold(typed))
    if form is not None:
        return Filter(form=form)
    found = await (await talk.read()).search_units(reach(talk), typed, 1)
    return Filter(unit=str(found[0].id)) if found else Filter()


async def _areas_and_kinds(talk: Talk, words: str) -> None:
    """Offer the areas and kinds of which reports wait, with how many."""
    reads = await talk.read()
    counted = await reads.awaiting_counts(await _asked(talk, Filter()))
    areas: Counter[int] = Counter()
    kinds: Counter[str] = Counter()
    for area, form, number in counted:
        areas[area] += number
        kinds[form] += number
    named = await reads.within(reach(talk), sorted(areas))
    items: list[tuple[Text, str]] = [
        (_("{name}: {count}", name=unit.name, count=areas[unit.id]), f"/duyet u={unit.id}") for unit in named
    ]
    items += [
        (_("{name}: {count}", name=kind_name(talk.house, form), count=kinds[form]), f"/duyet k={form}")
        for form in kinds
    ]
    page = Filter.read(words).page
    talk.offer("queue by", _("Of which area or kind?"), *paged(talk, items, page, "/duyet loc"))


QUEUE: Final = Command(
    "duyet", _("Reports to look at"), queue, words=("duyet bao cao",), roles=OFFICERS, takes_words=True
)
