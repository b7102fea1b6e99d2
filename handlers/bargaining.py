"""Collective bargaining and the collective labour agreement."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.forms.conditions import Scope, derived
from bot.forms.fields import Figure, Integer, Money, Option, ReadAnswer, SelectMultiple, SelectOne, Understood, YesNo
from bot.forms.fold import fold
from bot.forms.form import Filing
from bot.i18n import Text, _
from handlers.checks import more_than_workers, workers
from handlers.filing import report_form
from handlers.lists import TOPICS_AT_WORK
from handlers.percent import Percentage
from handlers.questions import MOST_PEOPLE, PEOPLE, extra, files, on_day

SIGNED: Final = ("ky_moi", "ky_lai")
ENOUGH: Final = 51  # per cent
ACTIONS: Final = (
    Option("thuong_luong", _("Bargaining, not signed yet")),
    Option("ky_moi", _("Signed anew")),
    Option("sua_doi", _("Changed, added to")),
    Option("ky_lai", _("Signed again, extended")),
    Option("het_han", _("Ended, not signed again")),
)
GRADES: Final = (
    Option("A", _("Grade A")),
    Option("B", _("Grade B")),
    Option("C", _("Grade C")),
    Option("D", _("Grade D")),
    Option("chua_xep", _("Not graded yet")),
)
SENT: Final = (Option("yes", _("Sent already")), Option("no", _("Not sent yet")))
YEAR: Final = 12
TO_SEND: Final = 10  # days after signing, Labour Code 2019, article 77


class Term(Integer):
    """How long an agreement is in force, in months."""

    __slots__ = ()

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Read "36 tháng", "2 năm", "36"."""
        words = fold(text)
        if words.endswith((" nam", " year", " years")):
            years = Integer.read(self, words.rsplit(" ", 1)[0], scope)
            return Understood(years.value * YEAR) if isinstance(years, Understood) else years
        return Integer.read(self, words.removesuffix(" thang").removesuffix(" months"), scope)


def _approved(scope: Scope) -> bool:
    return scope.answers.get("action") not in SIGNED or (scope.answers.get("approval_rate") or 0) >= ENOUGH


def _covered(scope: Scope) -> int:
    """Give for how many people an agreement counts in averages; for one, where nobody knows."""
    return scope.answers.get("covered_workers") or workers(scope) or 1


_SIGNING: Final = derived(lambda scope: scope.answers.get("action") in SIGNED, "action")
_COVERED: Final = derived(_covered, "covered_workers")


def _to_send(filing: Filing) -> Text | None:
    """A signed agreement goes to the labour authority within ten days (Labour Code 2019, article 77)."""
    if filing.values["action"] not in SIGNED or filing.values.get("sent_to_authority") == "yes":
        return None
    by = filing.values["sign_date"] + timedelta(days=TO_SEND)
    return _("The employer sends one copy to the labour authority by {day}.", day=by)


BARGAINING: Final = report_form(
    "bargaining",
    _("Collective bargaining, collective labour agreement"),
    SelectOne("action", _("What was done?"), short=_("Step"), choices=ACTIONS, figure=Figure.COUNT_BY),
    on_day(_("On which day was it signed (or bargained)?"), "sign_date"),
    Term(
        "term_months",
        _("For how long is the agreement in force? For example 2 years, 36 months."),
        short=_("Term"),
        unit=_("months"),
        minimum=12,
        maximum=36,
        relevant=_SIGNING,
    ),
    extra(
        "covered_workers",
        _("How many workers does it cover?"),
        _("Workers covered"),
        unit=PEOPLE,
        maximum=MOST_PEOPLE,
        warnings=(more_than_workers("covered_workers"),),
    ),
    # An agreement is signed when more than half approve (Labour Code 2019, article 76).
    Percentage(
        "approval_rate",
        _("How many per cent of the workers approved? For example 90, or 45/50."),
        short=_("Approved by"),
        required=False,
        constraint=derived(_approved, "action", "approval_rate"),
        constraint_message=_("An agreement is signed when more than half approve: 51 to 100. Please check."),
        figure=Figure.MEAN,
        beside=_COVERED,
    ),
    extra(
        "better_clauses",
        _("How many clauses are better than the law?"),
        _("Better clauses"),
        unit=_("clauses"),
        maximum=100,
    ),
    SelectMultiple(
        "better_topics",
        _("In what are they better? Choose one or more numbers."),
        short=_("Better in"),
        choices=TOPICS_AT_WORK,
        required=False,
        figure=Figure.COUNT_BY,
    ),
    Money(
        "shift_meal_value",
        _("How much is a shift meal? For example 25k."),
        short=_("Shift meal"),
        required=False,
        minimum=5_000,
        maximum=200_000,
        figure=Figure.MEAN,
        beside=_COVERED,
    ),
    YesNo(
        "sent_to_authority",
        _("Has the agreement been sent to the labour authority?"),
        short=_("Sent to the authority"),
        choices=SENT,
        required=False,
        figure=Figure.COUNT_BY,
    ),
    SelectOne(
        "quality_grade",
        _("How was the agreement graded?"),
        short=_("Grade"),
        choices=GRADES,
        required=False,
        figure=Figure.COUNT_BY,
    ),
    files(_("Please send the agreement, or a photo of the page with the signatures.")),
    event="sign_date",
    receives="labour_relations",
    needs=("membership",),
    similar=("action", "sign_date"),
    remark=_to_send,
    menu=_("Bargaining, agreement"),
    triggers="thuong luong, thoa uoc, tuldtt, tldtt, ky thoa uoc, tltt",
)
