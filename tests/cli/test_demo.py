"""`make demo` as a newcomer meets it: a process with a terminal's input, in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bot.demo.directives import DIRECTIVES
from handlers.plan import DOCUMENTS

ROOT = Path(__file__).resolve().parents[2]


def demo(folder: Path, typed: str, *options: str) -> str:
    """Run the demo with lines typed at once; give all it showed."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        input=typed.encode(),
        capture_output=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr.decode() == ""
    return done.stdout.decode()


def test_the_first_time_a_province_is_made(tmp_path: Path) -> None:
    """The choice of a part is asked, fresh codes are shown, and the conversation begins."""
    shown = demo(tmp_path, "nobody\n1\nmenu\n/thoat\n", "--console")
    assert "giả định" in shown
    assert shown.count("(mẫu):") >= 2
    assert "Đối thoại" in shown


def test_a_second_demo_goes_on_and_a_reset_begins_afresh(tmp_path: Path) -> None:
    """Lines typed ahead are answered in their order; the next demo has the draft still, one with --reset does not."""
    shown = demo(tmp_path, "huy\ndoi thoai\n1\nhôm qua\n", "--as", "chair")
    places = [shown.index(words) for words in ("MENU", "1/5", "2/5", "3/5")]
    assert places == sorted(places)
    shown = demo(tmp_path, "tiep\n", "--as", "chair")
    assert "giả định" not in shown
    assert "3/5" in shown
    shown = demo(tmp_path, "tiep\n", "--reset", "--as", "chair")
    assert "giả định" in shown
    assert "3/5" not in shown


def test_an_officer_reads_figures(tmp_path: Path) -> None:
    """The sample has reports of two months, so that the digest shows something."""
    shown = demo(tmp_path, "tong hop\n", "--as", "prov_officer")
    assert "kỳ trước" in shown


def test_the_register_has_the_documents_that_plans_name() -> None:
    """A plan names its document by the number that it has in the register."""
    named = {number for number, _about in DOCUMENTS}
    assert named <= {one.number for one in DIRECTIVES}
