"""What `check` says of those who receive cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.cases.desks import Duty, Function, Lists
from bot.cli.duty import complaints
from tests.cases.conftest import province, template
from tests.cases.province import Province

__all__ = ["province", "template"]
TODAY = date(2026, 11, 10)


async def told(one: Province, *duties: Duty, functions: tuple[Function, ...] = ()) -> list[str]:
    """Give the complaints with these rows in force."""
    house = replace(one.stage.inbox.house, lists=Lists(functions, duties))
    async with one.stage.store.reading() as reads:
        return await complaints(house, reads, TODAY)


async def test_an_empty_duty_list_is_complained_of(province: Province) -> None:
    """So is one on which nobody is named for today."""
    assert "nobody is on duty" in (await told(province))[0]
    past = Duty("TU", "Mai", until=date(2026, 11, 9))
    assert "nobody is on duty" in (await told(province, past))[0]
    assert await told(province, Duty("tu", "mai")) == []


async def test_rows_that_name_nobody_are_complained_of(province: Province) -> None:
    """A wrong name, a wrong union; a telephone number names somebody too."""
    wrong = (Function("petition", "TU", "Thương"), Function("petition", "LC", "0912 345 678"))
    assert await told(province, Duty("TU", "Mai"), functions=wrong) == [
        "Cases: a row of the book of settings names no officer who has come in (TU: Thương)."
    ]
