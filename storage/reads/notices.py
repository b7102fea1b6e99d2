"""Answers what `bot.ports.notices` says can be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.notices.notice import Directive, Notice, Reader, Step
from bot.ports import (
    CopyState,
    DirectiveStanding,
    HeardStep,
    Question,
    Received,
)
from bot.ports.notices import NoticeReads
from bot.records import Role
from storage.reading import (
    directives,
    notices,
)
from storage.reads.asking import Asking


class NoticeAsks(Asking, NoticeReads):
    """Reads as `NoticeReads` has them."""

    async def notice(self, notice: str) -> Notice | None:
        return await self.run(notices.by_id, notice)

    async def notice_numbered(self, number: int) -> Notice | None:
        return await self.run(notices.by_number, number)

    async def last_notice_number(self) -> int:
        return await self.run(notices.last_number)

    async def notices_of(self, units_: Sequence[int], limit: int) -> list[Notice]:
        return await self.run(notices.of_units, units_, limit)

    async def notices_like(self, digest: str, since: datetime) -> list[Notice]:
        return await self.run(notices.like, digest, since)

    async def received(self, units_: Sequence[int], limit: int) -> list[Received]:
        return await self.run(notices.received, units_, limit)

    async def received_by(self, notice: str, units_: Sequence[int]) -> list[Received]:
        return await self.run(notices.received_by, notice, units_)

    async def notices_done_by(self, unit: int, report: int) -> list[Notice]:
        return await self.run(notices.done_by, unit, report)

    async def area_units(self, under: Sequence[int], kinds: Sequence[str], on: date) -> list[tuple[int, str, str]]:
        return await self.run(notices.area_units, under, kinds, on)

    async def readers(self, units_: Sequence[int], roles: Sequence[Role]) -> list[Reader]:
        return await self.run(notices.readers, units_, roles, self.today)

    async def copy_counts(self, drop_key: str) -> Mapping[str, int]:
        return await self.run(notices.copy_counts, drop_key)

    async def any_copy(self, drop_key: str, states: Sequence[str]) -> bool:
        return await self.run(notices.any_copy, drop_key, states)

    async def any_due_before(self, drop_key: str, moment: datetime) -> bool:
        return await self.run(notices.any_due_before, drop_key, moment)

    async def failed_copies(self, notice: str, drop_key: str, limit: int) -> list[CopyState]:
        return await self.run(notices.failed_copies, notice, drop_key, limit)

    async def copies_of(self, notice: str, after: int, limit: int) -> list[CopyState]:
        return await self.run(notices.copies_of, notice, after, limit)

    async def heard(self, notice: str) -> list[HeardStep]:
        return await self.run(notices.heard, notice)

    async def heard_at(self, notice: str, units_: Sequence[int]) -> list[HeardStep]:
        return await self.run(notices.heard, notice, units_)

    async def unheard(self, notice: str, step: Step, after: int, limit: int) -> list[int]:
        return await self.run(notices.unheard, notice, step, (after, limit))

    async def sent_as(self, key: str) -> tuple[str, str, str] | None:
        return await self.run(notices.sent_as, key)

    async def question(self, question: str) -> Question | None:
        return await self.run(directives.question, question)

    async def questions(self, notice: str, *, open_only: bool) -> list[Question]:
        return await self.run(directives.questions, notice, open_only=open_only)

    async def questions_waiting(self, person: str) -> list[Question]:
        return await self.run(directives.waiting, person)

    async def directives(self) -> list[Directive]:
        return await self.run(directives.register)

    async def directive(self, directive: str) -> Directive | None:
        return await self.run(directives.by_id, directive)

    async def directive_standing(self, directive: Directive, under: Sequence[int]) -> DirectiveStanding:
        return await self.run(directives.standing, directive, under, self.today)
