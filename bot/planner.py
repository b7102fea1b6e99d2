"""DOOR: time passed, and something has come due: each occasion becomes a job, with the mark of how far we got."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from bot.effects import Effect, Mark, StartJob, Unsaid
from bot.ports import Store
from bot.reporting.occasions import Kind, Occasion, Rules, due

log = structlog.get_logger(__name__)

PLANNED: Final = "planned"  # the mark of how far the clock has spoken
SET_BACK: Final = timedelta(hours=1)  # a mark so far ahead was made by a clock that was wrong


class Planner:
    """Told the time once a minute. Told twice, late, or together with another one, it does no harm: keys are unique."""

    def __init__(self, store: Store, rules: Rules, wake_jobs: Callable[[], None] = lambda: None) -> None:
        """Take by which rules, and whom to tell that there are jobs."""
        self._store = store
        self._rules = rules
        self._wake_jobs = wake_jobs

    async def __call__(self, now: datetime) -> None:
        """Start a job for everything that has come due since the mark, and move it, in one transaction."""
        async with self._store.batch() as batch:
            since = await batch.marked(PLANNED)
            if since is not None and now <= since <= now + SET_BACK:
                return
            if since is not None and since > now:
                log.warning("planner: the clock was set back", marked=since.isoformat(), now=now.isoformat())
            occasions = due(self._rules, since, now) if since is not None and since < now else []
            days = [one.subject for one in occasions if one.kind is Kind.DAY and one.dropped is None]
            await batch.write([*(_effect(one, now, days) for one in occasions), Mark(PLANNED, now)])
        if occasions:
            self._wake_jobs()


def _effect(one: Occasion, now: datetime, days: Sequence[str]) -> Effect:
    """Start the job of an occasion; the days announced at one time become one message."""
    if one.dropped is not None:
        return Unsaid(one.key, "", one.dropped, now)
    return StartJob(one.key, one.kind, packed(one) | ({"days": list(days)} if one.kind is Kind.DAY else {}))


def packed(one: Occasion) -> dict[str, Any]:
    """Write what a job needs to know of its occasion."""
    return {
        "key": one.key,
        "subject": one.subject,
        "step": one.step,
        "until": one.until.isoformat(),
        "due_at": one.due_at.isoformat() if one.due_at is not None else "",
    }
