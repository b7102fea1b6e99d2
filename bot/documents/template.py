"""Makes the Word templates of official documents anew: `python -m bot.documents.template`.

Layout of decree 30/2020/NĐ-CP, appendix I, which union documents follow (decision 933/QĐ-TLĐ of 14/5/2024): A4, margins
20/20/30/15 mm, Times New Roman, page numbers in the top margin from the second page on, appendices numbered anew.
What is filled in stands in double braces, in words without marks, so that an office can move it about in Word.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FOLDER: Final = Path(__file__).parent / "templates"
FONT: Final = "Times New Roman"
BODY: Final = 14
LEFT, RIGHT = 79, 86  # mm: the columns of the head
OFFICIAL: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
    (
        "I. TÌNH HÌNH CÔNG NHÂN, VIÊN CHỨC, LAO ĐỘNG",
        (
            ("1. Số lượng, việc làm, tiền lương, đời sống", "tinh_hinh"),
            ("2. Tư tưởng, tâm trạng", "tu_tuong"),
            ("3. Quan hệ lao động, an toàn, vệ sinh lao động", "quan_he_lao_dong"),
        ),
    ),
    (
        "II. KẾT QUẢ HOẠT ĐỘNG CÔNG ĐOÀN",
        (
            ("1. Công tác tuyên truyền, giáo dục", "tuyen_truyen"),
            ("2. Công tác đại diện, chăm lo, bảo vệ đoàn viên, người lao động", "dai_dien"),
            ("3. Tham gia đào tạo, bồi dưỡng nâng cao trình độ", "dao_tao"),
            ("4. Phát triển đoàn viên, thành lập công đoàn cơ sở, công tác cán bộ", "phat_trien"),
            ("5. Tham gia xây dựng Đảng, chính quyền; giám sát, phản biện xã hội", "xay_dung"),
            ("6. Thi đua, khen thưởng", "thi_dua"),
        ),
    ),
    (
        "III. ĐÁNH GIÁ CHUNG",
        (("1. Ưu điểm", "uu_diem"), ("2. Hạn chế", "han_che"), ("3. Nguyên nhân", "nguyen_nhan")),
    ),
    ("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ {{ ky_sau_hoa }}", (("", "phuong_huong"),)),
    ("V. KIẾN NGHỊ, ĐỀ XUẤT", (("", "kien_nghi"),)),
)
# The tasks of plan 47/KH-LĐLĐ of 07/3/2024 (Lai Châu), which carries Resolution 43-NQ/TW out.
THEMATIC: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
    ("I. TÌNH HÌNH CÔNG NHÂN, VIÊN CHỨC, LAO ĐỘNG", (("", "tinh_hinh"), ("", "tu_tuong"))),
    ("II. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, QUÁN TRIỆT", (("", "chi_dao"),)),
    (
        "III. KẾT QUẢ THỰC HIỆN NHIỆM VỤ VÀ GIẢI PHÁP",
        (
            (
                "1. Tăng cường tuyên truyền, giáo dục nâng cao nhận thức và bản lĩnh chính trị, giác ngộ giai cấp, "
                "tinh thần tự hào, tự tôn dân tộc cho CNLĐ",
                "tuyen_truyen",
            ),
            (
                "2. Tham gia xây dựng, hoàn thiện chính sách, pháp luật bảo đảm quyền, lợi ích hợp pháp, chính đáng "
                "của CNLĐ; phát triển đa dạng, hiệu quả các hoạt động chăm lo đời sống vật chất, tinh thần cho đoàn "
                "viên, CNLĐ",
                "dai_dien",
            ),
            (
                "3. Tham gia đào tạo, bồi dưỡng nâng cao trình độ học vấn, chuyên môn, kỹ năng nghề nghiệp, tác phong "
                "công nghiệp, kỷ luật lao động cho người lao động",
                "dao_tao",
            ),
            (
                "4. Đổi mới tổ chức và hoạt động công đoàn phù hợp với số lượng, cơ cấu lao động, nhu cầu, nguyện vọng "
                "của đoàn viên, người lao động và yêu cầu hội nhập quốc tế; phát triển đoàn viên, thành lập công đoàn "
                "cơ sở, xây dựng đội ngũ cán bộ công đoàn đáp ứng yêu cầu nhiệm vụ",
                "phat_trien",
            ),
            (
                "5. Phát huy vai trò nòng cốt của tổ chức công đoàn trong tham gia xây dựng Đảng, Nhà nước, hệ thống "
                "chính trị trong sạch, vững mạnh toàn diện; thực hiện tốt công tác phát triển đảng viên trong doanh "
                "nghiệp",
                "xay_dung",
            ),
            (
                "6. Nâng cao chất lượng và đẩy mạnh các cuộc vận động, phong trào thi đua yêu nước, vận động đoàn "
                "viên, người lao động thi đua học tập, lao động sáng tạo, góp phần hoàn thành các nhiệm vụ phát triển "
                "kinh tế - xã hội",
                "thi_dua",
            ),
        ),
    ),
    ("IV. ĐÁNH GIÁ CHUNG", (("1. Ưu điểm", "uu_diem"), ("2. Hạn chế", "han_che"), ("3. Nguyên nhân", "nguyen_nhan"))),
    ("V. PHƯƠNG HƯỚNG, NHIỆM VỤ {{ ky_sau_hoa }}", (("", "phuong_huong"),)),
    ("VI. KIẾN NGHỊ, ĐỀ XUẤT", (("", "kien_nghi"),)),
)
NUMBERS_OF: Final = (("Kỳ này", "ky_nay"), ("Lũy kế", "luy_ke"), ("Cùng kỳ", "cung_ky"), ("Chỉ tiêu giao", "giao"))
FIGURES: Final = (
    *((("TT", "tt", 11), ("Chỉ tiêu", "chi_tieu", 92), ("ĐVT", "dvt", 20))),
    *((words, name, 22) for words, name in NUMBERS_OF),
    *((("% đạt", "dat", 20), ("Ghi chú", "ghi_chu", 24))),
)
PROGRESS: Final = (
    *((("TT", "tt", 11), ("Đơn vị", "don_vi", 104))),
    *((("Phải nộp", "phai_nop", 24), ("Đúng hạn", "dung_han", 24), ("Nộp chậm", "cham", 24))),
    *((("Chưa nộp", "chua", 24), ("Được miễn", "mien", 24), ("Tỷ lệ nộp", "ty_le", 24))),
)


def make_template(path: Path, title: str, parts: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
    """Write one template."""
    paper = Document()
    _settle(paper)
    _head(paper)
    _line(paper, "BÁO CÁO", bold=True, align=ALIGN.CENTER, before=12, after=0)
    _line(paper, title, bold=True, align=ALIGN.CENTER, before=0, after=0)
    _rule(paper, 55)
    _loop(paper, "noi in kinh_gui", "{{ noi }}", align=ALIGN.CENTER)
    for heading, sections in parts:
        _line(paper, heading, bold=True, keep=True)
        for words, name in sections:
            if words:
                _line(paper, words, bold=True, indent=12.7, keep=True)
            _loop(paper, f"cau in {name}", "{{ cau }}", indent=12.7, align=ALIGN.JUSTIFY)
    _line(paper, "(Số liệu chi tiết tại các phụ lục kèm theo)./.", italic=True, indent=12.7)
    _signature(paper)
    _appendix(paper, "Phụ lục I", "SỐ LIỆU HOẠT ĐỘNG CÔNG ĐOÀN {{ ky_hoa }}", FIGURES, "phu_luc_1")
    _appendix(paper, "Phụ lục II", "TIẾN ĐỘ NỘP BÁO CÁO {{ ky_hoa }}", PROGRESS, "phu_luc_2")
    path.parent.mkdir(parents=True, exist_ok=True)
    paper.save(str(path))


def _settle(paper: Any) -> None:
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


def _head(paper: Any) -> None:
    """Set the union and the state side by side, number and date below them."""
    table = _columns(paper, (LEFT, RIGHT))
    left, right = table.rows[0].cells
    _line(left, "{{ cap_tren }}", size=12, align=ALIGN.CENTER, after=0, tight=True)
    _line(left, "{{ don_vi_hoa }}", size=12, bold=True, align=ALIGN.CENTER, after=0, tight=True)
    _rule(left, 27)
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True, align=ALIGN.CENTER, after=0, tight=True)
    _line(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True, align=ALIGN.CENTER, after=0)
    _rule(right, 17)
    left, right = table.add_row().cells
    _line(left, "Số:         {{ ky_hieu }}", size=13, align=ALIGN.CENTER, after=0)
    _line(
        right, "{{ dia_danh }}, ngày      tháng      năm {{ nam }}", size=BODY, italic=True, align=ALIGN.CENTER, after=0
    )


def _signature(paper: Any) -> None:
    table = _columns(paper, (80, 85))
    _row_stays_whole(table.rows[0])
    left, right = table.rows[0].cells
    _line(left, "Nơi nhận:", size=12, bold=True, italic=True, after=0)
    for tag in ("{%p for noi in noi_nhan %}", "{{ noi }}", "{%p endfor %}"):
        _line(left, tag, size=11, after=0)
    _line(right, "{{ tham_quyen }}", bold=True, align=ALIGN.CENTER, after=0)
    _line(right, "{{ chuc_vu }}", bold=True, align=ALIGN.CENTER, after=0)
    for _space in range(4):
        _line(right, "", after=0)
    _line(right, "{{ nguoi_ky }}", bold=True, align=ALIGN.CENTER, after=0)


def _appendix(paper: Any, number: str, title: str, columns: Sequence[tuple[str, str, int]], rows: str) -> None:
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    _page(section)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(15)
    _number_anew(section)
    _line(paper, number, bold=True, align=ALIGN.CENTER, after=0)
    _line(paper, title, bold=True, align=ALIGN.CENTER, after=0)
    _line(
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
        words_left = name in {"chi_tieu", "don_vi", "ghi_chu"}
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


def _line(
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


def _loop(paper: Any, over: str, words: str, **look: Any) -> None:
    """Add a paragraph that is repeated."""
    _line(paper, f"{{%p for {over} %}}")
    _line(paper, words, **look)
    _line(paper, "{%p endfor %}")


def _rule(place: Any, aside: float) -> None:
    """Draw a line, so many millimetres from either side."""
    paragraph = _line(place, "", size=2, after=4)
    paragraph.paragraph_format.line_spacing = Pt(4)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(aside)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    paragraph._p.get_or_add_pPr().append(border)


def main() -> None:
    """Write both templates."""
    title = "Kết quả hoạt động công đoàn {{ ky }} và phương hướng, nhiệm vụ {{ ky_sau }}"
    make_template(FOLDER / "official.docx", title, OFFICIAL)
    title = "Kết quả thực hiện Nghị quyết số 43-NQ/TW ngày 24/11/2023 {{ ky }}"
    make_template(FOLDER / "nq43.docx", title, THEMATIC)


if __name__ == "__main__":
    main()
