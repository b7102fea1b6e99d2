"""How benchmarks are shown and compared with the record; what they measure is not tested, for machines differ."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from benchmarks import command
from benchmarks.command import benchmark
from benchmarks.record import RECORDED, fallen_behind, read_record, write_record
from benchmarks.table import Outcome, Ratio, drawn

DAY = date(2026, 11, 22)


def outcome(*ratios: Ratio, name: str = "load") -> Outcome:
    return Outcome(name, {"chairs": 200}, [{"bot": "ours", "updates/s": 1234.5}], ratios)


def test_a_table_is_aligned() -> None:
    """Numbers to the right; what a row lacks is a dash."""
    rows = [{"bot": "ours", "updates/s": 12345, "p99": 0.01234}, {"bot": "an echo", "updates/s": 99.9}]
    assert drawn(rows).splitlines() == [
        "bot      updates/s     p99",
        "ours        12,345  0.0123",
        "an echo       99.9       –",
    ]


def test_an_outcome_is_shown_with_its_targets() -> None:
    """What was reached stands beside what should be."""
    text = outcome(Ratio("a ÷ b", 2.5, least=3.0), Ratio("c ÷ d", 0.1, more_is_better=False, most=0.5)).as_text()
    assert "load: chairs 200" in text
    assert "a ÷ b    2.5  ≥ 3 MISSED" in text
    assert "c ÷ d    0.1   ≤ 0.5 met" in text


@pytest.mark.parametrize(
    ("more_is_better", "value", "behind"),
    [(True, 2.39, True), (True, 2.41, False), (True, 9.0, False), (False, 3.61, True), (False, 3.59, False)],
)
def test_a_fifth_worse_is_behind(more_is_better: bool, value: float, behind: bool) -> None:
    """In the direction that is worse; better is never behind."""
    found = fallen_behind(outcome(Ratio("a ÷ b", value, more_is_better)), {"load": {"ratios": {"a ÷ b": 3.0}}})
    assert bool(found) is behind


def test_what_was_never_recorded_is_not_behind() -> None:
    """A new ratio, a new benchmark, no record at all."""
    ratio = Ratio("a ÷ b", 0.1)
    for recorded in ({}, {"load": {"ratios": {"other": 3.0}}}, {"web": {"ratios": {"a ÷ b": 3.0}}}):
        assert not fallen_behind(outcome(ratio), recorded)


def test_recording_replaces_what_was_measured_and_keeps_the_rest(tmp_path: Path) -> None:
    """A run with 200 chairs says nothing about 2,000."""
    path = tmp_path / "recorded.json"
    write_record(outcome(Ratio("200 chairs", 1.0), Ratio("2,000 chairs", 2.0)), DAY, path)
    write_record(outcome(Ratio("200 chairs", 1.23456)), DAY, path)
    write_record(outcome(Ratio("pages", 3.0), name="web"), DAY, path)
    found = read_record(path)
    assert found["load"]["ratios"] == {"200 chairs": 1.23, "2,000 chairs": 2.0}
    assert found["web"]["ratios"] == {"pages": 3.0}
    assert "cores" in found["load"]["machine"]
    assert str(Path.home()) not in path.read_text(encoding="utf-8")


def test_a_command_tells_compares_and_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says aloud what fell behind, and fails only if asked to."""
    recorded = tmp_path / "recorded.json"
    monkeypatch.setattr(command, "RECORDED", recorded)

    @click.command()
    @click.option("--reached", type=float)
    @benchmark
    async def main(reached: float) -> Outcome:
        """Measure nothing."""
        return outcome(Ratio("a ÷ b", reached))

    def run(*words: str) -> tuple[int, bool]:
        done = CliRunner().invoke(main, list(words))
        return done.exit_code, "BEHIND: a ÷ b is 1, recorded was 2 (50%)" in done.stderr

    assert run("--reached", "2", "--record") == (0, False)
    assert run("--reached", "2", "--check") == (0, False)
    assert run("--reached", "1") == (0, True)
    out = tmp_path / "numbers.json"
    assert run("--reached", "1", "--check", "--json", str(out)) == (1, True)
    assert json.loads(out.read_text(encoding="utf-8"))["ratios"] == {"a ÷ b": 1.0}


def test_the_record_names_no_place_of_a_machine() -> None:
    """Whoever reads it elsewhere learns ratios, not paths."""
    text = RECORDED.read_text(encoding="utf-8") if RECORDED.exists() else ""
    assert not any(word in text for word in ("/home", "/tmp", "/root", "/work", "://"))
