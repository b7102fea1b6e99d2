"""Training of workers: skills, contests, languages, lifelong learning."""

from __future__ import annotations

from typing import Final

from bot.forms.fields import Figure, Option, SelectMultiple, SelectOne, TextField
from bot.i18n import _
from handlers.checks import more_than_workers
from handlers.filing import report_form
from handlers.questions import MOST_PEOPLE, PEOPLE, amount, extra, on_day, part, total, until_day, women

TYPES: Final = (
    Option("nang_cao_tay_nghe", _("Course to improve skills")),
    Option("cu_di_hoc_nghe", _("Workers sent to learn a trade")),
    Option("thi_tho_gioi", _("Contest of skilled workers")),
    Option("on_ly_thuyet_luyen_tay_nghe", _("“Revise theory, practise skills”")),
    Option("ngoai_ngu_tin_hoc", _("Languages, computing")),
    Option("bo_tuc_van_hoa", _("Schooling made up for")),
    Option("chinh_tri_phap_luat", _("Politics and law explained")),
    Option("ly_luan_chinh_tri", _("Political theory")),
    Option("tu_hoc", _("Self-study, lifelong learning")),
    Option("khac", _("Another type")),
)
FUNDERS: Final = (
    Option("nsdld", _("The employer")),
    Option("cong_doan", _("The union")),
    Option("nha_nuoc", _("The State")),
    Option("nguoi_hoc", _("The learners")),
    Option("khac", _("Others")),
)

TRAINING: Final = report_form(
    "training",
    _("Training, skills, lifelong learning"),
    SelectOne("type", _("Which type of learning was it?"), short=_("Type"), choices=TYPES, figure=Figure.COUNT_BY),
    on_day(_("From which day?"), "start_date", _("From")),
    until_day("start_date", _("Until which day did it last?")),
    extra("classes", _("How many classes (contests)?"), _("Classes"), counted_in=_("classes"), maximum=100),
    total(
        "learners",
        _("How many people learn (or compete)?"),
        _("Learners"),
        unit=PEOPLE,
        maximum=MOST_PEOPLE,
        warnings=(more_than_workers("learners"),),
    ),
    women("learners_female", "learners"),
    part("passed", "learners", _("How many passed?"), _("Passed"), unit=PEOPLE),
    part("upgraded", "learners", _("How many were raised in grade or pay?"), _("Raised in grade"), unit=PEOPLE),
    SelectMultiple(
        "funded_by",
        _("Who pays for it? Choose one or more numbers."),
        short=_("Paid by"),
        choices=FUNDERS,
        required=False,
        figure=Figure.COUNT_BY,
    ),
    amount("cost", _("How much did it cost?"), _("Cost"), required=False),
    TextField("subject", _("Which trade or subject is learnt?"), short=_("Subject"), required=False, longest=150),
    event="start_date",
    receives="propaganda",
    needs=("membership",),
    similar=("type", "start_date"),
    menu=_("Training"),
    headline=("classes", "learners"),
    triggers="dao tao, nang cao tay nghe, hoc nghe, thi tho gioi, bo tuc, lop hoc, hoc tap suot doi, tay nghe",
)
