"""A made-up country as a list of units: one confederation, provinces, communes, and grassroots unions under them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from benchmarks.town import HEADINGS

PROVINCES = 34
UNITS_OF_COMMUNE = 40
SINCE = "2025-07-01"


def list_of_units(path: Path, count: int) -> Path:
    """Write a spreadsheet with so many units in all."""
    path.write_text("\n".join([HEADINGS, *rows(count)]), encoding="utf-8")
    return path


def rows(count: int) -> Iterator[str]:
    """Give so many rows, those above first."""
    provinces = min(PROVINCES, max(1, count // 100))
    communes = max(1, (count - provinces) // (UNITS_OF_COMMUNE + 1))
    grassroots = max(0, count - 1 - provinces - communes)
    return chain(
        [f"VN,Tổng Liên đoàn Lao động Việt Nam,tong_lien_doan,,,,{SINCE}"],
        (f"T{p:02},LĐLĐ tỉnh số {p},ldld_tinh,VN,,,{SINCE}" for p in range(provinces)),
        (f"X{c:04},Công đoàn xã số {c},cd_xa_phuong,T{c % provinces:02},,,{SINCE}" for c in range(communes)),
        (f"C{u:06},CĐCS Nhà máy số {u},cdcs,X{u % communes:04},35,60,{SINCE}" for u in range(grassroots)),
    )
