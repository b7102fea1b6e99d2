"""The columns of a list of targets, and the words that people write above them."""

from __future__ import annotations

from typing import Final

from bot.units.columns import Column, Columns

SHEET: Final = "Chỉ tiêu"
TARGETS: Final = Columns(
    Column("unit", ("Mã đơn vị", "Mã", "Mã công đoàn", "Mã CĐCS", "code"), required=True),
    Column("name", ("Tên đơn vị", "Tên", "Đơn vị")),
    Column("indicator", ("Chỉ tiêu", "Tên chỉ tiêu", "Nội dung"), required=True),
    Column("year", ("Năm",), required=True),
    Column("value", ("Số giao", "Giao", "Chỉ tiêu giao", "Giá trị"), required=True),
    Column("basis", ("Cách tính",)),
    Column("doc_no", ("Số văn bản", "Văn bản", "Số quyết định")),
    Column("decided_by", ("Đơn vị giao", "Cấp giao", "Người giao")),
    Column("valid_from", ("Từ ngày", "Ngày giao", "Hiệu lực từ")),
)
HEADINGS: Final = {column.name: column.also[0] for column in TARGETS.all}
GROSS_WORDS: Final = ("gross", "kết nạp mới", "số kết nạp mới", "tổng")
NET_WORDS: Final = ("net", "thực tăng", "số thực tăng")
