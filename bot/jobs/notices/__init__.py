"""The jobs about notices: previewed, sent to all their units, watched, held back, reminded of, corrected."""

from __future__ import annotations

from bot.jobs.jobs import JobHandler
from bot.jobs.notices.correct import SendCorrection
from bot.jobs.notices.expand import Expand
from bot.jobs.notices.preview import MakePreview, SendTest
from bot.jobs.notices.remind import RemindSilent
from bot.jobs.notices.settle import Settle
from bot.jobs.notices.shared import Notifying
from bot.jobs.notices.watch import Watch
from bot.notices.errands import CORRECT, EXPAND, PREVIEW, REMIND, SETTLE, TEST, WATCH

__all__ = ["Notifying", "notice_jobs"]


def notice_jobs(notifying: Notifying) -> dict[str, JobHandler]:
    """Name who does which kind of job."""
    return {
        PREVIEW: MakePreview(notifying),
        TEST: SendTest(notifying),
        EXPAND: Expand(notifying),
        WATCH: Watch(notifying),
        SETTLE: Settle(notifying),
        REMIND: RemindSilent(notifying),
        CORRECT: SendCorrection(notifying),
    }
