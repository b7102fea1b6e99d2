"""What an office lays out to be read: materials by topic and campaign, and short answers to legal questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.forms.fold import fold


class Found(Protocol):
    """Something that words can find."""

    @property
    def searched(self) -> str:
        """Every word that may find it."""


T = TypeVar("T", bound=Found)


@dataclass(frozen=True, slots=True)
class Material:
    """Something to read or to share, by its address."""

    title: str
    link: str
    topic: str
    campaign: str = ""  # a code of the union year
    words: str = ""  # more words by which people look for it

    @property
    def searched(self) -> str:
        """Every word that may find it."""
        return fold(f"{self.title} {self.topic} {self.campaign} {self.words}")


@dataclass(frozen=True, slots=True)
class Advice:
    """A short answer to a legal question; `law` is the article it rests on."""

    question: str
    answer: str
    law: str
    words: str = ""

    @property
    def searched(self) -> str:
        """Every word that may find it."""
        return fold(f"{self.question} {self.words} {self.law}")


@dataclass(frozen=True, slots=True)
class Library:
    """All that is laid out, in the order of the office's book."""

    materials: tuple[Material, ...] = ()
    advice: tuple[Advice, ...] = ()


def find(things: Sequence[T], words: str) -> list[tuple[int, T]]:
    """Find things by folded words, with their places: those with the most of them, if that is more than half."""
    wanted = fold(words).split()
    hits = [(sum(1 for word in wanted if word in one.searched), place, one) for place, one in enumerate(things)]
    best = max((count for count, _place, _one in hits), default=0)
    if best * 2 <= len(wanted):
        return []
    return [(place, one) for count, place, one in hits if count == best]
