"""/bieudo: progress by area and the months of the year as a picture, drawn by a job while the chat goes on."""

from __future__ import annotations

from typing import Final

from bot.effects import Audit, StartJob
from bot.forms.fold import fold
from bot.i18n import _
from bot.records import OFFICERS
from bot.reporting.indicators import INDICATORS
from bot.talk import Command, Talk


async def chart(talk: Talk, words: str) -> None:
    """Have a chart drawn: of an indicator (by code or place), or of what the officer's union was assigned first."""
    unit = talk.known.units(OFFICERS)[0]
    asked = fold(words).strip()
    if asked.isdecimal() and 0 < int(asked[:3]) <= len(INDICATORS):
        asked = list(INDICATORS)[int(asked[:3]) - 1]
    if asked not in INDICATORS:
        reads = await talk.read()
        assigned = {one.indicator for one in await reads.targets([unit.id], talk.today.year)}
        asked = next((code for code in INDICATORS if code in assigned), next(iter(INDICATORS)))
    address, job = talk.incoming.address, talk.house.new_id()
    args = {
        "job": job,
        "person": talk.known.id,
        "unit": unit.id,
        "indicator": asked,
        "channel": address.channel,
        "chat": address.chat,
    }
    talk.do(StartJob(job, "chart", args), Audit(talk.now, talk.known.id, "chart", unit.code, asked))
    talk.say(_("The chart is being drawn; it comes here in a moment."))


CHART: Final = Command("bieudo", _("Chart"), chart, words=("bieu do",), roles=OFFICERS, takes_words=True, listed=False)
