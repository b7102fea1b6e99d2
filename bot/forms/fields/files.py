"""Questions for photos and files."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar, Final

from bot.forms.conditions import Scope
from bot.forms.fields.base import Field, Misread, ReadAnswer, Sensitivity
from bot.i18n import Text, _, _n

DOCUMENT_TYPES: Final = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/webp",
        "application/pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Files(Field):
    """Files sent along (jpg, png, pdf, xlsx, docx), stored as the list of their ids."""

    _: KW_ONLY
    at_most: int = 3
    sensitive: Sensitivity = Sensitivity.PERSONAL

    type: ClassVar[str] = "file"
    stored_as = list
    takes_files: ClassVar[bool] = True

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Refuse words: a file is sent, not typed."""
        del text, scope
        return Misread(_("Please send the file here; type 1 when done, or BOQUA to skip."))

    def show(self, value: Any) -> Text:
        """Count the files."""
        return _n("{count} file", "{count} files", len(value))

    def takes(self, kind: str, mime: str) -> bool:
        """Tell whether a file of this kind and type belongs here."""
        return kind == "photo" or mime in DOCUMENT_TYPES or not mime


@dataclass(frozen=True, slots=True, eq=False)
class Photo(Files):
    """Photos; an album is one answer."""

    type: ClassVar[str] = "photo"

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Refuse words: a photo is sent, not typed."""
        del text, scope
        return Misread(_("Please send the photo here; type 1 when done, or BOQUA to skip."))

    def show(self, value: Any) -> Text:
        """Count the photos."""
        return _n("{count} photo", "{count} photos", len(value))

    def takes(self, kind: str, mime: str) -> bool:
        """Take photos, and photos sent as files."""
        return kind == "photo" or mime.startswith("image/")
