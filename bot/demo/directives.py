"""The register of documents as the sample has it: the founding plan, the documents that it names, what came after."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.notices.notice import Directive

PARTY: Final = "Ban Chấp hành Trung ương Đảng"
POLITBURO: Final = "Bộ Chính trị"
FEDERATION: Final = "Liên đoàn Lao động tỉnh Lai Châu"
UNION: Final = "Tổng Liên đoàn Lao động Việt Nam"
PARTY_XIII: Final = "NQ Đại hội XIII của Đảng"
PARTY_XIV: Final = "NQ Đại hội XIV của Đảng"
PROVINCE_XIV: Final = "NQ Đại hội Đảng bộ tỉnh lần thứ XIV"
PROVINCE_XV: Final = "NQ Đại hội Đảng bộ tỉnh lần thứ XV"
UNION_XIII: Final = "NQ Đại hội XIII Công đoàn Việt Nam"
UNION_XIV: Final = "NQ Đại hội XIV Công đoàn Việt Nam"
PLAN: Final = (
    "Kế hoạch thực hiện Chương trình hành động số 01-CTHĐ/ĐĐTLĐ về Nghị quyết 43-NQ/TW: phát huy truyền thống, "
    "sức mạnh đại đoàn kết toàn dân tộc"
)


def _one(id_: str, number: str, day: date | None, issuer: str, title: str, superseded_by: str = "") -> Directive:
    return Directive(id_, number, day, issuer, title, superseded_by=superseded_by)


DIRECTIVES: Final = (
    _one("KH47", "47/KH-LĐLĐ", date(2024, 3, 7), FEDERATION, PLAN),
    _one(
        "CTHD01",
        "01-CTHĐ/ĐĐTLĐ",
        date(2024, 1, 30),
        f"Đảng đoàn {UNION}",
        "Chương trình hành động thực hiện Nghị quyết 43-NQ/TW",
    ),
    _one(
        "NQ43",
        "43-NQ/TW",
        date(2023, 11, 24),
        PARTY,
        "Tiếp tục phát huy truyền thống, sức mạnh đại đoàn kết toàn dân tộc, "
        "xây dựng đất nước ta ngày càng phồn vinh, hạnh phúc",
    ),
    _one(
        "NQ02",
        "02-NQ/TW",
        date(2021, 6, 12),
        POLITBURO,
        "Đổi mới tổ chức và hoạt động của Công đoàn Việt Nam trong tình hình mới",
    ),
    _one(
        "CT05",
        "05-CT/TW",
        date(2016, 5, 15),
        POLITBURO,
        "Đẩy mạnh việc học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
    ),
    _one("KL01", "01-KL/TW", date(2021, 5, 18), POLITBURO, "Tiếp tục thực hiện Chỉ thị số 05-CT/TW"),
    _one(
        "KH27",
        "27/KH-LĐLĐ",
        date(2024, 1, 17),
        FEDERATION,
        "Đẩy mạnh công tác truyền thông công đoàn giai đoạn 2023-2028",
    ),
    _one(
        "QD1268",
        "1268/QĐ-TTg",
        date(2022, 10, 19),
        "Thủ tướng Chính phủ",
        "Chương trình đẩy mạnh học tập suốt đời trong công nhân lao động tại doanh nghiệp",
    ),
    _one(
        "QD217",
        "217-QĐ/TW",
        date(2013, 12, 12),
        POLITBURO,
        "Quy chế giám sát và phản biện xã hội của Mặt trận Tổ quốc và các đoàn thể chính trị - xã hội",
    ),
    _one(
        "QD218",
        "218-QĐ/TW",
        date(2013, 12, 12),
        POLITBURO,
        "Mặt trận Tổ quốc, các đoàn thể và nhân dân tham gia góp ý xây dựng Đảng, xây dựng chính quyền",
    ),
    _one("dh13", PARTY_XIII, None, "Đại hội đại biểu toàn quốc lần thứ XIII", "Nghị quyết Đại hội", PARTY_XIV),
    _one("dh14", PARTY_XIV, None, "Đại hội đại biểu toàn quốc lần thứ XIV", "Nghị quyết Đại hội"),
    _one("dhtinh14", PROVINCE_XIV, None, "Đảng bộ tỉnh Lai Châu", "Nghị quyết Đại hội", PROVINCE_XV),
    _one("dhtinh15", PROVINCE_XV, None, "Đảng bộ tỉnh Lai Châu", "Nghị quyết Đại hội"),
    _one("cdvn13", UNION_XIII, None, UNION, "Nghị quyết Đại hội", UNION_XIV),
    _one("cdvn14", UNION_XIV, None, UNION, "Nghị quyết Đại hội"),
    _one("cdtinh", "NQ Đại hội Công đoàn tỉnh Lai Châu", None, FEDERATION, "Nghị quyết Đại hội"),
)
