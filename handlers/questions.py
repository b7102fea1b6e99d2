"""Questions that many report kinds ask alike: the day, a number that adds up, a part of it, photos, files."""

from __future__ import annotations

from typing import Any, Final

from bot.forms.conditions import answer
from bot.forms.dates import When
from bot.forms.fields import Date, Figure, Files, Integer, Money, Photo, Sensitivity
from bot.i18n import Text, _
from handlers.checks import other_period

PEOPLE: Final = _("people")
OPINIONS: Final = _("opinions")
MATTERS: Final = _("matters")
MOST_PEOPLE: Final = 20_000


def on_day(label: Text, code: str = "event_date", short: Text | None = None, **options: Any) -> Date:
    """Ask for the day that decides for which period the report counts."""
    return Date(code, label, short=short or _("Day"), when=When.PAST, warnings=(other_period(code),), **options)


def until_day(since: str, label: Text, when: When = When.ANY) -> Date:
    """Ask for the last day of what began on another; it may be left out."""
    return Date(
        "end_date",
        label,
        short=_("Until"),
        when=when,
        required=False,
        constraint=answer("end_date") >= answer(since),
        constraint_message=_("That is before the first day. Please check."),
    )


def total(code: str, label: Text, short: Text, **options: Any) -> Integer:
    """Ask for a number that digests add up."""
    return Integer(code, label, short=short, figure=Figure.TOTAL, **options)


def extra(code: str, label: Text, short: Text, **options: Any) -> Integer:
    """Ask for a number that digests add up and that may be left out."""
    return total(code, label, short, required=False, **options)


def amount(code: str, label: Text, short: Text, **options: Any) -> Money:
    """Ask for an amount of money that digests add up."""
    return Money(code, label, short=short, figure=Figure.TOTAL, **options)


def part(code: str, whole: str, label: Text, short: Text, **options: Any) -> Integer:
    """Ask how many of a number; it may be left out."""
    return extra(
        code,
        label,
        short,
        constraint=answer(code) <= answer(whole),
        constraint_message=options.pop("message", _("That is more than there are in all. Please check.")),
        **options,
    )


def women(code: str, whole: str, short: Text | None = None, **options: Any) -> Integer:
    """Ask how many of the people are women; it may be left out."""
    return part(
        code,
        whole,
        _("How many of them are women?"),
        short or _("Women"),
        unit=PEOPLE,
        message=_("That is more women than people in all. Please check."),
        **options,
    )


def photos(label: Text, **options: Any) -> Photo:
    """Ask for at most three photos; they may be left out."""
    return Photo("photo", label, short=_("Photos"), required=False, at_most=3, **options)


def files(label: Text, code: str = "file", short: Text | None = None, **options: Any) -> Files:
    """Ask for a document, as a photo or a file; it may be left out."""
    options.setdefault("sensitive", Sensitivity.INTERNAL)
    return Files(code, label, short=short or _("File"), required=False, **options)
