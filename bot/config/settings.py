"""What can be set: the sections of config.toml, and the names in the environment (secrets and addresses)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import (
    BeforeValidator,
    Field,
    PrivateAttr,
    SecretStr,
    StringConstraints,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.config.reports import Reports
from bot.config.section import Section, no_number
from bot.config.zalo import Zalo, ZaloOa
from bot.documents.letterhead import Letterhead
from bot.reporting.kinds import REPORT_KINDS

# The drivers may be left out.
DATABASES: Final = ("sqlite+aiosqlite://", "sqlite://", "postgresql+asyncpg://", "postgresql://", "postgres://")


def _one_line(value: str) -> str:
    if len(value.split()) != 1:
        raise ValueError("must not have spaces in it")
    return value


def _header_secret(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value):
        raise ValueError("may have letters, digits, _ and - only, 256 at most")
    return value


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be a web address that begins with https://")
    return value.rstrip("/")


def _ending(suffix: str) -> BeforeValidator:
    def check(value: str) -> str:
        if not value.rstrip("/").endswith(suffix):
            raise ValueError(f"must end in {suffix}")
        return _web_address(value)

    return BeforeValidator(check)


def _known_database(value: str) -> str:
    if not value.startswith(DATABASES):
        raise ValueError("must begin with sqlite+aiosqlite:// or postgresql+asyncpg://")
    return value


def _network(value: str) -> str:
    try:
        ip_network(value, strict=False)
    except ValueError:
        raise ValueError("must be a network address, like 127.0.0.1 or 10.0.0.0/8") from None
    return value


Network = Annotated[str, BeforeValidator(_network)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Secret = Annotated[SecretStr, BeforeValidator(_one_line)]


class Office(Section):
    """Who runs this assistant."""

    name: Name = Field(default="Liên đoàn Lao động tỉnh", examples=['"Liên đoàn Lao động tỉnh Lai Châu"'])
    contact: Name = Field(default="cán bộ công đoàn cấp trên", examples=['"Ban Tổ chức, điện thoại 0213 3876 000"'])


class Files(Section):
    """What people attach."""

    folder: Path = Field(default=Path("data/attachments"), examples=['"data/attachments"'])
    max_mb: int = Field(default=10, ge=1, le=20, examples=["10"])


class LetterheadSection(Section):
    """What one unit's official documents say where the usual lines of its kind are not right."""

    unit: Name = Field(examples=['"LC"'])
    above: str = Field(default="", examples=['"ỦY BAN MTTQ VIỆT NAM TỈNH LAI CHÂU"'])
    name: str = Field(default="", examples=['"LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU"'])
    symbol: str = Field(default="", examples=['"/BC-LĐLĐ"'])
    place: str = Field(default="", examples=['"Lai Châu"'])
    authority: str = Field(default="", examples=['"TM. BAN THƯỜNG VỤ"'])
    title: str = Field(default="", examples=['"PHÓ CHỦ TỊCH"'])
    signer: str = Field(default="", examples=['"Nguyễn Văn A"'])
    addressees: tuple[str, ...] = Field(default=(), examples=['["Tổng Liên đoàn Lao động Việt Nam"]'])
    copies: tuple[str, ...] = Field(default=(), examples=['["- Như trên;", "- Lưu: VT, TH."]'])


class Documents(Section):
    """Official documents."""

    official: Path | None = Field(default=None, examples=['"bao-cao.docx"'])
    nq43: Path | None = Field(default=None, examples=['"nq43.docx"'])
    place: str = Field(default="Lai Châu", examples=['"Lai Châu"'])
    letterheads: tuple[LetterheadSection, ...] = ()

    def head_of(self, code: str) -> Letterhead:
        """Give what is set for the unit with this code."""
        found = next((one for one in self.letterheads if one.unit.upper() == code.upper()), None)
        return Letterhead(**found.model_dump(exclude={"unit"})) if found is not None else Letterhead()


class Backup(Section):
    """The backup of every night."""

    enabled: bool = Field(default=True, examples=["true"])
    folder: Path = Field(default=Path("data/backups"), examples=['"/mnt/usb/backups"'])
    at: Annotated[time, BeforeValidator(no_number)] = Field(default=time(2, 30), examples=['"02:30"'])
    keep: int = Field(default=14, ge=1, le=1000, examples=["14"])


class Keep(Section):
    """For how many days things are kept that nobody needs for ever."""

    bodies: int = Field(default=30, ge=1, le=3650, examples=["30"])
    seen: int = Field(default=14, ge=2, le=365, examples=["14"])


class Invites(Section):
    """Invitations."""

    valid_days: int = Field(default=14, ge=1, le=365, examples=["14"])
    tries: int = Field(default=5, ge=1, le=50, examples=["5"])


class NoticesSection(Section):
    """What officers send to many units."""

    approve_above: int = Field(default=100, ge=0, le=1_000_000, examples=["100"])


class ServerSection(Section):
    """Where the web server listens."""

    host: Name = Field(default="127.0.0.1", examples=['"127.0.0.1"'])
    port: int = Field(default=8080, ge=0, le=65535, examples=["8080"])


class Log(Section):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = Field(default="info", examples=['"info"'])
    as_json: bool = Field(default=False, alias="json", examples=["false"])


class Telegram(Section):
    """How Telegram brings messages."""

    mode: Literal["auto", "polling", "webhook"] = Field(default="auto", examples=['"auto"'])


class Privacy(Section):
    """What is kept off other people's messengers."""

    web_only: tuple[str, ...] = Field(default=(), examples=['["incident", "sentiment"]'])

    @model_validator(mode="after")
    def _known(self) -> Privacy:
        unknown = sorted(set(self.web_only) - set(REPORT_KINDS))
        if unknown:
            raise ValueError(f"web_only: no report kind is called {', '.join(unknown)}")
        return self

    @property
    def kept_off(self) -> frozenset[str]:
        """Name the forms that are kept off; a petition says what a report of the mood says."""
        return frozenset(self.web_only) | ({"petition"} if "sentiment" in self.web_only else set())


class Web(Section):
    """The chat page."""

    enabled: bool = Field(default=True, examples=["true"])
    session_days: int = Field(default=90, ge=1, le=400, examples=["90"])
    proxies: tuple[Network, ...] = Field(default=("127.0.0.1", "::1"), examples=['["127.0.0.1", "10.0.0.0/8"]'])


class Settings(BaseSettings):
    """All settings. Sections stand in config.toml, the rest in the environment, under its name in capitals."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", validate_default=False)

    office: Office = Office()
    reports: Reports = Reports()
    files: Files = Files()
    documents: Documents = Documents()
    backup: Backup = Backup()
    keep: Keep = Keep()
    invites: Invites = Invites()
    notices: NoticesSection = NoticesSection()
    server: ServerSection = ServerSection()
    log: Log = Log()
    telegram: Telegram = Telegram()
    zalo: Zalo = Zalo()
    zalo_oa: ZaloOa = ZaloOa()
    web: Web = Web()
    privacy: Privacy = Privacy()

    database_url: Annotated[SecretStr, BeforeValidator(_known_database)] = Field(
        default=SecretStr("sqlite+aiosqlite:///data/bot.db"), examples=["sqlite+aiosqlite:///data/bot.db"]
    )
    telegram_token: Secret | None = Field(default=None, examples=["123456:the-token-from-BotFather"])
    zalo_token: Secret | None = Field(default=None, examples=["4711:the-token-from-Zalo-Bot-Creator"])
    zalo_oa_app_id: str | None = Field(default=None, pattern=r"^\d{1,32}$", examples=["1234567890123456789"])
    zalo_oa_secret: Secret | None = Field(default=None, examples=["the-secret-of-the-account"])
    zalo_oa_app_secret: Secret | None = Field(default=None, examples=["the-secret-of-the-app"])
    zalo_oa_refresh_token: Secret | None = Field(default=None, examples=["the-refresh-token-from-the-page-of-the-app"])
    webhook_secret: Annotated[SecretStr, BeforeValidator(_header_secret)] | None = Field(
        default=None, examples=["letters-digits-and-dashes"]
    )
    session_secret: Secret | None = Field(default=None, examples=["a-long-random-text"])
    public_url: Annotated[str, BeforeValidator(_web_address)] | None = Field(
        default=None, examples=["https://congdoan.example.vn"]
    )
    telegram_base_url: Annotated[str, _ending("/bot")] = Field(
        default="https://api.telegram.org/bot", examples=["https://api.telegram.org/bot"]
    )
    telegram_file_url: Annotated[str, _ending("/file/bot")] = Field(
        default="https://api.telegram.org/file/bot", examples=["https://api.telegram.org/file/bot"]
    )

    zalo_base_url: Annotated[str, _ending("/bot")] = Field(
        default="https://bot-api.zaloplatforms.com/bot", examples=["https://bot-api.zaloplatforms.com/bot"]
    )

    zalo_oa_url: Annotated[str, BeforeValidator(_web_address)] = Field(
        default="https://openapi.zalo.me", examples=["https://openapi.zalo.me"]
    )
    zalo_business_url: Annotated[str, BeforeValidator(_web_address)] = Field(
        default="https://business.openapi.zalo.me", examples=["https://business.openapi.zalo.me"]
    )
    zalo_oauth_url: Annotated[str, BeforeValidator(_web_address)] = Field(
        default="https://oauth.zaloapp.com", examples=["https://oauth.zaloapp.com"]
    )

    _file: Path = PrivateAttr(default=Path("config.toml"))

    @property
    def file(self) -> Path:
        """Say where config.toml is, or would be."""
        return self._file

    @property
    def telegram_webhook_url(self) -> str | None:
        """Give the address that Telegram calls, or None when we poll."""
        return self._webhook_url("telegram", self.telegram.mode)

    @property
    def zalo_webhook_url(self) -> str | None:
        """Give the address that Zalo calls, or None when we poll."""
        return self._webhook_url("zalo", self.zalo.mode)

    def _webhook_url(self, channel: str, mode: str) -> str | None:
        can = self.public_url and self.webhook_secret
        return f"{self.public_url}/webhook/{channel}" if can and mode != "polling" else None

    def secrets(self) -> Iterator[str]:
        """Give every value that must never be shown."""
        for secret in (
            self.telegram_token,
            self.zalo_token,
            self.zalo_oa_secret,
            self.zalo_oa_app_secret,
            self.zalo_oa_refresh_token,
            self.webhook_secret,
            self.session_secret,
        ):
            if secret:
                yield secret.get_secret_value()
        if password := urlsplit(self.database_url.get_secret_value()).password:
            yield password
