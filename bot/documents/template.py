"""Makes the Word templates of official documents anew: `python -m bot.documents.template`.

Layout of decree 30/2020/NĐ-CP, appendix I, which union documents follow (decision 933/QĐ-TLĐ of 14/5/2024): A4, margins
20/20/30/15 mm, Times New Roman, page numbers in the top margin from the second page on, appendices numbered anew.
What is filled in stands in double braces, in words without marks, so that an office can move it about in Word.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from bot.documents.layout import appendix, head, line, loop, rule, settle, signature

FOLDER: Final = Path(__file__).parent / "templates"
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
YEARS: Final = (
    "Lũy kế tính từ ngày {{ luy_ke_tu }} (năm thống kê từ 01/12 đến 30/11); chỉ tiêu và % đạt tính theo năm dương lịch "
    "{{ nam_chi_tieu }}."
)
NUMBERS_OF: Final = (
    *(("Kỳ này", "ky_nay"), ("Lũy kế từ {{ luy_ke_tu }}", "luy_ke")),
    *(("Cùng kỳ", "cung_ky"), ("Chỉ tiêu giao", "giao")),
)
FIGURES: Final = (
    *((("TT", "tt", 11), ("Chỉ tiêu", "chi_tieu", 87), ("ĐVT", "dvt", 20))),
    *((words, name, 27 if name == "luy_ke" else 22) for words, name in NUMBERS_OF),
    *((("% đạt", "dat", 20), ("Ghi chú", "ghi_chu", 24))),
)
PROGRESS: Final = (
    *((("TT", "tt", 11), ("Đơn vị", "don_vi", 104))),
    *((("Phải nộp", "phai_nop", 24), ("Đúng hạn", "dung_han", 24), ("Nộp chậm", "cham", 24))),
    *((("Chưa nộp", "chua", 24), ("Được miễn", "mien", 24), ("Tỷ lệ nộp", "ty_le", 24))),
)
GOALS: Final = (
    *((("TT", "tt", 11), ("Chỉ tiêu, đơn vị", "chi_tieu", 96))),
    *((("Chỉ tiêu giao", "giao", 25), ("Thực hiện", "thuc_hien", 25), ("% đạt", "dat", 22))),
    *((("Tiến độ cần", "can_dat", 25), ("Đánh giá", "danh_gia", 26), ("Văn bản giao", "van_ban", 32))),
)


def make_template(path: Path, title: str, parts: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
    """Write one template."""
    paper = Document()
    settle(paper)
    head(paper)
    line(paper, "BÁO CÁO", bold=True, align=ALIGN.CENTER, before=12, after=0)
    line(paper, title, bold=True, align=ALIGN.CENTER, before=0, after=0)
    rule(paper, 55)
    loop(paper, "noi in kinh_gui", "{{ noi }}", align=ALIGN.CENTER)
    for heading, sections in parts:
        line(paper, heading, bold=True, keep=True)
        for words, name in sections:
            if words:
                line(paper, words, bold=True, indent=12.7, keep=True)
            loop(paper, f"cau in {name}", "{{ cau }}", indent=12.7, align=ALIGN.JUSTIFY)
    line(paper, "(Số liệu chi tiết tại các phụ lục kèm theo)./.", italic=True, indent=12.7)
    signature(paper)
    appendix(paper, "Phụ lục I", "SỐ LIỆU HOẠT ĐỘNG CÔNG ĐOÀN {{ ky_hoa }}", FIGURES, "phu_luc_1")
    line(paper, YEARS, size=12, italic=True, before=6)
    appendix(paper, "Phụ lục II", "TIẾN ĐỘ NỘP BÁO CÁO {{ ky_hoa }}", PROGRESS, "phu_luc_2")
    appendix(paper, "Phụ lục III", "THỰC HIỆN CHỈ TIÊU NĂM {{ nam_chi_tieu }}", GOALS, "phu_luc_3")
    path.parent.mkdir(parents=True, exist_ok=True)
    paper.save(str(path))


def main() -> None:
    """Write both templates."""
    title = "Kết quả hoạt động công đoàn {{ ky }} và phương hướng, nhiệm vụ {{ ky_sau }}"
    make_template(FOLDER / "official.docx", title, OFFICIAL)
    title = "Kết quả thực hiện Nghị quyết số 43-NQ/TW ngày 24/11/2023 {{ ky }}"
    make_template(FOLDER / "nq43.docx", title, THEMATIC)


if __name__ == "__main__":
    main()
