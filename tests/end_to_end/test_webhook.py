"""Called by the messenger instead of asking it: each update counts once, and only whoever knows the secret is heard."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp

from bot.i18n import _
from handlers.dialogue import DIALOGUE
from storage.tables import seen_updates, submissions
from tests.end_to_end.conftest import Run
from tests.end_to_end.program import free_port
from tests.end_to_end.registering import comes_in
from tests.end_to_end.rows import rows_of
from tests.end_to_end.someone import Someone, label
from tests.fake_telegram import FakeTelegram
from tests.stage import UNITS

SECRET = "a-secret-of-the-webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def test_webhook(program: Run, fake: FakeTelegram) -> None:
    """A report comes by webhook; the same update five times files it once; a wrong secret is refused."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    house = program(PORT=str(port), PUBLIC_URL=url, WEBHOOK_SECRET=SECRET)
    codes = await house.furnish(UNITS, under="TU")
    chair = Someone(fake.user(501), "Páo")
    await house.start()
    await comes_in(chair, codes["TU-01"], "CĐCS Chè Than Uyên")
    await files_until_the_last_tap(chair)

    send = typed("1", chair, update_id=1)
    assert await asyncio.gather(*(call(url, send, SECRET) for _time in range(5))) == [200] * 5
    await chair.reads("BC1")
    assert await call(url, send, "another-secret") == 403
    assert await call(url, typed("/cuatoi", chair, update_id=2), "") == 403
    assert await call(url, {"update_id": 3, "message": 17}, SECRET) == 200  # else it would come again for ever
    await chair.types("/trogiup", then="/cuatoi")
    assert sum("BC1" in message.text for message in chair.user.inbox) == 1
    assert not fake.called("getUpdates")
    assert await house.stop() == 0
    house.assert_no_bug()
    async with rows_of(house.database) as rows:
        assert [row["number"] for row in await rows.of(submissions)] == [1]
        assert not await rows.of(seen_updates, id=f"{fake.bot_id}:2")


async def files_until_the_last_tap(chair: Someone) -> None:
    await chair.types("doi thoai", then=label(DIALOGUE, "dialogue_type"))
    await chair.types("1", then=label(DIALOGUE, "event_date"))
    await chair.types("1", then=label(DIALOGUE, "attendees"))
    await chair.types("18", then=label(DIALOGUE, "topics"))
    await chair.types("1", then=label(DIALOGUE, "opinions"))
    await chair.types("0", then=_("Anything to add? Choose one or more numbers, or 0 if that is all."))
    await chair.taps(_("Nothing more"), then="CĐCS Chè Than Uyên")


def typed(text: str, chair: Someone, update_id: int) -> dict[str, Any]:
    """Write an update as the messenger would."""
    message = {"message_id": update_id, "date": 1_800_000_000, "text": text}
    return {
        "update_id": update_id,
        "message": {**message, "from": chair.user.chat.member, "chat": chair.user.chat.described()},
    }


async def call(url: str, update: dict[str, Any], secret: str) -> int:
    """Call the webhook; give the status."""
    headers = {HEADER: secret} if secret else {}
    hook = f"{url}/webhook/telegram"
    async with aiohttp.ClientSession() as session, session.post(hook, json=update, headers=headers) as answer:
        return answer.status
