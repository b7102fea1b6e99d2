"""Two months in seconds: nothing grows, what is old is forgotten, everything is said."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.soak.checks import problems
from tests.soak.run import Plan, Weight, soak

PLAN = Plan(updates=3_000, days=60, chairs=100)


@pytest.mark.skipif(sys.platform != "linux", reason="memory and open files are read from /proc")
async def test_soak(tmp_path: Path) -> None:
    """A small soak leaves nothing that has grown, is too old, waits or is lost; and each of these would be told."""
    outcome = await soak(PLAN, tmp_path)
    assert problems(PLAN, outcome) == []
    assert outcome.failed_sends
    assert outcome.repeats
    heavy = replace(outcome, most=Weight(2 * outcome.warm.memory, 100), largest_wal=2**30)
    assert len(problems(PLAN, heavy)) == 3
    assert len(problems(PLAN, replace(outcome, oldest_seen=99, oldest_body=99))) == 2
    assert len(problems(PLAN, replace(outcome, waiting=1, filed=0, photos=0))) == 3
