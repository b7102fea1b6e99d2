"""What an officer was told of, and what was done to units: the two things that have to stay within reach."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from bot.messages import Address, Arrival, Message
from storage.tables import case_events, cases, jobs
from storage.tables.metadata import metadata
from tests.reach.country import Country
from tests.stage import Stage

NAMED: Final = re.compile(r"(?:Union |Holder-|Words-)(QA\d\d)")  # a code alone may be what was typed
QUOTED: Final = re.compile(r"“([^”]*)”")
PERIODS: Final = (date(2026, 9, 16), date(2026, 11, 15))  # the days of the periods that are asked for


async def told(stage: Stage, chat: str, *typed: str) -> tuple[set[str], set[str]]:
    """Press (or type) things in one batch; give the units that this chat is told of, and the other chats written to."""
    said = await stage.gets(*(_pressed(stage, chat, words) for words in typed))
    others = {address.chat.upper() for address, _message in said if address.chat != chat}
    return named_in(said, chat, typed), others


def _pressed(stage: Stage, chat: str, words: str) -> Any:
    return stage.text(chat, words, what=Arrival.PRESS if words.startswith("/") else Arrival.TEXT)


def named_in(said: Iterable[tuple[Address, Message]], chat: str, typed: Collection[str] = ()) -> set[str]:
    """Name the units that a chat is told of, but for the officer's own words that are only given back."""
    shown = " ".join(_shown(message) for address, message in said if address.chat == chat)
    return set(NAMED.findall(QUOTED.sub(lambda quoted: _unless_typed(quoted[1], typed), shown)))


def _shown(one: Message) -> str:
    files = " ".join(file.name for file in one.attachments)
    return f"{one.title} {one.text} {' '.join(button.label for button in one.buttons)} {files}"


def _unless_typed(quoted: str, typed: Collection[str]) -> str:
    return "" if any(words.endswith(quoted) for words in typed) else quoted


async def touched(stage: Stage, units: Iterable[int]) -> dict[str, list[str]]:
    """Give all rows about some units, whatever they are: what may not change when somebody else's officer acts."""
    async with stage.store.reading() as reads:
        found: dict[str, list[str]] = await reads.run(_rows, set(units))
    return found


def _rows(connection: Connection, ids: set[int]) -> dict[str, list[str]]:
    found = {}
    for table in metadata.tables.values():
        column = next((table.c[name] for name in ("unit", "desk") if name in table.c), None)
        if column is not None:
            found[table.name] = sorted(map(str, connection.execute(select(table).where(column.in_(ids)))))
    of_cases = select(case_events).join(cases, cases.c.id == case_events.c.case).where(cases.c.unit.in_(ids))
    found["case_events"] = sorted(map(str, connection.execute(of_cases)))
    about = (row for row in connection.execute(select(jobs)) if ids & set(_units_of(row.args)))
    found["jobs"] = sorted(map(str, about))
    return found


def _units_of(args: dict[str, Any]) -> list[int]:
    return [*args.get("units", ()), *([args["unit"]] if "unit" in args else ())]


def strangers(country: Country, code: str, today: date) -> list[str]:
    """Name units out of an officer's reach, first those that were or will be in it, or that theirs recognises."""
    reach = country.reach(code, today) | country.own(code)
    outside = sorted(set(country.places) - reach)
    once = [one for one in outside if code in (country.places[one].parent, country.places[one].moved_to)]
    tied = [one for one in outside if country.places[one].recognised_by == code]
    reporting = [one for one in outside if country.places[one].reports]
    managing = [one for one in outside if not country.places[one].reports]
    return list(dict.fromkeys([*once[:1], *tied[:1], *reporting[:1], *managing[-1:]]))[:3]


def may_know(country: Country, code: str, today: date, command: str) -> set[str]:
    """Name the units of which an officer may be told by a command."""
    mine = country.reach(code, today) | country.own(code) | country.colleagues(code, today)
    above = {one for at in {code, *country.own(code)} for one in country.way(at, today)}
    if command in FIGURES:  # those of a period are of the days on which somebody was there
        return mine | country.ever_below(code, *PERIODS) | _more(country, code)
    return mine | above if command in ABOVE else mine


def _more(country: Country, code: str) -> set[str]:
    seconds = [at for officer, at, role in country.posts if officer == code and role == "area_officer"]
    return set().union(*(country.ever_below(at, *PERIODS) for at in seconds))


FIGURES: Final = frozenset({"tonghop", "luyke", "chuabaocao", "conso"})
ABOVE: Final = frozenset({"trogiup", "hoicanbo", "khaosat"})  # whom to call, and who asks one's own unit, is above
