"""Photos and files: albums, limits, wrong kinds, and photos that come when something else was asked."""

from __future__ import annotations

from tests.forms import forms
from tests.forms.visit import Visit


def at_photo() -> Visit:
    """Come to the question for photos."""
    visit = Visit(forms.form(forms.number("people"), forms.PHOTOS.by_code["photo"]))
    visit.types("5")
    return visit


def test_photos_are_received_until_done() -> None:
    """The question for photos stays open after each one; 1 or XONG ends it."""
    for done in ("1", "xong"):
        visit = at_photo()
        assert "Received 1 photo.\nPhoto?\nNow: 1 photo\n1. Done" in visit.photo()
        assert "Received 2 photos." in visit.photo()
        assert visit.step == "photo"
        assert "Photo: 2 photos" in visit.types(done)
        assert len(visit.files) == 2
        assert visit.answers["photo"] == [file.id for file in visit.files]


def test_an_album_is_one_answer() -> None:
    """Photos sent together come in several messages; all are kept, and each receipt counts those so far."""
    visit = at_photo()
    assert "Received 3 photos." in visit.photo(3)
    assert len({file.id for file in visit.files}) == 3


def test_at_most_so_many_photos() -> None:
    """What is too much is counted and said, over several messages of an album."""
    visit = at_photo()
    visit.photo(2)
    assert "Received 3 photos.\nOnly 3 fit here, of the right kind; 1 more was not taken." in visit.photo(2)
    assert "Received 3 photos.\nOnly 3 fit here, of the right kind; 2 more were not taken." in visit.photo()
    assert len(visit.files) == 3


def test_the_wrong_kind_is_refused() -> None:
    """A document is no photo; a picture sent as a file is one."""
    visit = at_photo()
    assert "1 more was not taken." in visit.photo(kind="file", mime="application/pdf")
    assert "photo" not in visit.answers
    assert "Received 1 photo." in visit.photo(kind="file", mime="image/png")


def test_done_without_a_photo() -> None:
    """A required photo is asked for until one comes; an optional one is skipped by 1."""
    visit = at_photo()
    assert "Nothing has come yet." in visit.types("1")
    visit = Visit(forms.form(forms.number("n"), forms.NOTHING_REQUIRED.by_code["photo"]))
    visit.types("5")
    visit.types("1")
    assert "1. Send" in visit.types("1")


def test_words_at_a_photo_question() -> None:
    """Words are no photo: what to do is said."""
    assert "Please send the photo here" in at_photo().types("ảnh đây")


def test_a_photo_at_another_question_goes_to_the_photos() -> None:
    """A photo sent while a number is asked is kept as a photo, not as minutes, and the number is asked again."""
    visit = Visit(forms.PHOTOS)
    said = visit.photo()
    assert said.endswith("Received 1 photo.\nPeople?")
    assert list(visit.answers) == ["photo"]


def test_a_document_at_another_question_goes_to_the_files() -> None:
    """A document goes where documents are taken."""
    visit = Visit(forms.PHOTOS)
    assert "Received 1 file." in visit.photo(kind="file", mime="application/pdf")
    assert list(visit.answers) == ["minutes"]


def test_a_photo_goes_to_the_files_where_there_is_nothing_else() -> None:
    """A form without a question for photos keeps them with its files, as far as there is room."""
    visit = Visit(forms.ONLY_FILES)
    visit.photo()
    assert "1 more was not taken." in visit.photo()
    assert len(visit.answers["minutes"]) == 1


def test_a_form_without_files_needs_none() -> None:
    """Where the form has no use for a photo it says so, and keeps nothing."""
    visit = Visit(forms.TWO_NUMBERS)
    assert "No photo or file is needed here." in visit.photo()
    assert visit.files == []


def test_a_photo_at_the_summary_is_added_to_it() -> None:
    """A photo sent at the summary is part of a new one, and the old one no longer sends."""
    visit = Visit(forms.PHOTOS)
    visit.types("5")
    visit.photo()
    visit.types("xong")
    visit.types("0")
    assert visit.step == "+recap"
    old = visit.messages[-1].buttons[0].data
    assert "Photo: 2 photos" in visit.photo()
    assert "The answers have changed since that summary." in visit.presses(old)
    visit.types("1")
    assert len(visit.filed[0].answers["photo"]) == 2


def test_a_photo_while_something_is_doubted_leaves_the_doubt() -> None:
    """A photo at a doubt or at the question whether to drop is kept, and that question stays."""
    visit = Visit(forms.PHOTOS)
    visit.types("khoảng 30")
    assert "Is it 30?" in visit.photo()
    visit.types("huy")
    assert "Drop what was entered here?" in visit.photo()
    visit.types("2")
    visit.types("1")
    assert visit.answers == {"people": 30, "photo": [file.id for file in visit.files]}


def test_photos_can_be_taken_away_again() -> None:
    """Choosing the photos in the summary and skipping them leaves the report without."""
    visit = Visit(forms.form(forms.number("n"), forms.NOTHING_REQUIRED.by_code["photo"]))
    visit.types("5")
    visit.types("1")
    visit.photo()
    visit.types("1")
    visit.types("2")
    visit.types("2")
    assert "photo" not in visit.types("boqua").lower()
    visit.types("1")
    assert visit.filed[0].answers["photo"] is None
