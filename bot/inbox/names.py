"""What commands and forms are called when they are typed."""

from __future__ import annotations

import re
from typing import Final

from bot.forms.fold import fold
from bot.forms.form import Form
from bot.talk import Command, Talk

CORRECTION: Final = re.compile(r"(sua|xem|rut|bc)\s*(?:bc\s*)?#?(\d{1,7}(?:\.\d+)?)")
LONGEST_NAME: Final = 5  # words in the name of a command at most
VERBS: Final = {"sua": "sua", "xem": "xem", "bc": "xem", "rut": "rut"}


def slash(talk: Talk, words: str) -> tuple[Command, str] | None:
    """Read "/baocao dialogue" (and "/baocao@bot")."""
    if not words.startswith("/"):
        return None
    name, _space, rest = words[1:].partition(" ")
    command = talk.house.commands.get(fold(name.partition("@")[0]))
    if command is None or not command.typed:
        return None
    page = command.paged and rest.strip().isdecimal()
    return command, rest.strip() if command.takes_words or page else ""


def escape(talk: Talk, word: str) -> tuple[Command, str] | None:
    """The ways out that work at every question."""
    name = {"menu": "menu", "help": "trogiup", "tro giup": "trogiup", "trogiup": "trogiup", "dulieu": "dulieu"}.get(
        word
    )
    return (talk.house.commands[name], "") if name in talk.house.commands and name is not None else None


def named(talk: Talk, word: str) -> tuple[Command, str] | None:
    """Read a command by one of its names, with or without words after it; the longest name that fits counts."""
    known = talk.house.named
    if word in known:
        return known[word], ""
    parts = word.split(" ", LONGEST_NAME)
    for count in range(len(parts) - 1, 0, -1):
        command = known.get(" ".join(parts[:count]))
        if command is not None and command.takes_words:
            return command, " ".join(parts[count:])
    return None


def correction_command(talk: Talk, word: str) -> tuple[Command, str] | None:
    """Read "SUA 12", "XEM BC12", "BC12": words that are commands at every question."""
    match = CORRECTION.fullmatch(word)
    return (talk.house.commands[VERBS[match[1]]], match[2]) if match is not None else None


def triggered(talk: Talk, word: str, *, of_anybody: bool = False) -> Form | None:
    """Find the form with the longest trigger word in the message, among those that the person may fill in."""
    padded, forms = f" {word} ", talk.house.forms
    found = [trigger for trigger in talk.house.triggers if f" {trigger} " in padded]
    audience = {trigger: forms[talk.house.triggers[trigger]].settings.audience for trigger in found}
    mine = (trigger for trigger in found if of_anybody or talk.known.holds(audience[trigger]))
    longest = max(mine, key=len, default=None)
    return forms[talk.house.triggers[longest]] if longest is not None else None
