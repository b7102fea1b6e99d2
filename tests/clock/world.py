"""The clock over a real store: it ticks, does its jobs and sends, when we say so; nothing waits, nothing sleeps."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.forms.form import Form
from bot.i18n import Catalogue, Plain, Text, Voice, load_catalogues
from bot.jobs import Speaking, clock_jobs
from bot.planner import Planner
from bot.ports import Claim, JobClaim, SentMark
from bot.records import Person
from bot.reporting.calendar import Calendar
from bot.reporting.occasions import Rules
from storage.store import SqlStore

LOCALES = Path(__file__).resolve().parents[2] / "locales"
RULES = Rules(Calendar().known_to({"dialogue", "propaganda", "membership"}))
TITLES: dict[str, Text] = {"dialogue": Plain("Workplace dialogue")}
CATALOGUE: Catalogue = load_catalogues(LOCALES)["vi"]


def voice_of(person: Person | None) -> Voice:
    """Speak Vietnamese to everybody."""
    return Voice(CATALOGUE, person.name if person is not None else "")


class Time:
    """The time that it is, moved by the test."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Clockwork:
    """The clock of one program over a store."""

    def __init__(self, store: SqlStore, time: Time, rules: Rules = RULES, periodic: Form | None = None) -> None:
        self.store = store
        self.time = time
        self.done: list[str] = []
        self.kinds = clock_jobs(Speaking(store, rules, voice_of, time, TITLES, periodic=periodic))
        self.planner = Planner(store, rules)

    @classmethod
    async def open(cls, url: str, now: datetime, periodic: Form | None = None) -> Clockwork:
        """Open the store and stand before it; `periodic`: the report of which reminders tell what stands ready."""
        time = Time(now)
        return cls(await SqlStore.open(url, time), time, periodic=periodic)

    async def tick(self, now: datetime) -> None:
        """Let the clock tick, and do all jobs that come due with it."""
        self.time.now = now
        await self.planner(now)
        await self.work()

    async def work(self) -> None:
        """Do the jobs that are due."""
        while claims := await self.store.due_jobs(self.time.now, 8):
            for claim in claims:
                await self.do(claim)

    async def do(self, claim: JobClaim) -> None:
        """Do one job to its end."""
        effects = await self.kinds[claim.job.kind](claim.job.args, claim.attempts)
        self.done.append(claim.job.id)
        await self.store.jobs_done([(claim.job.id, effects)])

    async def send(self) -> list[Claim]:
        """Send all that is due; it arrives."""
        sent: list[Claim] = []
        while claims := await self.store.due_messages(self.time.now, 1_000):
            sent += claims
            async with self.store.batch() as batch:
                await batch.sent([SentMark(claim.id, "sent", str(claim.id)) for claim in claims])
        return sent
