"""/tailieu: materials of the office and short legal answers, found by words with or without diacritics."""

from __future__ import annotations

import re
from typing import Final

from bot.i18n import Plain, Text, _, lines
from bot.library import Found, find
from bot.messages import Choice
from bot.talk import Command, Talk
from handlers.pages import PAGE, page_in, paged
from handlers.publishing import CHANGE, LAYING_OUT, PUBLISHERS, TAKE_AWAY, change, desk, take_away

MATERIAL: Final = "#t"  # before the place of a material
ADVICE: Final = "#h"
LONGEST_LABEL: Final = 80
NEW: Final = "moi"
MARKED: Final = re.compile(r"[0-9a-f]{8}( yes)?")
DESK: Final = {CHANGE: change, TAKE_AWAY: take_away}


async def library(talk: Talk, words: str) -> None:
    """Look for something ("/tailieu lương"), list everything ("/tailieu 2": a page), show one thing."""
    typed = words.strip()
    if typed.lower() == NEW and talk.known.holds(PUBLISHERS):
        await talk.dialogues.start(LAYING_OUT)
        return
    verb, _space, which = typed.partition(" ")
    if verb in DESK and MARKED.fullmatch(which) and talk.known.holds(PUBLISHERS):
        await DESK[verb](talk, which)
        return
    if typed[:2] in {MATERIAL, ADVICE} and typed[2:].isdecimal():
        _show(talk, typed[:2], int(typed[2:]))
        return
    if not typed or (typed.isdecimal() and len(typed) < PAGE):
        _offer(talk, _all(talk), page_in(typed), _("What are you looking for? Type TAI LIEU and a few words."))
        return
    found = _found(talk, typed)
    if len(found) == 1:
        _show(talk, found[0][1].split(" ")[1][:2], int(found[0][1].split(" ")[1][2:]))
    elif found:
        _offer(talk, found[:PAGE], 1, _("This was found:"))
    else:
        ask = Choice(_("Ask an officer"), "/hoicanbo", "HOI CAN BO")
        talk.say(_("Nothing was found for “{words}”. Try other words, or ask an officer.", words=typed[:60]), ask)


def _all(talk: Talk) -> list[tuple[Text, str]]:
    materials = [(one.title, f"{MATERIAL}{place}") for place, one in enumerate(talk.house.library.materials)]
    advice = [(one.question, f"{ADVICE}{place}") for place, one in enumerate(talk.house.library.advice)]
    return [_item(title, code) for title, code in [*materials, *advice]]


def _found(talk: Talk, words: str) -> list[tuple[Text, str]]:
    """Look on both shelves at once: what has all the words comes before what has some of them."""
    advice, materials = talk.house.library.advice, talk.house.library.materials
    things: list[Found] = [*advice, *materials]
    named = [(one.question, f"{ADVICE}{place}") for place, one in enumerate(advice)]
    named += [(one.title, f"{MATERIAL}{place}") for place, one in enumerate(materials)]
    return [_item(*named[place]) for place, _one in find(things, words)]


def _item(title: str, code: str) -> tuple[Text, str]:
    short = title if len(title) <= LONGEST_LABEL else f"{title[:LONGEST_LABEL]}…"
    return Plain(short), f"/tailieu {code}"


def _offer(talk: Talk, items: list[tuple[Text, str]], page: int, head: Text) -> None:
    if not items:
        talk.say(_("The library is still empty."))
        return
    new = [Choice(_("Lay something out"), f"/tailieu {NEW}", "9")] if talk.known.holds(PUBLISHERS) else []
    talk.offer("library", head, *paged(talk, items, page, "/tailieu"), *new)


def _show(talk: Talk, shelf: str, place: int) -> None:
    things = talk.house.library.materials if shelf == MATERIAL else talk.house.library.advice
    if place >= len(things):
        talk.say(_("That is no longer in the library."))
    elif shelf == MATERIAL:
        one = talk.house.library.materials[place]
        told = lines(Plain(one.link), Plain(one.topic) if one.topic else None)
        if talk.known.holds(PUBLISHERS):
            talk.offer("library", told, *desk(one.title), title=Plain(one.title))
        else:
            talk.say(told, title=Plain(one.title))
    else:
        advice = talk.house.library.advice[place]
        talk.say(
            lines(
                Plain(advice.answer),
                _("According to: {law}.", law=advice.law),
                _("For your own case better ask an officer: type HOI CAN BO."),
            ),
            title=Plain(advice.question),
        )


COMMAND: Final = Command(
    "tailieu",
    _("Materials, short legal answers"),
    library,
    words=("tai lieu", "thu vien", "hoi luat", "tra cuu"),
    takes_words=True,
)
