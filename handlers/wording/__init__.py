"""/loivan: what an office writes itself for its official reports, starting from what its units told in words."""

from __future__ import annotations

from typing import Final

from handlers.wording.looking import COMMAND
from handlers.wording.writing import FORM, PHRASED

OTHERS: Final = (PHRASED,)

__all__ = ["COMMAND", "FORM", "OTHERS"]
