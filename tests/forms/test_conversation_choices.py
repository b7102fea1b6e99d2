"""Answering with choices: digits, several digits, pages, labels without diacritics, ticking by press, yes and no."""

from __future__ import annotations

import pytest

from bot.forms.fold import fold
from bot.records import Unit
from tests.forms import forms
from tests.forms.visit import Visit


@pytest.mark.parametrize("typed", ["2", "Tân Uyên", "tan uyen", "TÂN UYÊN.", "tan"])
def test_one_choice_by_digit_or_label(typed: str) -> None:
    """A choice is its digit, its label, or the beginning of its label; diacritics and capitals do not matter."""
    visit = Visit(forms.ONE_OF_THREE)
    visit.types(typed)
    assert visit.answers == {"town": "c2"}


@pytest.mark.parametrize("typed", ["0", "4", "12", "t", "lai chau", "?"])
def test_what_is_no_choice_is_asked_again(typed: str) -> None:
    """A digit that is not shown, or words that name no single choice, repeat the question with its choices."""
    visit = Visit(forms.ONE_OF_THREE)
    assert visit.types(typed).startswith("Please choose one of the numbers.\nTown?\n1. Than Uyên")
    assert visit.answers == {}


def test_choices_are_paged_by_six() -> None:
    """Six choices a page; 7 and 8 turn it, and digits mean those of the page shown."""
    visit = Visit(forms.ONE_OF_MANY)
    assert visit.says.endswith("6. Tam Đường\n7. More choices")
    assert visit.types("7").endswith("Town?\n1. Nậm Nhùn  2. Lai Châu  3. Bum Nưa  8. Choices before")
    assert visit.types("8").endswith("6. Tam Đường\n7. More choices")
    visit.types("7")
    visit.types("2")
    assert visit.answers == {"town": "c8"}


def test_a_label_of_another_page_can_be_typed() -> None:
    """A label works on any page, before its page was ever shown."""
    visit = Visit(forms.ONE_OF_MANY)
    visit.types("bum nua")
    assert visit.answers == {"town": "c9"}


def test_pages_turn_by_press_in_the_same_message() -> None:
    """A pressed page button redraws the message it hangs on."""
    visit = Visit(forms.ONE_OF_MANY)
    assert "Bum Nưa" in visit.presses("More choices")
    assert visit.messages[-1].edits == "ours"
    visit.presses("Bum Nưa")
    assert visit.answers == {"town": "c9"}


@pytest.mark.parametrize(
    "typed", ["13", "1 3", "1,3", "1, 3", "1. 3", "113", "Than Uyên, Mường Tè", "muong te; than uyen"]
)
def test_several_choices_at_once(typed: str) -> None:
    """Several choices are typed as digits, together or apart, or as labels."""
    visit = Visit(forms.MULTIPLE)
    visit.types(typed)
    assert sorted(visit.answers["towns"]) == ["c1", "c3"]


@pytest.mark.parametrize("typed", ["0", "10", "19", "18", "Than Uyên, nowhere", "x"])
def test_digits_that_are_not_shown_are_no_choice(typed: str) -> None:
    """One wrong digit or label among several, and nothing of it is taken."""
    visit = Visit(forms.MULTIPLE)
    visit.types(typed)
    assert "towns" not in visit.answers
    assert visit.step == "towns"


def test_picks_are_kept_over_pages() -> None:
    """Digits of one page stay picked while another is turned to: "27" picks 2 and turns, then 3 ends it."""
    visit = Visit(forms.MULTIPLE)
    said = visit.types("27")
    assert said.endswith("1. Nậm Nhùn  2. Lai Châu  3. Bum Nưa  8. Choices before\n9. Done") or "9. Done" in said
    assert "2. ✓ Tân Uyên" in visit.types("8")
    visit.types("7")
    visit.types("3")
    assert visit.answers == {"towns": ["c2", "c9"]}


def test_picks_of_two_pages_in_one_message() -> None:
    """Page and choices can be typed in one go, parted by a semicolon."""
    visit = Visit(forms.MULTIPLE)
    visit.types("27; 3")
    assert visit.answers == {"towns": ["c2", "c9"]}


def test_ticking_by_press() -> None:
    """A press ticks, a second one unticks, Done (9) ends; Done is only offered once something is ticked."""
    visit = Visit(forms.MULTIPLE)
    assert "9. Done" not in visit.says
    assert "✓ Than Uyên" in visit.presses("Than Uyên")
    visit.presses("Mường Tè")
    assert "✓ Than Uyên" not in visit.presses("✓ Than Uyên")
    visit.presses("Done")
    assert visit.answers == {"towns": ["c3"]}


@pytest.mark.parametrize("done", ["9", "xong", "Xong."])
def test_done_can_be_typed(done: str) -> None:
    """9 and XONG end the ticking."""
    visit = Visit(forms.MULTIPLE)
    visit.presses("Than Uyên")
    visit.types(done)
    assert visit.answers == {"towns": ["c1"]}


def test_done_with_nothing_ticked() -> None:
    """XONG before anything is chosen asks for a choice."""
    visit = Visit(forms.MULTIPLE)
    assert visit.types("xong").startswith("Please choose at least one.")


def test_a_typed_digit_completes_what_was_ticked() -> None:
    """After ticking by press, a typed digit adds its choice and ends the question."""
    visit = Visit(forms.MULTIPLE)
    visit.presses("Than Uyên")
    visit.types("2")
    assert visit.answers == {"towns": ["c1", "c2"]}


def test_at_most_so_many_choices() -> None:
    """Too many are refused with the number allowed; ticks made by press are still there to be undone."""
    visit = Visit(forms.MULTIPLE)
    assert visit.types("12345").startswith("Please choose at most 4.\nTowns?")
    assert visit.answers == {}
    for town in ("Than Uyên", "Tân Uyên", "Mường Tè", "Sìn Hồ", "Phong Thổ"):
        visit.presses(town)
    assert "Please choose at most 4." in visit.presses("Done")
    visit.presses("✓ Than Uyên")
    visit.presses("Done")
    assert visit.answers == {"towns": ["c2", "c3", "c4", "c5"]}


def test_a_label_may_hold_a_comma() -> None:
    """A label with a comma in it is typed whole, alone or before further answers."""
    visit = Visit(forms.COMMAS)
    visit.types("bonuses, tet bonus")
    visit.types("workers, all of them; 5")
    assert visit.answers == {"topics": ["c1"], "side": "c1", "people": 5}
    visit = Visit(forms.COMMAS)
    visit.types("wages; jobs; 2; 5")
    assert visit.answers == {"topics": ["c2", "c3"], "side": "c2", "people": 5}


YES = ["1", "có", "Co", "vâng", "dạ", "ừ", "ok", "đúng rồi", "Yes"]
NO = ["2", "không", "ko", "Chưa", "khong co", "no"]


@pytest.mark.parametrize(("typed", "code"), [(w, "yes") for w in YES] + [(w, "no") for w in NO])
def test_yes_and_no(typed: str, code: str) -> None:
    """Yes and no are understood as people write them."""
    visit = Visit(forms.YES_OR_NO)
    visit.types(typed)
    assert visit.answers == {"agreed": code}


def test_choices_that_depend_on_an_earlier_answer_are_asked_again() -> None:
    """When an earlier answer changes what is offered, a choice no longer there is asked again."""
    visit = Visit(forms.DATED_CHOICES)
    visit.types("2/11; 1")
    assert visit.answers["campaign"] == "c1"
    visit.types("2")
    visit.types("1")
    said = visit.types("9/11")
    assert "That choice is no longer offered." in said
    assert said.endswith("1. May Day")
    assert "1. Send" in visit.types("1")


# --- units ------------------------------------------------------------------------------------------------------------

UNITS = [
    Unit(10, "TU-10", "CĐCS Chè Than Uyên", "CDCS_DN_TN"),
    Unit(11, "TU-11", "CĐCS Trường Mầm non Than Uyên", "CDCS_DN_TN"),
    Unit(12, "MT-12", "CĐCS Thủy điện Mường Tè", "CDCS_DN_TN"),
]


def picker() -> Visit:
    """Somebody who chooses among three units."""
    visit = Visit(forms.PICKER, unit=None)
    visit.find = lambda words: [
        unit
        for unit in UNITS
        if fold(words) in fold(f"{unit.code} {unit.name}") or words.rsplit(":", 1)[-1] == str(unit.id)
    ]
    return visit


@pytest.mark.parametrize(
    ("typed", "unit"), [("thuy dien", "12"), ("Mường Tè", "12"), ("mt-12", "12"), ("mam non", "11")]
)
def test_a_unit_is_found_by_a_piece_of_its_name(typed: str, unit: str) -> None:
    """A piece of the name or the code is enough when only one unit has it."""
    visit = picker()
    visit.types(typed)
    assert visit.answers == {"unit": unit}


def test_several_units_match() -> None:
    """When several units match they are offered, and one is taken by digit, by press or by typing more."""
    visit = picker()
    assert "Several units match." in visit.types("than uyen")
    assert visit.says.endswith("1. CĐCS Chè Than Uyên  2. CĐCS Trường Mầm non Than Uyên")
    visit.types("che than")
    assert visit.answers == {"unit": "10"}
    visit = picker()
    visit.types("than uyen")
    visit.presses("CĐCS Trường Mầm non Than Uyên")
    assert visit.answers == {"unit": "11"}


def test_the_whole_name_of_a_unit_wins() -> None:
    """A name that is also a piece of another one is taken for itself."""
    visit = Visit(forms.PICKER, unit=None)
    visit.find = lambda words: [Unit(1, "A", "Chè", "X"), Unit(2, "B", "Chè Xanh", "X")]
    visit.types("che")
    assert visit.answers == {"unit": "1"}


def test_no_unit_matches() -> None:
    """When nothing matches, the question says what else to type."""
    assert picker().types("sin ho").startswith("Tiny · 1/2\nNo unit has that in its name.")
