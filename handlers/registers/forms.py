"""What is entered into each register: as few personal data as it takes, numbers where numbers will do."""

from __future__ import annotations

import json
from typing import Any, Final

from bot.effects import Audit, KeepEntry
from bot.forms.conditions import answer
from bot.forms.dates.when import When
from bot.forms.fields import Date, Integer, Option, Photo, SelectOne, Sensitivity, TextField, YesNo
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Plain, Text, _
from bot.messages import Say
from bot.records import OFFICERS, REPORTERS, Entry

PEOPLE: Final = _("people")
CORRECTS: Final = "+entry"  # where a draft keeps the id of the entry that it corrects
SECTORS: Final = (
    Option("tu_nhan", _("Private enterprise")),
    Option("fdi", _("Foreign investment")),
    Option("hop_tac_xa", _("Cooperative")),
    Option("ho_kinh_doanh", _("Household business")),
    Option("phi_chinh_thuc", _("Informal work")),
    Option("khac", _("Something else")),
)
BODIES: Final = (
    Option("cap_uy", _("Party committee")),
    Option("hdnd", _("People's Council")),
    Option("quan_ly", _("Management of enterprises")),
    Option("khac", _("Something else")),
)
TITLES: Final = (
    Option("chu_tich", _("Chair of a grassroots union")),
    Option("pho_chu_tich", _("Deputy chair")),
    Option("uy_vien", _("Committee member")),
    Option("ubkt", _("Inspection committee")),
    Option("chuyen_trach", _("Full-time officer")),
)


class Year(Integer):
    """A year: a number without a thousands mark."""

    __slots__ = ()

    def show(self, value: Any) -> Text:
        """Show its four digits."""
        return Plain(str(value))


def _file(filing: Filing) -> Filed:
    """Make the entry of a confirmed form, or change the one that it corrects."""
    corrected = filing.draft.accepted.get(CORRECTS)
    if corrected is not None:
        return Filed((), (), f"entrychanged {corrected} {json.dumps(filing.answers, ensure_ascii=False)}")
    unit = filing.facts.unit
    if unit is None:
        raise LookupError("an entry belongs to a unit")
    now, name = filing.facts.now, filing.form.name
    entry = Entry(filing.draft.id, name, unit.id, filing.person.id, now, filing.answers)
    kept = _("Kept. Thank you, {you}.")
    return Filed((KeepEntry(entry), Audit(now, filing.person.id, "entry", entry.id, name)), (Say(kept),))


NO_UNION: Final = Form(
    "no_union",
    _("Enterprises without a union"),
    TextField("enterprise", _("What is the enterprise called?"), short=_("Enterprise"), shortest=2, longest=150),
    TextField("place", _("Where is it (commune, ward)?"), short=_("Place"), longest=100),
    SelectOne("sector", _("Of which kind is it?"), short=_("Kind"), choices=SECTORS),
    Integer("workers", _("About how many people work there?"), short=_("Workers"), unit=PEOPLE, maximum=200_000),
    YesNo("party_cell", _("Does it have a Party cell?"), short=_("Party cell")),
    Integer(
        "party_members",
        _("How many Party members?"),
        short=_("Party members"),
        unit=PEOPLE,
        required=False,
        relevant=answer("party_cell") == "yes",
        maximum=20_000,
    ),
    TextField("note", _("How far is it with founding a union?"), short=_("Note"), required=False, longest=300),
    file=_file,
    audience=OFFICERS,
    confirm=_("Keep it"),
)
PROPOSED: Final = Form(
    "proposed",
    _("Elite members proposed for posts"),
    SelectOne("body", _("For which body?"), short=_("Body"), choices=BODIES),
    Date("day", _("On which day were they proposed?"), short=_("Day"), when=When.PAST),
    Integer(
        "proposed",
        _("How many people were proposed? No names."),
        short=_("Proposed"),
        unit=PEOPLE,
        maximum=10_000,
        sensitive=Sensitivity.SENSITIVE,
    ),
    Integer(
        "women",
        _("How many of them are women?"),
        short=_("Women"),
        unit=PEOPLE,
        constraint=answer("women") <= answer("proposed"),
        constraint_message=_("That is more than were proposed."),
        sensitive=Sensitivity.SENSITIVE,
    ),
    Integer(
        "appointed",
        _("How many were elected or appointed so far?"),
        short=_("Elected, appointed"),
        unit=PEOPLE,
        constraint=answer("appointed") <= answer("proposed"),
        constraint_message=_("That is more than were proposed."),
        sensitive=Sensitivity.SENSITIVE,
    ),
    file=_file,
    audience=OFFICERS,
    confirm=_("Keep it"),
)
CADRES: Final = Form(
    "cadres",
    _("Directory of cadres"),
    TextField("name", _("What is the cadre's name?"), short=_("Name"), longest=80, sensitive=Sensitivity.PERSONAL),
    SelectOne("title", _("Which post?"), short=_("Post"), choices=TITLES),
    TextField("place", _("At which union?"), short=_("Union"), longest=150),
    Year("since", _("Since which year in this post?"), short=_("Since"), minimum=1975, maximum=2100),
    Year(
        "until",
        _("Until which year does the term run?"),
        short=_("Term until"),
        minimum=2000,
        maximum=2100,
        constraint=answer("until") >= answer("since"),
        constraint_message=_("The term ends before it begins."),
    ),
    YesNo("first_term", _("Is it the first term?"), short=_("First term")),
    YesNo("trained", _("Trained in union work during this term?"), short=_("Trained this term")),
    file=_file,
    audience=OFFICERS,
    confirm=_("Keep it"),
)
NEWS: Final = Form(
    "news",
    _("News for the editor"),
    TextField("text", _("What is the news? Who did what, when, where."), short=_("News"), shortest=20, longest=1500),
    Photo("photo", _("Please send 1 to 5 photos."), short=_("Photos"), required=False, at_most=5),
    file=_file,
    audience=REPORTERS,
    confirm=_("Send to the editor"),
)
REGISTERS: Final = (NO_UNION, PROPOSED, CADRES, NEWS)
