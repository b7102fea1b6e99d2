"""What a case is opened with: by a form about it, or by a report that asks for an answer."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final

from bot.cases.case import Kind

OPEN: Final = "opencase"  # the command that opens a case


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case is opened with."""

    kind: Kind
    topic: str  # a code of the form's choices, or ""
    text: str
    urgent: bool = False  # wants an answer soon
    serious: bool = False  # told at once, at any hour; of an incident leaders are told too
    report: int = 0  # the number of the report that it comes with
    share: bool = False  # the officer may see what was said here last

    def packed(self) -> str:
        """Write it as the words of a command."""
        return json.dumps(asdict(self), ensure_ascii=False)


def unpacked(words: str) -> Opening:
    """Read what `packed` wrote."""
    found = json.loads(words)
    return Opening(**(found | {"kind": Kind(found["kind"])}))


def opening_words(unit: int, opening: Opening) -> str:
    """Give the command that opens a case for a unit, to be run after a form is filed."""
    return f"{OPEN} {unit} {opening.packed()}"
