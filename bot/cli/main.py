"""All commands in one group, and how their refusals are shown: exit code 1 with the reason, 2 for wrong usage."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import click

from bot.config import ConfigError, Settings, load_settings
from bot.forms.form import FormError
from bot.i18n import Catalogue, Voice
from bot.office.book import BookError
from bot.ports import StoreBusy

T = TypeVar("T")
config_option = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="The settings file; config.toml by default.",
)


class Group(click.Group):
    """Loads a command when it is asked for, so that `--help` is quick, and words our own refusals."""

    commands_at: ClassVar[dict[str, str]] = {
        "run": "bot.cli.run:run",
        "talk": "bot.cli.talk:talk",
        "demo": "bot.cli.demo:demo",
        "units": "bot.cli.units:units_group",
        "plan": "bot.cli.plan:plan_command",
        "settings": "bot.cli.settings:settings_group",
        "targets": "bot.cli.targets:targets_group",
        "invite": "bot.cli.invite:invite",
        "export": "bot.cli.export:export",
        "forms": "bot.cli.forms:forms",
        "migrate": "bot.cli.migrate:migrate_command",
        "check": "bot.cli.check:check",
        "backup": "bot.cli.backup:backup",
        "restore": "bot.cli.backup:restore",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, in the order in which one meets them."""
        del ctx
        return list(self.commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        place = self.commands_at.get(cmd_name)
        if place is None:
            return None
        module, _colon, name = place.partition(":")
        loaded: click.Command = getattr(__import__(module, fromlist=[name]), name)
        return loaded

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what is refused ends with exit code 1 and the reason on stderr."""
        try:
            return super().invoke(ctx)
        except (ConfigError, FormError) as error:
            click.echo(str(error), err=True)
        except BookError as error:
            click.echo(refusal(error), err=True)
        except StoreBusy as busy:
            click.echo(f"The database cannot be used now: {busy}", err=True)
        sys.exit(1)


@click.group(cls=Group)
def main() -> None:
    """Tiếng Cơ Sở: reports of grassroots trade unions by chat."""


def refusal(error: BookError) -> str:
    """Say why the stored book of settings cannot be used, problem by problem, and what to do."""
    speak = Voice(Catalogue("en", {})).speak
    problems = [speak(problem.line()) for problem in error.problems]
    remedy = "Bring an earlier version back: python -m bot settings undo --to VERSION (settings versions lists them)."
    return "\n".join(["The office's book of settings in the database cannot be used:", *problems, remedy])


def settings_of(config: Path | None) -> Settings:
    """Load the settings of a command."""
    return load_settings(config)


def work(doing: Coroutine[Any, Any, T]) -> T:
    """Run an async command to its end."""
    return asyncio.run(doing)
