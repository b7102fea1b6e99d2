"""What became of sends, kept in memory until a commit takes it along."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.effects import Effect
from bot.ports import Claim, SentMark


class Marks:
    """Marks to be written, and the rows in hand: claimed from the store, their outcome not yet committed."""

    def __init__(self, ring: Callable[[], None]) -> None:
        """Take whom to tell that there is something to write."""
        self.effects: list[Effect] = []
        self.times_taken = 0
        self._ring = ring
        self._marks: list[SentMark] = []
        self._held: set[int] = set()
        self._riding: dict[int, SentMark] = {}
        self._own: Sequence[SentMark] = ()  # under way in a transaction of ours

    def __bool__(self) -> bool:
        """Tell whether there is something to write."""
        return bool(self._marks or self.effects)

    def putting_back(self) -> bool:
        """Tell whether a message that has to wait is not yet known to stand in the store as waiting."""
        return any(mark.state == "pending" for mark in (*self._marks, *self._own, *self._riding.values()))

    def hold(self, claim: Claim) -> None:
        """Take a row in hand."""
        self._held.add(claim.id)
        self._riding.pop(claim.id, None)

    def holds(self, claim: Claim) -> bool:
        """Tell whether a row is in hand already, and stands in the store as due only because its mark is not there.

        Whoever takes marks along does not say when they were committed; a row that was put back shows it.
        """
        riding = self._riding.get(claim.id)
        if riding and riding.state == "pending" and riding.not_before == claim.out.not_before:
            return False
        return claim.id in self._held

    def add(self, mark: SentMark, effects: Sequence[Effect] = ()) -> None:
        """Note what became of a send, and what follows from it.

        What goes elsewhere is no longer in hand: the sender of another channel takes it once the mark is written.
        """
        self._marks.append(mark)
        if mark.state == "elsewhere":
            self._held.discard(mark.id)
        self.effects.extend(effects)
        self._ring()

    def note(self, effect: Effect) -> None:
        """Note something else to be written: a chat that moved."""
        self.effects.append(effect)
        self._ring()

    def ride(self) -> list[SentMark]:
        """Hand the marks over to somebody else's transaction; those handed over before are committed by now."""
        self._release(self._riding)
        marks, self._own = self.take(), ()
        self._riding = {mark.id: mark for mark in marks}
        return marks

    def take(self) -> list[SentMark]:
        """Hand the marks over to a transaction of our own: `written` or `put_back` follows."""
        self.times_taken += 1
        marks, self._marks = self._marks, []
        self._own = marks
        return marks

    def take_effects(self) -> list[Effect]:
        """Hand over what else is to be written."""
        effects, self.effects = self.effects, []
        return effects

    def put_back(self, marks: Sequence[SentMark], effects: Sequence[Effect] = ()) -> None:
        """Take them back: the commit failed."""
        self._own = ()
        self._marks[:0] = marks
        self.effects[:0] = effects
        for mark in marks:
            self._riding.pop(mark.id, None)
        if self:
            self._ring()

    def written(self, marks: Sequence[SentMark]) -> None:
        """Let go of the rows whose marks were committed."""
        self._own = ()
        self._release({mark.id: mark for mark in marks})

    def _release(self, marks: dict[int, SentMark]) -> None:
        self._held.difference_update(marks)
