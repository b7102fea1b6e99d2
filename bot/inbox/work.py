"""One batch under way: what is known, what was read, and what earlier turns asked to be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.effects import (
    ChangePerson,
    ClearAsk,
    DropDraft,
    Effect,
    EndRoles,
    ErasePerson,
    FileReport,
    GrantRole,
    LinkAddress,
    SaveDraft,
    SetAsk,
    Speak,
    StartJob,
)
from bot.inbox.memory import Memory
from bot.ports import Batch, Claim, Conflict, StoreBusy, World


class Unwritten(Exception):
    """What earlier turns asked for could not be written: it is no fault of the turn that needed to read it."""


class Work:
    """One batch under way."""

    def __init__(self, batch: Batch, world: World, now: datetime) -> None:
        """Begin with nothing to write."""
        self.batch = batch
        self.world = world
        self.memory = Memory(batch, self.flush, now)
        self.pending: list[Effect] = []
        self.claims: list[Claim] = []
        self.failed = 0
        self.speaks_later = False
        self.starts_jobs = False

    async def flush(self) -> None:
        """Write what earlier turns asked for, so that SQL sees it."""
        effects, self.pending = self.pending, []
        if not effects:
            return
        self.speaks_later |= any(isinstance(effect, Speak) and not effect.out.at_once for effect in effects)
        self.starts_jobs |= any(isinstance(effect, StartJob) for effect in effects)
        try:
            self.claims += await self.batch.write(effects)
        except (StoreBusy, Conflict):
            raise
        except Exception as error:
            raise Unwritten from error

    def take_in(self, effects: Sequence[Effect]) -> None:
        """Keep the effects of a turn, and let later turns see them."""
        for effect in effects:
            see(self.world, effect)
            if isinstance(effect, FileReport):
                self.memory.forget(effect.submission.unit)
        self.pending += effects


def see(world: World, effect: Effect) -> None:
    """Let later turns of the batch see what this one changed."""
    match effect:  # the most frequent first
        case Speak():
            pass
        case SaveDraft(draft):
            world.drafts[draft.id] = draft
        case DropDraft(draft):
            world.drafts.pop(draft, None)
        case SetAsk(ask):
            world.asks[ask.person] = ask
        case ClearAsk(person):
            world.asks.pop(person, None)
        case _:
            _see_people(world, effect)


def _see_people(world: World, effect: Effect) -> None:
    match effect:
        case ChangePerson(person, changes):
            for address, known in world.people.items():
                if known.id == person:
                    world.people[address] = replace(known, **changes)  # type: ignore[arg-type]
        case ErasePerson() | EndRoles() | GrantRole() | LinkAddress():
            world.stale = True
        case _:
            pass
