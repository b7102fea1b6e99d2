"""Old buttons: of answered questions, of other steps, of finished drafts, pressed twice, or no longer offered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.forms.fields import SelectOne
from bot.forms.form import Form
from tests.forms import forms
from tests.forms.visit import PAUSE, Visit, report


def test_an_old_choice_reopens_its_question() -> None:
    """A button of an answered question changes nothing by itself: its question is open again."""
    visit = Visit(forms.form(*forms.ONE_OF_THREE.fields, forms.number("people")))
    visit.presses("Than Uyên")
    said = visit.presses("Mường Tè")
    assert "That question was answered before. It is open again.\nTown?\nNow: Than Uyên" in said
    assert visit.answers == {"town": "c1"}
    visit.presses("Mường Tè")
    assert visit.answers == {"town": "c3"}


@pytest.mark.parametrize(
    ("form", "before", "button"),
    [
        (forms.form(*forms.ONE_OF_THREE.fields, forms.number("n")), "", "Tân Uyên"),
        (forms.DAY, "", "Today"),
        (forms.form(*forms.DEFAULT.fields, forms.number("n")), "5", "Right"),
        (forms.WARNING, "5; 107", "105"),
        (forms.WARNING, "5; 107", "107"),
        (forms.WARNING, "5; 105; 900", "Right"),
        (forms.TWO_NUMBERS, "khoảng 30", "Right"),
        (forms.OPTIONAL, "5", "Nothing more"),
        (forms.form(forms.number("n"), *forms.NOTHING_REQUIRED.fields[:2]), "1\n1", "Skip"),
    ],
    ids=["choice", "day", "default", "instead", "yes", "doubt", "reading", "extras", "skip"],
)
def test_the_second_press_of_a_double_tap_is_passed_over(form: Form, before: str, button: str) -> None:
    """The same button twice within three seconds is one wish: nothing is said, nothing changes."""
    visit = Visit(form)
    for words in before.splitlines():
        visit.types(words)
    data = next(one.data for one in visit.messages[-1].buttons if one.label == button)
    visit.presses(data)
    draft, ask = visit.draft, visit.ask
    assert draft is not None
    assert visit.presses(data, quickly=True) == ""
    assert visit.ask == ask
    assert visit.draft == replace(draft, touched_at=visit.now)


def test_a_double_tap_on_done_is_passed_over() -> None:
    """Done pressed twice does not reopen what was just ended: photos, or ticked choices."""
    visit = Visit(forms.form(forms.PHOTOS.by_code["photo"], *forms.MULTIPLE.fields, forms.number("n")))
    visit.photo()
    visit.presses("Done")
    assert visit.step == "towns"
    assert visit.presses("a:draft00001:photo:+done", quickly=True) == ""
    visit.presses("Than Uyên")
    visit.presses("Done")
    assert visit.step == "n"
    assert visit.presses("a:draft00001:towns:+done", quickly=True) == ""
    assert visit.step == "n"


def test_a_press_after_a_while_is_no_double_tap() -> None:
    """The same button after ten seconds reopens its question."""
    visit = Visit(forms.DAY)
    visit.presses("Today")
    assert "It is open again." in visit.presses("Today")
    assert visit.step == "day"
    assert PAUSE.total_seconds() > 3


def test_an_old_yes_does_not_confirm_another_doubt() -> None:
    """The yes of one doubt says nothing about the next one, however late it is pressed."""
    visit = Visit(forms.WARNING)
    visit.types("5; 107")
    old = next(data for label, data in visit.buttons if label == "107")
    visit.types("1")
    visit.types("900")
    assert visit.step == "workers!many"
    assert "That question no longer applies." in visit.presses(old)
    assert visit.step == "workers!many"
    visit.presses("Right")
    assert visit.step == "+recap"


def test_an_old_yes_does_not_confirm_another_value() -> None:
    """The yes said to one number is not the yes to a later one, though the doubt is the same."""
    visit = Visit(forms.WARNING)
    visit.types("5; 107")
    old = next(data for label, data in visit.buttons if label == "107")
    visit.types("3")
    visit.types("109")
    assert "Expected 105, not 109?" in visit.presses(old)
    assert visit.step == "total!ledger"


def test_an_old_reading_does_not_confirm_another() -> None:
    """The yes to one rough number is not the yes to another."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("khoảng 30")
    old = visit.messages[-1].buttons[0].data
    visit.types("1")
    visit.types("tầm 900")
    visit.presses(old)
    assert visit.answers == {"first": 30}
    assert visit.step == "second?"


def test_an_old_way_out_does_nothing_elsewhere() -> None:
    """Skip, call, drop and the like only work at the question they were offered at."""
    visit = Visit(forms.form(forms.number("n"), forms.number("extra", required=False), forms.number("last")))
    assert visit.draft is not None
    for act in ("skip:+stuck", "call:+stuck", "drop:+cancel", "back:+cancel", "answer:+word", "other:+similar"):
        visit.presses(f"s:{visit.draft.id}:{act}")
        assert visit.step == "n"
    assert visit.calls == []


def test_a_choice_no_longer_offered() -> None:
    """A button whose choice the form has lost says so, and asks again."""
    visit = Visit(forms.ONE_OF_THREE)
    visit.upgrades(forms.form(SelectOne("town", **forms.asks("town"), choices=forms.choices("Than Uyên"))))
    assert "That choice is no longer offered." in visit.presses("Mường Tè")
    assert visit.step == "town"


def test_a_recap_does_not_send_newer_answers() -> None:
    """The Send of an old summary is void once an answer changed: the new summary is shown first."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("1; 2")
    old = visit.messages[-1].buttons[0].data
    visit.types("2")
    visit.types("1")
    visit.types("9")
    said = visit.presses(old)
    assert "The answers have changed since that summary." in said
    assert "First: 9" in said
    assert visit.filed == []
    visit.types("1")
    assert visit.filed[0].answers == {"first": 9, "second": 2}


def test_a_recap_does_not_send_what_became_incomplete() -> None:
    """The Send of an old summary, pressed while something is missing again, asks for that."""
    visit = Visit(forms.RELEVANT)
    visit.types("0; 30")
    old = visit.messages[-1].buttons[0].data
    visit.types("2")
    visit.types("1")
    visit.types("5")
    assert visit.presses(old).endswith("Resolved?")
    assert visit.filed == []


def test_an_equal_recap_sends() -> None:
    """Two summaries of the same answers are the same: either one sends."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("1; 2")
    old = visit.messages[-1].buttons[0].data
    visit.types("2")
    visit.types("LAI")
    visit.presses(old)
    assert visit.filed[0].answers == {"first": 1, "second": 2}


def test_buttons_of_hidden_and_unknown_questions() -> None:
    """A button of a question that left the path, or of none at all, is explained and the open question stays."""
    visit = Visit(forms.RELEVANT)
    visit.types("0")
    for data in ("a:draft00001:resolved:+skip", "e:draft00001:resolved", "a:draft00001:gone:1"):
        assert "That question no longer applies." in visit.presses(data)
        assert visit.step == "attendees"
    for data in (
        "x:draft00001:what",
        "s:draft00001:nonsense",
        "a:draft00001",
        "t:draft00001:gone:x",
        "p:draft00001:gone:1",
    ):
        visit.presses(data)
        assert visit.step == "attendees"
    assert visit.answers == {"opinions": 0}


def test_a_calculated_value_cannot_be_opened() -> None:
    """An old button of a question that is now computed does not ask for it."""
    visit = Visit(forms.CALCULATED)
    assert "That question no longer applies." in visit.presses("e:draft00001:net")


def test_the_open_question_of_another_draft_is_not_touched_by_a_press() -> None:
    """A press on one draft is not taken for an answer to the question of another."""
    visit = Visit(forms.WARNING)
    visit.types("5; 107")
    assert visit.ask is not None
    visit.ask = replace(visit.ask, draft="another001")
    visit.presses("s:draft00001:yes:total!ledger")
    assert visit.draft is not None
    assert visit.draft.accepted == {}
    assert visit.step == "total!ledger"


def test_an_old_answer_to_a_similar_report_is_void_later() -> None:
    """ "No, another event" of an old message does not tell apart a report pointed out since."""
    visit = Visit(
        forms.EVENT, history=[report(forms.EVENT, towns=["c1"]), report(forms.EVENT, 8, days=1, towns=["c1"])]
    )
    visit.types("hôm nay; 1")
    visit.types("2")
    visit.types("LAI")
    visit.types("LAI")
    visit.types("hôm qua")
    assert visit.step == "+similar"
    assert "BC8" in visit.says
    visit.presses("s:draft00001:other")
    assert visit.step in {"+similar", "people"}


def test_every_choice_has_a_key() -> None:
    """Each choice of each kind of question can be typed: its key is shown and means its button."""
    visit = Visit(forms.EVERY_KIND)
    for typed in ("", "1", "5", "1", "13", "1", "500k", "vui"):
        if typed:
            visit.types(typed)
        assert visit.ask is not None
        shown = {button.key.lower(): button.data for button in visit.messages[-1].buttons}
        assert visit.ask.choices == shown
        assert all(key for key in shown)
