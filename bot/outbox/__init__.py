"""DOOR: something must be said. Everything that is sent goes through here."""

from bot.outbox.outbox import Outbox

__all__ = ["Outbox"]
