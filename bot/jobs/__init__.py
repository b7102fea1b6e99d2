"""DOOR: slow work. Jobs are rows that a turn asked for; what they bring about are effects again."""

from bot.jobs.answer import Answer
from bot.jobs.cases import FollowCases
from bot.jobs.clock import clock_jobs
from bot.jobs.erase import EraseFiles
from bot.jobs.fetch import FetchFile
from bot.jobs.jobs import JobHandler, Jobs
from bot.jobs.remind import Speaking
from bot.jobs.sweep import Sweep

__all__ = ["Answer", "EraseFiles", "FetchFile", "FollowCases", "JobHandler", "Jobs", "Speaking", "Sweep", "clock_jobs"]
