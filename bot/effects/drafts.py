"""What becomes of half-done conversations and of the questions that are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.records import Ask, Draft


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep a draft (insert or update)."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class DropDraft:
    """Forget a draft: it was filed or cancelled."""

    draft: str


@dataclass(frozen=True, slots=True)
class SetAsk:
    """This is the person's open question now (insert or update)."""

    ask: Ask


@dataclass(frozen=True, slots=True)
class ClearAsk:
    """The person has no open question any more."""

    person: str


@dataclass(frozen=True, slots=True)
class OfferAsk:
    """This is the person's open question now, unless they have another one: what the clock asks never interrupts."""

    ask: Ask
    at: datetime
