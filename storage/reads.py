"""Everything that can be asked of the database, on a connection that somebody else opens and closes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cases.case import Case, Event
from bot.cases.desks import Officer
from bot.messages import Address
from bot.notices.notice import Directive, Notice, Reader, Step
from bot.ports import (
    Asked,
    Assignment,
    Awaiting,
    Cell,
    Contact,
    CopyState,
    DirectiveStanding,
    HeardStep,
    Holder,
    Line,
    Part,
    Question,
    Reads,
    Received,
    Share,
    Sum,
    Tally,
    Tenure,
    Tied,
    UnitReport,
    UnitSum,
)
from bot.records import (
    BookVersion,
    ChannelKeys,
    Draft,
    Entry,
    Invite,
    Person,
    Review,
    Role,
    StoredFile,
    Submission,
    Target,
    Unit,
)
from bot.reporting.periods import Period
from bot.surveys import Survey
from storage import marks
from storage.reading import (
    behind,
    books,
    cases,
    clock,
    directives,
    exceptions,
    figures,
    invites,
    keys,
    lasts,
    lines,
    notices,
    people,
    registers,
    reports,
    reviews,
    surveys,
    tally,
    targets,
    unit_sums,
    units,
)
from storage.refusals import refusals_named
from storage.sql import local_day
from storage.threads import ThreadConnection
from storage.unbroken import to_its_end

P = ParamSpec("P")
T = TypeVar("T")


class SqlReads(Reads):
    """Reads on one connection. `now` decides what "today" is."""

    def __init__(self, connection: AsyncConnection | ThreadConnection, now: datetime) -> None:
        """Read on this connection, as of now."""
        self._connection = connection
        self.now = now

    @property
    def today(self) -> date:
        """The day that it is in Vietnam."""
        return local_day(self.now)

    async def run(self, ask: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function of `storage.reading` on the connection, naming what the database refuses."""
        with refusals_named():
            return await to_its_end(self._connection.run_sync(ask, *args, **kwargs))

    async def unit(self, unit: int) -> Unit | None:
        return await self.run(units.by_id, unit, self.today)

    async def unit_by_code(self, code: str) -> Unit | None:
        return await self.run(units.by_code, code, self.today)

    async def units_of_kind(self, kind: str, limit: int) -> list[Unit]:
        return await self.run(units.of_kind, kind, limit, self.today)

    async def search_units(self, under: Sequence[int], words: str, limit: int) -> list[Unit]:
        return await self.run(units.search, units.Search(under, words, limit), self.today)

    async def more_than(self, under: Sequence[int], most: int) -> bool:
        return await self.run(units.more_than, under, most, self.today)

    async def subtree(self, under: Sequence[int], on: date) -> list[Unit]:
        return await self.run(units.subtree, under, on)

    async def within(self, under: Sequence[int], units_: Sequence[int]) -> list[Unit]:
        return await self.run(units.within, under, units_, self.today)

    async def parents_on(self, units_: Sequence[int]) -> dict[int, list[tuple[date, date | None, int]]]:
        return await self.run(units.parents, units_)

    async def channels_in_use(self) -> set[str]:
        return await self.run(people.channels_in_use)

    async def contacts(self, units_: Sequence[int]) -> list[Contact]:
        return await self.run(people.at, units_, self.today)

    async def last_heard(self, units_: Sequence[int]) -> dict[int, datetime]:
        return await self.run(people.last_heard, units_, self.today)

    async def officers_above(self, unit: int) -> list[Contact]:
        return await self.run(people.above, unit, self.today)

    async def case(self, number: int) -> Case | None:
        return await self.run(cases.by_number, number)

    async def case_of_report(self, unit: int, report: int) -> Case | None:
        return await self.run(cases.of_report, unit, report)

    async def last_case(self) -> int:
        return await self.run(cases.highest)

    async def case_events(self, case: str) -> list[Event]:
        return await self.run(cases.events, case)

    async def cases_of(self, units_: Sequence[int], person: str, limit: int) -> list[Case]:
        return await self.run(cases.theirs, units_, person, limit)

    async def cases_to_see_to(self, under: Sequence[int], limit: int) -> list[Case]:
        return await self.run(cases.waiting, under, limit, self.today)

    async def cases_opened(self, under: Sequence[int], since: datetime, until: datetime) -> list[Case]:
        return await self.run(cases.opened, cases.Opened(under, since, until), self.today)

    async def written_by(self, person: str) -> list[Event]:
        return await self.run(cases.written_by, person)

    async def officers_over(self, unit: int, desk: int | None) -> list[Officer]:
        return await self.run(cases.officers_over, unit, desk, self.today)

    async def survey(self, number: int) -> Survey | None:
        return await self.run(surveys.by_number, number)

    async def last_survey(self) -> int:
        return await self.run(surveys.highest)

    async def surveys_at(self, units_: Sequence[int], limit: int) -> list[Survey]:
        return await self.run(surveys.at, units_, limit)

    async def votes(self, survey: str) -> dict[int, int]:
        return await self.run(surveys.counts, survey)

    async def entry(self, entry: str) -> Entry | None:
        return await self.run(registers.by_id, entry)

    async def entries(self, under: Sequence[int], register: str, limit: int) -> list[Entry]:
        return await self.run(registers.of, under, register, limit, self.today)

    async def channel_keys(self, name: str) -> ChannelKeys | None:
        return await self.run(keys.of, name)

    async def newer_book(self, than: int) -> BookVersion | None:
        return await self.run(books.newer, than)

    async def book(self, version: int) -> BookVersion | None:
        return await self.run(books.one, version)

    async def books(self, limit: int) -> list[BookVersion]:
        return await self.run(books.latest, limit)

    async def person(self, person: str) -> Person | None:
        return await self.run(people.person, person, self.today)

    async def consents(self, person: str) -> list[tuple[str, datetime, bool]]:
        return await self.run(people.agreed, person)

    async def drafts_of(self, person: str) -> list[Draft]:
        return await self.run(people.drafts_of, person)

    async def tenures(self, person: str) -> list[Tenure]:
        return await self.run(people.tenures, person, self.today)

    async def audited(self, person: str) -> list[tuple[datetime, str]]:
        return await self.run(people.audited, person)

    async def invite(self, hash_: str) -> Invite | None:
        return await self.run(invites.by_hash, hash_)

    async def history(self, units_: Sequence[int], forms: Sequence[str], since: date) -> list[Submission]:
        return await self.run(reports.history, units_, forms, since)

    async def submissions(self, units_: Sequence[int], limit: int, before: datetime | None = None) -> list[Submission]:
        # A phone's clock, or the messenger's, may run ahead of ours.
        return await self.run(reports.latest, units_, limit, before or self.now + timedelta(days=1))

    async def submission(self, submission: str) -> Submission | None:
        return await self.run(reports.by_id, submission)

    async def numbered(self, units_: Sequence[int], number: int) -> list[Submission]:
        return await self.run(reports.numbered, units_, number)

    async def filed_from(self, draft: str) -> Submission | None:
        return await self.run(reports.filed_from, draft)

    async def answered_by(self, person: str, message_id: str) -> Submission | None:
        return await self.run(reports.answered_by, person, message_id, self.now)

    async def reports_by(self, person: str) -> list[Submission]:
        return await self.run(reports.by_person, person)

    async def last_numbers(self, units_: Sequence[int]) -> dict[int, int]:
        return await self.run(reports.last_numbers, units_)

    async def files(self, drafts: Sequence[str]) -> list[StoredFile]:
        return await self.run(reports.files, drafts)

    async def files_by_id(self, ids: Sequence[str]) -> list[StoredFile]:
        return await self.run(reports.files_by_id, ids)

    async def still_kept(self, hashes: Sequence[str]) -> set[str]:
        return await self.run(reports.still_kept, hashes)

    async def receipts(self, units_: Sequence[int], period: Period) -> list[UnitReport]:
        return await self.run(reports.receipts, units_, period)

    async def unlocked(self, unit: int, now: datetime) -> dict[str, datetime]:
        return await self.run(exceptions.unlocked, unit, now)

    async def exempted(self, units_: Sequence[int], periods: Sequence[str]) -> dict[int, str]:
        return await self.run(exceptions.exempted, units_, periods)

    async def awaiting(self, asked: Awaiting, limit: int) -> list[Submission]:
        return await self.run(reviews.awaiting, asked, limit, self.today)

    async def awaiting_counts(self, asked: Awaiting) -> list[tuple[int, str, int]]:
        return await self.run(reviews.counts, asked, self.today)

    async def reviews(self, unit: int, number: int) -> list[Review]:
        return await self.run(reviews.said, unit, number)

    async def versions(self, unit: int, number: int) -> list[Submission]:
        return await self.run(reviews.versions, unit, number)

    async def posted(
        self, roles: Sequence[Role], after: str, limit: int, at: Sequence[int] | None = None
    ) -> list[Person]:
        return await self.run(clock.posted, clock.Page(roles, after, limit, at), self.today)

    async def holders(self, units_: Sequence[int], roles: Sequence[Role]) -> list[Holder]:
        return await self.run(clock.holders, units_, roles, self.today)

    async def muted(self, people_: Sequence[str], topic: str) -> set[str]:
        return await self.run(clock.muted, people_, topic)

    async def said(self, keys: Sequence[str]) -> set[str]:
        return await self.run(clock.said, keys)

    async def busy(self, people_: Sequence[str], now: datetime) -> set[str]:
        return await self.run(clock.busy, people_, now)

    async def filed_since(self, under: Sequence[int], since: datetime, until: datetime) -> list[tuple[str, int]]:
        return await self.run(clock.filed_since, clock.News(under, since, until), self.today)

    async def marked(self, name: str) -> datetime | None:
        return await self.run(marks.mark, name)

    async def sums(self, under: Sequence[int], since: date, until: date) -> list[Sum]:
        return await self.run(figures.sums, under, since, until)

    async def unit_sums(self, under: Sequence[int], since: date, until: date, form: str) -> list[UnitSum]:
        return await self.run(unit_sums.unit_sums, under, since, until, form)

    async def tied(self, under: Sequence[int], since: date, until: date, chosen: tuple[str, str]) -> Tied:
        return await self.run(figures.tied, under, since, until, chosen)

    async def chose(self, units: Sequence[int], since: date, until: date, chosen: tuple[str, str]) -> set[int]:
        return await self.run(figures.chose, units, since, until, chosen)

    async def last_values(
        self, under: Sequence[int], until: date, fields: Sequence[tuple[str, str]], on: date | None = None
    ) -> list[tuple[int, str, str, int]]:
        return await self.run(lasts.last_values, under, until, fields, on)

    async def last_sums(
        self, under: Sequence[int], days: tuple[date, date], fields: Mapping[tuple[str, str], str]
    ) -> list[Sum]:
        return await self.run(lasts.last_sums, under, days, fields)

    async def tally(self, under: Sequence[int], on: date, asked: Asked) -> Tally:
        return await self.run(tally.tally, under, on, asked)

    async def targets(self, units_: Sequence[int], year: int) -> list[Target]:
        return await self.run(targets.in_force, units_, year)

    async def all_targets(self, year: int) -> list[tuple[str, Target]]:
        return await self.run(targets.of_year, year)

    async def assignments(self, unit: int, indicator: str, year: int) -> list[Assignment]:
        return await self.run(targets.versions, unit, indicator, year)

    async def sums_each(
        self, units_: Sequence[int], since: date, until: date, forms: Sequence[str]
    ) -> dict[int, list[Sum]]:
        return await self.run(targets.sums_each, units_, since, until, forms)

    async def unit_ids(self) -> dict[str, int]:
        return await self.run(targets.unit_ids)

    async def unit_names(self) -> dict[str, str]:
        return await self.run(targets.unit_names, self.today)

    async def managed(self, unit: int) -> list[Unit]:
        return await self.run(targets.managed, unit, self.today)

    async def shares(self, under: Sequence[int], days: tuple[date, date], cell: Cell) -> list[Share]:
        return await self.run(behind.shares, under, days, cell)

    async def parts(
        self, under: Sequence[int], days: tuple[date, date], cell: Cell, only: Collection[int]
    ) -> list[Part]:
        return await self.run(behind.parts, under, days, cell, only)

    async def person_at(self, address: Address) -> Person | None:
        return await self.run(people.person_at, address, self.today)

    async def lines(self, address: Address, after: datetime, now: datetime, limit: int) -> list[Line]:
        return await self.run(lines.after, address, after, now, limit)

    async def lines_before(self, address: Address, before: datetime, since: datetime, limit: int) -> list[Line]:
        return await self.run(lines.before, address, before, since, limit)

    async def line(self, address: Address, key: str) -> Line | None:
        return await self.run(lines.one, address, key)

    async def file_from(self, channel: str, remote: str) -> StoredFile | None:
        return await self.run(reports.file_called, channel, remote)

    async def unfetched(self, channel: str, remotes: Sequence[str]) -> set[str]:
        return await self.run(reports.unfetched, channel, remotes)

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

    async def directive_standing(self, directive: Directive) -> DirectiveStanding:
        return await self.run(directives.standing, directive)
