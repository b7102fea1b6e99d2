"""What chairs remember, beside what the program kept and said."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from storage.tables import asks, attachments, drafts, failures, figures, jobs, outbox, people, submissions, unit_names
from tests.end_to_end.chairs import Chair
from tests.end_to_end.rows import Row, Rows
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.users import JPEG

Heard = dict[int, int]  # how many messages each chat had got when the program was started again


async def everything_is_there(rows: Rows, chairs: list[Chair]) -> None:
    """Each report that was confirmed exists once, each open draft with all its answers at its question."""
    units = {row["name"]: row["unit"] for row in await rows.of(unit_names)}
    for chair in chairs:
        filed = await rows.of(submissions, unit=units[chair.unit])
        expected = list(enumerate((report.answers for report in chair.filed), 1))
        assert sorted((row["number"], _typed(row)) for row in filed) == expected, chair.unit
        left = [(_typed(row), await _open_question(rows, row)) for row in await rows.of(drafts, unit=units[chair.unit])]
        assert left == ([(chair.open.answers, chair.open.step)] if chair.open else []), chair.unit
    reports = [report for chair in chairs for report in chair.filed]
    assert len(await rows.of(submissions)) == len(reports)
    assert len(await rows.of(drafts)) == sum(chair.open is not None for chair in chairs)
    assert len(await rows.of(people)) == len(chairs)
    attended = await rows.of(figures, field="attendees")
    assert sum(row["value"] for row in attended) == sum(report.answers["attendees"] for report in reports)
    assert not await rows.of(failures)


def _typed(row: Row) -> dict[str, Any]:
    return {code: value for code, value in row["answers"].items() if code != "photo"}


async def _open_question(rows: Rows, draft: Row) -> str:
    [ask] = await rows.of(asks, draft=draft["id"])
    return str(ask["step"])


async def no_photo_is_lost(rows: Rows, chairs: list[Chair], folder: Path) -> None:
    """Each photo belongs to its report, and lies in the folder or has a job that will bring it."""
    photos = await rows.of(attachments)
    answers = [row["answers"] for row in [*await rows.of(submissions), *await rows.of(drafts)]]
    assert sorted(row["id"] for row in photos) == sorted(name for said in answers for name in said.get("photo", ()))
    assert len(photos) == sum(chair.photos for chair in chairs)
    due = {row["args"]["file"] for row in await rows.of(jobs, kind="fetch") if row["state"] != "done"}
    for photo in photos:
        kept = photo["state"] == "kept" and (folder / photo["sha256"]).read_bytes() == JPEG
        assert kept or (photo["state"] == "waiting" and photo["id"] in due), photo


async def everything_was_said(rows: Rows, chairs: list[Chair], starts: list[Heard], in_flight: int) -> None:
    """Each message arrived, in order; after each start at most the last `in_flight` of a chat came again.

    Receipts of photos are left out when an answer came first, so photographers are not counted.
    """
    said = await rows.of(outbox)
    assert {row["state"] for row in said} == {"sent"}
    for chat in (chair.user.chat for chair in chairs if not chair.photographer):
        meant = [_words(row) for row in said if row["chat"] == str(chat.id)]
        heard = [message.text for message in chat.inbox]
        at = 0
        for begin, end in pairwise([0, *(start.get(chat.id, 0) for start in starts), len(heard)]):
            at = _continued(meant, heard[begin:end], at, in_flight)
        assert at == len(meant), meant[at:]


def heard_by_now(fake: FakeTelegram) -> Heard:
    """Count what every chat has got."""
    return {chat.id: len(chat.inbox) for chat in fake.chats.values()}


def _words(row: Row) -> str:
    return "\n".join(filter(None, (row["body"].get("title"), row["body"]["text"])))


def _continued(meant: list[str], heard: list[str], at: int, in_flight: int) -> int:
    """Tell how far one run of the program came, having begun at most a little before where the last one ended."""
    for begin in range(at, max(0, at - in_flight) - 1, -1):
        if meant[begin : begin + len(heard)] == heard:
            return begin + len(heard)
    raise AssertionError(f"meant {meant[max(0, at - in_flight) : at + len(heard)]}, heard {heard}")
