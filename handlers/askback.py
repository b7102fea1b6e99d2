"""HOI LAI: a unit asks something about a notice, its sender answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.effects import AnswerBack, AskBack
from bot.forms.fields import TextField
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Code, Plain, Text, _, lines
from bot.messages import Choice, Say
from bot.notices.notice import IN_DRAFT, Notice
from bot.notices.wording import named
from bot.ports import Question, Received
from bot.records import OFFICERS, REPORTERS, Role
from bot.talk import Command, Talk
from handlers.steering import steered

ASKERS: Final = REPORTERS | OFFICERS | {Role.COMMITTEE}
SHOWN: Final = 6


def _ask(filing: Filing) -> Filed:
    unit = filing.facts.unit.id if filing.facts.unit is not None else 0
    return Filed((), (), f"askedtb {filing.draft.accepted[IN_DRAFT]} {unit} {filing.values['text']}")


def _answer(filing: Filing) -> Filed:
    return Filed((), (), f"answeredtb {filing.draft.accepted[IN_DRAFT]} {filing.values['text']}")


QUESTION: Final = Form(
    "notice_question",
    _("Question about a notice"),
    TextField("text", _("What would {you} like to ask?"), short=_("Question"), longest=500),
    file=_ask,
    audience=ASKERS,
    recap=False,
)
ANSWER: Final = Form(
    "notice_answer",
    _("Answer to a question"),
    TextField("text", _("What is the answer?"), short=_("Answer"), longest=1000),
    file=_answer,
    audience=OFFICERS,
    per_unit=False,
    recap=False,
)


async def ask(talk: Talk, words: str) -> None:
    """Ask what a unit would like to know about a notice."""
    number = words.strip().lower().removeprefix("tb").strip()
    reads = await talk.read()
    notice = await reads.notice_numbered(int(number)) if number.isdecimal() and len(number) < 8 else None
    units = [unit.id for unit in talk.known.units(ASKERS)]
    mine: list[Received] = await reads.received_by(notice.id, units) if notice is not None else []
    if notice is None or not mine:
        talk.say(_("There is no such notice for your unit. THONG BAO lists them."))
        return
    draft = talk.new_draft(QUESTION.name, mine[0].unit)
    await talk.dialogues.begin(replace(draft, accepted={IN_DRAFT: notice.id}), named(notice))


async def asked(talk: Talk, words: str) -> None:
    """Keep a question and bring it to the sender: "notice unit text"."""
    id_, unit_id, text = words.split(" ", 2)
    reads = await talk.read()
    notice, unit = await reads.notice(id_), await reads.unit(int(unit_id))
    if notice is None or unit is None:
        talk.say(_("There is no such notice for your unit. THONG BAO lists them."))
        return
    question = talk.house.new_id()
    talk.do(AskBack(question, notice.id, unit.id, talk.known.id, text, talk.now))
    talk.audit("ask about notice", str(notice.number))
    sender = await reads.person(notice.person)
    if sender is not None:
        about = _("{unit} asks about {notice}:", unit=Plain(unit.name), notice=named(notice))
        answer = Choice(_("Answer"), f"/traloi {question}")
        talk.alert(f"asked/{question}", sender, Say(lines(about, Plain(text)), choices=(answer, _all(notice))))
    talk.say(_("The question has gone to {union}. The answer comes here.", union=notice.signed))


def _all(notice: Notice) -> Choice:
    return Choice(_("All questions"), f"/cauhoi {notice.number}", f"CAU HOI {notice.number}")


async def listing(talk: Talk, words: str) -> None:
    """List the questions about a notice that are not answered; without a number, about all that the officer sent."""
    if not words.strip():
        await _waiting(talk)
        return
    notice = await steered(talk, words)
    if notice is None:
        return
    waiting = await (await talk.read()).questions(notice.id, open_only=True)
    if not waiting:
        talk.say(_("Every question about {notice} is answered.", notice=named(notice)))
        return
    _offer(talk, waiting, [await _told(talk, one) for one in waiting[:SHOWN]], named(notice))


async def _waiting(talk: Talk, note: Text | None = None) -> None:
    """List the questions about everything that the officer sent, the oldest first."""
    waiting = await (await talk.read()).questions_waiting(talk.known.id)
    if not waiting:
        talk.say(lines(note, _("No question about the notices that {you} sent waits for an answer.")))
        return
    told = [(Code(one.number), await _told(talk, one)) for one in waiting[:SHOWN]]
    shown = [_("TB{number} · {question}", number=number, question=question) for number, question in told]
    _offer(talk, waiting, [note, *shown] if note is not None else shown, _("Questions about notices"))


def _offer(talk: Talk, waiting: Sequence[Question], shown: Sequence[Text], title: Text) -> None:
    choices = [
        Choice(_("Answer {number}", number=n), f"/traloi {one.id}", str(n)) for n, one in enumerate(waiting[:SHOWN], 1)
    ]
    talk.offer("questions", lines(*shown), *choices, title=title)


async def _told(talk: Talk, one: Question) -> Text:
    unit = await (await talk.read()).unit(one.unit)
    return _("{unit}: {text}", unit=unit.name if unit is not None else "", text=one.text)


async def answer(talk: Talk, words: str) -> None:
    """Ask for the answer to a question."""
    reads = await talk.read()
    question = await reads.question(words.strip()) if words.strip() else None
    if question is None:
        await _waiting(talk, _("There is no such question.") if words.strip() else None)
        return
    if await steered(talk, str(question.number)) is None:
        return
    if question.answer:
        talk.say(_("That question has been answered already: {answer}", answer=question.answer))
        return
    draft = replace(talk.new_draft(ANSWER.name, None), accepted={IN_DRAFT: question.id})
    await talk.dialogues.begin(draft, await _told(talk, question))


async def answered(talk: Talk, words: str) -> None:
    """Keep an answer and bring it to whoever asked: "question text"."""
    id_, _space, text = words.partition(" ")
    reads = await talk.read()
    question = await reads.question(id_)
    if question is None or question.answer:
        talk.say(_("That question has been answered already."))
        return
    talk.do(AnswerBack(id_, text, talk.known.id, talk.now))
    talk.audit("answer about notice", str(question.number))
    person = await reads.person(question.person)
    if person is not None:
        about = _("Answer about TB{number}: {text}", number=Code(question.number), text=text)
        again = Choice(_("Ask something"), f"/hoilai {question.number}", f"HOI LAI {question.number}")
        said = _("The question was: {text}", text=question.text)
        talk.alert(f"answered/{id_}", person, Say(lines(about, said), choices=(again,)))
    talk.say(_("The answer has been sent."))


ASK: Final = Command(
    "hoilai", _("Ask about a notice"), ask, words=("hoi lai",), roles=ASKERS, takes_words=True, listed=False
)
ASKED: Final = Command("askedtb", _("Ask about a notice"), asked, typed=False, listed=False)
LIST: Final = Command(
    "cauhoi", _("Questions about a notice"), listing, words=("cau hoi",), roles=OFFICERS, takes_words=True, listed=False
)
REPLY: Final = Command(
    "traloi", _("Answer a question"), answer, words=("tra loi",), roles=OFFICERS, takes_words=True, listed=False
)
ANSWERED: Final = Command("answeredtb", _("Answer a question"), answered, roles=OFFICERS, typed=False, listed=False)
