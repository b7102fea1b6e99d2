"""The arrows between the parts of the program: who may import whom.

Everything is read from the syntax trees, nothing is imported, so an import inside a function or under
``TYPE_CHECKING`` counts like one at the top of a file. Modules that no rule names, above all ``bot.__main__``
and ``bot.cli``, which put the parts together, may import everything but sqlalchemy, alembic and telegram.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "handlers", "storage")

MACHINERY = ("bot.inbox*", "bot.clock*", "bot.planner*", "bot.jobs*", "bot.outbox*", "bot.server*")
EDGES = ("handlers", "storage", "bot.channels", "bot.documents")
CORE = (
    "bot.messages",
    "bot.ports",
    "bot.i18n",
    "bot.records",
    "bot.effects",
    "bot.forms",
    "bot.reporting",
    "bot.cases",
    "bot.library",
    "bot.surveys",
    "bot.registers",
    "bot.fetching",
    "bot.notices",
)

CORE_LIBRARIES = ("babel", "holidays", "lunar_vn")
CORE_BANNED = ("sqlite3", "asyncio", "socket", "random", "secrets", "time")
CORE_STANDARD = tuple(sys.stdlib_module_names - set(CORE_BANNED))


class Use(NamedTuple):
    """One imported name, written in full, and the line it is imported on."""

    name: str
    line: int


class Rule(NamedTuple):
    """``wrong(module, name)`` is true where ``module`` may not import ``name``."""

    text: str
    wrong: Callable[[str, str], bool]


def within(name: str, *patterns: str) -> bool:
    """Whether a dotted name is one of the patterns or something inside one; ``*`` stays within one part."""
    parts = name.split(".")
    return any(
        len(wanted) <= len(parts) and all(map(fnmatchcase, parts, wanted))
        for wanted in (pattern.split(".") for pattern in patterns)
    )


def module_name(path: str) -> str:
    """``bot/forms/__init__.py`` is ``bot.forms``."""
    parts = path.removesuffix(".py").split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.AST, path: str) -> Iterator[Use]:
    """Every import, wherever it stands; ``from a import b`` is ``a.b``, relative ones are resolved."""
    folder = path.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Use(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = folder[: len(folder) - node.level + 1] if node.level else []
            start = [*above, *([node.module] if node.module else [])]
            yield from (Use(".".join([*start, alias.name]), node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if (
                called in {"import_module", "__import__"}
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
            ):
                yield Use(first.value, node.lineno)


def crosses_edges(module: str, name: str) -> bool:
    """Whether one of the outer parts imports another one."""
    if within(module, "handlers") and within(name, "bot.documents"):
        return False
    return any(within(module, edge) for edge in EDGES) and any(
        within(name, edge) and not within(module, edge) for edge in EDGES
    )


RULES = (
    Rule("handlers, storage, bot.channels and bot.documents do not import one another", crosses_edges),
    Rule(
        "the machinery (inbox, clock, jobs, outbox, server) knows the ports only",
        lambda module, name: (
            within(module, *MACHINERY) and within(name, *EDGES, "bot.config", "sqlalchemy", "telegram")
        ),
    ),
    Rule(
        "the core imports the standard library, babel, holidays, lunar_vn and itself only",
        lambda module, name: (
            within(module, *CORE)
            and not within(name, *CORE, *CORE_LIBRARIES, *CORE_STANDARD)
            and not within(name, *CORE_BANNED)
        ),
    ),
    Rule(
        "the core has no input, output, chance or clock of its own",
        lambda module, name: within(module, *CORE) and within(name, *CORE_BANNED),
    ),
    Rule(
        "forms do not know reporting",
        lambda module, name: within(module, "bot.forms") and within(name, "bot.reporting"),
    ),
    Rule(
        "handlers know no database, web server or chat service",
        lambda module, name: within(module, "handlers") and within(name, "sqlalchemy", "aiohttp", "telegram"),
    ),
    Rule(
        "only storage imports sqlalchemy and alembic",
        lambda module, name: not within(module, "storage") and within(name, "sqlalchemy", "alembic"),
    ),
    Rule(
        "only bot.channels imports telegram",
        lambda module, name: not within(module, "bot.channels") and within(name, "telegram"),
    ),
)


def is_protocol(node: ast.ClassDef) -> bool:
    """Whether a class has ``Protocol``, ``typing.Protocol`` or ``Protocol[T]`` among its bases."""
    bases = [base.value if isinstance(base, ast.Subscript) else base for base in node.bases]
    return any(ast.unparse(base) in {"Protocol", "typing.Protocol"} for base in bases)


def async_lines(tree: ast.AST, *, protocols_may: bool) -> Iterator[int]:
    """Lines with ``async`` or ``await``; methods of a protocol may be ``async def`` where that is allowed."""
    excused = {
        id(method)
        for node in ast.walk(tree)
        if protocols_may and isinstance(node, ast.ClassDef) and is_protocol(node)
        for method in node.body
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.comprehension) and node.is_async:
            yield node.target.lineno
        elif isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith) or (
            isinstance(node, ast.AsyncFunctionDef) and id(node) not in excused
        ):
            yield node.lineno


def clock_lines(tree: ast.AST) -> Iterator[int]:
    """Lines that read the machine's clock through ``datetime`` or ``date``, under whatever name."""
    names = {"datetime", "date"} | {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "datetime"
        for alias in node.names
        if alias.asname and alias.name in {"datetime", "date"}
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (
            node.attr == "utcnow"
            or (node.attr in {"now", "today"} and ast.unparse(node.value).rpartition(".")[2] in names)
        ):
            yield node.lineno


def violations(path: str, source: str) -> list[str]:
    """What one file does that it may not, as ``file:line: what (rule)``."""
    tree = ast.parse(source, path)
    module = module_name(path)
    found = [
        (use.line, f"imports {use.name} ({rule.text})")
        for use in imports(tree, path)
        for rule in RULES
        if rule.wrong(module, use.name)
    ]
    if within(module, *CORE):
        found += [
            (line, "async or await (the core computes; it never waits)")
            for line in async_lines(tree, protocols_may=within(module, "bot.ports"))
        ]
        found += [(line, "reads the clock (the core is told what time it is)") for line in clock_lines(tree)]
    return [f"{path}:{line}: {what}" for line, what in sorted(found)]


def test_every_arrow_points_the_right_way() -> None:
    files = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    found = [
        line
        for file in files
        for line in violations(file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8"))
    ]
    assert not found, "Wrong arrows:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("handlers/report.py", "import storage.tables"),
        ("handlers/report.py", "from bot.channels import console"),
        ("handlers/report.py", "from bot.channels.console import Console"),
        ("handlers/report.py", "import aiohttp"),
        ("handlers/report.py", "import sqlalchemy as sa"),
        ("handlers/report.py", "import importlib\nimportlib.import_module('storage.tables')"),
        ("storage/tables/reports.py", "from handlers import report"),
        ("storage/tables/reports.py", "import bot.documents"),
        ("bot/channels/console.py", "from storage import open_store"),
        ("bot/channels/console.py", "from ..documents import sheet"),
        ("bot/channels/console.py", "from ... import handlers"),
        ("bot/documents.py", "import handlers"),
        ("bot/documents/sheet.py", "def f():\n    import storage"),
        ("bot/inbox.py", "from bot import config"),
        ("bot/inbox/queue.py", "from ..config import Settings"),
        ("bot/clockwork.py", "import storage"),
        ("bot/jobs/__init__.py", "from handlers.report import start"),
        ("bot/outbox.py", "import telegram"),
        ("bot/server.py", "from sqlalchemy import text"),
        ("bot/cli.py", "import sqlalchemy"),
        ("bot/cli/demo.py", "from alembic import command"),
        ("bot/config.py", "import telegram.ext"),
        ("bot/messages.py", "import httpx"),
        ("bot/messages.py", "from bot import config"),
        ("bot/messages.py", "from . import config"),
        ("bot/i18n.py", "import time"),
        ("bot/i18n.py", "if TYPE_CHECKING:\n    from storage import Store"),
        ("bot/effects/reports.py", "import asyncio"),
        ("bot/effects/reports.py", "async def f(): ..."),
        ("bot/ports/store.py", "async def f(): ..."),
        ("bot/ports/store.py", "class Store:\n    async def load(self): ..."),
        ("bot/ports/store.py", "class Store(Protocol):\n    async def load(self):\n        await self.x()"),
        ("bot/messages.py", "class Store(Protocol):\n    async def load(self): ..."),
        ("bot/forms/dates.py", "from random import choice"),
        ("bot/forms/dates.py", "from bot.reporting import totals"),
        ("bot/forms/__init__.py", "from ..reporting.totals import add"),
        ("bot/forms/dates.py", "now = datetime.now(UTC)"),
        ("bot/forms/dates.py", "import datetime as dt\nday = dt.date.today()"),
        ("bot/forms/dates.py", "from datetime import datetime as D\nnow = D.now()"),
        ("bot/forms/dates.py", "made = field(default_factory=datetime.utcnow)"),
        ("bot/reporting/totals.py", "import openpyxl"),
        ("bot/reporting/totals.py", "import sqlite3"),
    ],
)
def test_a_wrong_line_is_caught(path: str, source: str) -> None:
    last = len(source.splitlines())
    found = violations(path, source)
    assert found
    assert any(line.startswith(f"{path}:{last}: ") for line in found)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (
            "bot/__main__.py",
            "from bot.cli import main\nimport storage, handlers, bot.channels, bot.documents",
        ),
        ("bot/cli/demo.py", "import asyncio, handlers, storage\nfrom bot.channels import console"),
        (
            "handlers/report.py",
            "from bot.documents import sheet\nfrom bot import forms, ports\nimport asyncio",
        ),
        ("handlers/report.py", "from . import other\nfrom handlers.other import x"),
        ("storage/tables/reports.py", "import sqlalchemy, alembic\nfrom bot.ports import Store\nfrom . import other"),
        ("bot/channels/telegram.py", "import telegram\nfrom bot.messages import Message"),
        ("bot/inbox.py", "import asyncio\nfrom bot.ports import Store\nfrom bot.outbox import Outbox"),
        ("bot/server.py", "from aiohttp import web"),
        ("bot/messages.py", "from __future__ import annotations\nfrom datetime import date, time"),
        ("bot/i18n.py", "from babel.support import Translations\nfrom pathlib import Path"),
        ("bot/ports/store.py", "class Store(Protocol[T]):\n    async def load(self) -> T: ..."),
        ("bot/ports/store.py", "class Clock(typing.Protocol):\n    def now(self) -> datetime: ..."),
        ("bot/forms/dates.py", "import holidays, lunar_vn\ndef f(clock):\n    return clock.now()"),
        ("bot/reporting/totals.py", "from bot.forms import Form\nfrom .parts import x"),
    ],
)
def test_a_right_file_passes(path: str, source: str) -> None:
    assert violations(path, source) == []
