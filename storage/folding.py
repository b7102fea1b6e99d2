"""What a unit is found by: its code and names, folded, since neither database can fold "đ" itself."""

from __future__ import annotations

from collections.abc import Iterable

from bot.forms.fold import fold


def fold_unit(code: str, names: Iterable[str]) -> str:
    """Give what a unit is found by, for `units.folded`: its code and every name it ever had."""
    return " | ".join([fold(code), *sorted({fold(name) for name in names})])
