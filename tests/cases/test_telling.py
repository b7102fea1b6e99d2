"""What is said of cases without being asked: it stands on a locked phone, and says the number and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.cases.case import Case, Change, Deed, Event, Kind, State
from bot.cases.telling import Circle, Speaker, told
from bot.cases.terms import Terms
from bot.channels.draw import draw
from bot.effects import Speak
from bot.i18n import Voice, load_catalogues
from bot.messages import Address
from bot.records import Person
from tests.cases.province import Province, to
from tests.stage import ROOT

NOW = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)
SECRETS = ("Giàng", "0912", "lương", "tien_luong", "Chè", "Thiếu nhà")
CASE = Case(
    "c", 12, Kind.PETITION, "tien_luong", 1, "pao", NOW, State.OPENED, "mai", 2, NOW + timedelta(days=9), 3, report=4
)
PEOPLE = {id_: Person(id_, id_.title(), addresses=(Address("telegram", id_),)) for id_ in ("pao", "mai", "lan")}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("deed", Deed)
def test_nothing_of_what_was_written_is_said(deed: Deed, kind: Kind, language: str) -> None:
    """Of every deed on every kind of case, in both languages: no topic, unit, name of a worker, word of the text."""
    case = replace(CASE, kind=kind, wording="Thiếu nhà ở", serious=True, alerted=("mai", "lan"))
    event = Event("c", 3, NOW, "", deed, "mai", "anh Giàng A Páo 0912345678 ở CĐCS Chè bị nợ lương")
    voice = Voice(load_catalogues(ROOT / "locales")[language])
    speaker = Speaker(lambda _person: voice, Terms(), NOW)
    spoken = [
        one.out
        for one in told(Change(case, event), Circle([PEOPLE["pao"]], PEOPLE, "LĐLĐ tỉnh"), speaker)
        if isinstance(one, Speak)
    ]
    unheard = deed is Deed.WORDED or (deed is Deed.ALERTED and kind is not Kind.INCIDENT)
    assert bool(spoken) is not unheard
    for out in spoken:
        text = draw(out.message)
        assert case.code in text
        assert not any(secret in text for secret in SECRETS), text


async def test_who_asks_to_be_called_is_not_in_the_first_line(province: Province) -> None:
    """An officer's locked phone shows that somebody waits; not who, and not what a sensitive report is about."""
    said = await province.types("Páo", "tam tu", "1", "??", "??", "??", "2")
    (alert,) = to(said, "mai")
    assert "Páo" not in alert.splitlines()[0]
    assert "Páo" in alert
    assert "think" not in alert
    said = await province.types("Páo", "huy", "1", "kn1", "doi thoai", "??", "??", "??", "2")
    (alert,) = to(said, "mai")
    assert "Workplace dialogue" in alert.splitlines()[2]
