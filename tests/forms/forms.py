"""Tiny forms, each there to show one behaviour of the engine."""

from __future__ import annotations

from typing import Any

from bot.forms.conditions import answer, derived, zero_if_skipped
from bot.forms.dates import When
from bot.forms.fields import (
    Calculated,
    Date,
    DateTime,
    Field,
    Files,
    Integer,
    Money,
    Option,
    Period,
    Photo,
    SelectMultiple,
    SelectOne,
    TextField,
    UnitPicker,
    Warn,
    YesNo,
)
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Phrase, Plain, _


def _file(filing: Filing) -> Filed:
    del filing
    return Filed((), ())


def form(*fields: Field, **options: Any) -> Form:
    """Declare a form that files nothing; its name and title are those of the test."""
    return Form("tiny", Plain("Tiny"), *fields, file=_file, **options)


def label(words: str) -> Phrase:
    """Make a text of the tests' own; there is nothing to translate in it."""
    return Phrase(words)


def asks(code: str) -> dict[str, Any]:
    """Give the two labels that every question needs."""
    return {"label": label(f"{code.capitalize()}?"), "short": label(code.capitalize())}


def number(code: str, **options: Any) -> Integer:
    """Ask for a number."""
    return Integer(code, **asks(code), **options)


def choices(*labels: str) -> tuple[Option, ...]:
    """Make choices c1, c2, … with these labels."""
    return tuple(Option(f"c{place}", Plain(words)) for place, words in enumerate(labels, 1))


TOWNS = ("Than Uyên", "Tân Uyên", "Mường Tè", "Sìn Hồ", "Phong Thổ", "Tam Đường", "Nậm Nhùn", "Lai Châu", "Bum Nưa")

TWO_NUMBERS = form(number("first"), number("second"))
RELEVANT = form(
    number("opinions"),
    number("resolved", relevant=answer("opinions") > 0),
    Calculated(
        "open", **asks("open"), relevant=answer("opinions") > 0, default=answer("opinions") - answer("resolved")
    ),
    number("forwarded", relevant=answer("open") > 0),
    number("attendees"),
)
CONSTRAINT = form(
    number("members"),
    number(
        "women", constraint=answer("women") <= answer("members"), constraint_message=label("More women than members.")
    ),
)
OPTIONAL = form(
    number("members"),
    *(number(f"extra{place}", required=False) for place in range(1, 9)),
)
ONE_OPTIONAL = form(number("members"), number("extra", required=False))
DEFAULT = form(
    number("new"),
    number(
        "total",
        default=answer("new") + 100,
        default_label=lambda total: _("So {total} now, right?", total=total),
    ),
)
CALCULATED = form(
    number("came"),
    number("left", required=False),
    Calculated("net", **asks("net"), default=answer("came") - zero_if_skipped("left")),
)
WARNING = form(
    number("new"),
    number(
        "total",
        warnings=(
            Warn(
                "ledger",
                answer("total") != answer("new") + 100,
                lambda value, scope: _("Expected {sum}, not {value}?", sum=scope.answers["new"] + 100, value=value),
                reason=True,
                instead=answer("new") + 100,
            ),
        ),
    ),
    number("workers", warnings=(Warn("many", answer("workers") > 500, lambda value, _s: _("{n} workers?", n=value)),)),
)
ONE_OF_THREE = form(SelectOne("town", **asks("town"), choices=choices("Than Uyên", "Tân Uyên", "Mường Tè")))
ONE_OF_MANY = form(SelectOne("town", **asks("town"), choices=choices(*TOWNS)))
MULTIPLE = form(SelectMultiple("towns", **asks("towns"), choices=choices(*TOWNS), at_most=4))
COMMAS = form(
    SelectMultiple("topics", **asks("topics"), choices=choices("Bonuses, Tết bonus", "Wages", "Jobs")),
    SelectOne("side", **asks("side"), choices=choices("Workers, all of them", "Employer")),
    number("people"),
)
YES_OR_NO = form(YesNo("agreed", **asks("agreed")))
DAY = form(Date("day", **asks("day")), number("people"))
NEXT_DAY = form(Date("day", **asks("day"), when=When.FUTURE))
MOMENT = form(DateTime("moment", **asks("moment")))
MONTH = form(Period("month", **asks("month")))
MONEY = form(Money("gift", **asks("gift")))
WORDS = form(TextField("story", **asks("story"), longest=60), number("people"))
EVERY_KIND = form(
    Date("day", **asks("day")),
    number("people"),
    SelectOne("town", **asks("town"), choices=choices("Than Uyên", "Tân Uyên", "Mường Tè")),
    SelectMultiple("towns", **asks("towns"), choices=choices(*TOWNS)),
    YesNo("agreed", **asks("agreed")),
    Money("gift", **asks("gift")),
    TextField("story", **asks("story")),
    Photo("photo", **asks("photo"), at_most=3),
)
NOTHING_REQUIRED = form(
    Date("day", **asks("day"), required=False),
    number("people", required=False),
    Money("gift", **asks("gift"), required=False),
    SelectOne("town", **asks("town"), choices=choices("Than Uyên", "Tân Uyên"), required=False),
    SelectMultiple("towns", **asks("towns"), choices=choices(*TOWNS), required=False),
    YesNo("agreed", **asks("agreed"), required=False),
    TextField("story", **asks("story"), required=False),
    Photo("photo", **asks("photo"), required=False),
)
PHOTOS = form(
    number("people"),
    Files("minutes", **asks("minutes"), required=False),
    Photo("photo", **asks("photo"), at_most=3),
)
ONLY_FILES = form(number("people"), Files("minutes", **asks("minutes"), at_most=1))
PICKER = form(UnitPicker("unit", **asks("unit")), number("people"), per_unit=False)
EVENT = form(
    Date("day", **asks("day")),
    SelectMultiple("towns", **asks("towns"), choices=choices(*TOWNS)),
    number("people"),
    event="day",
    similar=("day", "towns"),
)
DATED_CHOICES = form(
    Date("day", **asks("day")),
    SelectOne(
        "campaign",
        **asks("campaign"),
        choices=lambda scope: choices("Tết") if scope.answers["day"].day < 5 else choices("Tết", "May Day")[1:],
    ),
)
NO_RECAP = form(number("people"), recap=False)
FACTS = form(
    number("people", default=derived(lambda scope: scope.facts.unit.members if scope.facts.unit else None)),
)
