"""A person at a phone: types or taps, then waits for the answer, worded in their language."""

from __future__ import annotations

from bot.calling import called
from bot.forms.form import Form
from bot.i18n import Text, Voice, load_catalogues
from bot.records import Person
from tests.fake_telegram import FakeUser, Received
from tests.stage import ROOT

CATALOGUES = load_catalogues(ROOT / "locales")
PATIENCE = 30.0  # a fresh start takes a while on a busy machine


def speaker(language: str, name: str = "", honorific: str = "") -> Voice:
    """Give the voice that somebody is spoken to in."""
    catalogue = CATALOGUES[language]
    return Voice(catalogue, called(Person("", name, honorific), catalogue))


class Someone:
    """Somebody who goes on when the awaited words have come."""

    def __init__(self, user: FakeUser, name: str, honorific: str = "anh") -> None:
        self.user = user
        self.name = name
        self.honorific = honorific
        self.voice = speaker("vi")  # nobody is known by name before they have told it

    def is_known(self, language: str = "vi") -> None:
        """From now on the assistant calls them by name."""
        self.voice = speaker(language, self.name, self.honorific)

    async def reads(self, words: Text | str) -> Received:
        """Wait for a message with these words."""
        return await self.user.hears(self.voice.speak(words) if isinstance(words, Text) else words, PATIENCE)

    async def types(self, text: str, *, then: Text | str) -> Received:
        """Type something and wait for these words."""
        await self.user.send(text)
        return await self.reads(then)

    async def taps(self, button: Text | str, *, then: Text | str) -> Received:
        """Tap a button of the newest message and wait for these words."""
        await self.user.press(self.voice.speak(button) if isinstance(button, Text) else button)
        return await self.reads(then)


def label(form: Form, code: str) -> Text:
    """Give the wording of a question."""
    return form.by_code[code].label
