"""A message as plain numbered text, for terminals, transcripts and messengers without buttons; and text cut to size."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.messages import Button, Message

NUMBER = 10  # units that "(99/99)" and its line take at most
ROW = 60  # choices stand side by side up to this many characters
# Where a long text may be cut, the best place first: after a paragraph, a line, a sentence (the full stop of a choice,
# as in "1. Send", ends none), a word. What the first group holds stays with the part before.
CHOICE = r"(?<!\n\d)(?<!\n\d\d)(?<!  \d)(?<!  \d\d)"
CUTS = tuple(re.compile(mark) for mark in (r"()\n\n", r"()\n", rf"((?:{CHOICE}\.|[!?…])[\"”»)]*) ", r"() "))


def draw(message: Message) -> str:
    """Write out a message: title, text, then what may be typed."""
    return "\n".join(part for part in (message.title, message.text, draw_choices(message.buttons)) if part)


def draw_choices(buttons: Sequence[Button]) -> str:
    """Write the numbered choices in a row, or one below the other when they are long; those with words after them."""
    numbered = [draw_choice(button) for button in buttons if button.key.isdecimal()]
    worded = [draw_choice(button) for button in buttons if not button.key.isdecimal()]
    return "\n".join(_row(choices) for choices in (numbered, worded) if choices)


def draw_choice(button: Button) -> str:
    """Write one choice: "1. Send" for a digit, "[SKIP] Skip" for a word, "[Send]" where nothing can be typed."""
    if button.key.isdecimal():
        return f"{button.key}. {button.label}"
    return f"[{button.key}] {button.label}" if button.key else f"[{button.label}]"


def _row(choices: Sequence[str]) -> str:
    row = "  ".join(choices)
    return row if len(row) <= ROW else "\n".join(choices)


def utf16(text: str) -> int:
    """Measure a text as messengers do: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def split_text(text: str, limit: int) -> list[str]:
    """Cut a text into parts of at most `limit` UTF-16 units, between paragraphs, lines, sentences or words."""
    parts = []
    rest = text.strip()
    while utf16(rest) > limit:
        head, rest = _cut(rest, limit)
        parts.append(head)
    return [*parts, rest] if rest or not parts else parts


def _cut(text: str, limit: int) -> tuple[str, str]:
    # Half a surrogate pair at the end is left out by "ignore"; at least one character is always taken.
    fits = len(text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")) or 1
    for first in (max(1, fits // 2), 1):  # a part that is hardly begun is cut only where nothing else can be
        for mark in CUTS:
            ends = [found.end(1) for found in mark.finditer(text, first, fits + 2) if first <= found.end(1) <= fits]
            if ends:
                return text[: ends[-1]].rstrip(), _begun(text[ends[-1] :])
    return text[:fits], text[fits:]


def _begun(rest: str) -> str:
    """Begin a part: a line keeps what it is indented by, a sentence or a word begins at once."""
    return rest.lstrip("\n") if rest.startswith("\n") else rest.lstrip(" \n")


def numbered(text: str, limit: int) -> list[str]:
    """Cut a text as `split_text` does; where there are several parts, each says first which one it is: "(1/2)"."""
    if utf16(text.strip()) <= limit:
        return split_text(text, limit)
    parts = split_text(text, limit - NUMBER)
    return [f"({number}/{len(parts)})\n{part}" for number, part in enumerate(parts, 1)]
