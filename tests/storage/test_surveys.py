"""Surveys in the database: kept whole, one vote for a person, counts only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.effects import ErasePerson, OpenSurvey, Vote
from bot.ports import Conflict
from bot.records import Role
from bot.surveys import Survey, read_choices, wrong_choices
from storage.store import SqlStore
from tests.storage.people import AREA_A, CLINIC, NOW, PROVINCE, SCHOOL, joined, write

SURVEY = Survey("s1", 1, "mai", AREA_A, "Họp mặt ngày nào?", ("23", "25"), NOW, NOW + timedelta(days=1))


async def test_the_last_vote_of_a_person_counts(store: SqlStore) -> None:
    """A person counts once; erased, not at all."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), *joined("lan", Role.CHAIR, CLINIC), OpenSurvey(SURVEY))
    await write(store, Vote("s1", "pao", 1, NOW), Vote("s1", "pao", 2, NOW), Vote("s1", "lan", 2, NOW))
    async with store.reading() as reads:
        assert await reads.votes("s1") == {2: 2}
        assert await reads.survey(1) == SURVEY
        assert await reads.surveys_at([AREA_A], 9) == [SURVEY]
        assert await reads.surveys_at([PROVINCE], 9) == []
        assert await reads.survey(2) is None
    await write(store, Vote("s1", "pao", 1, NOW), ErasePerson("lan", NOW))
    async with store.reading() as reads:
        assert await reads.votes("s1") == {1: 1}


async def test_a_number_is_given_once(store: SqlStore) -> None:
    """Two surveys begun at once cannot have the same number."""
    await write(store, OpenSurvey(SURVEY))
    with pytest.raises(Conflict):
        await write(store, OpenSurvey(replace(SURVEY, id="s2")))
    async with store.reading() as reads:
        assert await reads.last_survey() == 1


@pytest.mark.parametrize(
    ("typed", "choices", "right"),
    [
        ("a; b", ("a", "b"), True),
        ("a\nb ;; b", ("a", "b"), True),
        ("a", ("a",), False),
        ("1;2;3;4;5;6;7", tuple("1234567"), False),
        (f"a;{'b' * 61}", ("a", "b" * 61), False),
        (";", (), False),
    ],
)
def test_choices_are_read(typed: str, choices: tuple[str, ...], right: bool) -> None:
    """Two to six short ones, each once."""
    assert read_choices(typed) == choices
    assert (wrong_choices(choices) is None) is right
