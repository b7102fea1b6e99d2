"""What a file is, told from its own bytes: names and types that a sender gives are not believed."""

from __future__ import annotations

import io
import zipfile
from typing import Final

HEIC_BRANDS: Final = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
OFFICE_PARTS: Final = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MACROS: Final = "vbaproject.bin"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_STREAMS: Final = {
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
}


def type_of(data: bytes) -> str:
    """Give the MIME type of a photo, a PDF, a Word or an Excel file; "" for anything else, macros included."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return "image/heic"
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    return _old_office(data) if data.startswith(OLE) else ""


def _office(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return ""
    if any(name.lower().endswith(MACROS) for name in names):
        return ""
    return next((mime for part, mime in OFFICE_PARTS.items() if part in names), "")


def _old_office(data: bytes) -> str:
    """Look for the streams that make a compound file a document; its directory names them in UTF-16."""
    found = (mime for name, mime in OLE_STREAMS.items() if f"{name}\0".encode("utf-16-le").ljust(64, b"\0") in data)
    return next(found, "")
