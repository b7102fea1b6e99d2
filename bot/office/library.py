"""The sheets of what an office lays out: materials, and short answers to legal questions."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from bot.i18n import _
from bot.library import Advice, Library, Material
from bot.office.functions import nobody
from bot.office.sheet import Column, Rows, Sheet
from bot.reporting.cells import BadCell, Cells, Row, Wrong, read_code, read_words

LONGEST_ANSWER: Final = 700
LINK: Final = re.compile(r"https?://[^\s]+")


def read_link(words: str) -> str:
    """Read an address of the web."""
    if not LINK.fullmatch(words):
        raise BadCell(_("“{value}” is no address: write it whole, like https://example.vn/a.pdf.", value=words[:60]))
    return words


def read_answer(words: str) -> str:
    """Read a short answer."""
    if len(words) > LONGEST_ANSWER:
        raise BadCell(
            _(
                "That is {length} characters; please keep it within {longest}.",
                length=len(words),
                longest=LONGEST_ANSWER,
            )
        )
    return read_words(words)


def read_library(rows: Sequence[Row], _forms: Collection[str]) -> tuple[tuple[Material, ...], list[Wrong]]:
    """Read the materials."""
    found: list[Material] = []
    wrong: list[Wrong] = []
    for place, row in enumerate(rows):
        cells = Cells(row)
        title = cells.needed("title", read_words, "")
        link = cells.needed("link", read_link, "")
        topic, words = cells.read("topic", read_words, ""), cells.read("words", read_words, "")
        found.append(Material(title, link, topic, cells.read("campaign", read_code, ""), words))
        wrong += [Wrong(place, each.column, each.text) for each in cells.complaints]
    return tuple(found), wrong


def read_faq(rows: Sequence[Row], _forms: Collection[str]) -> tuple[tuple[Advice, ...], list[Wrong]]:
    """Read the short answers."""
    found: list[Advice] = []
    wrong: list[Wrong] = []
    for place, row in enumerate(rows):
        cells = Cells(row)
        question, answer = cells.needed("question", read_words, ""), cells.needed("answer", read_answer, "")
        law, words = cells.needed("law", read_words, ""), cells.read("words", read_words, "")
        found.append(Advice(question, answer, law, words))
        wrong += [Wrong(place, each.column, each.text) for each in cells.complaints]
    return tuple(found), wrong


ANSWERS: Final = Path(__file__).with_name("answers.csv")  # from the Labour Code (45/2019/QH14)


@cache
def default_answers() -> Rows:
    """Give the answers that ship."""
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


LIBRARY: Final = Sheet(
    "library",
    "Thư viện tài liệu",
    _("Materials that units find in the chat by /tailieu, with or without diacritics."),
    (
        Column("title", "Tên tài liệu", _("As it shall be shown."), 44, needed=True),
        Column("link", "Đường link", _("Where it lies: https://…"), 40, needed=True),
        Column("topic", "Chủ đề", _("For example: tuyên truyền, đối thoại, biểu mẫu."), 20),
        Column("campaign", "Mã đợt", _("The code of a day or campaign, if it belongs to one."), 16),
        Column("words", "Từ khóa", _("More words by which people look for it."), 30),
    ),
    ("title",),
    read_library,
    nobody,
)
FAQ: Final = Sheet(
    "faq",
    "Hỏi đáp pháp luật",
    _("Short answers to legal questions. Please have them checked by whoever is in charge of legal affairs."),
    (
        Column("question", "Câu hỏi", _("As people ask it."), 40, needed=True),
        Column("answer", "Trả lời", _("In short, at most {most} characters.", most=LONGEST_ANSWER), 60, needed=True),
        Column("law", "Căn cứ", _("The article and the law."), 30, needed=True),
        Column("words", "Từ khóa", _("More words by which people look for it."), 30),
    ),
    ("question",),
    read_faq,
    default_answers,
)


def default_library() -> Library:
    """Give what is laid out before any book is stored."""
    return Library((), read_faq(default_answers(), ())[0])
