"""The anniversaries and campaign months that reports may be tied to: solar ones, and lunar by Vietnamese reckoning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lunar_vn import convert_lunar_to_solar

BEFORE: Final = timedelta(days=30)  # activities begin this long before the day
AFTER: Final = timedelta(days=10)  # and are still reported for it this long after
MONTH: Final = timedelta(days=30)  # how long a campaign month lasts


@dataclass(frozen=True, slots=True)
class Anniversary:
    """One day of the year that unions mark. The name is the official one, in Vietnamese, and is not translated."""

    code: str
    day: int
    month: int
    name: str
    rank: str  # A main date, B notice, C short news
    base_year: int | None = None
    lunar: bool = False
    whole_month: bool = False  # a campaign that begins on the day

    def on(self, year: int) -> date:
        """Give the solar day of its occurrence in a solar year (a lunar one: of the lunar year that begins in it)."""
        return convert_lunar_to_solar(self.day, self.month, year) if self.lunar else date(year, self.month, self.day)

    def around(self, day: date) -> bool:
        """Tell whether an activity of that day may be meant for it."""
        last = MONTH + AFTER if self.whole_month else AFTER
        return any(
            self.on(year) - BEFORE <= day <= self.on(year) + last for year in (day.year - 1, day.year, day.year + 1)
        )


def open_on(day: date) -> list[Anniversary]:
    """List what an activity of that day may be tied to, the nearest first."""
    return sorted(
        (one for one in ANNIVERSARIES if one.around(day)),
        key=lambda one: min(abs(one.on(year) - day) for year in (day.year - 1, day.year, day.year + 1)),
    )


ANNIVERSARIES: Final = (
    Anniversary("BDG_1511", 15, 11, "Tháng hành động vì bình đẳng giới (15/11–15/12)", "B", whole_month=True),
    Anniversary("VANHOA_2411", 24, 11, "Ngày Văn hóa Việt Nam", "B", 1946),
    Anniversary("AIDS_0112", 1, 12, "Ngày Thế giới phòng, chống AIDS; Tháng hành động (10/11–10/12)", "C", 1988),
    Anniversary("LC_GIAIPHONG_1212", 12, 12, "Ngày giải phóng Lai Châu (12/12/1953)", "B", 1953),
    Anniversary("TQKC_1912", 19, 12, "Ngày Toàn quốc kháng chiến", "C", 1946),
    Anniversary("QDND_2212", 22, 12, "Ngày thành lập QĐND Việt Nam; Ngày hội Quốc phòng toàn dân", "A", 1944),
    Anniversary("TET_DUONG", 1, 1, "Tết Dương lịch", "C"),
    Anniversary("LC_CHIATACH_0101", 1, 1, "Kỷ niệm ngày chia tách, thành lập tỉnh Lai Châu (mới)", "B", 2004),
    Anniversary("TONGTUYENCU_0601", 6, 1, "Ngày Tổng tuyển cử đầu tiên bầu Quốc hội Việt Nam", "C", 1946),
    Anniversary("ONG_TAO", 23, 12, "Mốc 23 tháng Chạp (chặn cuối hoàn thành trao quà Tết)", "C", lunar=True),
    Anniversary("NDC_0202", 2, 2, "Ngày sinh đồng chí Nguyễn Đức Cảnh (lãnh đạo công đoàn đầu tiên)", "C", 1908),
    Anniversary("DANG_0302", 3, 2, "Ngày thành lập Đảng Cộng sản Việt Nam", "A", 1930),
    Anniversary("TET_ND", 1, 1, "Tết Nguyên đán - Chương trình “Tết Sum vầy”", "A", lunar=True),
    Anniversary("THAYTHUOC_2702", 27, 2, "Ngày Thầy thuốc Việt Nam", "B", 1955),
    Anniversary("PNQT_0803", 8, 3, "Ngày Quốc tế Phụ nữ (và kỷ niệm Khởi nghĩa Hai Bà Trưng, năm 40)", "A", 1910),
    Anniversary("HANHPHUC_2003", 20, 3, "Ngày Quốc tế Hạnh phúc", "C", 2013),
    Anniversary("DOANTN_2603", 26, 3, "Ngày thành lập Đoàn TNCS Hồ Chí Minh", "B", 1931),
    Anniversary("GIOTO", 10, 3, "Giỗ Tổ Hùng Vương (10/3 âm lịch)", "B", lunar=True),
    Anniversary("SACH_2104", 21, 4, "Ngày Sách và Văn hóa đọc Việt Nam", "C", 2022),
    Anniversary("ATVSLD_TG_2804", 28, 4, "Ngày Thế giới về an toàn và sức khỏe tại nơi làm việc (ILO)", "C", 2003),
    Anniversary("GPMN_3004", 30, 4, "Ngày Giải phóng miền Nam, thống nhất đất nước", "A", 1975),
    Anniversary("QTLD_0105", 1, 5, "Ngày Quốc tế Lao động", "A", 1886),
    Anniversary("THANG_CN", 1, 5, "Tháng Công nhân (01–31/5)", "A", whole_month=True),
    Anniversary("THANG_ATVSLD", 1, 5, "Tháng hành động về an toàn, vệ sinh lao động (01–31/5)", "A", whole_month=True),
    Anniversary("DBP_0705", 7, 5, "Ngày Chiến thắng Điện Biên Phủ", "A", 1954),
    Anniversary("BACHO_1905", 19, 5, "Ngày sinh Chủ tịch Hồ Chí Minh", "A", 1890),
    Anniversary("THIEUNHI_0106", 1, 6, "Ngày Quốc tế Thiếu nhi; Tháng hành động vì trẻ em (tháng 6)", "B", 1950),
    Anniversary(
        "MOITRUONG_0506", 5, 6, "Ngày Môi trường thế giới; ngày Bác Hồ ra đi tìm đường cứu nước (05/6/1911)", "C", 1972
    ),
    Anniversary(
        "THIDUA_1106",
        11,
        6,
        "Ngày Chủ tịch Hồ Chí Minh ra Lời kêu gọi thi đua ái quốc - Ngày truyền thống thi đua yêu nước",
        "B",
        1948,
    ),
    Anniversary("LDTE_1206", 12, 6, "Ngày Thế giới phòng, chống lao động trẻ em", "C", 2002),
    Anniversary("BAOCHI_2106", 21, 6, "Ngày Báo chí cách mạng Việt Nam", "C", 1925),
    Anniversary(
        "MATUY_2606", 26, 6, "Ngày Quốc tế và Ngày toàn dân phòng, chống ma túy; Tháng hành động (tháng 6)", "B", 1987
    ),
    Anniversary("LC_TINH_2806", 28, 6, "Ngày thành lập tỉnh Lai Châu", "A", 1909),
    Anniversary("GIADINH_2806", 28, 6, "Ngày Gia đình Việt Nam", "B", 2001),
    Anniversary("TBLS_2707", 27, 7, "Ngày Thương binh - Liệt sĩ", "A", 1947),
    Anniversary("CDVN_2807", 28, 7, "Ngày thành lập Công đoàn Việt Nam", "A", 1929),
    Anniversary(
        "CMT8_1908",
        19,
        8,
        "Ngày Cách mạng Tháng Tám; Ngày truyền thống Công an nhân dân; Ngày hội toàn dân bảo vệ an ninh Tổ quốc",
        "B",
        1945,
    ),
    Anniversary("TDT_2008", 20, 8, "Ngày sinh Chủ tịch Tôn Đức Thắng", "C", 1888),
    Anniversary("QK_0209", 2, 9, "Quốc khánh nước CHXHCN Việt Nam (Tết Độc lập)", "A", 1945),
    Anniversary("TRUNGTHU", 15, 8, "Tết Trung thu (15/8 âm lịch)", "B", lunar=True),
    Anniversary(
        "KHUYENHOC_0210", 2, 10, "Ngày Khuyến học Việt Nam; Tuần lễ hưởng ứng học tập suốt đời (01–07/10)", "B", 1996
    ),
    Anniversary(
        "WFTU_0310", 3, 10, "Ngày thành lập Liên hiệp Công đoàn Thế giới (WFTU), ngày hành động quốc tế", "C", 1945
    ),
    Anniversary("PCCC_0410", 4, 10, "Ngày toàn dân phòng cháy, chữa cháy", "C", 1961),
    Anniversary("BENVUNG_0710", 7, 10, "Ngày Thế giới hành động vì việc làm bền vững", "C", 2008),
    Anniversary("LC_DANGBO_1010", 10, 10, "Ngày thành lập Đảng bộ tỉnh Lai Châu", "A", 1949),
    Anniversary("CDS_1010", 10, 10, "Ngày Chuyển đổi số quốc gia", "B", 2022),
    Anniversary("THUDO_1010", 10, 10, "Ngày Giải phóng Thủ đô", "C", 1954),
    Anniversary("DOANHNHAN_1310", 13, 10, "Ngày Doanh nhân Việt Nam", "C", 2004),
    Anniversary("DANVAN_1510", 15, 10, "Ngày truyền thống công tác dân vận của Đảng", "C", 1930),
    Anniversary("NGUOINGHEO_1710", 17, 10, "Ngày Vì người nghèo (cao điểm 17/10–18/11)", "B", 2000),
    Anniversary("PNVN_2010", 20, 10, "Ngày thành lập Hội LHPN Việt Nam - Ngày Phụ nữ Việt Nam", "A", 1930),
    Anniversary("CMT10_0711", 7, 11, "Ngày Cách mạng Tháng Mười Nga", "C", 1917),
    Anniversary("PHAPLUAT_0911", 9, 11, "Ngày Pháp luật nước CHXHCN Việt Nam", "A", 2013),
    Anniversary(
        "MTTQ_1811",
        18,
        11,
        "Ngày thành lập Mặt trận Dân tộc thống nhất Việt Nam - Ngày hội Đại đoàn kết toàn dân tộc",
        "A",
        1930,
    ),
    Anniversary("NGVN_2011", 20, 11, "Ngày Nhà giáo Việt Nam", "A", 1982),
)
