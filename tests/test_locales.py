"""The catalogues against the code: everything that can be said is said in every language, and in the agreed tone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

import handlers
from bot.forms.acts import CONTROLS
from bot.forms.fields import Field, SelectOne
from bot.forms.fold import fold
from bot.i18n import Voice, load_catalogues

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locales"
LANGUAGES = ("vi", "en")
PACKAGES = ("bot", "handlers", "storage")
KEYWORDS = {"_": None, "_n": (1, 2)}
ADDRESS = {"you", "You"}  # a translation may use these where the source does not

QUESTION = 160  # characters on a small screen, as asked of somebody with a long name
LONG = {("registration", "consent"): 400, ("erasure", "sure"): 400}
MESSAGE = 500
NAMES = {"vi": "đồng chí Phương", "en": "Comrade Phương"}
RUDE = re.compile(r"\b(bạn|các bạn|quý khách|em ơi|mày)\b", re.IGNORECASE)
POLITE = re.compile(r"\bạ\b", re.IGNORECASE)

Msgid = str | tuple[str, ...]  # a plural: both forms


@cache
def extracted() -> dict[Msgid, str]:
    """Every text that the code marks for translation now, with the place of its first use."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found: dict[Msgid, str] = {}
    for path, line, msgid, _comments, _context in extract_from_dir(ROOT, methods, options, keywords=KEYWORDS):
        found.setdefault(msgid, f"{path}:{line}")
    return found


@cache
def catalogue(language: str) -> Catalog:
    """Read one catalogue as translators see it."""
    with (LOCALES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def entries(language: str) -> Iterator[tuple[Msgid, Message, tuple[str, ...]]]:
    """Give each entry with its translations."""
    for message in catalogue(language):
        if message.id:
            key = message.id if isinstance(message.id, str) else tuple(message.id)
            strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
            yield key, message, strings


def gaps(text: str) -> set[str]:
    """Name the gaps of a text."""
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated(language: str) -> None:
    """Each text of the code has a finished translation (otherwise: `make messages`, then translate what is empty)."""
    done = {key for key, message, strings in entries(language) if all(strings) and not message.fuzzy}
    assert {key: place for key, place in extracted().items() if key not in done} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_over(language: str) -> None:
    """No catalogue keeps texts that nobody says any more (otherwise: `make messages`)."""
    assert {key for key, _message, _strings in entries(language)} - extracted().keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps_are_those_of_the_source(language: str) -> None:
    """A translation fills the gaps of its source, no others; only the form of address is its own affair."""
    wrong = []
    for key, _message, strings in entries(language):
        ones = (key,) if isinstance(key, str) else key
        wanted = set().union(*map(gaps, ones)) - ADDRESS
        wrong += [(key, string) for string in strings if gaps(string) - ADDRESS != wanted]
    assert wrong == []


def test_english_says_the_source() -> None:
    """The source texts are English already, so that catalogue repeats them."""
    wrong = [key for key, _message, strings in entries("en") if strings != ((key,) if isinstance(key, str) else key)]
    assert wrong == []


def test_vietnamese_tone() -> None:
    """Vietnamese texts are respectful and short: no "bạn", "ạ" at most once, nothing longer than a screen."""
    said = [string for _key, _message, strings in entries("vi") for string in strings]
    assert [string for string in said if RUDE.search(string)] == []
    assert [string for string in said if len(POLITE.findall(string)) > 1] == []
    assert [string for string in said if len(string) > MESSAGE] == []


def questions() -> list[tuple[str, Field]]:
    """List the questions of every form."""
    return [(form.name, field) for form in handlers.FORMS for field in form.fields]


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_are_short(language: str) -> None:
    """Every question fits a small screen, also when it is asked with a number in it."""
    voice = Voice(load_catalogues(LOCALES)[language], NAMES[language])
    long = []
    for form, field in questions():
        asked = [field.label, *([field.default_label(1_234)] if field.default_label else [])]
        spoken = [voice.speak(text) for text in asked]
        long += [text for text in spoken if len(text) > LONG.get((form, field.code), QUESTION)]
    assert long == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_can_be_typed(language: str) -> None:
    """The choices of a question differ from each other and from the control words, typed without diacritics."""
    voice = Voice(load_catalogues(LOCALES)[language], NAMES[language])
    unclear = []
    for form, field in questions():
        choices = field.choices if isinstance(field, SelectOne) and not callable(field.choices) else ()
        typed = [fold(voice.speak(option.label)) for option in choices]
        unclear += [(form, field.code, words) for words in typed if typed.count(words) > 1 or words in CONTROLS]
    assert unclear == []


def test_texts_are_whole_literals() -> None:
    """What is marked for translation stands there as a literal: no f-string, no glued pieces, no variable."""
    wrong = []
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
                count = 2 if node.func.id == "_n" else 1
                if not all(_literal(argument) for argument in (node.args[:count] or [node])):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert wrong == []


def _literal(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
