"""Drafts that change under way: edited messages, similar reports, corrections, and changed forms."""

from __future__ import annotations

from typing import Any

import pytest

from bot.forms.conditions import answer
from bot.forms.fields import (
    Calculated,
    Date,
    DateTime,
    Field,
    Files,
    Integer,
    Money,
    Period,
    Photo,
    SelectMultiple,
    SelectOne,
    TextField,
    UnitPicker,
    YesNo,
)
from bot.forms.form import Form
from tests.forms import forms
from tests.forms.visit import Visit, report

# --- edited messages --------------------------------------------------------------------------------------------------


def test_an_edited_message_replaces_its_answer() -> None:
    """Changing an earlier message changes the answer it gave; the open question stays open."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("5")
    said = visit.edits(visit.last_id, "6")
    assert said == "Tiny · 2/2\nChanged: First.\nSecond?"
    assert visit.answers == {"first": 6}


def test_an_edit_at_the_summary_makes_a_new_one() -> None:
    """An edit at the summary shows a new one."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("5")
    message = visit.last_id
    visit.types("6")
    assert "Changed: First.\nFirst: 7\nSecond: 6" in visit.edits(message, "7")


def test_an_edited_digit_is_a_choice() -> None:
    """A digit changed to another digit is the other choice."""
    visit = Visit(forms.form(*forms.ONE_OF_THREE.fields, *forms.MULTIPLE.fields, forms.number("n")))
    visit.types("1")
    town = visit.last_id
    visit.types("13")
    towns = visit.last_id
    visit.edits(town, "3")
    visit.edits(towns, "24")
    assert visit.answers == {"town": "c3", "towns": ["c2", "c4"]}
    assert visit.step == "n"


def test_an_edit_that_cannot_be_read_reopens_its_question() -> None:
    """An edit that is no answer keeps the old one, says why, and asks that question."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("5")
    said = visit.edits(visit.last_id, "nhiều lắm")
    assert "Please give a number, even a rough one." in said
    assert said.endswith("First?\nNow: 5")
    assert visit.answers == {"first": 5}
    assert "Second?" in visit.types("tiep")


def test_an_edit_against_the_rule_is_refused() -> None:
    """An edit must hold to the rule as any answer."""
    visit = Visit(forms.form(*forms.CONSTRAINT.fields, forms.number("n")))
    visit.types("10")
    visit.types("9")
    assert "More women than members." in visit.edits(visit.last_id, "11")
    assert visit.answers["women"] == 9


def test_an_edit_of_several_answers_is_not_guessed_at() -> None:
    """A message with several answers is not taken apart again: what to do instead is said."""
    visit = Visit(forms.EVERY_KIND)
    visit.types("9/11; 4; 1")
    assert "To change an answer, choose Change in the summary" in visit.edits(visit.last_id, "9/11; 5; 1")
    assert visit.answers["people"] == 4


def test_an_edit_does_not_undo_a_later_answer() -> None:
    """A message whose answer was replaced since changes nothing."""
    visit = Visit(forms.form(*forms.ONE_OF_THREE.fields, forms.number("n")))
    visit.types("1")
    message = visit.last_id
    visit.types("lai")
    visit.presses("Tân Uyên")
    visit.edits(message, "3")
    assert visit.answers == {"town": "c2"}


def test_an_edited_doubt_is_put() -> None:
    """An edit to a rough number is asked about."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("5")
    assert "Is it 30?" in visit.edits(visit.last_id, "khoảng 30")
    visit.types("1")
    assert visit.answers == {"first": 30}
    assert visit.step == "second"


# --- similar reports --------------------------------------------------------------------------------------------------


def test_a_similar_report_is_pointed_out() -> None:
    """The same day and the same choices as an earlier report: is it the same event?"""
    visit = Visit(forms.EVENT, history=[report(forms.EVENT, towns=["c3", "c1"], people=12)])
    said = visit.types("hôm nay; 13")
    assert said == (
        "On 10/11/2026 the unit already has report BC7 of this kind. Is this the same event?\n"
        "1. Update that one  2. No, another event"
    )
    assert "People?" in visit.types("2")
    visit.types("9")
    visit.types("1")
    assert visit.filed[0].draft.replaces == ""


def test_a_different_event_is_not_pointed_out() -> None:
    """Another day, or other choices, is another event."""
    earlier = [report(forms.EVENT, towns=["c2"]), report(forms.EVENT, 8, days=1, towns=["c1"])]
    assert "People?" in Visit(forms.EVENT, history=earlier).types("hôm nay; 1")


def test_updating_a_similar_report() -> None:
    """1 turns what was typed into a correction: the summary shows the report, and what differs as old → new."""
    visit = Visit(forms.EVENT, history=[report(forms.EVENT, towns=["c1"], people=12)])
    visit.types("hôm nay; 1")
    said = visit.types("1")
    assert "Correction of BC7" in said
    assert "People: 12" in said
    visit.types("2")
    visit.types("People")
    assert "People: 12 → 15" in visit.types("15")
    visit.types("1")
    assert visit.filed[0].draft.replaces == "report-7"


def test_each_similar_report_is_asked_about_once() -> None:
    """Told apart once, a report is not pointed out again; a new one is."""
    visit = Visit(forms.EVENT, history=[report(forms.EVENT, towns=["c1"])])
    visit.types("hôm nay; 1")
    visit.types("2")
    visit.types("lai")
    assert "People?" in visit.types("1")
    visit.history = (*visit.history, report(forms.EVENT, 8, towns=["c1"]))
    visit.types("lai")
    assert "BC8" in visit.types("1")


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_correction_shows_old_and_new() -> None:
    """A correction begins with the list of answers; the summary shows what changed, was added and was taken away."""
    visit = Visit(forms.RELEVANT, history=[report(forms.RELEVANT, opinions=5, resolved=2, forwarded=1, attendees=30)])
    said = visit.corrects(visit.history[0])
    assert said.startswith("This is what was filed as BC7.\nWhich one shall be changed?\n1. Opinions: 5")
    visit.types("2")
    said = visit.types("4")
    assert "Correction of BC7\nOpinions: 5\nResolved: 2 → 4\nOpen: 3 → 1\nForwarded: 1\nAttendees: 30" in said
    visit.types("2")
    visit.types("1")
    said = visit.types("0")
    assert "Opinions: 5 → 0" in said
    assert "Resolved: 2 → (none)" in said
    visit.types("1")
    assert visit.filed[0].answers == {"opinions": 0, "attendees": 30}


def test_a_correction_does_not_offer_extras_unasked() -> None:
    """What was left out when filing is not offered again, but can be chosen."""
    visit = Visit(forms.ONE_OPTIONAL, history=[report(forms.ONE_OPTIONAL, members=5)])
    visit.corrects(visit.history[0])
    visit.types("1")
    assert "Members: 5 → 6" in visit.types("6")
    visit.types("2")
    visit.types("extra")
    assert "Extra: – → 1" in visit.types("1")


def test_a_correction_keeps_confirmed_doubts() -> None:
    """A doubt confirmed when the report was filed is not put again for the same value."""
    old = report(forms.WARNING, new=5, total=107, workers=60)
    kept = {"total!ledger": {"mark": [107, 105], "reason": "thiếu 2"}}
    filed = type(old)(**{name: getattr(old, name) for name in old.__slots__} | {"accepted": kept})
    visit = Visit(forms.WARNING, history=[filed])
    visit.corrects(filed)
    visit.types("3")
    assert "Total, reason: thiếu 2" in visit.types("61")


def test_dropping_a_correction_leaves_the_report() -> None:
    """HUY in a correction asks, and only the correction goes."""
    visit = Visit(forms.TWO_NUMBERS, history=[report(forms.TWO_NUMBERS, first=1, second=2)])
    visit.corrects(visit.history[0])
    visit.types("huy")
    visit.types("1")
    assert visit.draft is None
    assert visit.filed == []


# --- a form changed while a draft is open -----------------------------------------------------------------------------


def test_a_question_taken_away() -> None:
    """An answer to a question that is gone counts for nothing; one that was just open is passed over."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("5")
    visit.upgrades(forms.form(forms.number("first"), forms.number("third")))
    said = visit.types("6")
    assert "That question no longer applies." in said
    assert said.endswith("Third?")
    visit.types("7")
    assert visit.answers == {"first": 5, "third": 7}


def test_a_question_taken_away_at_the_end() -> None:
    """When the open question was the last one missing, the summary comes."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("5")
    visit.upgrades(forms.form(forms.number("first")))
    assert visit.types("6").endswith("First: 5\n1. Send  2. Change  3. Later")
    visit.types("1")
    assert visit.filed[0].answers == {"first": 5}


def test_a_question_added() -> None:
    """A new required question is asked before the summary sends."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("5; 6")
    visit.upgrades(forms.form(*forms.TWO_NUMBERS.fields, forms.number("third")))
    assert visit.types("1").endswith("Third?")
    assert visit.filed == []


def test_an_optional_question_added() -> None:
    """A new optional question does not hold up a draft whose extras were settled."""
    visit = Visit(forms.ONE_OPTIONAL)
    visit.types("5")
    visit.types("0")
    visit.upgrades(forms.form(*forms.ONE_OPTIONAL.fields, forms.number("third", required=False)))
    visit.types("1")
    assert visit.filed[0].answers == {"members": 5}


def test_a_choice_taken_away() -> None:
    """A chosen choice that the form no longer has is asked again, one and several alike."""
    fewer = forms.choices("Than Uyên", "Tân Uyên")
    for old, code, typed in ((forms.ONE_OF_THREE, "town", "3"), (forms.MULTIPLE, "towns", "13")):
        visit = Visit(forms.form(*old.fields, forms.number("n")))
        visit.types(typed)
        kind = SelectOne if code == "town" else SelectMultiple
        visit.upgrades(forms.form(kind(code, **forms.asks(code), choices=fewer), forms.number("n")))
        said = visit.types("8")
        assert "That choice is no longer offered." in said
        visit.types("2")
        assert visit.step == "+recap"


def one(kind: type[Field], **options: Any) -> Field:
    """Ask for "thing" in this way."""
    return kind("thing", **forms.asks("thing"), **options)


TOWNS = forms.choices("Than Uyên", "Tân Uyên", "Mường Tè")
KINDS: dict[str, tuple[Field, Any]] = {
    "integer": (one(Integer), 5),
    "money": (one(Money), 500_000),
    "date": (one(Date), "2026-11-09"),
    "datetime": (one(DateTime), "2026-11-09T08:30:00+07:00"),
    "period": (one(Period), "2026-11"),
    "select_one": (one(SelectOne, choices=TOWNS), "c2"),
    "select_multiple": (one(SelectMultiple, choices=TOWNS), ["c1", "c3"]),
    "yes_no": (one(YesNo), "yes"),
    "text": (one(TextField), "vui"),
    "photo": (one(Photo), ["draft00001-thing-u1-0"]),
    "file": (one(Files), ["draft00001-thing-u1-0"]),
    "unit": (one(UnitPicker), "12"),
    "calculated": (one(Calculated, default=answer("first") + 1), None),
}


@pytest.mark.parametrize("new", KINDS)
@pytest.mark.parametrize("old", KINDS)
def test_a_question_of_another_kind(old: str, new: str) -> None:
    """A stored answer of another kind never breaks anything: it is asked again, unless it fits the new kind as well."""
    stored = KINDS[old][1]
    visit = Visit(form_with(KINDS[old][0]))
    visit.types("5")
    assert visit.draft is not None
    if stored is not None:
        visit.draft.answers["thing"] = stored  # type: ignore[index]
    visit.resumes()
    visit.upgrades(form_with(KINDS[new][0]))
    visit.photo()
    visit.sticker()
    visit.types("6")
    visit.resumes()
    visit.types("lai")
    visit.resumes()
    if visit.step == "+recap":
        visit.types("2")
        visit.types("2")
        visit.presses("e:draft00001:thing")
        visit.types("5")
    kept = visit.answers.get("thing")
    assert kept is None or type(kept) is type(KINDS[new][1])


def form_with(field: Field) -> Form:
    """Declare a form with this question in its middle."""
    return forms.form(forms.number("first"), field, forms.number("last", required=False))


def test_a_doubt_taken_away() -> None:
    """An open doubt that the form no longer has is passed over."""
    visit = Visit(forms.WARNING)
    visit.types("5; 107")
    visit.upgrades(forms.form(forms.number("new"), forms.number("total"), forms.number("workers")))
    assert visit.types("2").endswith("Workers?")
    assert visit.answers["total"] == 107


def test_a_filed_report_of_an_older_form_can_be_corrected() -> None:
    """A report filed with other questions opens for correction; what no longer fits is asked again."""
    visit = Visit(forms.RELEVANT, history=[report(forms.RELEVANT, opinions="many", gone=3, attendees=30)])
    visit.corrects(visit.history[0])
    visit.types("tiep")
    assert visit.says.endswith("Opinions?")
    assert "Correction of BC7\nOpinions: – → 0\nAttendees: 30" in visit.types("0")
