"""Each benchmark runs, in the smallest size and without the bots that it compares with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from benchmarks import broadcast, imports, load, notices, papers, profile, ticks, web

SMALL: dict[str, tuple[click.Command, str]] = {
    "load": (load.main, "--chairs 3 --reports 6 --no-peers"),
    "broadcast": (broadcast.main, "--messages 25 --pace 100 --recipients 1500 --idle 0.5"),
    "imports": (imports.main, "--units 50"),
    "notices": (notices.main, "--units 40"),
    "papers": (papers.main, "--unions 120"),
    "ticks": (ticks.main, "--units 60"),
    "web": (web.main, "--pages 3 --messages 3"),
    "profile": (profile.main, "--chairs 2 --reports 2"),
}


def run(name: str, folder: Path) -> dict[str, Any]:
    """Run a benchmark; give the JSON that it wrote."""
    main, words = SMALL[name]
    out = folder / "out.json"
    kept = ["--folder", str(folder)] if name == "papers" else []
    done = CliRunner().invoke(main, [*words.split(), *kept, "--json", str(out)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert name in done.stdout
    return dict(json.loads(out.read_text(encoding="utf-8")))


def test_load(tmp_path: Path) -> None:
    """Six reports, each of eleven updates, and all of them there afterwards."""
    told = run("load", tmp_path)
    assert [(row["bot"], row["updates"]) for row in told["rows"]] == [("ours", 66)]
    assert told["notes"] == [
        "3 chairs: Every report is in the database exactly once, with all answers and its photo (6 of 6)."
    ]
    assert told["ratios"].keys() == {"commits per update, 3 chairs"}


def test_broadcast(tmp_path: Path) -> None:
    """Everybody got the notice once; others were answered meanwhile or afterwards."""
    told = run("broadcast", tmp_path)
    assert told["notes"][0].startswith("Each of 25 chats got its message exactly once")
    assert {row["what"]: row["messages"] for row in told["rows"]}["sent"] == 25
    assert len(told["ratios"]) == 3


def test_papers(tmp_path: Path) -> None:
    """A small nation: every union that reported has a line in both lists."""
    told = run("papers", tmp_path)
    lines = {row["document"]: row["lines"] for row in told["rows"]}
    assert lines["list of a kind, XLSX"] == lines["list of a kind, CSV"] > 80
    assert len(told["ratios"]) == 2


@pytest.mark.parametrize("name", ["imports", "ticks", "web", "profile"])
def test_the_others(name: str, tmp_path: Path) -> None:
    """They have rows, and every ratio is a number above zero."""
    told = run(name, tmp_path)
    assert told["rows"]
    assert all(value > 0 for value in told["ratios"].values())


def test_notices(tmp_path: Path) -> None:
    """A notice to a small nation: a copy for each of the 36 chairs that 40 units have."""
    told = run("notices", tmp_path)
    assert told["notes"][0].startswith("36 copies;")
    assert next(iter(told["ratios"].values())) > 0
