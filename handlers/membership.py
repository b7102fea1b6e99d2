"""Membership: who joined, who left, and the ledger that must come out right."""

from __future__ import annotations

from typing import Any, Final

from bot.forms.conditions import Scope, answer, derived, zero_if_skipped
from bot.forms.dates import When
from bot.forms.fields import (
    Calculated,
    Date,
    Figure,
    Files,
    Integer,
    Option,
    Photo,
    SelectMultiple,
    SelectOne,
    Sensitivity,
    TextField,
    Warn,
)
from bot.forms.form import Filing
from bot.i18n import Code, Text, _
from bot.reporting.ledger import expected_total
from handlers.checks import other_period, workers
from handlers.filing import report_form

PEOPLE: Final = _("people")
MANY: Final = 0.3  # more new members than this share of all is asked about

ADMISSION_FORMS: Final = (
    Option("le_ket_nap", _("Admission ceremony")),
    Option("to_cong_doan", _("In the union group")),
    Option("truc_tuyen", _("Online")),
    Option("long_ghep", _("Within a conference or meeting")),
    Option("khac", _("Another form")),
)

OUT_REASONS: Final = (
    Option("nghi_viec", _("Left the job, contract ended")),
    Option("nghi_huu", _("Retired")),
    Option("chuyen_cong_tac", _("Moved to another workplace or union")),
    Option("sap_xep_to_chuc", _("Re-organisation (membership ended by rule)")),
    Option("xin_ra", _("Left of their own will")),
    Option("xoa_ten_khai_tru", _("Struck off, expelled")),
    Option("qua_doi", _("Passed away")),
    Option("khac", _("Another reason")),
)


def last_total(scope: Scope) -> int | None:
    """Give the unit's total before the event: of the last report on or before that day, or the opening figure."""
    day = scope.answers.get("event_date") or scope.facts.today
    history = [
        (report.day, report.filed_at, int(report.answers["total_members"]))
        for report in scope.facts.reports("membership")
        if report.answers.get("total_members") is not None
    ]
    return expected_total(history, day, scope.facts.unit.members if scope.facts.unit is not None else None)


def ledger(scope: Scope) -> int | None:
    """Give the total that the ledger expects: last total + new + moved in - left."""
    before = last_total(scope)
    if before is None:
        return None
    said = scope.answers
    total = before + (said.get("new_members") or 0) + (said.get("members_in") or 0) - (said.get("members_out") or 0)
    return total if total >= 0 else None


def _workers_still(scope: Scope) -> int | None:
    """Give the workers known before, unless there are more members by now."""
    known, members = workers(scope), scope.answers.get("total_members")
    return known if known is not None and members is not None and known >= members else None


def _many_new(scope: Scope) -> bool | None:
    total, new = last_total(scope), scope.answers.get("new_members")
    return None if not total or new is None else bool(new > total * MANY)


def _ask_many(value: Any, scope: Scope) -> Text:
    return _(
        "The unit had {total} members, and {new} new ones. Is that right?", total=last_total(scope) or 0, new=value
    )


def _ask_ledger(value: Any, scope: Scope) -> Text:
    said = scope.answers
    return _(
        "Before {before} + new {new} + moved in {moved} − left {left} = {sum}. You wrote {typed}. Which one?",
        before=last_total(scope) or 0,
        new=said.get("new_members") or 0,
        moved=said.get("members_in") or 0,
        left=said.get("members_out") or 0,
        sum=ledger(scope) or 0,
        typed=value,
    )


def _later_reports(filing: Filing) -> Text | None:
    """Point at the next later report: its total may no longer follow from this one. It is not changed by itself."""
    day = filing.values["event_date"]
    later = [
        r for r in filing.facts.reports("membership") if r.day > day and r.answers.get("total_members") is not None
    ]
    if not later:
        return None
    nearest = later[-1]
    return _(
        "BC{number} of {day}, later than this one, says {total} members in all. Please check whether it still holds.",
        number=Code(nearest.number),
        day=nearest.day,
        total=nearest.answers["total_members"],
    )


OPENING: Final = {"total_members": "members", "total_workers": "workers"}  # the list of units has these figures
LEDGER: Final = derived(ledger, "event_date", "new_members", "members_in", "members_out")

MEMBERSHIP: Final = report_form(
    "membership",
    _("Membership (admissions and movements)"),
    Date(
        "event_date",
        _("On which day were members admitted (or moved)?"),
        short=_("Day"),
        when=When.PAST,
        warnings=(other_period("event_date"),),
    ),
    Integer(
        "new_members",
        _("How many new members were admitted? Type 0 if none."),
        short=_("New members"),
        unit=PEOPLE,
        maximum=5_000,
        figure=Figure.TOTAL,
        warnings=(Warn("many", derived(_many_new, "event_date", "new_members"), _ask_many),),
    ),
    Integer(
        "new_female",
        _("How many of them are women?"),
        short=_("Women (new)"),
        unit=PEOPLE,
        relevant=answer("new_members") > 0,
        constraint=answer("new_female") <= answer("new_members"),
        constraint_message=_("That is more women than new members. Please check."),
        figure=Figure.TOTAL,
    ),
    Integer(
        "new_ethnic",
        _("How many are from ethnic minorities? Only a number, no names."),
        short=_("Ethnic minorities (new)"),
        unit=PEOPLE,
        required=False,
        relevant=answer("new_members") > 0,
        constraint=answer("new_ethnic") <= answer("new_members"),
        constraint_message=_("That is more than the new members. Please check."),
        figure=Figure.TOTAL,
        sensitive=Sensitivity.INTERNAL,
    ),
    SelectOne(
        "admission_form",
        _("In which form were they admitted?"),
        short=_("Form of admission"),
        choices=ADMISSION_FORMS,
        required=False,
        relevant=answer("new_members") > 0,
        figure=Figure.COUNT_BY,
    ),
    Integer(
        "members_in",
        _("How many members moved here from elsewhere?"),
        short=_("Moved in"),
        unit=PEOPLE,
        required=False,
        maximum=5_000,
        figure=Figure.TOTAL,
    ),
    Integer(
        "members_out",
        _("How many members left (quit, retired, moved away…)? Type 0 if none."),
        short=_("Left"),
        unit=PEOPLE,
        constraint=answer("members_out")
        <= derived(
            lambda scope: (
                None
                if last_total(scope) is None
                else (last_total(scope) or 0)
                + (scope.answers.get("new_members") or 0)
                + (scope.answers.get("members_in") or 0)
            ),
            "event_date",
            "new_members",
            "members_in",
        ),
        constraint_message=_("That is more than the members the unit had. Please check."),
        figure=Figure.TOTAL,
    ),
    Calculated(
        "net_members",
        _("Net growth"),
        short=_("Net growth"),
        unit=PEOPLE,
        default=answer("new_members") + zero_if_skipped("members_in") - answer("members_out"),
        figure=Figure.TOTAL,
    ),
    SelectMultiple(
        "out_reason",
        _("Why did they leave? Choose one or more numbers."),
        short=_("Reasons for leaving"),
        choices=OUT_REASONS,
        relevant=answer("members_out") > 0,
        figure=Figure.COUNT_BY,
        sensitive=Sensitivity.INTERNAL,
    ),
    Integer(
        "total_members",
        _("How many members does the unit have now?"),
        short=_("Members in all"),
        unit=PEOPLE,
        default=LEDGER,
        default_label=lambda total: _(
            "So the unit has {total} members now, right? Type 1 if so, or the right number.", total=total
        ),
        warnings=(Warn("ledger", answer("total_members") != LEDGER, _ask_ledger, instead=LEDGER, reason=True),),
        figure=Figure.LAST,
    ),
    Integer(
        "total_female",
        _("How many of all members are women?"),
        short=_("Women in all"),
        unit=PEOPLE,
        required=False,
        constraint=answer("total_female") <= answer("total_members"),
        constraint_message=_("That is more women than members. Please check."),
        figure=Figure.LAST,
    ),
    Integer(
        "total_workers",
        _("How many workers are there in all, members or not?"),
        short=_("Workers in all"),
        unit=PEOPLE,
        default=derived(_workers_still, "total_members"),
        default_label=lambda total: _(
            "Are there still {total} workers in all, members or not? Type 1 if so, or the right number.", total=total
        ),
        constraint=answer("total_workers") >= answer("total_members"),
        constraint_message=_("That is fewer workers than members. Please check."),
        figure=Figure.LAST,
    ),
    Integer(
        "cards_issued",
        _("How many member cards were handed out?"),
        short=_("Cards"),
        counted_in=_("cards"),
        required=False,
        constraint=answer("cards_issued") <= answer("total_members"),
        constraint_message=_("That is more cards than members. Please check."),
        figure=Figure.TOTAL,
    ),
    TextField(
        "decision_no",
        _("What is the number of the admission decision?"),
        short=_("Decision no."),
        required=False,
        longest=40,
    ),
    Files(
        "member_list",
        _("Please send the list of new members (photo or file). Only the officer in charge can see it."),
        short=_("Member list"),
        required=False,
    ),
    Photo(
        "photo",
        _("Please send photos of the admission, at most 3."),
        short=_("Photos"),
        required=False,
        at_most=3,
    ),
    event="event_date",
    receives="organisation",
    similar=("event_date",),
    remark=_later_reports,
    menu=_("Membership"),
    headline=("new_members", "members_out", "net_members", "total_members"),
    triggers="ket nap, doan vien moi, kn, ptdv, phat trien doan vien, giam doan vien, giam dv, chuyen sinh hoat",
)
