"""`python -m bot …`: the commands of whoever runs the program."""

from bot.cli.main import main

__all__ = ["main"]
