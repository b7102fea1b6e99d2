"""Typed words: control words at every kind of step, zero, several answers at once, and answers not understood."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.forms.form import Form
from tests.forms import forms
from tests.forms.visit import Visit, report

# --- zero -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "answer"), [("people", 0), ("gift", 0)])
def test_zero_is_a_number(code: str, answer: int) -> None:
    """At a question for a number, required or not, 0 is zero."""
    visit = at(forms.NOTHING_REQUIRED, code)
    visit.types("0")
    assert visit.answers[code] == answer


@pytest.mark.parametrize("code", ["day", "town", "towns", "agreed", "story", "photo"])
def test_zero_skips_what_is_optional(code: str) -> None:
    """At an optional question that takes no number, 0 leaves it out."""
    visit = at(forms.NOTHING_REQUIRED, code)
    visit.types("0")
    assert visit.answers[code] is None


@pytest.mark.parametrize("code", ["day", "town", "towns", "agreed", "photo"])
def test_zero_is_no_answer_to_what_is_required(code: str) -> None:
    """At a required question that takes no number, 0 is asked again and cancels nothing."""
    visit = at(forms.EVERY_KIND, code)
    visit.types("0")
    assert visit.step == code
    assert code not in visit.answers


def test_zero_may_be_free_words() -> None:
    """At a required question for words, 0 is what was said."""
    visit = at(forms.EVERY_KIND, "story")
    visit.types("0")
    assert visit.answers["story"] == "0"


@pytest.mark.parametrize("word", ["BOQUA", "bỏ qua", "bo qua", "skip", "Bỏ qua ."])
@pytest.mark.parametrize("code", [field.code for field in forms.NOTHING_REQUIRED.fields])
def test_boqua_skips_every_optional_question(word: str, code: str) -> None:
    """BOQUA leaves out an optional question of every kind."""
    visit = at(forms.NOTHING_REQUIRED, code)
    visit.types(word)
    assert visit.answers[code] is None


def at(form: Form, code: str) -> Visit:
    """Come to the question with this code, opened from the list of what can be changed."""
    visit = Visit(form)
    assert visit.draft is not None
    visit.presses(f"e:{visit.draft.id}:{code}")
    assert visit.step == code
    return visit


# --- going back -------------------------------------------------------------------------------------------------------


def test_lai_goes_back_and_tiep_goes_on() -> None:
    """LAI reopens the question before, again and again; TIEP returns to the first one not answered."""
    visit = Visit(forms.EVERY_KIND)
    visit.types("9/11; 5; 2")
    assert visit.step == "towns"
    assert visit.types("lai").startswith("Tiny · 3/8\nTown?\nNow: Tân Uyên")
    assert "People?" in visit.types("quay lại")
    assert "Day?" in visit.types("back")
    assert visit.types("LAI").startswith("Tiny · 1/8\nThis is the first question.\nDay?")
    assert "Towns?" in visit.types("tiếp")


def first(visit: Visit) -> None:
    """Stay at the first question."""


def doubted(visit: Visit) -> None:
    visit.types("khoảng 107")


def warned(visit: Visit) -> None:
    visit.types("5; 107")


def reason(visit: Visit) -> None:
    visit.types("5; 107")
    visit.types("2")


def recap(visit: Visit) -> None:
    visit.types("5; 105; 60")


def edit(visit: Visit) -> None:
    recap(visit)
    visit.types("2")


def stuck(visit: Visit) -> None:
    visit.types("5")
    for _try in range(3):
        visit.types("nhiều lắm")


def cancel(visit: Visit) -> None:
    visit.types("5")
    visit.types("huy")


BACK: list[tuple[Callable[[Visit], None], str, str]] = [
    (first, "new", "new"),
    (doubted, "new?", "new"),
    (warned, "total!ledger", "total"),
    (recap, "+recap", "workers"),
    (edit, "+edit", "+recap"),
    (stuck, "+stuck", "total"),
    (cancel, "+cancel", "total"),
]


@pytest.mark.parametrize(("go", "here", "before"), BACK, ids=lambda one: one if isinstance(one, str) else "")
def test_lai_from_every_kind_of_step(go: Callable[[Visit], None], here: str, before: str) -> None:
    """LAI leads somewhere sensible from each kind of step, and loses no answer."""
    visit = Visit(forms.WARNING)
    go(visit)
    assert visit.step == here
    answers = visit.answers
    visit.types("LAI")
    assert visit.step == before
    assert visit.answers == answers


def test_lai_at_the_reason_asks_whether_it_is_the_reason() -> None:
    """At a question for free words LAI might be the answer; as a command it returns to the number."""
    visit = Visit(forms.WARNING)
    reason(visit)
    assert "is that a command, or the answer?" in visit.types("lai")
    visit.types("1")
    assert visit.step == "total"


def test_lai_from_the_extras() -> None:
    """LAI at the list of extras reopens the last question."""
    visit = Visit(forms.OPTIONAL)
    visit.types("5")
    assert "Members?" in visit.types("lai")


def test_lai_from_the_question_about_a_similar_report() -> None:
    """LAI where a similar report was pointed out reopens the answer that made it similar."""
    visit = Visit(forms.EVENT, history=[report(forms.EVENT, towns=["c1"])])
    visit.types("hôm nay; 1")
    assert visit.step == "+similar"
    assert "Towns?" in visit.types("lai")


# --- leaving ----------------------------------------------------------------------------------------------------------


def test_huy_asks_before_dropping() -> None:
    """HUY asks first; 1 drops the draft."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("5")
    assert visit.types("HỦY") == "Drop what was entered here?\n1. Drop it  2. Go on  3. Keep for later"
    assert "Dropped." in visit.types("1")
    assert visit.draft is None


def test_huy_can_be_taken_back() -> None:
    """2 after HUY returns to the very question, with what was ticked there."""
    visit = Visit(forms.MULTIPLE)
    visit.types("17")
    visit.presses("Lai Châu")
    visit.types("boqua")
    visit.types("2")
    visit = Visit(forms.form(forms.number("n"), *forms.MULTIPLE.fields))
    visit.types("4; 17")
    visit.types("huy")
    said = visit.types("2")
    assert "9. Done" in said
    assert "8. Choices before" in said
    visit.types("2")
    assert visit.answers == {"n": 4, "towns": ["c1", "c8"]}


def test_huy_with_nothing_entered_asks_nothing() -> None:
    """An empty draft is dropped at once."""
    visit = Visit(forms.TWO_NUMBERS)
    assert "Dropped." in visit.types("huy")
    assert visit.draft is None


def test_huy_twice_still_asks() -> None:
    """Typing HUY at the question whether to drop repeats it; going on afterwards takes one step."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("5")
    visit.types("huy")
    assert "Drop what was entered here?" in visit.types("huy")
    assert "Second?" in visit.types("2")


def test_later_and_resume() -> None:
    """DE SAU keeps the draft without an open question; coming back asks where it stood."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("5")
    assert "Kept. Type TIEP" in visit.types("để sau")
    assert visit.ask is None
    assert visit.resumes().endswith("Second?")
    visit.types("huy")
    assert "Kept. Type TIEP" in visit.types("3")
    assert visit.resumes().endswith("Second?")
    visit.types("6")
    assert "Kept. Type TIEP" in visit.types("3")
    assert "1. Send" in visit.resumes()


# --- command or answer? -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["HUY", "hủy", "lai", "tiep", "Tiếp tục"])
def test_a_control_word_at_free_words_asks_back(word: str) -> None:
    """At a question for words, HUY, LAI and TIEP might be the answer: 2 takes it as that."""
    visit = Visit(forms.WORDS)
    assert visit.types(word) == f"“{word}”: is that a command, or the answer?\n1. Command  2. It is the answer"
    message = visit.last_id
    assert "People?" in visit.types("2")
    assert visit.answers == {"story": word}
    assert "Changed: Story." in visit.edits(message, "đã trao quà")
    assert visit.answers == {"story": "đã trao quà"}


def test_a_control_word_meant_as_command() -> None:
    """1 does what the word asks for."""
    visit = Visit(forms.form(forms.number("n"), *forms.WORDS.fields))
    visit.types("1")
    visit.types("huy")
    assert "Drop what was entered here?" in visit.types("1")
    assert "Story?" in visit.types("2")
    visit.types("lai")
    assert "N?" in visit.types("1")


def test_boqua_and_de_sau_are_always_commands() -> None:
    """BOQUA and DE SAU need no asking back at a question for words."""
    visit = Visit(forms.WORDS)
    assert "This one is needed." in visit.types("boqua")
    assert "Kept." in visit.types("de sau")


# --- several answers at once ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["9/11; 4; 1; 13", "9/11\n4\n1\n13", "9/11, 4, 1, 13", "9/11;4;\n1;13;", "hôm qua; 4; than; 1 3"]
)
def test_several_answers_at_once(typed: str) -> None:
    """Answers come together, parted by semicolons, lines, or comma and space."""
    visit = Visit(forms.EVERY_KIND)
    visit.types(typed)
    assert visit.answers == {"day": "2026-11-09", "people": 4, "town": "c1", "towns": ["c1", "c3"]}
    assert visit.step == "agreed"


def test_a_day_may_hold_a_comma() -> None:
    """ "Thứ sáu, 6/11" is one day, not a day and something else."""
    visit = Visit(forms.DAY)
    visit.types("thứ sáu, 6/11")
    assert visit.answers == {"day": "2026-11-06"}


def test_free_words_keep_their_separators() -> None:
    """Words take the rest of the message as it stands, commas, semicolons and lines included."""
    visit = Visit(forms.WORDS)
    visit.types("Trao quà, 5 suất; vui\n4")
    assert visit.answers == {"story": "Trao quà, 5 suất; vui\n4"}
    visit = Visit(forms.form(forms.number("n"), *forms.WORDS.fields))
    visit.types("4; Trao quà, 5 suất; vui")
    assert visit.answers == {"n": 4, "story": "Trao quà, 5 suất; vui"}


def test_the_first_wrong_part_stops_without_losing_the_others() -> None:
    """Answers before a wrong one are kept; it is asked about, and what came after it is not guessed at."""
    visit = Visit(forms.EVERY_KIND)
    said = visit.types("9/11; nhiều lắm; 1; 13")
    assert visit.answers == {"day": "2026-11-09"}
    assert "Please give a number, even a rough one." in said
    assert said.endswith("People?")


def test_a_rule_stops_several_answers_too() -> None:
    """A part against a rule stops there as well."""
    visit = Visit(forms.CONSTRAINT)
    assert "More women than members." in visit.types("10; 11")
    assert visit.answers == {"members": 10}


def test_several_answers_stop_at_a_doubt() -> None:
    """A part that must be confirmed is confirmed first."""
    visit = Visit(forms.TWO_NUMBERS)
    told = "Not taken yet: 5. Please give it when it is asked for."
    assert visit.types("khoảng 30; 5") == f"{told}\nIs it 30?\n1. Right  2. Type it again"
    assert visit.types("1").endswith("Second?")


def test_several_answers_never_send() -> None:
    """However many parts there are, the summary is only shown."""
    visit = Visit(forms.TWO_NUMBERS)
    assert "1. Send" in visit.types("1; 1; 1; 1")
    assert visit.filed == []


def test_several_answers_skip_what_is_optional() -> None:
    """0 and BOQUA among several answers leave out their question."""
    visit = Visit(forms.form(forms.number("a"), *forms.NOTHING_REQUIRED.fields[3:5], forms.number("b")))
    assert visit.draft is not None
    visit.draft.answers["a"] = 1  # type: ignore[index]
    visit.presses(f"e:{visit.draft.id}:town")
    visit.types("0; 7")
    assert visit.answers == {"a": 1, "town": None, "b": 7}


# --- not understood ---------------------------------------------------------------------------------------------------


def test_three_wrong_answers_bring_an_offer() -> None:
    """After three answers that cannot be read, help is offered, and each way out works."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("5")
    visit.types("nhiều")
    visit.types("nhiều lắm")
    said = visit.types("không nhớ")
    assert said.endswith("1. Try again  2. Please call me  3. Keep for later")
    assert visit.types("1").endswith("Second?")
    assert visit.types("6").startswith("Tiny · CĐCS")


def test_asking_for_a_call() -> None:
    """2 asks for a call about this question, which stays open."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("5")
    stuck_at(visit)
    assert visit.types("2").endswith("Second?")
    assert visit.calls == ["second"]


def test_an_optional_question_can_be_skipped_when_stuck() -> None:
    """At an optional question the third way is to skip it."""
    visit = Visit(forms.ONE_OPTIONAL)
    visit.types("5")
    visit.types("1")
    stuck_at(visit)
    assert visit.says.endswith("3. Skip this question")
    assert visit.types("3").endswith("Members: 5\n1. Send  2. Change  3. Later")


def test_keep_for_later_when_stuck() -> None:
    """At a required question the third way is to go on another time."""
    visit = Visit(forms.TWO_NUMBERS)
    stuck_at(visit)
    assert "Kept." in visit.types("3")


def test_a_good_answer_begins_the_count_anew() -> None:
    """Wrong answers to different questions do not add up."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("nhiều")
    visit.types("nhiều")
    visit.types("5")
    visit.types("nhiều")
    assert visit.step == "second"


def test_garbage_at_the_offer_repeats_it() -> None:
    """Whatever is typed at the offer of help, it stays until one of its ways is taken."""
    visit = Visit(forms.TWO_NUMBERS)
    stuck_at(visit)
    for _try in range(4):
        assert "1. Try again" in visit.types("??")
    assert visit.types("1").endswith("First?")


@pytest.mark.parametrize("go", [doubted, warned, recap, edit, cancel, reason], ids=lambda go: go.__name__)
def test_every_step_survives_garbage(go: Callable[[Visit], None]) -> None:
    """Three wrong answers at any step, then trying again, lead back to that step or the question it was about."""
    visit = Visit(forms.WARNING)
    go(visit)
    here = visit.step
    for _try in range(3):
        visit.types("???")
    if visit.step == "+stuck":
        visit.types("1")
    assert visit.step == here or here == "total#ledger"


def test_command_or_answer_survives_garbage() -> None:
    """Three wrong answers at "command or answer?", then trying again, ask it again."""
    visit = Visit(forms.WORDS)
    visit.types("huy")
    for _try in range(3):
        visit.types("???")
    assert "is that a command, or the answer?" in visit.types("1")
    visit.types("2")
    assert visit.answers == {"story": "huy"}


def stuck_at(visit: Visit) -> None:
    """Answer wrongly until help is offered."""
    while visit.step != "+stuck":
        visit.types("đông lắm")


def test_a_sticker_is_asked_about_again() -> None:
    """What cannot be read is said to be so, and the question comes again."""
    said = Visit(forms.TWO_NUMBERS).sticker()
    assert said.startswith("Tiny · 1/2\nI cannot read that kind of message yet.")
    assert said.endswith("First?")


def test_a_doubtful_reading_is_confirmed_or_typed_again() -> None:
    """A rough number is put as a question; a sticker there leaves it open."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("khoảng 30")
    assert visit.sticker().endswith("Is it 30?\n1. Right  2. Type it again")
    assert visit.types("2").endswith("First?")
    visit.types("tầm 40")
    visit.types("right")
    assert visit.answers == {"first": 40}


def test_another_number_at_a_doubt_is_the_answer() -> None:
    """Where a reading or a number is doubted, another number typed at once takes its place."""
    visit = Visit(forms.TWO_NUMBERS)
    visit.types("khoảng 30")
    visit.types("35")
    assert visit.answers == {"first": 35}
    visit = Visit(forms.WARNING)
    visit.types("5; 107")
    assert "Expected 105, not 109?" in visit.types("109")
    assert "Workers?" in visit.types("105")
    assert visit.answers == {"new": 5, "total": 105}


def test_money_in_thousands_is_confirmed() -> None:
    """A bare 500 for money is asked about as 500 thousand."""
    visit = Visit(forms.MONEY)
    assert "500,000 đ, is that right?" in visit.types("500")
    visit.types("1")
    assert visit.answers == {"gift": 500_000}


def test_an_endless_message_is_refused() -> None:
    """A very long message at a short question is asked about kindly, not read for minutes."""
    said = Visit(forms.TWO_NUMBERS).types("5 " * 3000)
    assert "That is long." in said
