"""The jobs of the clock by kind: who says what has come due."""

from __future__ import annotations

from bot.jobs.budget import TellBudget
from bot.jobs.drafts import AgeDrafts
from bot.jobs.jobs import JobHandler
from bot.jobs.officers import ToOfficers, closing, escalation, news
from bot.jobs.remind import Remind, Speaking
from bot.jobs.surveys import ASK, OVER, AskSurvey, TellResult
from bot.reporting.bulletins import MORNING, WEEK
from bot.reporting.occasions import Kind


def clock_jobs(speaking: Speaking) -> dict[str, JobHandler]:
    """Name who does which kind of job."""
    remind = Remind(speaking)
    return {
        Kind.REMIND: remind,
        "nudge": remind,
        Kind.ESCALATE: ToOfficers(speaking, escalation),
        Kind.CLOSING: ToOfficers(speaking, closing),
        Kind.DAILY: ToOfficers(speaking, news(MORNING)),
        Kind.WEEKLY: ToOfficers(speaking, news(WEEK)),
        ASK: AskSurvey(speaking),
        OVER: TellResult(speaking),
        Kind.DRAFTS: AgeDrafts(speaking),
        "budget": TellBudget(speaking),
    }
