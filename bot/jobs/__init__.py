"""DOOR: slow work. Jobs are rows that a turn asked for; what they bring about are effects again."""

from bot.jobs.answer import Answer
from bot.jobs.erase import EraseFiles
from bot.jobs.fetch import FetchFile
from bot.jobs.jobs import JobHandler, Jobs
from bot.jobs.sweep import Sweep

__all__ = ["Answer", "EraseFiles", "FetchFile", "JobHandler", "Jobs", "Sweep"]
