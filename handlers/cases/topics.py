"""What petitions are about."""

from __future__ import annotations

from typing import Final

from bot.forms.fields import Option
from bot.i18n import _

TOPICS: Final = (
    Option("viec_lam", _("Jobs, contracts")),
    Option("tien_luong", _("Wages, income")),
    Option("thuong_tet", _("Tết bonus")),
    Option("bhxh", _("Social, health and unemployment insurance")),
    Option("nha_o", _("Housing")),
    Option("nha_tre_truong_hoc", _("Nurseries, schools")),
    Option("moi_truong_lam_viec", _("Working conditions")),
    Option("sap_xep_bo_may", _("Reorganisation, mergers")),
    Option("che_do_chinh_sach", _("Benefits and policies")),
    Option("cong_doan", _("The union, dues")),
    Option("an_ninh_trat_tu", _("Security and order")),
    Option("thien_tai_dich_benh", _("Natural disasters, epidemics")),
    Option("thong_tin_xau", _("Harmful information, enticement")),
    Option("to_chuc_nld", _("Workers' organisations")),
    Option("khac", _("Something else")),
)
