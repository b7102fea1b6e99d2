"""LibreOffice, the real one, looks at what we make (Debian: libreoffice-writer-nogui, libreoffice-calc-nogui)."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path


def converted(path: Path, ending: str) -> Path:
    """Let LibreOffice open a file and write it in another format; give the new file. It computes formulas anew."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: make install names what to install"
    out = path.parent / "converted"
    home = path.parent / "libreoffice"
    subprocess.run(
        [program, f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", ending, "--outdir", out, path],
        check=True,
        capture_output=True,
        timeout=110,
        env=os.environ | {"HOME": str(path.parent)},
    )
    return out / f"{path.stem}.{ending.partition(':')[0]}"
