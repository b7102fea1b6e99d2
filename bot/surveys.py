"""One question to many: a survey, its votes counted, nobody's vote shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from bot.i18n import Percent, Plain, Text, _, _n, lines
from bot.messages import Choice, Say
from bot.notices.notice import Audience, Readers, Whom, audience

FEWEST: Final = 2
MOST: Final = 6  # choices: one screen of digits
LONGEST: Final = 60  # characters of a choice
FEW: Final = 5  # votes: fewer are not shown


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
    chosen: Mapping[str, Any] = field(default_factory=dict)  # whom it is for, as a notice says it

    @property
    def audience(self) -> Audience:
        """Give whom it is for; chair and deputy, where nothing else was chosen."""
        return audience({"readers": Readers.BOTH, **self.chosen, "under": self.unit}, ())

    @property
    def standing_audience(self) -> Audience:
        """Give who may vote: whoever was asked may, though their unit has reported since."""
        return replace(self.audience, whom=Whom.ALL)


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
    """Say how many chose what; small numbers are hidden, so that nobody's choice can be guessed."""
    total = sum(votes.values())
    few = too_few(votes, len(survey.choices))
    over, numbered = now >= survey.closes_at, list(enumerate(survey.choices, 1))
    state = (
        _("Over since {until}.", until=survey.closes_at) if over else _("Open until {until}.", until=survey.closes_at)
    )
    return lines(
        Plain(survey.question),
        *(_hidden(words) if n in few else _choice(words, votes.get(n, 0), total) for n, words in numbered),
        _n("{count} answer.", "{count} answers.", total),
        state,
    )


def too_few(votes: Mapping[int, int], choices: int) -> set[int]:
    """Name the choices whose votes are not shown: fewer than five, and one more where they could be worked out.

    Of fewer than five votes in all, none is shown.
    """
    if 0 < sum(votes.values()) < FEW:
        return set(range(1, choices + 1))
    chosen = sorted((number, choice) for choice, number in votes.items() if number)
    few = {choice for number, choice in chosen if number < FEW}
    return few | {choice for _number, choice in chosen[len(few) : len(few) + 1]} if len(few) == 1 else few


def _hidden(words: str) -> Text:
    return _("{choice}: not shown, too few answers", choice=words)


def _choice(words: str, votes: int, total: int) -> Text:
    return _("{choice}: {votes} ({share})", choice=words, votes=votes, share=Percent(votes / total if total else 0.0))


def wrong_choices(choices: Sequence[str]) -> Text | None:
    """Say what is wrong with choices."""
    if not FEWEST <= len(choices) <= MOST:
        return _("Please give {fewest} to {most} choices, set apart by ;", fewest=FEWEST, most=MOST)
    if any(len(words) > LONGEST for words in choices):
        return _("A choice may have {longest} characters at most.", longest=LONGEST)
    return None
