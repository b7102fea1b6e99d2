"""Lists of choices that several report kinds share."""

from __future__ import annotations

from typing import Final

from bot.forms.fields import Option
from bot.i18n import _

TOPICS_AT_WORK: Final = (
    Option("tien_luong", _("Wages")),
    Option("tien_thuong", _("Bonuses, Tết bonus")),
    Option("thoi_gio_lam_viec", _("Working hours")),
    Option("thoi_gio_nghi", _("Rest hours")),
    Option("atvsld", _("Occupational safety and health")),
    Option("bua_an_ca", _("Shift meals")),
    Option("bhxh", _("Social, health and unemployment insurance")),
    Option("phuc_loi", _("Benefits and allowances")),
    Option("dieu_kien_lam_viec", _("Working conditions and environment")),
    Option("viec_lam", _("Jobs, employment contracts")),
    Option("dao_tao", _("Training, skills")),
    Option("nha_o_di_lai", _("Housing, commuting, transport")),
    Option("noi_quy_ky_luat", _("Work rules, discipline")),
    Option("khac", _("Something else")),
)

PARTNERS: Final = (
    Option("nsdld", _("The employer")),
    Option("chinh_quyen", _("Authorities (commune, province)")),
    Option("mttq", _("Fatherland Front")),
    Option("cong_an", _("Police")),
    Option("bhxh", _("Social insurance office")),
    Option("y_te", _("Health services")),
    Option("so_nganh", _("Departments and sectors")),
    Option("doan_tn", _("Youth Union")),
    Option("hoi_pn", _("Women's Union")),
    Option("cdcs_khac", _("Another unit's union")),
    Option("khac", _("Another partner")),
)

LANGUAGES: Final = (
    Option("kinh", _("Vietnamese")),
    Option("thai", _("Thái")),
    Option("mong", _("Mông")),
    Option("dao", _("Dao")),
    Option("ha_nhi", _("Hà Nhì")),
    Option("giay", _("Giáy")),
    Option("kho_mu", _("Khơ Mú")),
    Option("la_hu", _("La Hủ")),
    Option("lu", _("Lự")),
    Option("lao", _("Lào")),
    Option("mang", _("Mảng")),
    Option("khang", _("Kháng")),
    Option("cong", _("Cống")),
    Option("si_la", _("Si La")),
    Option("khac", _("Another language")),
)
