"""Our program with another pace towards Telegram than 30 messages a second: `python -m benchmarks.paced PACE run`."""

from __future__ import annotations

import sys
from dataclasses import replace

from bot.channels.telegram import TelegramChannel
from bot.cli.main import main

if __name__ == "__main__":
    TelegramChannel.facts = replace(TelegramChannel.facts, pace=float(sys.argv.pop(1)))
    main()
