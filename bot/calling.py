"""What people are called: by their name, in the form that they chose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.i18n import Catalogue, Phrase, _
from bot.records import Person

HONORIFICS: Final[Mapping[str, Phrase]] = {
    "anh": _("Mr {name}"),
    "chi": _("Ms {name}"),
    "co": _("Aunt {name}"),
    "thay": _("Teacher {name}"),
    "bac": _("Uncle {name}"),
    "dong_chi": _("Comrade {name}"),
}


def called(person: Person, catalogue: Catalogue) -> str:
    """Say what a person is called: "anh Páo"; empty when they have not told."""
    if not person.name:
        return ""
    form = HONORIFICS.get(person.honorific)
    return catalogue.translate(form).format(name=person.name) if form is not None else person.name
