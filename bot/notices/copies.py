"""Who gets a copy of a notice: one for each person, however many units or roles they have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.effects import Effect, Provide, Speak
from bot.messages import Address, Message, Outgoing, Priority
from bot.notices.notice import Notice, Reader, Readers
from bot.records import Role

NOBODY: Final = "nobody"  # holds the role
CLOSED: Final = "closed"  # whoever holds it cannot be reached on any channel
RANK: Final = {role: place for place, role in enumerate(Role)}
ONE_EACH: Final = frozenset({Readers.REPORTER})


@dataclass(slots=True)
class Written:
    """A notice on its way: its words in each language are put together once."""

    notice: Notice
    readers: Readers
    message_in: Callable[[str], Message]
    at: datetime | None = None
    _said: dict[str, Message] = field(default_factory=dict)

    def message(self, language: str) -> Message:
        """Give it in a language."""
        if language not in self._said:
            self._said[language] = self.message_in(language)
        return self._said[language]

    def speak(self, reader: Reader, address: Address, attempt: int = 1) -> Speak:
        """Send somebody their copy."""
        notice = self.notice
        key, words = notice.copy_for(reader.person, attempt), self.message(reader.language)
        return Speak(Outgoing(key, address, words, Priority.NOTICE, self.at, notice.drop_key))


def chosen(readers: Sequence[Reader], which: Readers) -> list[Reader]:
    """Choose among those who hold the roles at one unit: all whom one can reach, or only the first by role."""
    reached = [one for one in readers if one.addresses]
    if which not in ONE_EACH:
        return reached
    return sorted(reached, key=lambda one: RANK[one.role])[:1]


def by_unit(readers: Sequence[Reader]) -> Mapping[int, list[Reader]]:
    """Put together who belongs to the same unit."""
    found: dict[int, list[Reader]] = defaultdict(list)
    for one in readers:
        found[one.unit].append(one)
    return found


def provide(written: Written, units: Sequence[int], readers: Sequence[Reader]) -> Iterator[Effect]:
    """Provide for some units: a copy for whoever reads there, or a note that nobody can be reached."""
    at, notice = by_unit(readers), written.notice
    for unit in units:
        here = at.get(unit, [])
        reached = chosen(here, written.readers)
        for one in reached:
            yield Provide(notice.id, unit, one.person, notice.copy_for(one.person))
            yield written.speak(one, one.addresses[0])
        if not reached:
            yield Provide(notice.id, unit, "", "", CLOSED if here else NOBODY)
