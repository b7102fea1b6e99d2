"""Open pages of the web chat on one process: what they weigh, and how long an answer takes to reach them.

    python -m benchmarks.web [--pages 500] [--messages 200]

Each page is a stream of its own session. Then messages are typed, one after the other, by sessions in turn: the time
from the press of the key to the answer on the stream is measured, and to the 200 that says it is committed.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import click
from aiohttp import ClientResponse, ClientSession, ClientTimeout, TCPConnector

from benchmarks.command import benchmark
from benchmarks.process import many_files, resident
from benchmarks.table import Outcome, Ratio, Row
from bot.records import Role
from storage.migrate import migrate
from tests.webhouse import WebHouse, web_house


@click.command()
@click.option("--pages", default=500, show_default=True, help="Open pages.")
@click.option("--messages", default=200, show_default=True, help="Messages typed.")
@benchmark
async def main(pages: int, messages: int) -> Outcome:
    """Measure the web chat."""
    many_files()
    with tempfile.TemporaryDirectory() as folder:
        return await measure(Path(folder), pages, messages)


async def measure(folder: Path, pages: int, messages: int) -> Outcome:
    template = folder / "template.db"
    await migrate(f"sqlite+aiosqlite:///{template}")
    async with web_house(folder, template) as house:
        chats = [await house.person(f"p{number}", Role.CHAIR, "TU-01") for number in range(pages)]
        before = resident()
        began = time.perf_counter()
        async with ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(None)) as session:
            streams = await asyncio.gather(*(opened(house, session, chat) for chat in chats))
            opening = time.perf_counter() - began
            after = resident()
            committed, answered = await typed(house, session, list(zip(chats, streams, strict=True)), messages)
            for stream in streams:
                stream.close()
    rows = [
        {"until": "200", **milliseconds(committed)},
        {"until": "the answer is on the page", **milliseconds(answered)},
    ]
    ratio = Ratio(
        f"answer on the page ÷ 200, median, {pages} pages",
        statistics.median(answered) / statistics.median(committed),
        more_is_better=False,
    )
    notes = (
        f"Opening all took {opening:.2f} s.",
        f"A page weighs {(after - before) / pages * 1024:.0f} KB (both ends), the process {after:.0f} MB.",
    )
    return Outcome("web", {"pages": pages, "messages": messages}, rows, (ratio,), notes)


async def opened(house: WebHouse, session: ClientSession, chat: str) -> ClientResponse:
    response = await session.get(f"{house.base}/chat/stream", cookies=house.cookie(chat))
    await lines(response)
    return response


async def lines(response: ClientResponse) -> list[dict[str, Any]]:
    while True:
        line = (await response.content.readline()).decode()
        if line.startswith("data: ") and '"lines"' in line:
            found: list[dict[str, Any]] = json.loads(line[6:])["lines"]
            return found


async def typed(
    house: WebHouse, session: ClientSession, pages: list[tuple[str, ClientResponse]], messages: int
) -> tuple[list[float], list[float]]:
    committed, answered = [], []
    for number in range(messages):
        chat, stream = pages[number % len(pages)]
        body = {"id": f"message-{number}", "text": "menu"}
        began = time.perf_counter()
        sending = asyncio.create_task(
            session.post(
                f"{house.base}/chat/say", json=body, cookies=house.cookie(chat), headers={"Origin": house.base}
            )
        )
        while not any(not line.get("own") for line in await lines(stream)):
            pass
        answered.append(time.perf_counter() - began)
        response = await sending
        assert response.status == 200
        committed.append(time.perf_counter() - began)
    return committed, answered


def milliseconds(seconds: list[float]) -> Row:
    ordered = sorted(seconds)
    return {
        "median ms": statistics.median(ordered) * 1000,
        "95 % ms": ordered[int(len(ordered) * 0.95) - 1] * 1000,
        "largest ms": ordered[-1] * 1000,
    }


if __name__ == "__main__":
    main()
