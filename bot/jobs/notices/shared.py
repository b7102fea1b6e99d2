"""What the jobs about notices share: where, in which words, at what pace; who is told how it goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.effects import Speak
from bot.messages import Address, Attachment, Message, Outgoing, Priority, Say
from bot.notices import wording
from bot.notices.notice import Directive, Notice
from bot.ports import Facts, Reads, Store
from bot.records import Person
from bot.talk import House

CHUNK: Final = 400  # units: less than a thousand rows in one transaction


@dataclass(frozen=True, slots=True)
class Notifying:
    """What the jobs work with. `facts`: what each channel can do; `spoke` is told that something is to be said."""

    store: Store
    house: Callable[[], House]
    facts: Mapping[str, Facts]
    clock: Callable[[], datetime]
    draw: Callable[[Message], str]  # as a channel without buttons shows it
    spoke: Callable[[], None] = lambda: None
    parts: Callable[[str, Message], int] = lambda _channel, _message: 1  # how many messages a channel makes of one

    def say_to(self, person: Person, key: str, say: Say, at: Address | None = None) -> list[Speak]:
        """Tell a person something, in the chat `at` if it is still theirs, else in the one they used last, if any."""
        address = at if at in person.addresses else next(iter(person.addresses), None)
        if address is None:
            return []
        return [Speak(Outgoing(key, address, say.spoken(self.house().voice(person)), Priority.ALERT))]

    def in_language(self, say: Say) -> Callable[[str], Message]:
        """Give what says something in a language, to nobody in particular."""
        return lambda language: say.spoken(self.house().voice(Person("", language=language)))


@dataclass(frozen=True, slots=True)
class Material:
    """A notice with everything that goes with it."""

    notice: Notice
    sender: Person
    directive: Directive | None
    files: Sequence[Attachment]
    waiting: bool  # a file is still being fetched
    lost: int  # files that could not be kept

    @property
    def say(self) -> Say:
        """Give what its readers get."""
        return wording.received(self.notice, self.directive, self.files)


async def material(reads: Reads, notice: Notice, house: House) -> Material:
    """Read what belongs to a notice. Raises LookupError when its sender is gone."""
    sender = await reads.person(notice.person)
    if sender is None:
        raise LookupError(f"the sender of notice {notice.number} is gone")
    directive = await reads.directive(notice.directive) if notice.directive else None
    copy = (directive.file,) if directive is not None and directive.file else ()
    stored = await reads.files_by_id([*copy, *notice.files])
    kept = [file for file in stored if file.state == "kept" and house.file_path(file.sha256)]
    files = [
        Attachment(
            house.file_path(file.sha256),
            file.ref.name or f"{file.sha256[:8]}",
            "photo" if file.mime.startswith("image/") else "file",
        )
        for file in kept
    ]
    waiting = any(file.state == "waiting" for file in stored)
    return Material(notice, sender, directive, files, waiting, len(copy) + len(notice.files) - len(kept))
