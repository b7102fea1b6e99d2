"""What `check` says of those who receive cases: nobody on duty, or rows of the book that name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.cases.access import on_duty
from bot.cases.desks import Officer, unmatched
from bot.ports import Reads
from bot.records import OFFICERS, Person, Role
from bot.talk import House

ROLES = (*sorted(OFFICERS), Role.ADMIN)
MOST = 2_000  # officers looked through


async def complaints(house: House, reads: Reads, today: date) -> list[str]:
    """List what is wrong, as sentences; nothing before the first officer has come in."""
    people = await reads.posted(ROLES, "", MOST)
    if not people:
        return []
    told = [
        f"Cases: a row of the book of settings names no officer who has come in ({row})."
        for row in unmatched(house.lists, officers(people))
    ]
    if not on_duty(house.lists, today):
        told.append(
            "Cases: nobody is on duty today, so incidents go to area officers and leaders, then to administrators. "
            "Please fill the sheet “Lịch trực” of the book of settings."
        )
    return told


def officers(people: Sequence[Person]) -> list[Officer]:
    """Give every post of these people as an officer whom a row may name."""
    return [
        Officer(one.id, one.name, one.phone, post.role, post.unit.id, post.unit.code, 0)
        for one in people
        for post in one.posts
        if post.role in ROLES
    ]
