"""/baocao: choose a kind of report, and begin it."""

from __future__ import annotations

from typing import Final

from bot.i18n import _
from bot.messages import Choice
from bot.records import REPORTERS
from bot.talk import Command, Talk
from handlers.pages import page_in, paged


async def run(talk: Talk, words: str) -> None:
    """Begin the named kind, or offer all kinds."""
    form = talk.house.forms.get(words.strip())
    if form is not None and form.settings.report and form.fields and talk.known.holds(form.settings.audience):
        await talk.dialogues.start(form)
        return
    kinds = [form for form in talk.house.forms.values() if form.settings.report and form.fields]
    items = [(form.title, f"/baocao {form.name}") for form in kinds]
    nil = Choice(_("Nothing to report"), "/khongphatsinh", "0")
    talk.offer("kinds", _("Which report?"), *paged(items, page_in(words), "/baocao"), nil)


COMMAND: Final = Command(
    "baocao", _("Report something"), run, words=("bao cao", "bc"), roles=REPORTERS, takes_words=True
)
