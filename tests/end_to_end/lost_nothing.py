"""What chairs remember, beside what the program kept and said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from storage.tables import asks, attachments, drafts, failures, figures, jobs, outbox, people, submissions, unit_names
from tests.end_to_end.chairs import Chair
from tests.end_to_end.rows import Row, Rows
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.users import JPEG

Heard = dict[int, int]  # how many messages each chat had got when the program was started again
IN_FLIGHT = 3  # messages to a chat whose sending had not been written down when the program was killed


@dataclass(slots=True)
class Hardships:
    """What the program went through: its starts, and sends whose answer was cut off after they had arrived."""

    starts: list[Heard] = field(default_factory=list)
    in_flight: int = IN_FLIGHT
    cut_off: int = 0


async def nothing_is_lost(rows: Rows, chairs: list[Chair], folder: Path, hardships: Hardships) -> None:
    """Look at everything that a program which has stopped leaves behind. `folder` is where it keeps files."""
    await reports_are_there(rows, chairs)
    await drafts_are_there(rows, chairs)
    await no_photo_is_lost(rows, chairs, folder)
    await everything_was_said(rows, chairs, hardships)
    assert len(await rows.of(people)) == len(chairs)
    assert not await rows.of(failures)


async def reports_are_there(rows: Rows, chairs: list[Chair]) -> None:
    """Each version that was confirmed exists once, and the figures are those of the reports that stand."""
    units = {row["unit"]: row["name"] for row in await rows.of(unit_names)}
    filed = _grouped(await rows.of(submissions), lambda row: units[row["unit"]])
    for chair in chairs:
        expected = sorted(
            (one.number, one.version, one.form, one.state, sorted(one.answers.items())) for one in chair.book.versions
        )
        assert sorted(map(_version, filed.pop(chair.book.unit, []))) == expected, chair.book.unit
    assert not filed
    attended = await rows.of(figures, field="attendees")
    standing = [report for chair in chairs for report in chair.book.standing()]
    assert sum(row["value"] for row in attended) == sum(report.answers.get("attendees", 0) for report in standing)


def _version(row: Row) -> tuple[Any, ...]:
    return row["number"], row["version"], row["form"], row["state"], sorted(_typed(row).items())


def _typed(row: Row) -> dict[str, Any]:
    return {code: value for code, value in row["answers"].items() if code != "photo"}


async def drafts_are_there(rows: Rows, chairs: list[Chair]) -> None:
    """Each open draft is at its question with all its answers, and there is no other."""
    names = {row["id"]: row["name"] for row in await rows.of(people)}
    steps = {row["draft"]: row["step"] for row in await rows.of(asks)}
    left = {names[row["person"]]: (row["form"], _typed(row), steps.get(row["id"])) for row in await rows.of(drafts)}
    assert left == {c.name: (c.open.form, c.open.answers, c.open.step) for c in chairs if c.open}
    assert len(left) == len(await rows.of(drafts))


async def no_photo_is_lost(rows: Rows, chairs: list[Chair], folder: Path) -> None:
    """Each photo belongs to its report, and lies in the folder or has a job that will bring it."""
    photos = await rows.of(attachments)
    answers = [row["answers"] for row in [*await rows.of(submissions), *await rows.of(drafts)]]
    assert {row["id"] for row in photos} == {name for said in answers for name in said.get("photo", ())}
    assert len(photos) == sum(chair.photos for chair in chairs)
    due = {row["args"]["file"] for row in await rows.of(jobs, kind="fetch") if row["state"] != "done"}
    for photo in photos:
        kept = photo["state"] == "kept" and (folder / photo["sha256"]).read_bytes() == JPEG
        assert kept or (photo["state"] == "waiting" and photo["id"] in due), photo


async def everything_was_said(rows: Rows, chairs: list[Chair], hardships: Hardships) -> None:
    """Each message arrived, in order. Some came again: after a start at most the last `in_flight` of a chat, and else
    as many as were cut off.

    Receipts of photos are left out when an answer came first, so photographers are not counted.
    """
    said = await rows.of(outbox)
    assert not [row for row in said if row["state"] != "sent"]
    by_chat = _grouped(said, lambda row: row["chat"])
    doubled = 0
    for chat in (chair.user.chat for chair in chairs if not chair.photographer):
        meant = [_words(row) for row in by_chat[str(chat.id)]]
        heard = [message.text for message in chat.inbox]
        at: Places = {0: 0}
        for begin, end in pairwise([0, *(start.get(chat.id, 0) for start in hardships.starts), len(heard)]):
            at = _continued(meant, heard[begin:end], _stepped_back(at, hardships.in_flight))
        assert len(meant) in at, (meant, heard)
        doubled += at[len(meant)]
    assert doubled <= hardships.cut_off


def heard_by_now(fake: FakeTelegram) -> Heard:
    """Count what every chat has got."""
    return {chat.id: len(chat.inbox) for chat in fake.chats.values()}


def _words(row: Row) -> str:
    return "\n".join(filter(None, (row["body"].get("title"), row["body"]["text"])))


Places = Mapping[int, int]
"""How far in what was meant one may be, and how many messages had been doubled on the way there, at the least."""


def _stepped_back(places: Places, in_flight: int) -> Places:
    """What was under way when the program ended may come again."""
    return _least((max(0, at - back), doubled) for at, doubled in places.items() for back in range(in_flight + 1))


def _continued(meant: list[str], heard: list[str], places: Places) -> Places:
    """Follow one run of the program: each message is the next that was meant, or the last one again."""
    for words in heard:
        following = [(at + 1, doubled) for at, doubled in places.items() if meant[at : at + 1] == [words]]
        again = [(at, doubled + 1) for at, doubled in places.items() if at and meant[at - 1] == words]
        assert following or again, f"heard {words!r}, meant {[meant[max(0, at - 3) : at + 1] for at in places]}"
        places = _least([*following, *again])
    return places


def _least(found: Iterable[tuple[int, int]]) -> Places:
    places: dict[int, int] = {}
    for at, doubled in found:
        places[at] = min(doubled, places.get(at, doubled))
    return places


def _grouped(rows: Iterable[Row], key: Any) -> dict[Any, list[Row]]:
    groups = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups
