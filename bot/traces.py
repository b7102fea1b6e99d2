"""What is kept of an exception: where it happened and its kind, never its words, which may be what somebody wrote."""

from __future__ import annotations

import traceback


def trace_of(error: BaseException) -> str:
    """Give the frames and the kind of an exception, and of what it came from."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{trace_of(cause)}\nwhich led to:\n" if cause is not None else ""
    return f"{before}{frames}{type(error).__module__}.{type(error).__qualname__}"
