"""JSON objects that are read when somebody looks into them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

_from_json = json.JSONDecoder().decode


class Unread(Mapping[str, Any]):
    """A JSON object as it came from the database, decoded at the first look.

    A turn is given the reports of a year and looks into two or three: decoding all of them was a tenth of its time.
    """

    __slots__ = ("_read", "_text")

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self._text = text
        self._read: dict[str, Any] | None = None

    def __getitem__(self, key: str) -> Any:
        return self._object()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._object())

    def __len__(self) -> int:
        return len(self._object())

    def __repr__(self) -> str:
        return repr(self._object())

    def _object(self) -> dict[str, Any]:
        if self._read is None:
            self._read = _from_json(self._text)
        return self._read


def unread(text: str) -> Any:
    """Take JSON from the database: objects are decoded later, everything else at once."""
    return Unread(text) if text.startswith("{") else _from_json(text)
