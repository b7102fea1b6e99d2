"""What must hold of every report kind: it is recorded, counted, answered with digits, and safe from bad input."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import handlers
from bot.forms.fields import Date, DateTime, Figure, Integer, Money, SelectOne, TextField, UnitPicker
from bot.forms.fold import fold
from bot.forms.form import Form
from bot.messages import Address, Arrival, Incoming
from bot.reporting.kinds import REPORT_KINDS
from handlers.phones import PhoneNumber
from handlers.plan import DocumentNumber
from tests.forms.visit import Visit
from tests.handlers.filling import counted, sent, visiting
from tests.handlers.longest import AREA

TALKS = Path(__file__).resolve().parents[1] / "talks"
KINDS = [form for form in handlers.FORMS if form.settings.report and form.fields]
NASTY = (
    "",
    " ",
    "0",
    "-1",
    "99999999999999999999",
    "3,5",
    "1e9",
    "½",
    "31/02",
    "32/13/2026",
    "1/1/1900",
    "9",
    "17",
    "789",
    "vài người",
    "?????",
    "👍",
    "\u200b\u200b",
    "\x00\x07",
    "<b>&lt;</b>",
    "{you} {0} %s",
    "'; DROP TABLE drafts; --",
    "=CMD()",
    "a" * 5_000,
    "a:draft00001:nothing:here",
    "LAI",
    "BOQUA",
)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("form", KINDS, ids=repr)
def test_every_kind_has_its_conversation(form: Form, language: str) -> None:
    """A conversation with the name of the kind shows it filed, in both languages."""
    talk = (TALKS / language / f"{form.name}.txt").read_text(encoding="utf-8")
    assert re.search(r"(Đã nhận báo cáo|Received report) BC\d", talk)


def test_the_kinds_are_those_of_the_calendar() -> None:
    """The kinds that cycles may ask for are the kinds that there are."""
    assert {form.name for form in KINDS} == set(REPORT_KINDS)


SAID = {
    "membership": "kết nạp · đoàn viên mới · kn 4 · PTĐV · giảm đv · chuyển sinh hoạt",
    "union_founding": "thành lập cđcs · ra mắt · nghiệp đoàn · giải thể · sáp nhập",
    "dialogue": "đối thoại · bc doi thoai · đt định kỳ · gặp gỡ giám đốc · giải đáp thắc mắc",
    "bargaining": "thương lượng · thoả ước · thỏa ước · tưlđtt · TULDTT · ký thỏa ước",
    "workplace_democracy": "hội nghị người lao động · hội nghị viên chức · quy chế dân chủ · ban TTND",
    "propaganda": "tuyên truyền · tt · sinh hoạt chuyên đề · quán triệt · hội thi tìm hiểu",
    "sentiment": "tâm tư · nguyện vọng · dư luận · băn khoăn · tư tưởng",
    "incident": "đình công · ngừng việc · nợ lương · tai nạn · ngộ độc · bỏ trốn",
    "welfare": "tết sum vầy · mái ấm · trợ cấp · thăm hỏi · bữa cơm công đoàn · trao quà",
    "legal_aid": "tư vấn pháp luật · hỗ trợ pháp lý · khởi kiện · hỏi chế độ",
    "training": "nâng cao tay nghề · học nghề · thi thợ giỏi · bổ túc · lớp học",
    "cadre_training": "tập huấn cán bộ · bồi dưỡng nghiệp vụ",
    "emulation": "thi đua · khen thưởng · sáng kiến · lao động giỏi · lao động sáng tạo · mô hình",
    "party_intro": "giới thiệu cho đảng · đoàn viên ưu tú · kết nạp đảng",
    "supervision": "giám sát · kiểm tra · phản biện · góp ý dự thảo",
    "safety": "ATVSLĐ · an toàn lao động · huấn luyện · an toàn vệ sinh viên",
    "periodic": "báo cáo tháng · báo cáo quý",
    "plan": "gửi kế hoạch · kh số 9",
    "coordination": "ký phối hợp · quy chế phối hợp · thỏa thuận giảm giá",
}


@pytest.mark.parametrize("form", KINDS, ids=repr)
def test_words_of_every_day_open_a_kind(form: Form) -> None:
    """What chairs call the thing opens its report, the longest of the words that fit deciding between kinds."""
    words = {word.strip(): one.name for one in KINDS for word in one.settings.triggers.split(",")}
    for said in SAID[form.name].split(" · "):
        fits = [word for word in words if f" {word} " in f" {fold(said)} "]
        assert words[max(fits, key=len)] == form.name, said


@pytest.mark.parametrize("form", KINDS, ids=repr)
def test_every_kind_is_counted(form: Form) -> None:
    """The shortest report of a kind brings at least one figure, which digests and exports are made of."""
    assert [field for field in form.fields if field.figure is not Figure.NONE]
    assert counted(sent(driven(form)))


@pytest.mark.parametrize("form", KINDS, ids=repr)
def test_digits_and_plain_words_are_enough(form: Form) -> None:
    """Each report can be filed by typing alone, without diacritics, and nothing is asked twice."""
    assert sent(driven(form)).effects


@pytest.mark.parametrize("form", KINDS, ids=repr)
def test_bad_input_harms_no_report(form: Form) -> None:
    """At every question anything may come: it is answered, the draft stays, and a good answer still goes on."""
    visit = opened(form)
    for _turn in range(60):
        if visit.step == "+recap":
            break
        for words in NASTY:
            other = visit.copied()
            assert other.types(words) or not words.strip(" \u200b\x00\x07")
            assert other.draft is not None
        for odd in (_sticker, _photo, _stale_button):
            other = visit.copied()
            assert odd(other)
            assert other.draft is not None
        visit.types(plain(visit))
    assert visit.step == "+recap"


def _sticker(visit: Visit) -> str:
    return visit.sticker()


def _photo(visit: Visit) -> str:
    return visit.photo(2)


def _stale_button(visit: Visit) -> str:
    message = Incoming("x", Address("telegram", "pao"), visit.now, Arrival.PRESS, text="a:draft00001:gone:1")
    return visit.sends(message)


# --- somebody who types digits and plain words ------------------------------------------------------------------------


def opened(form: Form) -> Visit:
    """Open a form; the union that manages the unit can be found."""
    visit = visiting(form, members=35, workers=60)
    visit.find = lambda words: [AREA] if "than uyen" in words else []
    return visit


def driven(form: Form) -> Visit:
    """Fill in what is required, as plainly as possible, up to the summary."""
    visit = opened(form)
    for _turn in range(60):
        if visit.step == "+recap":
            return visit
        words = plain(visit)
        assert words.isascii()
        before = visit.step
        visit.types(words)
        tries = visit.ask.state.get("tries") if visit.ask is not None else None
        assert not tries, f"{before}: {words}: {visit.says}"
    raise AssertionError(visit.says)


def plain(visit: Visit) -> str:
    """Give a good answer to the open question, in digits where they do."""
    field = visit.form.by_code.get(visit.step)
    if visit.step == "+more":
        return "0"
    if field is None:
        return "vi the" if "#" in visit.step else "1"
    offered = visit.ask.choices if visit.ask is not None else {}
    return "1" if "1" in offered else _good(field)


def _good(field: object) -> str:
    words = {
        DocumentNumber: "9/KH-CDCS",
        PhoneNumber: "0912345678",
        UnitPicker: "than uyen",
        SelectOne: "1",
        DateTime: "8h hom nay",
        Date: "1",
        Money: "300k",
        Integer: "24",
        TextField: "anh em lam tot viec nay",
    }
    return next(good for kind, good in words.items() if isinstance(field, kind))
