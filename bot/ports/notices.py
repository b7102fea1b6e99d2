"""Notices, who heard them, what units told of them, and the register of directives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.notices.notice import Directive, Notice, Reader, Step
from bot.records import Role


@dataclass(frozen=True, slots=True)
class CopyState:
    """One copy of a notice: for which unit, to whom, what became of it ("" where it was never put on its way)."""

    unit: int
    person: str
    copy: str
    why: str  # why nobody gets it, or why it failed
    state: str  # of the outbox row
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A step that a unit has taken with a notice. `report`: its number at the unit, if it is still filed."""

    unit: int
    step: Step
    person: str
    at: datetime
    people: int
    report: int | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A notice as one unit has it: the steps that were taken."""

    notice: Notice
    unit: int
    steps: frozenset[Step]


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a notice, and its answer ("" so far)."""

    id: str
    notice: str
    number: int  # of the notice
    unit: int
    person: str
    text: str
    asked_at: datetime
    answer: str
    notices_done_by: str


@dataclass(frozen=True, slots=True)
class DirectiveStanding:
    """What became of a document: units that were sent it, acknowledged it, reported against it, sent a plan."""

    notices: tuple[int, ...]  # numbers of those that carried it
    units: int
    received: int
    done: int
    plans: tuple[int, ...]  # units that sent a plan for it


class NoticeReads(Protocol):
    """What can be asked of notices."""

    async def notice(self, notice: str) -> Notice | None:
        """Give a notice by id."""

    async def notice_numbered(self, number: int) -> Notice | None:
        """Give a notice by number."""

    async def last_notice_number(self) -> int:
        """Give the highest number of a notice."""

    async def notices_of(self, units: Sequence[int], limit: int) -> list[Notice]:
        """List what officers of these unions sent or mean to send, the latest first."""

    async def notices_like(self, digest: str, since: datetime) -> list[Notice]:
        """List notices with the same words that were made since and were not given up, the latest first."""

    async def received(self, units: Sequence[int], limit: int) -> list[Received]:
        """List what was sent to units, the latest first."""

    async def received_by(self, notice: str, units: Sequence[int]) -> list[Received]:
        """Tell how these units stand with a notice; those that it was not sent to are left out."""

    async def notices_done_by(self, unit: int, report: int) -> list[Notice]:
        """List the notices that a unit did with its report of that number, in whichever version."""

    async def area_units(self, under: Sequence[int], kinds: Sequence[str], on: date) -> list[tuple[int, str, str]]:
        """List (id, code, sector) of the units of these kinds (any, if none) under some on a day, by id."""

    async def readers(self, units: Sequence[int], roles: Sequence[Role]) -> list[Reader]:
        """List who holds these roles at units today, with their open addresses."""

    async def copy_counts(self, drop_key: str) -> Mapping[str, int]:
        """Count the messages with this key by state."""

    async def any_copy(self, drop_key: str, states: Sequence[str]) -> bool:
        """Tell whether a message with this key is in one of these states."""

    async def any_due_before(self, drop_key: str, moment: datetime) -> bool:
        """Tell whether an unsent message with this key may be sent before that moment."""

    async def failed_copies(self, notice: str, drop_key: str, limit: int) -> list[CopyState]:
        """List copies that could not be delivered and for which nothing else was tried yet."""

    async def copies_of(self, notice: str, after: int, limit: int) -> list[CopyState]:
        """List copies by unit, from after that unit on; a unit's copies are not torn apart."""

    async def heard(self, notice: str) -> list[Heard]:
        """List the steps that units have taken."""

    async def heard_at(self, notice: str, units: Sequence[int]) -> list[Heard]:
        """List the steps that these units have taken."""

    async def unheard(self, notice: str, step: Step, after: int, limit: int) -> list[int]:
        """List units, by id, that were sent a notice and have not taken a step; from after that id on."""

    async def sent_as(self, key: str) -> tuple[str, str, str] | None:
        """Tell the channel, the chat and the channel's id of a message that was sent."""

    async def question(self, question: str) -> Question | None:
        """Give a question by id."""

    async def questions(self, notice: str, *, open_only: bool) -> list[Question]:
        """List the questions about a notice, the oldest first."""

    async def questions_waiting(self, person: str) -> list[Question]:
        """List the unanswered questions about the notices of a sender, the oldest first."""

    async def directives(self) -> list[Directive]:
        """List the register of documents, the latest first."""

    async def directive(self, directive: str) -> Directive | None:
        """Give a document by id."""

    async def directive_standing(self, directive: Directive, under: Sequence[int]) -> DirectiveStanding:
        """Tell what became of a document at the units managed today by these, at any depth."""
