"""The values the house works with: roles, units, people, drafts, questions, reports, files, invitations.

Ids are short random texts, made by whoever takes the turn, so that nothing has to be written to be named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from bot.messages import Address, FileRef

BEHALF = "+behalf"  # among what was accepted of a draft: an officer fills it for the unit, who told it by phone
FETCH_JOB = "fetch-"  # before the id of a file: the job that fetches it
BUT_ON: Final = "but on "  # before the one channel on which a person wants what comes by itself: a mute of the others

Answers = Mapping[str, Any]  # field code -> JSON-able value; None = asked and skipped


class Role(StrEnum):
    """What a person may do for a unit."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    COMMITTEE = "committee"
    AREA_OFFICER = "area_officer"
    PROV_OFFICER = "prov_officer"
    PROV_LEADER = "prov_leader"
    ADMIN = "admin"


REPORTERS = frozenset({Role.CHAIR, Role.DEPUTY})
WRITERS = REPORTERS | {Role.COMMITTEE}  # each report kind says which of them may fill it in
OFFICERS = frozenset({Role.AREA_OFFICER, Role.PROV_OFFICER, Role.PROV_LEADER})
FILERS = WRITERS | OFFICERS  # some kinds are also filed by the unions above, about what they did themselves
INVITERS = OFFICERS | {Role.ADMIN}


@dataclass(frozen=True, slots=True)
class Unit:
    """A union unit as it is today. `members` and `workers` are the opening figures of its list entry."""

    id: int
    code: str
    name: str
    kind: str
    parent: int | None = None  # the unit that manages it today
    members: int | None = None
    workers: int | None = None
    valid_from: date = date.min
    valid_to: date | None = None
    sector: str = ""  # a code of the office's own list


@dataclass(frozen=True, slots=True)
class Post:
    """A role that a person holds at a unit today."""

    role: Role
    unit: Unit


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody linked to the bot, with what they told of themselves and the posts they hold today."""

    id: str
    name: str = ""
    honorific: str = ""  # code of handlers' list: anh, chi, co, thay, bac, dong_chi
    phone: str = ""
    language: str = "vi"
    posts: tuple[Post, ...] = ()
    addresses: tuple[Address, ...] = ()  # open ones: the preferred channel's first, then the last used

    def units(self, roles: frozenset[Role]) -> tuple[Unit, ...]:
        """List the units where the person holds one of these roles."""
        return tuple({post.unit.id: post.unit for post in self.posts if post.role in roles}.values())

    def holds(self, roles: frozenset[Role]) -> bool:
        """Tell whether the person holds one of these roles anywhere."""
        return any(post.role in roles for post in self.posts)


@dataclass(frozen=True, slots=True)
class Draft:
    """Answers so far. Only answers are kept; what to ask next is derived from them."""

    id: str
    form: str
    person: str
    unit: int | None  # None: a form about the person, or the unit is not chosen yet
    answers: Answers
    accepted: Answers = field(default_factory=dict)  # question code -> what was doubted and confirmed, with the reason
    sources: Mapping[str, str] = field(default_factory=dict)  # field code -> id of the message that answered it
    replaces: str = ""  # submission id, when this corrects a filed report
    started_at: datetime | None = None
    touched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """The open question of a person: what digits and words mean now."""

    person: str
    key: str  # "draft", "menu", "reminder", …: who asked
    choices: Mapping[str, str] = field(default_factory=dict)  # what may be typed -> data of the button it stands for
    draft: str = ""
    step: str = ""  # the question asked: a field code, one of the engine's own steps, or the command of a list
    state: Mapping[str, Any] = field(default_factory=dict)  # tries, page, picks so far, a doubted value
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a report that digests may sum."""

    submission: str
    unit: int
    parent: int | None  # the managing unit on the day of the event
    form: str
    day: date
    field: str
    choice: str
    value: int
    weight: int = 1
    last: bool = False  # it holds until its unit tells another one, and is not summed over time


@dataclass(frozen=True, slots=True)
class Submission:
    """A filed report: one immutable version. (`unit`, `number`) names it to people, e.g. BC12."""

    id: str
    unit: int
    form: str
    number: int
    version: int
    person: str
    channel: str
    day: date  # of the event
    period: str  # code of the period it counts for: "2026-11"
    filed_at: datetime
    answers: Answers
    accepted: Answers = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    draft: str = ""  # the draft it was filed from: one submission per confirmation
    replaces: str = ""  # the version before
    first_filed_at: datetime | None = None  # of version 1 (or of the nil it took the place of)
    state: str = "filed"  # "filed", "returned" (sent back to be completed: it counts all the same) or "withdrawn"
    reason: str = ""  # why it was withdrawn

    @property
    def on_behalf(self) -> bool:
        """Tell whether an officer filed it for the unit."""
        return BEHALF in self.accepted


class Verdict(StrEnum):
    """What an officer says about a report."""

    ACCEPTED = "accepted"
    RETURNED = "returned"  # sent back to its unit, to be completed
    NOTED = "noted"  # a comment, which changes nothing


@dataclass(frozen=True, slots=True)
class Review:
    """What an officer said about one version of a report; it stays with the report."""

    unit: int
    number: int
    turn: int  # counts what was said about the report, from 1: two people cannot say the same turn
    version: int
    at: datetime
    person: str
    verdict: Verdict
    reason: str = ""  # code of a ready-made reason
    note: str = ""  # in the officer's own words
    field: str = ""  # the answer that it is about


@dataclass(frozen=True, slots=True)
class Target:
    """What a unit shall reach in a calendar year, as an office assigned it; the latest version is in force."""

    unit: int
    indicator: str  # a code of bot.reporting.indicators
    year: int
    value: int  # 0: taken back, nothing is assigned any more
    basis: str = "gross"  # or "net": what left is taken off
    doc_no: str = ""  # number of the document that assigns it
    decided_by: str = ""  # the union that assigned it, in its own words
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that belongs to a report or a draft, and how far its fetching has come."""

    id: str
    draft: str
    field: str
    channel: str
    ref: FileRef
    state: str = "waiting"  # waiting, kept, failed, erased
    sha256: str = ""
    size: int = 0
    mime: str = ""
    why: str = ""  # why it failed


@dataclass(frozen=True, slots=True)
class BookVersion:
    """The office's book of settings as it stood from a moment on: whole, one list of rows for each sheet."""

    version: int  # counts from 1
    at: datetime
    by: str  # a person's id, or "operator"
    note: str  # what it was made from: a file's name, "undo 4"
    sheets: Mapping[str, Any] = field(default_factory=dict)  # sheet -> rows, each a mapping of column to text


@dataclass(frozen=True, slots=True)
class ChannelKeys:
    """What lets us into a messenger whose keys change while we run; `repr` shows none of them."""

    name: str  # of the channel
    version: int  # counts from 1
    seed: str = field(repr=False)  # hash of the refresh token that the environment gave first
    refresh: str = field(repr=False)  # may be used once
    access: str = field(repr=False)
    valid_until: datetime  # the access token
    renewing_until: datetime | None = None  # somebody is getting new ones, or died at it


@dataclass(frozen=True, slots=True)
class Invite:
    """An invitation. Only the hash of its code is kept. `person` is set when it adds a channel to somebody known."""

    hash: str
    unit: int | None
    role: str
    expires_at: datetime
    made_by: str = ""
    person: str = ""
    used_at: datetime | None = None
    revoked_at: datetime | None = None


class Standing(StrEnum):
    """How an entry stands."""

    OPEN = "open"
    DONE = "done"  # a piece of news that was used
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a register. `id` is that of the draft it was made from, so that its files are found."""

    id: str
    register: str  # the name of its form
    unit: int  # the union (or for news the unit) it belongs to
    person: str
    at: datetime
    answers: Answers
    standing: Standing = Standing.OPEN


@dataclass(frozen=True, slots=True)
class Wording:
    """What an office wrote itself for one part of a unit's reports of a period: a version, of which none is changed."""

    unit: int
    period: str  # its code
    part: str  # a code of bot.documents.parts
    version: int  # counts from 1: two people cannot write the same one
    text: str  # paragraphs, a line each; "" takes the one before back
    person: str
    at: datetime
