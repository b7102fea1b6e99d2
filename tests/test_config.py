"""Settings: read from config.toml and the environment, or refused with all complaints at once."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import ConfigError, Settings, load_settings

EXAMPLE = Path(__file__).resolve().parent.parent / "config.toml"
TOKEN = "123456789:AAH" + "x" * 32


def settings(tmp_path: Path, text: str, **environ: str) -> Settings:
    """Load a file with this text."""
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path, environ)


def complaints(tmp_path: Path, text: str, **environ: str) -> list[str]:
    """Load a file that cannot be used; give what is said about it."""
    with pytest.raises(ConfigError) as caught:
        settings(tmp_path, text, **environ)
    return str(caught.value).splitlines()


def test_the_example_runs_as_it_is(tmp_path: Path) -> None:
    """The config.toml that comes along shows the defaults and nothing else."""
    assert load_settings(EXAMPLE, {}).model_dump() == settings(tmp_path, "").model_dump()


def test_no_file_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a config.toml the defaults hold; one in the current folder is found."""
    monkeypatch.chdir(tmp_path)
    assert load_settings(None, {}).server.port == 8080
    Path("config.toml").write_text("[server]\nport = 8123\n", encoding="utf-8")
    assert load_settings(None, {}).server.port == 8123


def test_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an environment given, that of the process is read."""
    monkeypatch.setenv("PORT", "8124")
    assert load_settings(EXAMPLE).server.port == 8124


def test_values_are_read(tmp_path: Path) -> None:
    """Sections come from the file, secrets and addresses from the environment, and PORT wins over the file."""
    text = """
        [reports]
        due_time = 16:30:00
        shift_holidays = false
        [[reports.days]]
        date = 2027-02-13
        working = true
        [server]
        port = 1
    """
    loaded = settings(
        tmp_path, text, PORT="9000", TELEGRAM_TOKEN=TOKEN, PUBLIC_URL="https://cd.example.vn/", OFFICE="ignored"
    )
    assert loaded.server.port == 9000
    assert loaded.reports.calendar.basis.due_time == time(16, 30)
    assert not loaded.reports.calendar.basis.shift
    assert loaded.reports.working_days.works(date(2027, 2, 13))
    assert loaded.public_url == "https://cd.example.vn"
    assert loaded.telegram_token is not None
    assert loaded.telegram_token.get_secret_value() == TOKEN
    assert loaded.database_url.get_secret_value() == "sqlite+aiosqlite:///data/bot.db"
    assert loaded.telegram_base_url == "https://api.telegram.org/bot"


def test_an_empty_variable_is_none(tmp_path: Path) -> None:
    """A variable that is set to nothing counts as not set."""
    loaded = settings(tmp_path, "", TELEGRAM_TOKEN="", PORT=" ")
    assert loaded.telegram_token is None
    assert loaded.server.port == 8080


def test_all_complaints_come_at_once(tmp_path: Path) -> None:
    """Each mistake is told with its line, in plain words, with an example."""
    text = '[office]\nnam = "X"\n\n[reports]\ndue_day = 42\ndue_time = 17\n\n[reporst]\n[log]\nlevel = "loud"\n'
    assert complaints(tmp_path, text, PORT="many") == [
        "config.toml, line 2, [office] nam: is not a setting. Did you mean name?",
        "config.toml, line 5, [reports] due_day: must be at most 31. Example: due_day = 15",
        'config.toml, line 6, [reports] due_time: must not be a bare number. Example: due_time = "17:00"',
        "PORT: must be a whole number. Example: PORT=8080",
        "config.toml, line 10, [log] level: must be 'debug', 'info', 'warning' or 'error'. Example: level = \"info\"",
        "config.toml, line 8, [reporst]: is not a setting. Did you mean reports?",
    ]


def test_tables_in_a_list_have_their_lines(tmp_path: Path) -> None:
    """The second of two blocks is complained about where it stands."""
    text = "[[reports.days]]\ndate = 2027-02-13\nworking = true\n[[reports.days]]\ndate = 5\n"
    assert complaints(tmp_path, text) == [
        "config.toml, line 5, [reports.days] date: must not be a bare number. Example: date = 2027-02-13",
        "config.toml, line 4, [reports.days] working: is missing. Example: working = true",
    ]


def test_templates_name_gaps_that_can_be_filled(tmp_path: Path) -> None:
    """A gap that a reminder does not have is told with those that it has; so is a second template for the same."""
    block = '[[zalo_oa.templates]]\nstands_for = "reminder"\nid = "12"\nparams = { ten = "name", ky = "period" }\n'
    assert settings(tmp_path, block).zalo_oa.templates[0].params == {"ten": "name", "ky": "period"}
    (unknown,) = complaints(tmp_path, block.replace('"period"', '"month"'))
    assert unknown.startswith("config.toml, line 1, [[zalo_oa.templates]]: params: nothing is called month;")
    assert "nothing is called month; for reminder there are name, unit, period, due" in unknown
    (none,) = complaints(tmp_path, block.replace('{ ten = "name", ky = "period" }', "{}"))
    assert "one parameter at least is wanted" in none
    (twice,) = complaints(tmp_path, block + block)
    assert "only one can stand for the same thing" in twice


def test_a_cycle_that_leaves_days_out_is_refused(tmp_path: Path) -> None:
    """A cycle that ends on the 15th cannot begin on the 17th."""
    (complaint,) = complaints(tmp_path, "[reports]\nfirst_day = 17\n")
    assert complaint.startswith("config.toml, line 1, [reports]: ")
    assert "first_day: 16/01/2024 belongs to no month" in complaint


@pytest.mark.parametrize(
    "text", [f'telegram_token = "{TOKEN}"', f'[telegram]\ntoken = "{TOKEN}"', f'[office]\nname = "{TOKEN}"']
)
def test_secrets_in_the_file_are_refused_kindly(tmp_path: Path, text: str) -> None:
    """A secret in the file is named by its line and the variable where it belongs, never by its value."""
    (complaint,) = complaints(tmp_path, text)
    assert f"line {len(text.splitlines())}" in complaint
    assert "is a secret" in complaint
    assert "in the environment" in complaint
    assert TOKEN not in complaint


def test_addresses_in_the_file_are_sent_to_the_environment(tmp_path: Path) -> None:
    """What is read from the environment only is not silently ignored in the file."""
    assert complaints(tmp_path, 'public_url = "https://x.vn"') == [
        "config.toml, line 1, public_url: is read from the environment only, as PUBLIC_URL"
    ]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        (
            "DATABASE_URL",
            "mysql://root:hidden-word@db/x",
            "must begin with sqlite+aiosqlite:// or postgresql+asyncpg://",
        ),
        ("PUBLIC_URL", "hidden-word.example.vn", "must be a web address"),
        ("TELEGRAM_BASE_URL", "http://127.0.0.1:1/hidden-word", "must end in /bot"),
        ("TELEGRAM_FILE_URL", "http://127.0.0.1:1/hidden-word", "must end in /file/bot"),
        ("TELEGRAM_TOKEN", "hidden-word and more", "must not have spaces"),
        ("WEBHOOK_SECRET", "hidden-word!", "may have letters, digits, _ and - only"),
    ],
)
def test_wrong_values_of_the_environment(tmp_path: Path, name: str, value: str, words: str) -> None:
    """A wrong variable is named, with an example, and its value is not repeated."""
    (complaint,) = complaints(tmp_path, "", **{name: value})
    assert complaint.startswith(f"{name}: {words}")
    assert f"Example: {name}=" in complaint
    assert "hidden-word" not in complaint


def test_secrets_do_not_show(tmp_path: Path) -> None:
    """Printing the settings prints no secret, and every secret is listed for the logs to blank out."""
    loaded = settings(
        tmp_path,
        "",
        TELEGRAM_TOKEN=TOKEN,
        WEBHOOK_SECRET="hush-webhook",
        SESSION_SECRET="hush-session",
        DATABASE_URL="postgresql+asyncpg://bot:hush-database@db/bot",
    )
    shown = repr(loaded) + str(loaded)
    assert TOKEN not in shown
    assert "hush" not in shown
    assert set(loaded.secrets()) == {TOKEN, "hush-webhook", "hush-session", "hush-database"}


def test_settings_do_not_change(tmp_path: Path) -> None:
    """Settings are read once and stay."""
    loaded = settings(tmp_path, "")
    with pytest.raises(ValidationError):
        loaded.server.port = 1
    with pytest.raises(ValidationError):
        loaded.public_url = "https://x.vn"


@pytest.mark.parametrize(
    ("mode", "environ", "url"),
    [
        ("auto", {}, None),
        ("auto", {"PUBLIC_URL": "https://x.vn"}, None),
        ("auto", {"PUBLIC_URL": "https://x.vn", "WEBHOOK_SECRET": "hush"}, "https://x.vn/webhook/telegram"),
        ("webhook", {"PUBLIC_URL": "https://x.vn", "WEBHOOK_SECRET": "hush"}, "https://x.vn/webhook/telegram"),
        ("polling", {"PUBLIC_URL": "https://x.vn", "WEBHOOK_SECRET": "hush"}, None),
    ],
)
def test_when_telegram_calls_us(tmp_path: Path, mode: str, environ: dict[str, str], url: str | None) -> None:
    """Telegram calls us where it can and may; otherwise we poll."""
    assert settings(tmp_path, f'[telegram]\nmode = "{mode}"', **environ).telegram_webhook_url == url


def test_a_webhook_needs_its_address_and_secret(tmp_path: Path) -> None:
    """Whoever insists on a webhook hears what is missing for it."""
    assert complaints(tmp_path, '[telegram]\nmode = "webhook"') == [
        'PUBLIC_URL: is missing: [telegram] mode = "webhook" needs it. Example: PUBLIC_URL=https://congdoan.example.vn',
        'WEBHOOK_SECRET: is missing: [telegram] mode = "webhook" needs it. Example: WEBHOOK_SECRET=a-long-random-text',
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"[office\n", "cannot be understood"),
        (b"[office]\nname = \xff\n", "is not written in UTF-8"),
        (b"office = 3\n", "must be a section"),
        (b"[files]\nmax_mb = 1.5\n", "must be a whole number"),
        (b'[office]\nname = ""\n', "must not be empty"),
    ],
)
def test_files_that_are_no_settings(tmp_path: Path, data: bytes, words: str) -> None:
    """A file that is broken in itself is refused in plain words too."""
    path = tmp_path / "config.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match=words):
        load_settings(path, {})


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    """A settings file that was asked for and does not exist is not passed over."""
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(tmp_path / "missing.toml", {})
