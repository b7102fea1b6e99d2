"""Everything that can be asked of the database, on a connection that somebody else opens and closes."""

from __future__ import annotations

from bot.ports import Reads
from storage.reads.behind import BehindAsks
from storage.reads.cases import CaseAsks
from storage.reads.figures import FigureAsks
from storage.reads.keys import KeyAsks
from storage.reads.notices import NoticeAsks
from storage.reads.office import OfficeAsks
from storage.reads.people import PeopleAsks
from storage.reads.registers import RegisterAsks
from storage.reads.reports import ReportAsks
from storage.reads.reviews import ReviewAsks
from storage.reads.status import StatusAsks
from storage.reads.surveys import SurveyAsks
from storage.reads.talks import TalkAsks
from storage.reads.targets import TargetAsks
from storage.reads.units import UnitAsks
from storage.reads.wordings import WordingAsks


class SqlReads(
    BehindAsks,
    CaseAsks,
    FigureAsks,
    KeyAsks,
    NoticeAsks,
    OfficeAsks,
    PeopleAsks,
    RegisterAsks,
    ReportAsks,
    ReviewAsks,
    StatusAsks,
    SurveyAsks,
    TalkAsks,
    TargetAsks,
    UnitAsks,
    WordingAsks,
    Reads,
):
    """Reads on one connection."""


__all__ = ["SqlReads"]
