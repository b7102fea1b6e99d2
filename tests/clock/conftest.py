from __future__ import annotations

from tests.storage.conftest import databases, url

__all__ = ["databases", "url"]
