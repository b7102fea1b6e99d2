"""One question to many: a survey, its votes counted, nobody's vote shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.i18n import Percent, Plain, Text, _, _n, lines
from bot.messages import Choice, Say

FEWEST: Final = 2
MOST: Final = 6  # choices: one screen of digits
LONGEST: Final = 60  # characters of a choice


@dataclass(frozen=True, slots=True)
class Survey:
    """A question with its choices, to whoever reports for the units under one union. `number` names it: KS 3."""

    id: str
    number: int
    person: str  # who asks
    unit: int  # the union whose units are asked
    question: str
    choices: tuple[str, ...]
    opened_at: datetime
    closes_at: datetime


def read_choices(typed: str) -> tuple[str, ...]:
    """Read choices set apart by ; or by new lines; each once."""
    parts = (" ".join(part.split()) for part in typed.replace("\n", ";").split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def asked(survey: Survey, *, busy: bool) -> Say:
    """Ask: with digits, or (while another question is open) with the words that do the same."""
    choices = [
        Choice(Plain(words), f"/khaosat {survey.number} {n}", f"KS {survey.number} {n}" if busy else str(n))
        for n, words in enumerate(survey.choices, 1)
    ]
    until = _("Only counts are shown to anybody. Until {until}.", until=survey.closes_at)
    return Say(lines(Plain(survey.question), until), _("The union asks"), tuple(choices))


def result(survey: Survey, votes: Mapping[int, int], now: datetime) -> Text:
    """Say how many chose what."""
    total = sum(votes.values())
    over = now >= survey.closes_at
    state = (
        _("Over since {until}.", until=survey.closes_at) if over else _("Open until {until}.", until=survey.closes_at)
    )
    return lines(
        Plain(survey.question),
        *(_choice(words, votes.get(n, 0), total) for n, words in enumerate(survey.choices, 1)),
        _n("{count} answer.", "{count} answers.", total),
        state,
    )


def _choice(words: str, votes: int, total: int) -> Text:
    return _("{choice}: {votes} ({share})", choice=words, votes=votes, share=Percent(votes / total if total else 0.0))


def wrong_choices(choices: Sequence[str]) -> Text | None:
    """Say what is wrong with choices."""
    if not FEWEST <= len(choices) <= MOST:
        return _("Please give {fewest} to {most} choices, set apart by ;", fewest=FEWEST, most=MOST)
    if any(len(words) > LONGEST for words in choices):
        return _("A choice may have {longest} characters at most.", longest=LONGEST)
    return None
