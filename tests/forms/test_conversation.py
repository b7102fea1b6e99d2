"""The path of a conversation: what is asked, what counts, what is doubted, and how it ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.records import Unit
from tests.forms import forms
from tests.forms.visit import UNIT, Visit


def test_questions_come_in_order_and_end_in_a_recap() -> None:
    """Each answer leads to the next question, the last one to a summary that can be sent."""
    visit = Visit(forms.TWO_NUMBERS)
    assert visit.says == "Tiny · 1/2\nFirst?"
    assert visit.types("3") == "Tiny · 2/2\nSecond?"
    recap = "Tiny · CĐCS Chè Than Uyên\nFirst: 3\nSecond: 4\n1. Send  2. Change  3. Later"
    assert visit.types("4") == recap
    assert visit.types("1") == ""
    assert visit.filed[0].answers == {"first": 3, "second": 4}


def test_progress_counts_the_required_questions_of_the_path() -> None:
    """The numbers in the title follow the path as it grows, and extras have none."""
    visit = Visit(forms.RELEVANT)
    assert "1/2" in visit.says
    assert "2/3" in visit.types("5")
    assert "3/4" in visit.types("2")
    visit = Visit(forms.form(forms.number("a"), forms.number("b"), forms.number("c", required=False)))
    visit.types("1; 2")
    assert visit.types("1").startswith("Tiny · extra\nC?")


def test_progress_of_a_reopened_question_is_its_own_place() -> None:
    """Going back to the first of three questions shows the first place, whatever is answered already."""
    visit = Visit(forms.form(forms.number("a"), forms.number("b"), forms.number("c")))
    visit.types("1; 2")
    assert visit.types("LAI").startswith("Tiny · 2/3\nB?")
    assert visit.types("LAI").startswith("Tiny · 1/3\nA?")


def test_a_hidden_answer_neither_steers_nor_is_filed_but_comes_back() -> None:
    """An answer that left the path counts for nothing, until the path returns to it."""
    visit = Visit(forms.RELEVANT)
    visit.types("5; 2; 1; 30")
    assert visit.answers == {"opinions": 5, "resolved": 2, "forwarded": 1, "attendees": 30}
    visit.types("2")
    visit.types("Opinions")
    said = visit.types("0")
    assert visit.answers == {"opinions": 0, "attendees": 30}
    assert "Resolved" not in said
    assert "Forwarded" not in said
    visit.types("2")
    visit.types("Opinions")
    visit.types("5")
    assert visit.answers == {"opinions": 5, "resolved": 2, "forwarded": 1, "attendees": 30}
    visit.types("1")
    assert visit.filed[0].values["open"] == 3


def test_a_filed_report_leaves_out_what_is_hidden() -> None:
    """What was answered and then hidden is in the draft, not in what is filed."""
    visit = Visit(forms.RELEVANT)
    visit.types("5; 2; 1; 30")
    visit.types("2")
    visit.types("Opinions")
    visit.types("0")
    visit.types("1")
    assert visit.filed[0].answers == {"opinions": 0, "attendees": 30}
    assert set(visit.filed[0].values) == {"opinions", "attendees"}


def test_a_constraint_is_checked_when_answered() -> None:
    """An answer against the rule is refused with the rule's words, and the question stays open."""
    visit = Visit(forms.CONSTRAINT)
    visit.types("10")
    assert visit.types("11") == "Tiny · 2/2\nMore women than members.\nWomen?"
    assert visit.answers == {"members": 10}
    assert visit.types("10").endswith("Women: 10\n1. Send  2. Change  3. Later")


def test_a_constraint_is_checked_again_when_the_other_side_changes() -> None:
    """Changing an earlier answer reopens the later one that no longer fits, and says why."""
    visit = Visit(forms.CONSTRAINT)
    visit.types("10; 10")
    visit.types("2")
    visit.types("1")
    assert visit.types("8") == "Tiny · 2/2\nMore women than members.\nWomen?\nNow: 10"
    assert "Women: 8" in visit.types("8")


def test_required_is_required() -> None:
    """BOQUA at a required question says what else can be done, and asks again."""
    visit = Visit(forms.TWO_NUMBERS)
    said = visit.types("BOQUA")
    assert "This one is needed. Type HUY" in said
    assert said.endswith("First?")


def test_optional_questions_are_offered_together() -> None:
    """After the required questions, extras are offered in one list, and only the chosen ones are asked."""
    visit = Visit(forms.OPTIONAL)
    said = visit.types("5")
    assert "1. Extra1" in said
    assert "7. More choices" in said
    assert "0. Nothing more" in said
    assert "Extra1?" in visit.types("13")
    assert "Extra3?" in visit.types("7")
    assert "Extra3: 8" in visit.types("8")
    assert visit.answers == {"members": 5, "extra1": 7, "extra3": 8}


@pytest.mark.parametrize(
    ("typed", "chosen"), [("1 3", [1, 3]), ("1, 3", [1, 3]), ("2", [2]), ("Extra 8", []), ("extra8", [8])]
)
def test_extras_can_be_typed_in_many_ways(typed: str, chosen: list[int]) -> None:
    """Extras are chosen by digits with or without spaces, or by name, also of another page."""
    visit = Visit(forms.OPTIONAL)
    visit.types("5")
    said = visit.types(typed)
    if not chosen:
        assert "Please choose one of the numbers." in said
    else:
        assert f"Extra{chosen[0]}?" in said
        assert visit.draft is not None
        assert visit.draft.accepted["+more"] == [f"extra{place}" for place in chosen]


def test_nothing_more_is_zero() -> None:
    """0 at the extras goes on to the summary; they are not offered again."""
    visit = Visit(forms.OPTIONAL)
    visit.types("5")
    assert visit.types("0").endswith("Members: 5\n1. Send  2. Change  3. Later")
    visit.types("2")
    visit.types("1")
    assert visit.types("6").endswith("Members: 6\n1. Send  2. Change  3. Later")


def test_extras_are_paged_and_keep_what_was_picked() -> None:
    """7 and 8 turn the page of extras, picks of the first page are still there on the second."""
    visit = Visit(forms.OPTIONAL)
    visit.types("5")
    said = visit.types("17")
    assert "1. Extra7\n2. Extra8\n8. Choices before\n9. Done choosing" in said
    assert "1. ✓ Extra1" in visit.types("8")
    visit.types("7")
    assert "Extra1?" in visit.types("2")
    assert "Extra8?" in visit.types("3")
    assert "Extra8: 4" in visit.types("4")


def test_extras_can_be_ticked_by_press_and_done() -> None:
    """Pressing ticks and unticks an extra in the same message; 9 takes those ticked."""
    visit = Visit(forms.OPTIONAL)
    visit.types("5")
    visit.presses("Extra2")
    assert visit.messages[-1].edits == "ours"
    visit.presses("Extra4")
    visit.presses("✓ Extra2")
    assert "Extra4?" in visit.types("9")
    assert "extra2" not in visit.answers


def test_an_extra_can_be_skipped_after_all() -> None:
    """A chosen extra can still be left out, by word or button."""
    visit = Visit(forms.ONE_OPTIONAL)
    visit.types("5")
    visit.types("1")
    assert visit.types("bỏ qua").endswith("Members: 5\n1. Send  2. Change  3. Later")
    visit = Visit(forms.ONE_OPTIONAL)
    visit.types("5")
    visit.types("1")
    assert visit.presses("Skip").endswith("Members: 5\n1. Send  2. Change  3. Later")


def test_boqua_at_the_extras_means_nothing_more() -> None:
    """BOQUA at the list of extras goes on to the summary."""
    visit = Visit(forms.OPTIONAL)
    visit.types("5")
    assert visit.types("boqua").endswith("Members: 5\n1. Send  2. Change  3. Later")


def test_an_extra_left_out_can_be_added_from_the_recap() -> None:
    """The list of what can be changed names the extras too."""
    visit = Visit(forms.OPTIONAL)
    visit.types("5")
    visit.types("0")
    visit.types("2")
    assert "Extra2?" in visit.types("3")
    assert "Extra2: 9" in visit.types("9")


@pytest.mark.parametrize("yes", ["1", "đúng", "Đúng rồi ạ.", "dung", "ok", "vâng"])
def test_a_default_is_taken_by_one_or_by_yes(yes: str) -> None:
    """A question that names its default takes 1 or a word of agreement for it."""
    visit = Visit(forms.DEFAULT)
    assert "So 105 now, right?\n1. Right" in visit.types("5")
    visit.types(yes.replace(" ạ", ""))
    assert visit.answers["total"] == 105


def test_a_default_can_be_replaced() -> None:
    """A number typed at a default is the answer instead; and the default is taken by a press as well."""
    visit = Visit(forms.DEFAULT)
    visit.types("5")
    visit.types("107")
    assert visit.answers["total"] == 107
    visit = Visit(forms.DEFAULT)
    visit.types("5")
    visit.presses("Right")
    assert visit.answers["total"] == 105


def test_a_default_without_a_basis_is_asked_openly() -> None:
    """Where the default is not known, the plain question is asked."""
    form = forms.form(
        forms.number("total", default=forms.FACTS.by_code["people"].default, default_label=lambda n: forms.label("?")),
    )
    assert Visit(form, unit=replace(UNIT, members=None), units=(replace(UNIT, members=None),)).says == "Total?"


def test_calculated_values_are_shown_and_follow_their_parts() -> None:
    """A computed value is never asked, appears in the summary, and changes with the answers it comes from."""
    visit = Visit(forms.CALCULATED)
    visit.types("9")
    assert "Came: 9\nNet: 9" in visit.types("0")
    visit.types("2")
    assert "Net" not in visit.says
    visit.types("2")
    assert "Came: 9\nLeft: 4\nNet: 5" in visit.types("4")
    visit.types("1")
    assert visit.filed[0].answers == {"came": 9, "left": 4}
    assert visit.filed[0].values["net"] == 5


# --- soft checks ------------------------------------------------------------------------------------------------------


def test_a_doubt_offers_the_expected_value_instead() -> None:
    """1 takes the expected value, with nothing more to explain."""
    visit = Visit(forms.WARNING)
    assert visit.types("5; 107") == "Expected 105, not 107?\n1. 105  2. 107  3. Type it again"
    assert "Workers?" in visit.types("1")
    assert visit.answers["total"] == 105


def test_a_confirmed_doubt_keeps_its_reason() -> None:
    """2 keeps the number typed, and asks why; the reason stands in the summary and is filed."""
    visit = Visit(forms.WARNING)
    visit.types("5; 107")
    assert visit.types("2") == "In a few words, why? It helps the officer who reads it."
    assert "Workers?" in visit.types("đếm lại; thiếu 2")
    assert "Total, reason: đếm lại; thiếu 2" in visit.types("60")
    visit.types("1")
    assert visit.filed[0].draft.accepted["total!ledger"]["reason"] == "đếm lại; thiếu 2"


def test_the_reason_can_be_left_out() -> None:
    """BOQUA at the question for a reason goes on without one, and the number stays."""
    visit = Visit(forms.WARNING)
    visit.types("5; 107; 60")
    visit.types("2")
    assert "Workers?" in visit.types("boqua")
    assert visit.answers["total"] == 107
    assert "reason" not in visit.types("60")


def test_a_reason_is_not_lost_to_a_sticker() -> None:
    """What cannot be read at the question for a reason leaves it open."""
    visit = Visit(forms.WARNING)
    visit.types("5; 107")
    visit.types("2")
    assert "In a few words, why?" in visit.sticker()
    assert "Workers?" in visit.types("thiếu 2")


def test_a_doubted_number_can_be_typed_again() -> None:
    """3 asks the question anew; a good number goes on without a doubt."""
    visit = Visit(forms.WARNING)
    visit.types("5; 107")
    assert visit.types("3").endswith("Total?\nNow: 107")
    assert "Workers?" in visit.types("105")


def test_a_doubt_is_put_again_when_the_value_changes() -> None:
    """A confirmation holds for the number it was given for, not for another one."""
    visit = Visit(forms.WARNING)
    visit.types("5; 107")
    visit.types("2")
    visit.types("thiếu 2")
    visit.types("60")
    visit.types("2")
    visit.types("Total")
    assert "Expected 105, not 109?" in visit.types("109")


def test_a_doubt_is_put_again_when_the_expected_value_changes() -> None:
    """A confirmation holds for what was expected then; a changed earlier answer asks again, the old reason is gone."""
    visit = Visit(forms.WARNING)
    visit.types("5; 107")
    visit.types("2")
    visit.types("thiếu 2")
    visit.types("60")
    visit.types("2")
    visit.types("New")
    assert "Expected 106, not 107?" in visit.types("6")
    visit.types("2")
    assert "reason" not in visit.types("boqua")


def test_a_doubt_is_not_put_again_for_the_same_value() -> None:
    """Going through the same question with the same number does not ask twice."""
    visit = Visit(forms.WARNING)
    visit.types("5; 107")
    visit.types("2")
    visit.types("thiếu 2")
    visit.types("900")
    visit.types("1")
    visit.types("2")
    visit.types("Total")
    assert "1. Send" in visit.types("107")


def test_a_plain_doubt_has_two_answers() -> None:
    """Without another value to offer, a doubt is confirmed with 1 or typed again with 2; a reason is not asked."""
    visit = Visit(forms.WARNING)
    visit.types("5; 105")
    assert visit.types("900") == "900 workers?\n1. Right  2. Type it again"
    assert visit.types("2").endswith("Workers?\nNow: 900")
    visit.types("900")
    assert "1. Send" in visit.types("1")


# --- which unit -------------------------------------------------------------------------------------------------------


def test_somebody_with_several_units_chooses_first() -> None:
    """With several units the first question is for which; its name can be typed as well."""
    units = [
        UNIT,
        *(Unit(number, f"TU-{number:02}", f"Công đoàn số {number}", "CDCS_DN_TN") for number in range(2, 10)),
    ]
    visit = Visit(forms.TWO_NUMBERS, unit=None, units=units)
    assert visit.says.startswith("For which unit is this?\n1. CĐCS Chè Than Uyên")
    assert visit.types("cong doan so 9").endswith("First?")
    assert visit.draft is not None
    assert visit.draft.unit == 9
    visit.types("1; 2")
    assert visit.says.startswith("Tiny · Công đoàn số 9")


def test_a_unit_chosen_is_not_changed_by_an_old_button() -> None:
    """Pressing another unit of the first question later changes nothing."""
    units = [UNIT, Unit(2, "TU-02", "Công đoàn số 2", "CDCS_DN_TN")]
    visit = Visit(forms.TWO_NUMBERS, unit=None, units=units)
    visit.types("1")
    assert "That choice is no longer offered." in visit.presses("Công đoàn số 2")
    assert visit.draft is not None
    assert visit.draft.unit == 1


def test_a_form_without_recap_is_done_with_its_last_answer() -> None:
    """Where no summary is wanted, the last answer ends the form."""
    visit = Visit(forms.NO_RECAP)
    assert visit.types("3") == ""
    assert visit.filed[0].answers == {"people": 3}
