"""Reports half done: asked about after a week, put away with a word long after their period, on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.effects import Mute, SaveDraft
from bot.i18n import ZONE
from bot.records import Draft
from tests.clock.province import lay_out
from tests.clock.world import Clockwork
from tests.storage.people import look, write

BEGUN = datetime(2026, 11, 9, 9, tzinfo=ZONE)
CHAIRS = [f"chair-{unit:07}" for unit in range(1004, 1010)]


def draft(person: str, number: int, at: datetime = BEGUN, **answers: int) -> Draft:
    """Give a report half done."""
    return Draft(f"d{number}", "dialogue", person, None, answers or {"attendees": 12}, started_at=at, touched_at=at)


async def told(clock: Clockwork) -> list[str]:
    """Send what is due; give the keys of what is said about drafts."""
    return [claim.out.key for claim in await clock.send() if claim.out.key.startswith("draft/")]


async def test_a_draft_is_asked_about_and_put_away(url: str) -> None:
    """Once after seven days, not again the next day; thirty days after the lock it goes, with a word."""
    clock = await Clockwork.open(url, BEGUN)
    await lay_out(clock.store, 20)
    empty = Draft("d9", "dialogue", CHAIRS[3], None, {}, started_at=BEGUN, touched_at=BEGUN)
    fresh = draft(CHAIRS[2], 3, BEGUN + timedelta(days=5))
    await write(clock.store, SaveDraft(draft(CHAIRS[0], 1)), SaveDraft(draft(CHAIRS[1], 2)), SaveDraft(fresh))
    await write(clock.store, SaveDraft(empty), Mute(CHAIRS[1], "drafts", BEGUN))
    await clock.tick(BEGUN)
    await clock.tick(datetime(2026, 11, 17, 8, tzinfo=ZONE))
    assert await told(clock) == ["draft/d1/2026-11-09"]
    await clock.tick(datetime(2026, 11, 18, 8, tzinfo=ZONE))
    assert await told(clock) == []
    await clock.tick(datetime(2026, 12, 22, 8, tzinfo=ZONE))
    assert sorted(await told(clock)) == ["draft/d1/gone", "draft/d2/gone", "draft/d3/gone"]
    assert await look(clock.store, "SELECT id FROM drafts") == [("d9",)]
    await clock.store.close()
