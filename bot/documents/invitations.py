"""The printable sheet of invitations: one QR code for each unit, to be cut apart and handed out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.i18n import Text, Voice, _

ACROSS: Final = 2
DOWN: Final = 4  # and room for the line that turns the page
PICTURE, OF_TWO = 38, 34  # mm
BETWEEN: Final = "   "  # two pictures
CARD: Final = (92, 64)  # mm
FONT: Final = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Card:
    """One invitation: for whom, the code to type, the address behind the QR code, and whether somebody is there.

    `zalo`: the address of the Official Account, which opens the chat in which the code is typed.
    """

    unit: str
    unit_code: str
    role: str
    code: str
    link: str
    joined: bool
    zalo: str = ""


def write_cards(path: Path, cards: Sequence[Card], until: datetime, voice: Voice) -> None:
    """Write the cards as a Word document, eight on a page."""
    from docx import Document
    from docx.shared import Mm

    paper: Any = Document()
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(12)
    for start in range(0, len(cards), ACROSS * DOWN):
        _page(paper, cards[start : start + ACROSS * DOWN], until, voice)
        if start + ACROSS * DOWN < len(cards):
            paper.add_page_break()
    paper.save(str(path))


def _page(paper: Any, cards: Sequence[Card], until: datetime, voice: Voice) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    table = paper.add_table(rows=(len(cards) + ACROSS - 1) // ACROSS, cols=ACROSS, style="Table Grid")
    table.autofit = False
    for row in table.rows:
        row.height, row.height_rule = Mm(CARD[1]), WD_ROW_HEIGHT_RULE.EXACTLY
    for number, card in enumerate(cards):
        cell = table.rows[number // ACROSS].cells[number % ACROSS]
        cell.width = Mm(CARD[0])
        _card(cell, card, until, voice)


def _card(cell: Any, card: Card, until: datetime, voice: Voice) -> None:
    _words(cell.paragraphs[0], card.unit, 12, bold=True)
    how = _("renewed: somebody joined before") if card.joined else _("first invitation")
    _words(cell.add_paragraph(), f"{card.unit_code} · {card.role} · {voice.speak(how)}", 9)
    _pictures(cell.add_paragraph(), [link for link in (card.link, card.zalo) if link] or [card.code])
    _words(cell.add_paragraph(), voice.speak(_how(card, until)), 9)


def _how(card: Card, until: datetime) -> Text:
    """Say what to do with the pictures."""
    if not card.zalo:
        return _("Scan, or type to the assistant: /start {code} (once, until {until})", code=card.code, until=until)
    if not card.link:
        return _("Scan it with Zalo, then type there: /start {code} (once, until {until})", code=card.code, until=until)
    return _(
        "Left: scan to begin at once. Right: scan with Zalo, then type there: /start {code} (once, until {until})",
        code=card.code,
        until=until,
    )


def _words(paragraph: Any, words: str, size: int, *, bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(0)
    run = paragraph.add_run(words)
    run.font.name, run.font.size, run.bold = FONT, Pt(size), bold


def _pictures(paragraph: Any, links: Sequence[str]) -> None:
    """Draw the addresses side by side, far enough apart that a phone takes one at a time."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    width = Mm(OF_TWO if len(links) > 1 else PICTURE)
    for number, link in enumerate(links):
        paragraph.add_run(BETWEEN if number else "").add_picture(_drawn(link), width=width)


def _drawn(link: str) -> io.BytesIO:
    import segno

    drawn = io.BytesIO()
    segno.make_qr(link, error="m").save(drawn, kind="png", scale=8, border=4)
    drawn.seek(0)
    return drawn
