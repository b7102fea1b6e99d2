"""The house as the book in force furnishes it. A new version is taken up by whoever looks next, in every process."""

from __future__ import annotations

from dataclasses import replace

import structlog

from bot.cases.desks import Lists
from bot.library import Library
from bot.office.book import Book, BookError, stored_book
from bot.ports import Reads
from bot.reporting.anniversaries import Anniversaries
from bot.reporting.calendar import Calendar
from bot.reporting.occasions import Rules
from bot.talk import House

log = structlog.get_logger(__name__)


def furnished(house: House, book: Book, version: int) -> House:
    """Give the house with what a book says. Raises BookError with everything that is wrong with the book."""
    says = book.read()
    calendar = Calendar(says["cycles"], says["days"]).known_to(house.forms)
    days, hours = Anniversaries(says["calendar"]), says["hours"]
    rules = replace(
        Rules(calendar, hours.quiet, says["reminders"], days, hours.digest_at, hours.speak_at), off=hours.off
    )
    lists = Lists(says["functions"], says["duty"])
    library = Library(says["library"], says["faq"])
    terms = replace(says["terms"], working_days=says["days"], quiet=hours.quiet)
    house = replace(house, lists=lists, terms=terms, library=library, acceptance=says["acceptance"])
    return replace(house, calendar=calendar, days=days, rules=rules, version=version)


async def in_force(house: House, reads: Reads, *, strict: bool = False) -> House:
    """Give the house by the latest version of the book; the same one when there is none newer.

    A version that this program cannot use (another, newer program wrote it) changes nothing but its number, and is
    told in the log; `strict` raises BookError instead.
    """
    stored = await reads.newer_book(house.version)
    if stored is None:
        return house
    try:
        return furnished(house, stored_book(house.shipped, stored.sheets), stored.version)
    except BookError as error:
        if strict:
            raise
        log.error("a book of settings cannot be used", version=stored.version, problems=len(error.problems))
        return replace(house, version=stored.version)
