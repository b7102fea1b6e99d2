"""The kinds of union units, by code, and how people write them in a spreadsheet."""

from __future__ import annotations

from typing import Final

from bot.units.columns import heading_key

KINDS: Final[dict[str, tuple[str, ...]]] = {
    "tong_lien_doan": (
        "Tổng Liên đoàn",
        "Tổng LĐLĐ",
        "Tổng LĐLĐ Việt Nam",
        "TLĐ",
        "Tổng Liên đoàn Lao động Việt Nam",
    ),
    "ldld_tinh": (
        "LĐLĐ tỉnh",
        "Liên đoàn Lao động tỉnh",
        "LĐLĐ thành phố trực thuộc trung ương",
        "LĐLĐ tỉnh/thành phố",
    ),
    "ldld_huyen": ("LĐLĐ huyện", "Liên đoàn Lao động huyện", "LĐLĐ huyện/thành phố", "LĐLĐ thị xã"),
    "cd_nganh_dp": ("Công đoàn ngành địa phương", "Công đoàn ngành", "CĐ ngành", "CĐN"),
    "cd_vien_chuc": ("Công đoàn Viên chức", "Công đoàn Viên chức tỉnh", "CĐ viên chức", "CĐVC"),
    "cd_kkt_kcn": (
        "Công đoàn khu kinh tế",
        "Công đoàn khu công nghiệp",
        "Công đoàn các khu công nghiệp",
        "Công đoàn các KCN",
        "CĐ KKT, KCN",
        "CĐ KKT",
        "CĐ KCN",
    ),
    "cd_xa_phuong": (
        "Công đoàn xã/phường",
        "Công đoàn xã, phường",
        "Công đoàn xã",
        "Công đoàn phường",
        "Công đoàn đặc khu",
        "CĐ xã/phường",
        "CĐ xã",
        "CĐ phường",
    ),
    "cum_thi_dua": ("Cụm thi đua", "Khối thi đua", "Cụm"),
    "cdcs": ("Công đoàn cơ sở", "CĐCS"),
    "nghiep_doan_co_so": ("Nghiệp đoàn cơ sở", "Nghiệp đoàn", "NĐCS"),
    "cdcs_thanh_vien": ("Công đoàn cơ sở thành viên", "CĐCS thành viên", "CĐCSTV"),
    "cd_bo_phan": ("Công đoàn bộ phận", "CĐ bộ phận", "CĐBP"),
    "to_cong_doan": ("Tổ công đoàn", "Tổ CĐ"),
}

_BY_WORDS = {heading_key(words): code for code, labels in KINDS.items() for words in (code, *labels)}


def read_kind(words: str) -> str | None:
    """Give the code of a kind from its code or one of its Vietnamese names; None when nobody calls a kind so."""
    return words if words in KINDS else _BY_WORDS.get(heading_key(words))
