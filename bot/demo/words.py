"""What units of the sample write in words: invented, and without names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("sentiment", "content"): (
        "Anh em lo thưởng Tết năm nay thấp hơn năm trước.",
        "Bà con mong có nhà trẻ gần nơi làm, gửi con hiện nay xa quá.",
        "Công nhân băn khoăn về việc sắp xếp lại bộ phận sản xuất.",
        "Một số anh em thắc mắc cách tính tiền làm thêm giờ.",
    ),
    ("sentiment", "proposal"): (
        "Đề nghị lãnh đạo đơn vị thông báo sớm mức thưởng Tết.",
        "Đề nghị công đoàn cấp trên trao đổi với UBND xã về điểm giữ trẻ.",
        "Đề nghị giải thích rõ cách tính lương làm thêm.",
    ),
    ("incident", "place"): ("Phân xưởng 1", "Công trường, km {number}", "Kho vật tư"),
    ("incident", "cause"): ("Chậm trả lương tháng trước.", "Máy hỏng che chắn, chưa kịp sửa."),
    ("incident", "help_needed"): ("Nhờ cán bộ cùng làm việc với lãnh đạo đơn vị.",),
    ("union_founding", "new_union_name"): (
        "CĐCS Hợp tác xã Chè Núi Cao {number} (mẫu)",
        "CĐCS Công ty TNHH Xây dựng Số {number} (mẫu)",
        "Nghiệp đoàn Xe ôm Chợ Trung Tâm {number} (mẫu)",
    ),
    ("union_founding", "decision_no"): ("{number}/QĐ-LĐLĐ",),
    ("membership", "decision_no"): ("{number}/QĐ-CĐCS",),
    ("emulation", "model_text"): (
        "Tổ tự quản đổi ca giúp nhau khi con ốm, không ai mất ngày công.",
        "Góc sách công đoàn tại nhà ăn, mỗi tuần giới thiệu một quy định mới.",
    ),
    ("supervision", "subject"): (
        "Thực hiện chế độ lương, thưởng và BHXH",
        "Thực hiện quy chế dân chủ ở đơn vị",
        "Dự thảo quy chế chi tiêu nội bộ",
    ),
    ("training", "subject"): ("Vận hành máy sao chè", "Tin học văn phòng", "Điện công nghiệp", "An toàn lái xe"),
    ("plan", "doc_no"): ("{number}/KH-CĐCS",),
    ("coordination", "partner"): (
        "Siêu thị Hoa Ban (mẫu)",
        "Phòng khám Mường Hoa (mẫu)",
        "Quầy thuốc Suối Trong (mẫu)",
    ),
    ("coordination", "benefit"): ("Đoàn viên được giảm giá khi xuất trình thẻ.", "Khám sức khỏe giá ưu đãi."),
    ("legal_aid", "note"): ("Hỏi về mức đóng BHXH khi nghỉ không lương.", "Hỏi thủ tục hưởng chế độ thai sản."),
    ("welfare", "in_kind"): ("{number} kg gạo", "{number} chiếc chăn ấm", "{number} cặp bánh chưng"),
    ("periodic", "difficulties"): ("Đơn hàng ít nên thu nhập giảm.", "Đoàn viên làm ca nên khó họp đông đủ."),
    ("periodic", "proposals"): ("Đề nghị mở lớp tập huấn cho cán bộ mới.", "Đề nghị hỗ trợ tài liệu tuyên truyền."),
    ("periodic", "next_plan"): ("Chuẩn bị Tết Sum vầy cho đoàn viên.", "Tổ chức đối thoại định kỳ."),
}
