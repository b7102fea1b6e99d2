"""Founding, merging, closing and handing over grassroots unions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.forms.conditions import Scope, answer, derived
from bot.forms.dates import When
from bot.forms.fields import (
    Date,
    Figure,
    Option,
    ReadAnswer,
    SelectOne,
    Sensitivity,
    TextField,
    Understood,
    UnitPicker,
    Warn,
)
from bot.forms.form import Filing
from bot.i18n import Plain, Text, _
from bot.records import OFFICERS, REPORTERS
from handlers.filing import report_form
from handlers.phones import PhoneNumber
from handlers.questions import MOST_PEOPLE, PEOPLE, extra, files, total, women

RECOGNISED: Final = "da_cong_nhan"
CELEBRATED: Final = "ra_mat"
ENDED: Final = "giai_the"
OCCUPATIONAL: Final = "nghiep_doan_co_so"
# The least members: Trade Union Law and Charter; of an occupational union to be confirmed by the office.
LEAST: Final = {"cdcs": 5, OCCUPATIONAL: 10}
ACTIONS: Final = (
    Option("thanh_lap", _("New union")),
    Option(ENDED, _("Dissolved, ended")),
    Option("sap_nhap", _("Merged")),
    Option("chia_tach", _("Split")),
    Option("doi_ten", _("Renamed")),
    Option("chuyen_quan_ly", _("Handed over to another level")),
)
TYPES: Final = (
    Option("cdcs", _("Grassroots union")),
    Option(OCCUPATIONAL, _("Grassroots occupational union")),
    Option("cdcs_thanh_vien", _("Member union of a grassroots union")),
    Option("cong_doan_bo_phan", _("Section of a union")),
)
SECTORS: Final = (
    Option("dnnn", _("State enterprise")),
    Option("dn_ngoai_nn", _("Non-state enterprise")),
    Option("fdi", _("Enterprise with foreign capital")),
    Option("htx", _("Cooperative")),
    Option("su_nghiep_tu_chu", _("Self-financed public unit")),
    Option("su_nghiep_ngoai_cl", _("Private service unit")),
    Option("phi_chinh_thuc", _("Informal, self-employed labour")),
    Option("khac", _("Another sector")),
)
STATUSES: Final = (
    Option("van_dong", _("Winning people over")),
    Option("du_dieu_kien", _("Enough people, writing the file")),
    Option("cho_cong_nhan", _("File sent, waiting for recognition")),
    Option(RECOGNISED, _("Recognised by a decision")),
    Option(CELEBRATED, _("Launched")),
)
DONE: Final = (RECOGNISED, CELEBRATED)


class ManagingUnit(UnitPicker):
    """The union that manages the unit, found among all, stored by its code and name, and shown by its name."""

    __slots__ = ()

    everywhere = True

    def options(self, scope: Scope) -> Sequence[Option]:
        """List the units found by what was typed."""
        return [Option(unit.code, Plain(unit.name)) for unit in scope.facts.found]

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Take the one unit that matches, or ask which."""
        found = UnitPicker.read(self, text, scope)
        if not isinstance(found, Understood):
            return found
        return Understood(next(unit.code for unit in scope.facts.found if str(unit.id) == found.value))

    def kept(self, value: Any, scope: Scope) -> str:
        """Keep the name beside the code: only now is it known."""
        name = next((unit.name for unit in scope.facts.found if unit.code == value), "")
        return f"{value} · {name}" if name else str(value)

    def show(self, value: Any) -> Text:
        """Show its name."""
        return Plain(str(value).partition(" · ")[2] or str(value))


def _few(scope: Scope) -> bool | None:
    said = scope.answers
    least, members = LEAST.get(said.get("unit_type", "")), said.get("members_count")
    return None if least is None or members is None or said.get("action") == ENDED else bool(members < least)


def _ask_few(value: Any, scope: Scope) -> Text:
    del value
    return _("The law asks for at least {least} members. Is the number right?", least=LEAST[scope.answers["unit_type"]])


def _future(scope: Scope) -> bool | None:
    day = scope.answers.get("effective_date")
    return None if day is None else day <= scope.facts.today or scope.answers.get("status") not in DONE


def _file_due(filing: Filing) -> Text | None:
    """After its founding a union files for recognition within 15 days (guide 03/HD-TLĐ of 2020)."""
    if filing.values["action"] == "thanh_lap" and filing.values["status"] == CELEBRATED:
        return _("Please send the file for recognition within 15 days of the founding.")
    return None


_DATED: Final = derived(
    lambda scope: scope.answers.get("status") in DONE or scope.answers.get("action") == ENDED, "status", "action"
)

UNION_FOUNDING: Final = report_form(
    "union_founding",
    _("Founding, ending, re-arranging a grassroots union"),
    SelectOne(
        "action",
        _("Which of these is reported?"),
        short=_("What happened"),
        choices=ACTIONS,
        figure=Figure.COUNT_BY,
    ),
    TextField(
        "new_union_name",
        _("What is the grassroots (or occupational) union called?"),
        short=_("Name of the union"),
        shortest=5,
        longest=150,
    ),
    SelectOne("unit_type", _("Of which type is it?"), short=_("Type"), choices=TYPES, figure=Figure.COUNT_BY),
    SelectOne("sector", _("In which sector is it?"), short=_("Sector"), choices=SECTORS, figure=Figure.COUNT_BY),
    SelectOne(
        "status",
        _("How far has it come?"),
        short=_("Stage"),
        choices=STATUSES,
        figure=Figure.COUNT_BY,
    ),
    Date(
        "effective_date",
        _("On which day is the decision (or launch, or ending)?"),
        short=_("Day"),
        when=When.ANY,
        relevant=_DATED,
        constraint=derived(_future, "effective_date", "status"),
        constraint_message=_("That day has not come yet. Please check."),
    ),
    TextField(
        "decision_no",
        _("What is the number of the decision?"),
        short=_("Decision no."),
        relevant=answer("status") == RECOGNISED,
        longest=40,
    ),
    total(
        "members_count",
        _("How many members were there at the founding (or have applied)?"),
        _("Members"),
        unit=PEOPLE,
        maximum=MOST_PEOPLE,
        warnings=(Warn("few", derived(_few, "unit_type", "members_count", "action"), _ask_few),),
    ),
    women("female_count", "members_count"),
    extra(
        "total_workers",
        _("How many workers does that unit have in all?"),
        _("Workers in all"),
        unit=PEOPLE,
        maximum=MOST_PEOPLE,
        constraint=answer("total_workers") >= answer("members_count"),
        constraint_message=_("That is fewer workers than members. Please check."),
    ),
    TextField(
        "chair_name",
        _("Who is the (provisional) chair? Full name."),
        short=_("Chair"),
        required=False,
        longest=60,
        sensitive=Sensitivity.PERSONAL,
    ),
    PhoneNumber(
        "chair_phone",
        _("What is the chair's telephone or Zalo number?"),
        short=_("Chair's phone"),
        required=False,
        sensitive=Sensitivity.PERSONAL,
    ),
    ManagingUnit(
        "managing_unit",
        _("Which union manages the unit? Type a piece of its name."),
        short=_("Managed by"),
    ),
    files(_("Please send a photo of the decision or the minutes.")),
    audience=REPORTERS | OFFICERS,
    event="effective_date",
    receives="organisation",
    similar=("action", "new_union_name"),
    remark=_file_due,
    menu=_("Founding a union"),
    triggers="thanh lap cdcs, thanh lap cong doan, ra mat, nghiep doan, giai the, sap nhap, chia tach",
)
