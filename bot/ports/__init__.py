"""The protocols between the doors and the world: Store (databases) and Channel (messengers)."""

from __future__ import annotations

from bot.ports.behind import Cell, Part, Share
from bot.ports.channels import (
    ONE,
    BridgeChannel,
    Channel,
    Deliver,
    Facts,
    LookUp,
    MeteredChannel,
    OpenQuestion,
    Purpose,
    Ticket,
    Toll,
    WebhookChannel,
    Window,
    channel_title,
)
from bot.ports.figures import Asked, Sum, Tally, Tied, UnitSum
from bot.ports.notices import CopyState, DirectiveStanding, Question, Received
from bot.ports.notices import Heard as HeardStep
from bot.ports.people import Tenure
from bot.ports.reports import UnitReport
from bot.ports.reviews import Awaiting
from bot.ports.status import Unreached
from bot.ports.store import Batch, Claim, Conflict, JobClaim, Reads, SentMark, Store, StoreBusy, World
from bot.ports.talks import Line
from bot.ports.targets import Assignment
from bot.ports.units import Contact, Holder

__all__ = [
    "ONE",
    "Asked",
    "Assignment",
    "Awaiting",
    "Batch",
    "BridgeChannel",
    "Cell",
    "Channel",
    "Claim",
    "Conflict",
    "Contact",
    "CopyState",
    "Deliver",
    "DirectiveStanding",
    "Facts",
    "HeardStep",
    "Holder",
    "JobClaim",
    "Line",
    "LookUp",
    "MeteredChannel",
    "OpenQuestion",
    "Part",
    "Purpose",
    "Question",
    "Reads",
    "Received",
    "SentMark",
    "Share",
    "Store",
    "StoreBusy",
    "Sum",
    "Tally",
    "Tenure",
    "Ticket",
    "Tied",
    "Toll",
    "UnitReport",
    "UnitSum",
    "Unreached",
    "WebhookChannel",
    "Window",
    "World",
    "channel_title",
]
