"""Where the sheet of invitations sends people who have Zalo: to the Official Account, asked for its number."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.invite import Links, account_link
from bot.cli.wiring import open_store, utc_now
from bot.config import Settings, load_settings
from tests.fake_zalo import FakeOa


def settings_of(folder: Path, **environ: str) -> Settings:
    """Give the settings of an empty folder and this environment."""
    (folder / "config.toml").write_text("", encoding="utf-8")
    return load_settings(folder / "config.toml", {"DATABASE_URL": f"sqlite:///{folder}/test.db", **environ})


def account(fake: FakeOa, refresh: str = "first-refresh-token") -> dict[str, str]:
    return {
        "ZALO_OA_APP_ID": fake.app_id,
        "ZALO_OA_SECRET": fake.secret,
        "ZALO_OA_REFRESH_TOKEN": refresh,
        "ZALO_OA_URL": fake.root,
        "ZALO_OAUTH_URL": fake.root,
    }


async def test_the_address_of_the_account_is_asked_for(tmp_path: Path) -> None:
    """It stands beside the other links; its keys are kept for the service, which would be shut out otherwise."""
    async with FakeOa(utc_now) as fake:
        settings = settings_of(tmp_path, **account(fake))
        async with open_store(settings) as store:
            link = await account_link(settings, store)
            async with store.reading() as reads:
                kept = await reads.channel_keys("zalo_oa")
    assert link == f"https://zalo.me/{fake.oa_id}"
    assert Links(account=link).of("CODE") == {"telegram": "", "web": "", "zalo_oa": link}
    assert kept is not None
    assert kept.access


async def test_a_closed_account_stops_no_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever prints it is told what is missing on it."""
    async with FakeOa(utc_now) as fake:
        settings = settings_of(tmp_path, **account(fake, "worth-nothing"))
        async with open_store(settings) as store:
            assert await account_link(settings, store) == ""
    assert "Without the address of the Zalo account" in capsys.readouterr().err


async def test_without_an_account_nothing_is_asked(tmp_path: Path) -> None:
    """Most offices begin without one."""
    settings = settings_of(tmp_path)
    async with open_store(settings) as store:
        assert await account_link(settings, store) == ""
