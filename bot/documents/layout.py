"""Draws the parts of an official Word document by python-docx: page, head, paragraphs, signature, appendices.

Layout of decree 30/2020/NĐ-CP, appendix I: A4, margins 20/20/30/15 mm, Times New Roman, page numbers in the top margin
from the second page on, appendices numbered anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT: Final = "Times New Roman"
BODY: Final = 14
LEFT, RIGHT = 79, 86  # mm: the columns of the head
WORDS_LEFT: Final = frozenset({"chi_tieu", "don_vi", "ghi_chu", "danh_gia", "van_ban"})  # columns of words


def settle(paper: Any) -> None:
    """Set page, font and the number of the page."""
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), Pt(6)
    style.paragraph_format.line_spacing = 1.15
    _page(paper.sections[0])


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    _numbered(section)


def _numbered(section: Any) -> None:
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    run = number.add_run()
    run.font.name, run.font.size = FONT, Pt(BODY)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)


def head(paper: Any) -> None:
    """Set the union and the state side by side, number and date below them."""
    table = _columns(paper, (LEFT, RIGHT))
    left, right = table.rows[0].cells
    line(left, "{{ cap_tren }}", size=12, align=ALIGN.CENTER, after=0, tight=True)
    line(left, "{{ don_vi_hoa }}", size=12, bold=True, align=ALIGN.CENTER, after=0, tight=True)
    rule(left, 27)
    line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True, align=ALIGN.CENTER, after=0, tight=True)
    line(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True, align=ALIGN.CENTER, after=0)
    rule(right, 17)
    left, right = table.add_row().cells
    line(left, "Số:         {{ ky_hieu }}", size=13, align=ALIGN.CENTER, after=0)
    line(
        right, "{{ dia_danh }}, ngày      tháng      năm {{ nam }}", size=BODY, italic=True, align=ALIGN.CENTER, after=0
    )


def signature(paper: Any) -> None:
    """Set recipients and signature side by side; neither is torn apart by the end of a page."""
    table = _columns(paper, (80, 85))
    _row_stays_whole(table.rows[0])
    left, right = table.rows[0].cells
    line(left, "Nơi nhận:", size=12, bold=True, italic=True, after=0)
    for tag in ("{%p for noi in noi_nhan %}", "{{ noi }}", "{%p endfor %}"):
        line(left, tag, size=11, after=0)
    line(right, "{{ tham_quyen }}", bold=True, align=ALIGN.CENTER, after=0)
    line(right, "{{ chuc_vu }}", bold=True, align=ALIGN.CENTER, after=0)
    for _space in range(4):
        line(right, "", after=0)
    line(right, "{{ nguoi_ky }}", bold=True, align=ALIGN.CENTER, after=0)


def appendix(paper: Any, number: str, title: str, columns: Sequence[tuple[str, str, int]], rows: str) -> None:
    """Begin an appendix on a page of its own, across, with one table."""
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    _page(section)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(15)
    _number_anew(section)
    line(paper, number, bold=True, align=ALIGN.CENTER, after=0)
    line(paper, title, bold=True, align=ALIGN.CENTER, after=0)
    line(
        paper,
        "(Kèm theo Báo cáo số         {{ ky_hieu }} ngày      tháng      năm {{ nam }} của {{ don_vi }})",
        italic=True,
        align=ALIGN.CENTER,
    )
    _table(paper, columns, rows)


def _number_anew(section: Any) -> None:
    paper = section._sectPr
    for copied in paper.findall(qn("w:pgNumType")):
        paper.remove(copied)
    kind = OxmlElement("w:pgNumType")
    kind.set(qn("w:start"), "1")
    paper.find(qn("w:cols")).addprevious(kind)


def _table(paper: Any, columns: Sequence[tuple[str, str, int]], rows: str) -> None:
    table = paper.add_table(rows=4, cols=len(columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    lines = [list(row.cells) for row in table.rows]
    for at, (words, name, width) in enumerate(columns):
        for line in lines:
            line[at].width = Mm(width)
        _only(lines[0][at], words, ALIGN.CENTER, bold=True)
        words_left = name in WORDS_LEFT
        align = ALIGN.LEFT if words_left else ALIGN.CENTER if name in {"tt", "dvt"} else ALIGN.RIGHT
        table.columns[at].width = Mm(width)
        _only(lines[2][at], f"{{{{r dong.{name} }}}}", align)
    _only(lines[1][0], f"{{%tr for dong in {rows} %}}", ALIGN.LEFT)
    _only(lines[3][0], "{%tr endfor %}", ALIGN.LEFT)
    for at in (0, 2):
        _row_stays_whole(table.rows[at])
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _row_stays_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _only(cell: Any, words: str, align: Any, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(words)
    run.font.size, run.font.name, run.bold = Pt(12), FONT, bold


def _columns(paper: Any, widths: Sequence[int]) -> Any:
    """Add a table without lines."""
    table = paper.add_table(rows=1, cols=len(widths))
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), "0")
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addnext(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def line(
    place: Any,
    words: str,
    *,
    size: float = BODY,
    bold: bool = False,
    italic: bool = False,
    align: Any = None,
    indent: float = 0,
    before: float = 0,
    after: float = 6,
    keep: bool = False,
    tight: bool = False,
) -> Any:
    """Add a paragraph; in a cell, the first one is the one that is there."""
    first = getattr(place, "paragraphs", [])
    empty = hasattr(place, "_tc") and len(first) == 1 and not first[0].text
    paragraph = first[0] if empty else place.add_paragraph()
    run = paragraph.add_run(words)
    run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(size), bold, italic
    if tight:
        _tighten(run)
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), keep
    form.first_line_indent = Mm(indent) if indent else None
    if align is not None:
        paragraph.alignment = align
    return paragraph


def _tighten(run: Any) -> None:
    """Set letters closer by two fifths of a point, so that both names of the head stay on one line each."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "-8")
    run._r.get_or_add_rPr().append(spacing)


def loop(paper: Any, over: str, words: str, **look: Any) -> None:
    """Add a paragraph that is repeated."""
    line(paper, f"{{%p for {over} %}}")
    line(paper, words, **look)
    line(paper, "{%p endfor %}")


def rule(place: Any, aside: float) -> None:
    """Draw a line, so many millimetres from either side."""
    paragraph = line(place, "", size=2, after=4)
    paragraph.paragraph_format.line_spacing = Pt(4)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(aside)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    paragraph._p.get_or_add_pPr().append(border)
