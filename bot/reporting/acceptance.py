"""Whether reports must be accepted by an officer, and at which tier: the office decides, kind by kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

ANY: Final = "*"  # every kind of report that has no row of its own


@dataclass(frozen=True, slots=True)
class Step:
    """What holds for one kind of report: `tier` is the kind of unit whose officers accept it, or "" for any above."""

    required: bool = False
    tier: str = ""


NO_STEP: Final = Step()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who accepts what. Reports count from the moment they are filed; accepting says that somebody has checked them."""

    steps: Mapping[str, Step] = field(default_factory=dict)

    def of(self, form: str) -> Step:
        """Give what holds for a kind of report."""
        return self.steps.get(form) or self.steps.get(ANY) or NO_STEP

    def may_accept(self, form: str, tiers: Collection[str]) -> bool:
        """Tell whether officers at units of these kinds may accept such reports."""
        tier = self.of(form).tier
        return not tier or tier in tiers
