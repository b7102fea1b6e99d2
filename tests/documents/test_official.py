"""The official report as a Word document: the layout that the rules ask for, opened in a real office program."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bot.documents.letterhead import Letterhead, letterhead
from bot.documents.official import TEMPLATES, BadTemplate, Row, fill
from bot.documents.template import OFFICIAL, make_template
from bot.records import Unit
from tests.documents.office import converted

EVIL = '<b>&amp; =SUM("A1")\x07'
LONG = "Đoàn viên mong được tăng tiền ăn ca. " * 280
NAMES = "cap_tren don_vi don_vi_hoa ky_hieu dia_danh nam ky ky_hoa ky_sau ky_sau_hoa tham_quyen chuc_vu nguoi_ky"
LISTS = (
    "kinh_gui noi_nhan tinh_hinh tu_tuong quan_he_lao_dong tuyen_truyen dai_dien dao_tao phat_trien xay_dung "
    "thi_dua uu_diem han_che nguyen_nhan phuong_huong kien_nghi chi_dao"
)


def given(**changes: Any) -> dict[str, Any]:
    """Give everything that a template may name."""
    texts = {name: f"«{name}»" for name in (*NAMES.split(), "nam_chi_tieu", "luy_ke_tu")}
    lists = {name: [f"«{name}»"] for name in LISTS.split()}
    figures = [Row({"tt": str(n), "chi_tieu": f"Chỉ tiêu {n}", "ky_nay": "1.234"}) for n in range(1, 60)]
    progress = [Row({"don_vi": "Công đoàn xã"}), Row({"don_vi": "Tổng cộng"}, bold=True)]
    goals = [Row({"tt": "1", "chi_tieu": "Kết nạp mới"}, bold=True), Row({"chi_tieu": "CĐCS", "danh_gia": "Gần đạt"})]
    return {**texts, **lists, "phu_luc_1": figures, "phu_luc_2": progress, "phu_luc_3": goals, **changes}


def pages(path: Path) -> list[str]:
    """Give the words of each page, as LibreOffice sets them."""
    pdf = converted(path, "pdf")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, timeout=60).stdout
    return text.decode().split("\f")[:-1]


def test_the_pages_of_a_report(tmp_path: Path) -> None:
    """Numbered from the second page on, appendices on their own pages, their heads on each; long words stay whole."""
    path = tmp_path / "report.docx"
    fill(TEMPLATES / "official.docx", given(kien_nghi=[LONG, EVIL]), path)
    first, *rest = pages(path)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    assert not re.match(r"\s*1\s*\n", first)
    assert re.match(r"\s*2\s*\n", rest[0])
    appendices = [number for number, page in enumerate(rest) if re.match(r"\s*Phụ lục", page)]
    assert len(appendices) == 3
    figures = rest[appendices[0] : appendices[1]]
    assert len(figures) > 1
    assert all("ĐVT" in page for page in figures)
    whole = " ".join(re.sub(r"^\s*\d+\s*\n", "", page) for page in rest)
    whole = " ".join(whole.split())
    assert whole.count("mong") == 280
    assert '<b>&amp; =SUM("A1")' in whole


@pytest.mark.parametrize("name", ["official", "nq43"])
def test_the_layout_of_the_templates(name: str) -> None:
    """A4 with the margins of the decree, Times New Roman 14, first page without number, headings that repeat."""
    paper = Document(str(TEMPLATES / f"{name}.docx"))
    page = paper.sections[0]
    size = (page.page_width, page.page_height)
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(one.mm) for one in (*size, *margins) if one is not None] == [210, 297, 20, 20, 30, 15]
    assert page.different_first_page_header_footer
    font = paper.styles["Normal"].font
    assert (font.name, font.size.pt) == ("Times New Roman", 14)
    with zipfile.ZipFile(TEMPLATES / f"{name}.docx") as archive:
        body, head = (
            archive.read("word/document.xml").decode(),
            "".join(archive.read(one).decode() for one in archive.namelist() if "header" in one),
        )
    assert body.count("<w:tblHeader") == 3
    assert "PAGE" in head
    assert body.count('w:start="1"') == 3


def test_the_thematic_report_has_the_six_tasks() -> None:
    """Under III, in the words of the plan."""
    words = [one.text for one in Document(str(TEMPLATES / "nq43.docx")).paragraphs]
    start = words.index("III. KẾT QUẢ THỰC HIỆN NHIỆM VỤ VÀ GIẢI PHÁP")
    tasks = [one for one in words[start : words.index("IV. ĐÁNH GIÁ CHUNG")] if re.match(r"\d\. ", one)]
    assert [one[:2] for one in tasks] == ["1.", "2.", "3.", "4.", "5.", "6."]


def test_a_typo_in_a_template_is_named(tmp_path: Path) -> None:
    """With the names that are known; so is a broken tag, and a file that is no document."""
    for words, why in (
        ("{{ tuyen_truyn }}", "tuyen_truyn; known are: .*tuyen_truyen"),
        ("{{ ky nay }}", "cannot be filled"),
        ("{%p for cau in thi_dua %}", "cannot be filled"),
    ):
        make_template(tmp_path / "own.docx", words, OFFICIAL)
        with pytest.raises(BadTemplate, match=why):
            fill(tmp_path / "own.docx", given(), tmp_path / "out.docx")
    (tmp_path / "own.docx").write_text("no document")
    with pytest.raises(BadTemplate, match="no Word document"):
        fill(tmp_path / "own.docx", given(), tmp_path / "out.docx")
    assert not (tmp_path / "out.docx").exists()


def test_the_shipped_templates_are_those_of_the_script(tmp_path: Path) -> None:
    """Whoever changes the script makes them anew."""
    title = "Kết quả hoạt động công đoàn {{ ky }} và phương hướng, nhiệm vụ {{ ky_sau }}"
    make_template(tmp_path / "official.docx", title, OFFICIAL)
    for part in ("word/document.xml", "word/styles.xml"):
        texts = []
        for path in (tmp_path / "official.docx", TEMPLATES / "official.docx"):
            with zipfile.ZipFile(path) as archive:
                texts.append(archive.read(part))
        assert texts[0] == texts[1]


PROVINCE = Unit(1, "LC", "LĐLĐ tỉnh Lai Châu", "ldld_tinh")
COMMUNE = Unit(2, "LC01", "Công đoàn xã Than Uyên", "cd_xa_phuong", 1)
UNION = Unit(3, "LC01-01", "CĐCS Chè Than Uyên", "cdcs", 2)


def test_the_letterheads_of_three_tiers() -> None:
    """Who stands above, who issues, the symbol, and who signs for whom."""
    heads = [
        letterhead(unit, above, Letterhead(), "Lai Châu")
        for unit, above in ((PROVINCE, None), (COMMUNE, PROVINCE), (UNION, COMMUNE))
    ]
    assert [(one.above, one.name, one.symbol, one.authority) for one in heads] == [
        (
            "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
            "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
            "/BC-LĐLĐ",
            "TM. BAN THƯỜNG VỤ",
        ),
        ("LĐLĐ TỈNH LAI CHÂU", "CÔNG ĐOÀN XÃ THAN UYÊN", "/BC-CĐ", "TM. BAN THƯỜNG VỤ"),
        ("CÔNG ĐOÀN XÃ THAN UYÊN", "CÔNG ĐOÀN CƠ SỞ CHÈ THAN UYÊN", "/BC-CĐCS", "TM. BAN CHẤP HÀNH"),
    ]
    assert {one.title for one in heads} == {"CHỦ TỊCH"}
    assert heads[2].copies == ("- Như trên;", "- Lưu: VT.")


def test_an_office_may_set_every_line() -> None:
    """What is set wins, the rest stays; a vice chair signs without "KT."."""
    given = Letterhead(title="PHÓ CHỦ TỊCH", copies=("- Như trên;", "- Lưu: VT, TgNc."))
    head = letterhead(PROVINCE, None, given, "Lai Châu")
    assert (head.authority, head.title, head.copies[-1]) == ("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH", "- Lưu: VT, TgNc.")
