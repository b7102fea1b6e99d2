"""Reads config.toml and the environment."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import ValidationError
from pydantic_settings import InitSettingsSource

from bot.config.complaints import Complaint, ConfigError, Lines, Loc, put
from bot.config.section import Section
from bot.config.settings import Settings

DEFAULT_FILE: Final = Path("config.toml")
SECTIONS: Final = {
    name
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Section)
}
ENVIRONMENT: Final = {name.upper(): (name,) for name in Settings.model_fields if name not in SECTIONS} | {
    "PORT": ("server", "port")
}
SECRET_NAMES: Final = re.compile(r"token|secret|password|database_url|refresh_token", re.IGNORECASE)
BOT_TOKEN: Final = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")

CALLING: Final = ("telegram", "zalo")  # sections of messengers that can call us
NEEDED_TO_BE_CALLED: Final = {"public_url": "https://congdoan.example.vn", "webhook_secret": "a-long-random-text"}
OFFICIAL_ACCOUNT: Final = {
    "zalo_oa_app_id": "1234567890123456789",
    "zalo_oa_secret": "the-secret-of-the-account",
    "zalo_oa_refresh_token": "the-refresh-token-from-the-page-of-the-app",
}
ZALO_SECRET: Final = 8
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

Tables = dict[str, Any]


def load_settings(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings: the file `path` (by default config.toml, if there is one), and over it the environment.

    Raises ConfigError with everything that is wrong.
    """
    lines, tables = _read(path)
    misplaced = list(_misplaced(tables, lines))
    given = _from_environment(os.environ if environ is None else environ)
    complaints = [*misplaced, *_together(tables, given)]
    try:
        settings = _settled(given, tables)
    except ValidationError as error:
        complaints += [
            put(detail, Settings, None if _given(given, detail["loc"]) else lines)
            for detail in error.errors(include_url=False, include_input=False)
        ]
    if complaints:
        raise ConfigError(complaints)
    settings._file = path or DEFAULT_FILE
    return settings


def _settled(*tables: Tables) -> Settings:
    """Lay tables over one another, the first on top, and check the result."""
    sources = tuple(InitSettingsSource(Settings, table) for table in tables)
    only_these: dict[str, Any] = {"_build_sources": (sources, {})}
    return Settings(**only_these)


def _read(path: Path | None) -> tuple[Lines, Tables]:
    """Read the file as tables; what is no TOML at all cannot be complained about any further."""
    file = path or DEFAULT_FILE
    if path is None and not file.exists():
        return Lines(file, ""), {}
    try:
        text = file.read_text(encoding="utf-8")
        return Lines(file, text), tomllib.loads(text)
    except OSError as trouble:
        raise ConfigError([Complaint(str(file), f"cannot be read: {trouble.strerror}")]) from trouble
    except UnicodeDecodeError as trouble:
        raise ConfigError([Complaint(file.name, "is not written in UTF-8")]) from trouble
    except tomllib.TOMLDecodeError as trouble:
        raise ConfigError([Complaint(file.name, f"cannot be understood: {trouble}", 'due_time = "17:00"')]) from trouble


def _misplaced(tables: Tables, lines: Lines, above: Loc = ()) -> Iterator[Complaint]:
    """Take out of the tables what belongs in the environment, above all secrets, and complain about it."""
    for key, value in list(tables.items()):
        if isinstance(value, dict):
            yield from _misplaced(value, lines, (*above, key))
        elif SECRET_NAMES.search(key) or (isinstance(value, str) and BOT_TOKEN.search(value)):
            del tables[key]
            name = "_".join([*map(str, above), key]).upper()
            what = f"is a secret; secrets never stand in a file. Remove the line and set {name} in the environment"
            yield Complaint(f"{lines.where((*above, key))}, {key}", what)
        elif not above and key.upper() in ENVIRONMENT:
            del tables[key]
            yield Complaint(f"{lines.where((key,))}, {key}", f"is read from the environment only, as {key.upper()}")


def _from_environment(environ: Mapping[str, str]) -> Tables:
    """Take what is ours of the environment; an empty value is none."""
    given: Tables = {}
    for name, (*above, key) in ENVIRONMENT.items():
        if value := environ.get(name, "").strip():
            table = given
            for part in above:
                table = table.setdefault(part, {})
            table[key] = value
    return given


def _given(given: Tables, loc: Loc) -> bool:
    """Tell whether the value at this place came from the environment."""
    value: Any = given
    for part in loc:
        if not isinstance(value, dict) or part not in value:
            break
        value = value[part]
    else:
        return True
    return value is not given and not isinstance(value, dict)


def _open_line(tables: Tables, given: Tables) -> Iterator[Complaint]:
    """Complain about a chat page that everybody on the way could read."""
    web, address = tables.get("web"), urlsplit(str(given.get("public_url", "")))
    off = isinstance(web, dict) and web.get("enabled") is False
    if address.scheme == "http" and address.hostname not in LOOPBACK and not off:
        what = "must begin with https:// while the chat page is on ([web] enabled): sessions would be open to anybody"
        yield Complaint("PUBLIC_URL", what, "PUBLIC_URL=https://congdoan.example.vn")


def _together(tables: Tables, given: Tables) -> Iterator[Complaint]:
    """Complain about settings that need one another."""
    yield from _open_line(tables, given)
    calling = [name for name in CALLING if (section := tables.get(name)) and _mode(section) == "webhook"]
    for name, example in NEEDED_TO_BE_CALLED.items():
        if calling and name not in given:
            what = f'is missing: [{calling[0]}] mode = "webhook" needs it'
            yield Complaint(name.upper(), what, f"{name.upper()}={example}")
    yield from _half_an_account(given)
    secret = str(given.get("webhook_secret", ""))
    if secret and "zalo_token" in given and len(secret) < ZALO_SECRET:
        what = f"is too short: Zalo asks for {ZALO_SECRET} characters at least"
        yield Complaint("WEBHOOK_SECRET", what, "WEBHOOK_SECRET=a-long-random-text")


def _half_an_account(given: Tables) -> Iterator[Complaint]:
    """Complain about an Official Account of which something lacks."""
    if not any(name in given for name in OFFICIAL_ACCOUNT):
        return
    for name, example in OFFICIAL_ACCOUNT.items():
        if name not in given:
            what = "is missing: a Zalo Official Account needs it"
            yield Complaint(name.upper(), what, f"{name.upper()}={example}")


def _mode(section: Any) -> Any:
    return section.get("mode") if isinstance(section, dict) else None
