"""The plan by which a unit carries out a document of the union above."""

from __future__ import annotations

import re
from typing import ClassVar, Final

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
from bot.i18n import Plain, _
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


# The documents that Plan 47/KH-LĐLĐ of 7 March 2024 carries out or rests on.
DIRECTIVES: Final = (
    Option("KH47", Plain("Kế hoạch 47/KH-LĐLĐ (07/3/2024)")),
    Option("NQ43", Plain("Nghị quyết 43-NQ/TW (24/11/2023)")),
    Option("CTHD01", Plain("Chương trình hành động 01-CTHĐ/ĐĐTLĐ (30/01/2024)")),
    Option("NQ02", Plain("Nghị quyết 02-NQ/TW (12/6/2021)")),
    Option("KH27", Plain("Kế hoạch 27/KH-LĐLĐ (17/01/2024)")),
    Option("CT05", Plain("Chỉ thị 05-CT/TW (15/5/2016)")),
    Option("KL01", Plain("Kết luận 01-KL/TW (18/5/2021)")),
    Option("QD1268", Plain("Quyết định 1268/QĐ-TTg (19/10/2022)")),
    Option("QD217", Plain("Quyết định 217-QĐ/TW (12/12/2013)")),
    Option("QD218", Plain("Quyết định 218-QĐ/TW (12/12/2013)")),
    Option("khac", _("Another document")),
)

PLAN: Final = report_form(
    "plan",
    _("Plan to carry out a document from above"),
    SelectOne(
        "directive_code",
        _("Which document from above does it carry out?"),
        short=_("Document from above"),
        choices=DIRECTIVES,
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
    event="doc_date",
    receives="propaganda",
    similar=("doc_no",),
    menu=_("Plan"),
    triggers="gui ke hoach, ke hoach, kh so, ke hoach trien khai",
)
