"""Open pages of the web chat on one process: what they weigh, and how long an answer takes to reach them.

    python benchmarks/web.py [--pages 500] [--messages 200] [--json FILE]

Each page is a stream of its own session. Then messages are typed, one after the other, by sessions in turn: the time
from the press of the key to the answer on the stream is measured, and to the 200 that says it is committed.
"""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from aiohttp import ClientResponse, ClientSession, ClientTimeout, TCPConnector

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.records import Role
from storage.migrate import migrate
from tests.webhouse import WebHouse, web_house


@click.command()
@click.option("--pages", default=500, show_default=True, help="Open pages.")
@click.option("--messages", default=200, show_default=True, help="Messages typed.")
@click.option("--json", "out", type=click.Path(path_type=Path), help="Write the numbers here too.")
def main(pages: int, messages: int, out: Path | None) -> None:
    """Measure the web chat."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, max(8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
    with tempfile.TemporaryDirectory() as folder:
        numbers = asyncio.run(measure(Path(folder), pages, messages))
    for name, value in numbers.items():
        click.echo(f"{name:<38} {value:>10}")
    if out:
        out.write_text(json.dumps(numbers, indent=2) + "\n", encoding="utf-8")


async def measure(folder: Path, pages: int, messages: int) -> dict[str, Any]:
    template = folder / "template.db"
    await migrate(f"sqlite+aiosqlite:///{template}")
    async with web_house(folder, template) as house:
        chats = [await house.person(f"p{number}", Role.CHAIR, "TU-01") for number in range(pages)]
        before = memory()
        began = time.perf_counter()
        async with ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(None)) as session:
            streams = await asyncio.gather(*(opened(house, session, chat) for chat in chats))
            opening = time.perf_counter() - began
            after = memory()
            committed, answered = await typed(house, session, list(zip(chats, streams, strict=True)), messages)
            for stream in streams:
                stream.close()
    return {
        "pages": pages,
        "messages": messages,
        "opening all, seconds": round(opening, 2),
        "memory of a page (both ends), KB": round((after - before) / pages),
        "memory of the process, MB": round(after / 1024),
        **{f"until 200, {name}": value for name, value in milliseconds(committed)},
        **{f"until the answer is on the page, {name}": value for name, value in milliseconds(answered)},
    }


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


def milliseconds(seconds: list[float]) -> Iterator[tuple[str, str]]:
    ordered = sorted(seconds)
    yield "median ms", f"{statistics.median(ordered) * 1000:.1f}"
    yield "95 % ms", f"{ordered[int(len(ordered) * 0.95) - 1] * 1000:.1f}"
    yield "largest ms", f"{ordered[-1] * 1000:.1f}"


def memory() -> int:
    """Give the resident memory of this process in KB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


if __name__ == "__main__":
    main()
