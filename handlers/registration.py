"""What is asked of whoever comes in: consent, a name, how to be addressed, a telephone number."""

from __future__ import annotations

import re
from typing import Any, Final

from bot.forms.conditions import Scope, answer
from bot.forms.fields import Misread, Option, ReadAnswer, SelectOne, Sensitivity, TextField, Understood, YesNo
from bot.forms.fold import clean
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Text, _

CONSENT_VERSION: Final = "2026-11"
INVITE: Final = "+invite"  # where a registration keeps the hash of its code
NO_PHONE: Final = "0"
PHONE: Final = re.compile(r"(?:\+?84|0)\d{8,10}")

FORMS_OF_ADDRESS: Final = (
    Option("anh", _("anh (older brother)")),
    Option("chi", _("chị (older sister)")),
    Option("co", _("cô (aunt)")),
    Option("thay", _("thầy (teacher)")),
    Option("bac", _("bác (uncle)")),
    Option("dong_chi", _("đồng chí (comrade)")),
)


class Phone(TextField):
    """A telephone number, or 0 for none."""

    __slots__ = ()

    free_text = False

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Read a Vietnamese number, written with or without spaces and dots."""
        del scope
        digits = re.sub(r"[\s.\-()]", "", clean(text))
        if digits == NO_PHONE or PHONE.fullmatch(digits):
            return Understood(digits)
        return Misread(_("Please type a phone number, for example 0912 345 678, or 0 to leave it out."))


def _file(filing: Filing) -> Filed:
    values = filing.values
    given = values.get("consent") == "yes"
    words = [values["honorific"], values["phone"], values["name"]] if given else []
    invite = str(filing.draft.accepted.get(INVITE, ""))
    return Filed((), (), " ".join(["join", invite, "yes" if given else "no", *words]))


class GivenName(TextField):
    """What somebody is called: a digit typed for a choice that is no longer there is no name."""

    __slots__ = ()

    def problem(self, value: Any, scope: Scope) -> Text | None:
        """Ask for letters."""
        if not any(letter.isalpha() for letter in value):
            return _("Please type your name in letters.")
        return TextField.problem(self, value, scope)


REGISTRATION: Final = Form(
    "registration",
    _("Registration"),
    YesNo(
        "consent",
        _(
            "I keep your name, phone number and what you report, so that the union above can sum it up. Only the "
            "officers in charge see it. To see or erase it at any time, type DULIEU. (Law 91/2025/QH15 on personal "
            "data.) Do you agree?"
        ),
        short=_("Consent"),
    ),
    SelectOne(
        "honorific",
        _("How should I address you?"),
        short=_("Form of address"),
        choices=FORMS_OF_ADDRESS,
        relevant=answer("consent") == "yes",
    ),
    GivenName(
        "name",
        _("What is your given name? For example: Páo."),
        short=_("Name"),
        relevant=answer("consent") == "yes",
        longest=40,
        sensitive=Sensitivity.PERSONAL,
    ),
    Phone(
        "phone",
        _("Which phone number may an officer call when needed? Type 0 to leave it out."),
        short=_("Phone"),
        relevant=answer("consent") == "yes",
        sensitive=Sensitivity.PERSONAL,
    ),
    file=_file,
    per_unit=False,
    recap=False,
)
