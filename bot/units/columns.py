"""The columns that a spreadsheet may have, and the words that people write above them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.forms.fold import fold

_ASIDE = re.compile(r"\([^)]*\)")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `also` are other headings it is known by."""

    name: str
    also: tuple[str, ...] = ()
    required: bool = False


class Columns:
    """The columns of one kind of spreadsheet, found by heading whatever its case, diacritics and spaces."""

    def __init__(self, *columns: Column) -> None:
        """Keep the columns, and the columns that are there for people only (a running number, notes)."""
        self.all = columns
        self.required = tuple(column.name for column in columns if column.required)
        self._names = dict.fromkeys(map(heading_key, FOR_PEOPLE), "")
        self._names |= {heading_key(words): c.name for c in columns for words in (c.name, *c.also)}

    def name_of(self, heading: str) -> str | None:
        """Give the column's name, "" for one to pass over, None for one that nobody knows."""
        return self._names.get(heading_key(heading))


def heading_key(heading: str) -> str:
    """Give what is compared of a heading: letters and digits, small, without diacritics and asides in brackets."""
    return _NOT_WORDS.sub("", fold(_ASIDE.sub("", heading)))


FOR_PEOPLE = ("STT", "TT", "Số TT", "Số thứ tự", "No", "Ghi chú", "Note", "Notes")

UNITS = Columns(
    Column("code", ("Mã", "Mã đơn vị", "Mã công đoàn", "Mã CĐCS", "Mã số"), required=True),
    Column("name", ("Tên", "Tên đơn vị", "Tên công đoàn", "Tên CĐCS", "Tên công đoàn cơ sở", "Đơn vị")),
    Column("kind", ("Loại", "Loại hình", "Loại đơn vị", "Loại công đoàn", "type")),
    Column(
        "parent",
        (
            "Quản lý",
            "Trực thuộc",
            "Quản lý/trực thuộc",
            "Đơn vị quản lý",
            "Mã đơn vị quản lý",
            "Mã quản lý",
            "Cấp trên",
            "Mã cấp trên",
            "Công đoàn cấp trên",
        ),
    ),
    Column("members", ("Đoàn viên", "Số đoàn viên", "Tổng số đoàn viên", "ĐV")),
    Column("workers", ("Lao động", "Số lao động", "Tổng số lao động", "Người lao động", "CNVCLĐ", "CNLĐ", "NLĐ")),
    Column("valid_from", ("Từ ngày", "Ngày thành lập", "Ngày hiệu lực", "Hiệu lực từ", "Có hiệu lực từ", "Áp dụng từ")),
    Column("valid_to", ("Đến ngày", "Đến hết ngày", "Hiệu lực đến", "Hết hiệu lực", "Ngày kết thúc", "Ngày giải thể")),
    Column("recognised_by", ("Công nhận", "Đơn vị công nhận", "Cấp công nhận", "Mã đơn vị công nhận", "recognized_by")),
    Column("successor_of", ("Kế thừa", "Tiền thân", "Thay cho", "Hợp nhất từ")),
    Column("sector", ("Ngành", "Lĩnh vực", "Ngành nghề", "Mã ngành")),
)
