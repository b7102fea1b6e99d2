"""HOI CAN BO: a question to an officer, with what was said here last if the person agrees."""

from __future__ import annotations

from typing import Final

from bot.cases.case import Kind
from bot.cases.opening import Opening, opening_words
from bot.forms.fields import Sensitivity, TextField, YesNo
from bot.forms.form import Filed, Filing, Form
from bot.i18n import _
from bot.records import Role
from bot.talk import Command, Talk
from handlers.checks import no_names


def _file(filing: Filing) -> Filed:
    told = filing.values
    unit = filing.facts.unit
    if unit is None:
        raise LookupError("a question comes from a unit")
    return Filed(
        (), (), opening_words(unit.id, Opening(Kind.QUESTION, "", told["question"], share=told["share"] == "yes"))
    )


QUESTION: Final = Form(
    "question",
    _("A question to an officer"),
    TextField(
        "question",
        _("What would {you} like to ask?"),
        short=_("Question"),
        shortest=5,
        longest=1000,
        warnings=(no_names("question"),),
        sensitive=Sensitivity.SENSITIVE,
    ),
    YesNo("share", _("May the officer see the last messages of this chat too?"), short=_("Chat shown")),
    file=_file,
    audience=frozenset(Role),
    recap=False,
)


async def ask(talk: Talk, words: str) -> None:
    """Ask what the question is."""
    del words
    await talk.dialogues.start(QUESTION)


COMMAND: Final = Command("hoicanbo", _("Ask an officer"), ask, words=("hoi can bo", "ask an officer"))
