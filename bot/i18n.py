"""What is said, before anyone knows in which language: texts with named gaps, and the voices that speak them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
DEFAULT_LANGUAGE: Final = "vi"


class Text:
    """Something sayable. Its subclasses are values: they can be compared, stored in a form and spoken later."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Phrase(Text):
    """A whole sentence or label to translate; `gaps` fill its `{named}` places."""

    msgid: str
    gaps: tuple[tuple[str, Gap], ...] = ()
    plural: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Plain(Text):
    """Words that are nobody's to translate: a unit's name, what a chair typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Lines(Text):
    """Texts set one under the other (or in a row, with another `between`)."""

    parts: tuple[Text, ...]
    between: str = "\n"


@dataclass(frozen=True, slots=True)
class Capital(Text):
    """A text that begins a line: its first letter is a capital."""

    text: Text


@dataclass(frozen=True, slots=True)
class Named(Text):
    """What the office's book calls the thing with this code: the name of an anniversary."""

    code: str


@dataclass(frozen=True, slots=True)
class Weekday:
    """The name of a day of the week, as a gap: "Thứ Hai"."""

    day: date


@dataclass(frozen=True, slots=True)
class DayMonth:
    """A day as a gap, without its year: "16/11"."""

    day: date


@dataclass(frozen=True, slots=True)
class Percent:
    """A share as a gap, one decimal: 0.635 is spoken "63,5%"."""

    share: float


@dataclass(frozen=True, slots=True)
class Code:
    """A number that is a name (a year, a report number): spoken without thousands marks."""

    number: int


Gap = str | int | date | datetime | time | Text | Weekday | DayMonth | Percent | Code


def _(msgid: str, **gaps: Gap) -> Phrase:
    """Mark a text for translation, its gaps filled: `_("{count} reports", count=3)`."""
    return Phrase(msgid, tuple(gaps.items()))


def _n(one: str, many: str, count: int, **gaps: Gap) -> Phrase:
    """Mark a text that changes with a number; `{count}` is filled by itself."""
    return Phrase(one, (("count", count), *gaps.items()), many, count)


def lines(*parts: Text | None) -> Lines:
    """Set texts one under the other, leaving out those that are None."""
    return Lines(tuple(part for part in parts if part is not None))


def listed(*parts: Text) -> Lines:
    """Set texts in one row, separated by commas: a list of names or choices, never a sentence."""
    return Lines(parts, ", ")


def spaced(*parts: Text | None) -> Lines:
    """Set texts as paragraphs, an empty line between them."""
    return Lines(tuple(part for part in parts if part is not None), "\n\n")


def local_day(moment: datetime) -> date:
    """Give the day that it is in Vietnam."""
    return moment.astimezone(ZONE).date()


class Catalogue:
    """The translations of one language, and how it writes numbers and dates."""

    def __init__(self, language: str, texts: Mapping[tuple[str, str], tuple[str, ...]]) -> None:
        """Keep `texts`: (msgid, plural) to the forms of its translation."""
        self.language = language
        self.texts = texts
        self.locale = Locale(language)

    def translate(self, phrase: Phrase) -> str:
        """Give the translation of a phrase, its gaps still open; the English source where none exists."""
        forms = self.texts.get((phrase.msgid, phrase.plural))
        if not forms:
            return phrase.plural if phrase.plural and phrase.count != 1 else phrase.msgid
        return forms[-1] if len(forms) == 1 or phrase.count != 1 else forms[0]

    def knows(self, phrase: Phrase) -> bool:
        """Tell whether there is a translation."""
        return (phrase.msgid, phrase.plural) in self.texts

    def number(self, value: int) -> str:
        """Write an integer with the thousands marks of the language."""
        return str(value) if -1000 < value < 1000 else format_decimal(value, locale=self.locale)

    def day(self, value: date) -> str:
        """Write a day as dd/mm/yyyy, in every language: it stands beside Vietnamese documents."""
        return f"{value:%d/%m/%Y}"

    def clock(self, value: time) -> str:
        """Write a time of day: "17 giờ", "17 giờ 05" or 17:05."""
        if self.language != "vi":
            return f"{value:%H:%M}"
        return f"{value.hour} giờ {value:%M}" if value.minute else f"{value.hour} giờ"

    def weekday(self, value: date) -> str:
        """Name the day of the week."""
        return format_date(value, "EEEE", locale=self.locale)

    def percent(self, share: float) -> str:
        """Write a share with one decimal."""
        return format_percent(share, "#,##0.0%", locale=self.locale)


@dataclass(frozen=True, slots=True)
class Voice:
    """How one person is spoken to: the language, and what they are called ("anh Páo")."""

    catalogue: Catalogue
    you: str = ""
    names: Mapping[str, str] = field(default_factory=dict)  # what the office calls things, by code

    def speak(self, text: Text) -> str:
        """Put a text into words."""
        match text:  # the most frequent first
            case Phrase():
                return self._phrase(text)
            case Lines(parts, between):
                return between.join([self.speak(part) for part in parts])
            case Plain(words):
                return words
            case Named(code):
                return self.names.get(code, code)
            case Capital(inner):
                words = self.speak(inner)
                return words[:1].upper() + words[1:]
        raise TypeError(text)

    def _phrase(self, phrase: Phrase) -> str:
        words = self.catalogue.translate(phrase)
        if "{" not in words:
            return words
        gaps = {name: self._gap(value) for name, value in phrase.gaps}
        if "{you}" in words or "{You}" in words:
            you = self.you or self._phrase(_("you"))
            gaps |= {"you": you, "You": you[:1].upper() + you[1:]}
        return words.format_map(gaps)

    def _gap(self, value: Gap) -> str:
        say = self.catalogue
        match value:
            case str():
                return value
            case Text():
                return self.speak(value)
            case Code(number):
                return str(number)
            case int():
                return say.number(value)
            case datetime():
                local = value.astimezone(ZONE)
                return self._phrase(_("{time} on {day}", time=local.time(), day=local.date()))
            case date():
                return say.day(value)
            case time():
                return say.clock(value)
            case DayMonth(day):
                return f"{day:%d/%m}"
            case Weekday(day):
                return say.weekday(day)
            case Percent(share):
                return say.percent(share)
        raise TypeError(value)


def load_catalogues(folder: Path) -> dict[str, Catalogue]:
    """Read every `<language>/LC_MESSAGES/messages.po` under `folder`.

    Raises FileNotFoundError when the default language is missing.
    """
    found = {path.parent.parent.name: path for path in sorted(folder.glob("*/LC_MESSAGES/messages.po"))}
    if DEFAULT_LANGUAGE not in found:
        raise FileNotFoundError(folder / DEFAULT_LANGUAGE / "LC_MESSAGES" / "messages.po")
    return {language: _load(language, path) for language, path in found.items()}


@cache
def _load(language: str, path: Path) -> Catalogue:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    texts: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in catalogue:
        if not entry.id or entry.fuzzy:
            continue
        one, many = entry.id if isinstance(entry.id, list | tuple) else (entry.id, "")
        strings = entry.string if isinstance(entry.string, list | tuple) else (entry.string or "",)
        if all(strings):
            texts[one, many] = tuple(strings)
    return Catalogue(language, texts)
