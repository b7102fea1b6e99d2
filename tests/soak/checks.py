"""What must hold after a soak, told in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from tests.soak.house import KEPT_BODIES, KEPT_SEEN
from tests.soak.run import Outcome, Plan

MEGABYTE = 1024 * 1024
MORE_MEMORY = 0.1  # of what it was when warm, and besides
ANYWAY = 16 * MEGABYTE
MORE_HANDLES = 15  # readers that were not needed before open three files each
LARGEST_WAL = 16 * MEGABYTE  # SQLite writes it back from 4 MB on, when no reader is in the way
AN_HOUR_AND_A_LEAP = 1 / 24 * 2


def problems(plan: Plan, outcome: Outcome) -> list[str]:
    """List what grew, was not pruned, or was lost; nothing if all is well."""
    return [*_grown(outcome), *_not_pruned(plan, outcome), *_lost(outcome)]


def _grown(outcome: Outcome) -> Iterator[str]:
    allowed = outcome.warm.memory * (1 + MORE_MEMORY) + ANYWAY
    if max(outcome.end.memory, outcome.most.memory) > allowed:
        yield f"memory grew from {outcome.warm.memory} to {outcome.most.memory} bytes"
    if max(outcome.end.handles, outcome.most.handles) > outcome.warm.handles + MORE_HANDLES:
        yield f"open files grew from {outcome.warm.handles} to {outcome.most.handles}"
    if outcome.largest_wal > LARGEST_WAL:
        yield f"the WAL grew to {outcome.largest_wal} bytes"


def _not_pruned(plan: Plan, outcome: Outcome) -> Iterator[str]:
    late = AN_HOUR_AND_A_LEAP + plan.leap() / 86400
    if outcome.oldest_seen > KEPT_SEEN + late:
        yield f"ids of messages are kept for {outcome.oldest_seen:.1f} days"
    if outcome.oldest_body > KEPT_BODIES + late:
        yield f"texts of messages are kept for {outcome.oldest_body:.1f} days"
    if plan.days > KEPT_BODIES and outcome.with_body >= outcome.rows["outbox"]:
        yield "no text was blanked"
    if plan.days > KEPT_SEEN and outcome.rows["seen_updates"] >= outcome.updates:
        yield "no id was forgotten"


def _lost(outcome: Outcome) -> Iterator[str]:
    if outcome.waiting:
        yield f"{outcome.waiting} messages and jobs still wait"
    if outcome.rows["submissions"] != outcome.filed:
        yield f"{outcome.filed} versions of reports were sent, {outcome.rows['submissions']} are there"
    if not outcome.photos == outcome.photos_kept == outcome.folder_files:
        yield f"of {outcome.photos} photos {outcome.photos_kept} are kept, {outcome.folder_files} in the folder"
    if outcome.rows["drafts"] or outcome.rows["failures"]:
        yield f"{outcome.rows['drafts']} drafts and {outcome.rows['failures']} failures are left"
