"""How the program logs: lines for people or JSON for machines, and never a secret.

What people write is not logged at all: log lines name rows, channels and reasons, not contents.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, Processor

TOKEN: Final = re.compile(r"\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}")
HIDDEN: Final = "[secret]"
SHORTEST_SECRET: Final = 6  # anything shorter would blank out ordinary words
# These tell of every call, some with the token in its address.
NOISY: Final = ("httpx", "httpcore", "aiohttp.access", "apscheduler", "asyncio", "telegram", "alembic")


def set_up_logs(level: str, *, as_json: bool, secrets: Iterable[str] = ()) -> None:
    """Send all logging, the standard library's too, to stderr; `secrets` are values that must never show there."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[*_rendering(as_json=as_json), Redaction(secrets)]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _rendering(*, as_json: bool) -> list[Processor]:
    begin: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if as_json:
        render = structlog.processors.JSONRenderer(ensure_ascii=False)
        return [*begin, structlog.processors.format_exc_info, render]
    # Plain tracebacks: the pretty ones show the values of variables, and so what people wrote.
    plain = structlog.dev.plain_traceback
    return [*begin, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]


class Redaction:
    """Blanks out secrets in a finished line, wherever in it they stand: events, values or tracebacks."""

    def __init__(self, secrets: Iterable[str]) -> None:
        """Look for these values, as they are and as they appear in addresses and in JSON, and for bot tokens."""
        known = {secret for secret in secrets if len(secret) >= SHORTEST_SECRET}
        forms = {form for secret in known for form in _written(secret)}
        longest_first = sorted(forms, key=len, reverse=True)
        self._secrets = re.compile("|".join([*map(re.escape, longest_first), TOKEN.pattern]))

    def __call__(self, _logger: Any, _name: str, line: str | EventDict) -> str:
        """Blank them out."""
        return self._secrets.sub(HIDDEN, str(line))


def _written(secret: str) -> tuple[str, ...]:
    return secret, quote(secret), quote(secret, safe=""), json.dumps(secret, ensure_ascii=False)[1:-1]
