"""/ngonngu: which language a person is spoken to in."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.effects import ChangePerson
from bot.i18n import Plain, _
from bot.messages import Choice
from bot.talk import Command, Talk
from handlers.menu import show_menu

NAMES: Final = {"vi": "Tiếng Việt", "en": "English"}


async def run(talk: Talk, words: str) -> None:
    """Offer the languages, or take one."""
    code = words.strip().lower()
    if code in talk.house.catalogues:
        talk.do(ChangePerson(talk.known.id, {"language": code}))
        talk.person = replace(talk.known, language=code)
        show_menu(talk, _("Done. From now on I speak {language}.", language=NAMES.get(code, code)))
        return
    languages = sorted(talk.house.catalogues, key=lambda one: (one != "vi", one))
    choices = [Choice(Plain(NAMES.get(one, one)), f"/ngonngu {one}", str(n)) for n, one in enumerate(languages, 1)]
    talk.offer("language", _("Which language?"), *choices)


COMMAND: Final = Command("ngonngu", _("Language"), run, words=("ngon ngu", "language", "tieng"), takes_words=True)
