"""The protocols between the doors and the world: Store (databases) and Channel (messengers)."""

from __future__ import annotations

from bot.ports.channels import Channel, Deliver, Facts, WebhookChannel
from bot.ports.figures import Asked, Sum, Tally, Tied, UnitSum
from bot.ports.people import Tenure
from bot.ports.reports import UnitReport
from bot.ports.store import Batch, Claim, Conflict, JobClaim, Reads, SentMark, Store, StoreBusy, World
from bot.ports.talks import Line
from bot.ports.units import Contact, Holder

__all__ = [
    "Asked",
    "Batch",
    "Channel",
    "Claim",
    "Conflict",
    "Contact",
    "Deliver",
    "Facts",
    "Holder",
    "JobClaim",
    "Line",
    "Reads",
    "SentMark",
    "Store",
    "StoreBusy",
    "Sum",
    "Tally",
    "Tenure",
    "Tied",
    "UnitReport",
    "UnitSum",
    "WebhookChannel",
    "World",
]
