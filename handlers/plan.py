"""The plan by which a unit carries out a document of the union above."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final

from bot.forms.conditions import Scope, derived
from bot.forms.fields import (
    Figure,
    Misread,
    Option,
    ReadAnswer,
    SelectOne,
    Sensitivity,
    TextField,
    Understood,
)
from bot.forms.fold import clean
from bot.i18n import Plain, Text, _
from bot.records import OFFICERS, REPORTERS
from handlers.filing import report_form
from handlers.questions import files, on_day

NUMBER: Final = re.compile(r"\d{1,5}\s*/\s*(?:\d{4}\s*/\s*)?[^\W\d_]+(?:\s*-\s*[\w&.]+)*")


class DocumentNumber(TextField):
    """The number and sign of a document, like 09/KH-CĐCS."""

    __slots__ = ()

    free_text: ClassVar[bool] = False

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Read it in capitals, without blanks."""
        del scope
        words = re.sub(r"\s+", "", clean(text)).upper()
        if len(words) <= self.longest and NUMBER.fullmatch(words):
            return Understood(words)
        return Misread(_("Please type number and sign of the plan, for example 09/KH-CĐCS."))


OTHER: Final = "khac"
LONGEST_CODE: Final = 34  # bytes of a number behind a button
LONGEST_LABEL: Final = 60
# The documents that Plan 47/KH-LĐLĐ of 7 March 2024 carries out or rests on, beside those of the office's register.
DOCUMENTS: Final = (
    ("47/KH-LĐLĐ", "Kế hoạch, 07/3/2024"),
    ("43-NQ/TW", "Nghị quyết, 24/11/2023"),
    ("01-CTHĐ/ĐĐTLĐ", "Chương trình hành động, 30/01/2024"),
    ("02-NQ/TW", "Nghị quyết, 12/6/2021"),
    ("27/KH-LĐLĐ", "Kế hoạch, 17/01/2024"),
    ("05-CT/TW", "Chỉ thị, 15/5/2016"),
    ("01-KL/TW", "Kết luận, 18/5/2021"),
    ("1268/QĐ-TTg", "Quyết định, 19/10/2022"),
    ("217-QĐ/TW", "Quyết định, 12/12/2013"),
    ("218-QĐ/TW", "Quyết định, 12/12/2013"),
)


class FromAbove(SelectOne):
    """A document of the unions above, stored and shown by its number."""

    __slots__ = ()

    def show(self, value: Any) -> Text:
        """Show its number."""
        return _("Another document") if value == OTHER else Plain(str(value))


def _documents(scope: Scope) -> list[Option]:
    """List those of the register, the latest first, then those of the plan; one that was said before stays."""
    found = dict((*scope.facts.documents, *DOCUMENTS))
    said = scope.answers.get("directive_code")
    if said and said != OTHER:
        found.setdefault(said, "")
    known = {number: about for number, about in found.items() if len(number.encode()) <= LONGEST_CODE}
    options = [Option(number, Plain(_label(number, about))) for number, about in known.items()]
    return [*options, Option(OTHER, _("Another document"))]


def _label(number: str, about: str) -> str:
    label = f"{number} ({about})" if about else number
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


PLAN: Final = report_form(
    "plan",
    _("Plan to carry out a document from above"),
    FromAbove(
        "directive_code",
        _("Which document from above does it carry out?"),
        short=_("Document from above"),
        choices=_documents,
        required=False,
        asked=derived(lambda _scope: True),
        figure=Figure.COUNT_BY,
    ),
    DocumentNumber(
        "doc_no",
        _("What is the number of the plan? For example 09/KH-CĐCS."),
        short=_("Plan no."),
        longest=60,
    ),
    on_day(_("On which day was the plan issued?"), "doc_date"),
    files(_("Please send the plan, as a file or a photo."), sensitive=Sensitivity.PLAIN),
    audience=REPORTERS | OFFICERS,
    documents=True,
    event="doc_date",
    receives="propaganda",
    similar=("doc_no",),
    menu=_("Plan"),
    triggers="gui ke hoach, ke hoach, kh so, ke hoach trien khai",
)
