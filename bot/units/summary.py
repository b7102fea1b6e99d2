"""What an import changes, in words for whoever runs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from bot.i18n import Plain, Text, _, lines, listed
from bot.units.changes import Change, Closed, Corrected, FiguresChanged, Moved, New, Plan, Relation, Renamed, Succeeded

LISTED: Final = 20  # changes of one sort that are named; the rest is counted


def summary(plan: Plan) -> Text:
    """Tell how many units are new, changed and unchanged, and name the changes."""
    total = _(
        "{new} new, {renamed} renamed, {moved} moved, {closed} closed, {figures} with other numbers, {same} unchanged.",
        new=len(plan.new),
        renamed=len(plan.renamed),
        moved=len(plan.moved),
        closed=len(plan.closed),
        figures=len(plan.figures_changed),
        same=len(plan.unchanged),
    )
    sorts: tuple[tuple[New | Change, ...], ...] = (
        plan.new,
        plan.renamed,
        plan.moved,
        plan.recognised,
        plan.closed,
        plan.figures_changed,
        plan.corrected,
        plan.succeeded,
    )
    return lines(total, *(line for sort in sorts for line in _named(sort)))


def _named(changes: tuple[New | Change, ...]) -> Iterator[Text]:
    yield from map(_line, changes[:LISTED])
    if len(changes) > LISTED:
        yield _("… and {count} more of this sort.", count=len(changes) - LISTED)


def _line(change: New | Change) -> Text:
    code = change.code
    match change:
        case New():
            return _new(change)
        case Renamed():
            return _(
                "{code} is called “{name}” from {day} (before: “{before}”).",
                code=code,
                name=change.name,
                day=change.since,
                before=change.before,
            )
        case Moved():
            return _moved(change)
        case Closed():
            return _("{code} ends: its last day is {last}.", code=code, last=_last_day(change.until))
        case FiguresChanged():
            members, workers = _count(change.members), _count(change.workers)
            return _(
                "{code} now has {members} members, {workers} workers.", code=code, members=members, workers=workers
            )
        case Corrected():
            gaps = {"code": code, "kind": change.kind, "sector": change.sector or "–"}
            return _("{code} is now of the kind {kind}, sector {sector}.", **gaps)
        case Succeeded():
            return _("{code} takes the place of {other}.", code=code, other=change.link.other)


def _new(unit: New) -> Text:
    above: Iterable[str] = (link.other for link in unit.links if link.relation is Relation.MANAGES)
    units = listed(*map(Plain, above))
    if not units.parts:
        return _("{code} is new: {name}.", code=unit.code, name=unit.name)
    return _("{code} is new: {name}, managed by {parent}.", code=unit.code, name=unit.name, parent=units)


def _moved(change: Moved) -> Text:
    link = change.link
    gaps = {"code": change.code, "parent": link.other, "before": change.before or "–"}
    if link.relation is Relation.RECOGNISES:
        return _("{code} is recognised by {parent} from {day} (before: {before}).", day=link.since, **gaps)
    return _("{code} is managed by {parent} from {day} (before: {before}).", day=link.since, **gaps)


def _last_day(until: date) -> date:
    return until - timedelta(days=1)


def _count(people: int | None) -> int | str:
    return "–" if people is None else people
