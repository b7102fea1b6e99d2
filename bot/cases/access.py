"""Who may read what is written in a case, and who may act on it. Everybody else sees that it exists, and its dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.cases.case import Case, Event, Kind
from bot.cases.desks import Lists, Officer, is_named
from bot.records import REPORTERS, Person, Role


def is_sender(case: Case, person: Person) -> bool:
    """Tell whether a case is of this person's making or, except for a question, of their unit's."""
    there = [post for post in person.posts if post.unit.id == case.unit]
    if case.person == person.id:
        return bool(there)
    return case.kind is not Kind.QUESTION and any(post.role in REPORTERS for post in there)


def post_above(person: Person, above: Sequence[Officer]) -> Officer | None:
    """Give the post by which a person is above the unit, the nearest one; administrators have none."""
    mine = [one for one in above if one.person == person.id and one.role is not Role.ADMIN]
    return min(mine, key=lambda one: one.steps, default=None)


def may_handle(case: Case, person: Person, above: Sequence[Officer], lists: Lists, events: Sequence[Event]) -> bool:
    """Tell whether an officer may read and answer: its owner, who was alerted of it, acted on it, or is listed."""
    post = post_above(person, above)
    if post is None:
        return False
    acted = any(event.person == person.id or event.to == person.id for event in events)
    return acted or person.id == case.owner or person.id in case.alerted or is_listed(case, post, lists)


def is_listed(case: Case, post: Officer, lists: Lists) -> bool:
    """Tell whether the office's book names this officer for such cases."""
    by_function = any(
        row.rank(case.kind, case.topic) is not None and is_named(post, row.unit, row.person) for row in lists.functions
    )
    on_duty = case.kind is Kind.INCIDENT and any(is_named(post, row.unit, row.person) for row in lists.duties)
    return by_function or on_duty


def may_pass_on(case: Case, person: Person) -> bool:
    """Tell whether somebody who may not read a case may still give it away: the owner where there was nobody else."""
    return case.owner == person.id


def on_duty(lists: Lists, today: date) -> bool:
    """Tell whether anybody is named for today."""
    return any(row.since <= today <= row.until for row in lists.duties)
