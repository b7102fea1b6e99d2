"""Reads the codes of cases, KN12 and VV12, in what is typed and beneath what is sent."""

from __future__ import annotations

import re
from typing import Final

from bot.forms.fold import clean
from bot.records import Draft
from bot.talk import Command, Talk

CODE: Final = re.compile(r"(?:kn|vv\s*)(\d{1,7})(?:[\s:.,-]+(.*))?", re.DOTALL | re.IGNORECASE)
CAPTION: Final = re.compile(r"(?:kn|vv)\s*(\d{1,7})(?:[\s:.,-]+(.*))?", re.DOTALL | re.IGNORECASE)
BARE: Final = re.compile(r"(?:kn|vv)\s*(\d{1,7})(\W*)", re.IGNORECASE)


def case_command(talk: Talk, words: str, code: re.Pattern[str] = CODE) -> tuple[Command, str] | None:
    """Read "KN12" and "VV12 what is new": a case is added to at every question, in the words as they were typed."""
    match = code.fullmatch(words)
    command = talk.house.commands.get("vuviec")
    return (command, f"{match[1]} {match[2] or ''}".strip()) if match is not None and command is not None else None


def files_for_case(talk: Talk, draft: Draft | None) -> tuple[Command, str] | None:
    """Read the case that files are for: by "KN 12" beneath them, their album, or the case that was just looked at.

    With a report open, "kn 4 đv mới" is about new members: then only the code itself names a case.
    """
    words = clean(talk.incoming.text)
    named = case_command(talk, words, CAPTION if draft is None else CODE) or case_command(talk, words, BARE)
    if named is not None:
        return named
    command = talk.house.commands.get("vuviec")
    state = talk.ask.state if talk.ask is not None else {}
    album = talk.incoming.album and state.get("album") == talk.incoming.album
    if command is not None and "case" in state and (album or (draft is None and not words)):
        return command, str(state["case"])
    return None
