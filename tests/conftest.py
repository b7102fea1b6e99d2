"""What all tests share."""

from __future__ import annotations

import pytest
from hypothesis import settings

# The same examples in every run: a test that fails now and then is broken. No deadline: machines differ.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let transcripts be rewritten: `make talks`."""
    parser.addoption("--update-talks", action="store_true", help="rewrite the transcripts in tests/talks")
