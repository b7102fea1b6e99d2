"""Virtual chairs in a closed loop: each does something, waits for the answer, and does the next thing at once.

With our program a chair fills in the report of a dialogue at the workplace: a button, a date, numbers, a sentence, a
photo, and "Send". With an echo it sends the same kinds of things, and takes whatever comes for an answer.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.calling import called
from bot.forms.form import Form
from bot.i18n import Code, Text, Voice, _, load_catalogues
from bot.records import Person
from handlers.dialogue import DIALOGUE
from tests.fake_telegram import FakeUser, Received
from tests.stage import ROOT

FIRST_CHAT = 10_000
PATIENCE = 60.0
NAME = "Páo"
RESULT = "Hai bên thống nhất nâng mức ăn ca lên 30.000 đồng từ tháng sau."
VOICE_OF = load_catalogues(ROOT / "locales")["vi"]
VOICE = Voice(VOICE_OF, called(Person("", NAME, "anh"), VOICE_OF))

Act = Callable[["Chair"], Awaitable[object]]


@dataclass(slots=True)
class Measured:
    """What the chairs saw, together."""

    updates: int = 0
    seconds: list[float] = field(default_factory=list)  # from each update to its answer
    reports: int = 0

    def __add__(self, other: Measured) -> Measured:
        """Put two together."""
        return Measured(self.updates + other.updates, self.seconds + other.seconds, self.reports + other.reports)

    def percentile(self, share: float) -> float:
        """Give the seconds within which this share of the answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True, slots=True)
class Step:
    """What a chair does when it reads certain words. `silently`: first something that is not answered by itself."""

    words: str
    act: Act
    silently: Act | None = None
    seldom: bool = False  # not with every report


class Chair:
    """One person at a phone, who reports a dialogue for each of the days."""

    def __init__(self, user: FakeUser, measured: Measured, days: Sequence[date]) -> None:
        """Take the phone."""
        self.user = user
        self.measured = measured
        self.days = days

    async def works(self) -> None:
        """Report, one dialogue after the other."""
        for day in self.days:
            await self._reports(list(_steps(day)))
            self.measured.reports += 1

    async def press(self, label: str) -> None:
        """Press a button."""
        await self.user.press(label)

    async def _reports(self, steps: list[Step]) -> None:
        reply = await self._does(START, lambda received: _next(received, steps))
        while step := _next(reply, steps):
            del steps[: steps.index(step) + 1]
            await self._silently(step)
            reply = await self._does(step.act, lambda received: _next(received, steps) or RECEIPT in received.text)
        assert RECEIPT in reply.text, reply.text

    async def _silently(self, step: Step) -> None:
        if step.silently:
            self.measured.updates += 1
            await step.silently(self)

    async def _does(self, act: Act, goes_on: Callable[[Received], object]) -> Received:
        """Do something, wait for an answer after which it goes on, and give that."""
        inbox = self.user.inbox
        inbox.clear()
        self.user.forget()
        self.measured.updates += 1
        began = time.perf_counter()
        await act(self)
        try:
            await self.user.chat.bell.until(lambda: bool(inbox) and bool(goes_on(inbox[-1])), PATIENCE)
        except TimeoutError:
            raise AssertionError(f"no answer to go on with among {[received.text for received in inbox]}") from None
        self.measured.seconds.append(time.perf_counter() - began)
        return inbox[-1]


class EchoChair(Chair):
    """The same person with a bot that only echoes: whatever comes is an answer."""

    async def press(self, label: str) -> None:
        """Send what the press of a button would have sent: an echo draws none."""
        await self.user.press_data(label, next(reversed(self.user.chat.log)))

    async def _reports(self, steps: list[Step]) -> None:
        await self._does(START, bool)
        for step in steps:
            if not step.seldom:
                if step.silently:
                    await self._does(step.silently, bool)
                await self._does(step.act, bool)


def typed(text: str) -> Act:
    """Type something."""
    return lambda chair: chair.user.send(text)


def presses(label: Text) -> Act:
    """Press a button."""
    words = VOICE.speak(label)
    return lambda chair: chair.press(words)


def sends_photo(chair: Chair) -> Awaitable[object]:
    """Send a photo."""
    return chair.user.photo()


def _label(form: Form, code: str) -> str:
    return VOICE.speak(form.by_code[code].label)


START = typed("/baocao dialogue")
MORE = VOICE.speak(_("Anything to add? Choose one or more numbers, or 0 if that is all."))
RECEIPT = VOICE.speak(_("Received report BC{number} at {time}. Thank you, {you}.", number=Code(1), time="")).split(
    "BC"
)[0]


def _steps(day: date) -> Iterator[Step]:
    yield Step(_label(DIALOGUE, "dialogue_type"), presses(_("Periodic (at least once a year)")))
    yield Step(_label(DIALOGUE, "event_date"), typed(f"{day:%d/%m/%Y}"))
    yield Step(VOICE.speak(_("No, another event")), typed("2"), seldom=True)
    yield Step(_label(DIALOGUE, "attendees"), typed("18"), silently=sends_photo)
    yield Step(_label(DIALOGUE, "topics"), typed("13"))
    yield Step(_label(DIALOGUE, "opinions"), typed("3"))
    yield Step(_label(DIALOGUE, "resolved"), typed("3"))
    yield Step(MORE, typed("4"))
    yield Step(_label(DIALOGUE, "key_results"), typed(RESULT))
    yield Step(VOICE.speak(_("Send")), presses(_("Send")))


def _next(received: Received, steps: Sequence[Step]) -> Step | None:
    """Find the step that a message asks for: by a question in its text, or by a button that only that step has."""
    labels = {button.label.partition(". ")[2] for button in received.buttons}
    return next((step for step in steps if step.words in received.text or step.words in labels), None)


def last_days(today: date, since: date, count: int) -> list[date]:
    """Give so many days up to today, none before `since`; they repeat where there are not enough."""
    room = (today - since).days + 1
    return [today - timedelta(days=back % room) for back in reversed(range(count))]
