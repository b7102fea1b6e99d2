"""Invitation codes, as people read and type them."""

from __future__ import annotations

from typing import Final

ALPHABET: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # without what is easily confused: I, L, O, U, 0, 1
LENGTH: Final = 8


def normal(typed: str) -> str:
    """Bring a typed code to its one form: capitals, no spaces or hyphens."""
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())


def shown(code: str) -> str:
    """Show a code in two halves: "K7MP-4QTR"."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"
