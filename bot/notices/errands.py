"""What is started about notices: the names of jobs, and the keys by which reminders are dropped again."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from bot.effects import StartJob

PREVIEW: Final = "notice_preview"
TEST: Final = "notice_test"
EXPAND: Final = "notice_expand"
WATCH: Final = "notice_watch"
SETTLE: Final = "notice_settle"
REMIND: Final = "notice_remind"
CORRECT: Final = "notice_correct"
SHEET: Final = "notice_sheet"


def job(kind: str, notice: str, mark: object, at: datetime | None = None, **args: Any) -> StartJob:
    """Start a job about a notice; `mark` tells it from others of its kind."""
    return StartJob(f"{kind}/{notice}/{mark}", kind, {"notice": notice, "mark": str(mark), **args}, at)


def silent(notice: str, unit: int) -> str:
    """Name the reason of a reminder: it is dropped when the unit answers."""
    return f"silent/{notice}/{unit}"
