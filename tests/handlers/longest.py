"""The longest report that one can think of, of every kind: what to type at each of its questions."""

from __future__ import annotations

from bot.forms.form import Form
from bot.records import Unit
from handlers.bargaining import BARGAINING
from handlers.cadre_training import CADRE_TRAINING
from handlers.coordination import COORDINATION
from handlers.dialogue import DIALOGUE
from handlers.emulation import EMULATION
from handlers.incident import INCIDENT
from handlers.legal_aid import LEGAL_AID
from handlers.membership import MEMBERSHIP
from handlers.party_intro import PARTY_INTRO
from handlers.periodic import PERIODIC_REPORT
from handlers.plan import PLAN
from handlers.propaganda import PROPAGANDA
from handlers.safety import SAFETY
from handlers.sentiment import SENTIMENT
from handlers.supervision import SUPERVISION
from handlers.training import TRAINING
from handlers.union_founding import UNION_FOUNDING
from handlers.welfare import WELFARE
from handlers.workplace_democracy import WORKPLACE_DEMOCRACY
from tests.forms.visit import Visit
from tests.handlers.filling import visiting

AREA = Unit(2, "TU", "Công đoàn xã Than Uyên", "cd_xa_phuong")
FULL: dict[str, tuple[Form, dict[str, str]]] = {
    "membership": (
        MEMBERSHIP,
        {
            "event_date": "hôm nay",
            "new_members": "1234",
            "new_female": "1200",
            "members_out": "35",
            "out_reason": "123456",
            "total_members": "1234",
            "total_workers": "20000",
            "new_ethnic": "1100",
            "admission_form": "1",
            "members_in": "1000",
            "total_female": "1234",
            "cards_issued": "1234",
            "decision_no": "Số 123/QĐ-LĐLĐ ngày 10 tháng 11",
        },
    ),
    "dialogue": (
        DIALOGUE,
        {
            "dialogue_type": "3",
            "case_ground": "123456",
            "event_date": "hôm nay",
            "attendees": "1000",
            "topics": "123456",
            "opinions": "400",
            "resolved": "100",
            "attendees_female": "500",
            "worker_side": "500",
            "employer_side": "400",
            "forwarded": "200",
            "key_results": "Hai bên thống nhất tăng tiền ăn ca. " * 8,
        },
    ),
    "propaganda": (
        PROPAGANDA,
        {
            "event_date": "hôm nay",
            "forms": "123456",
            "topics": "123456",
            "sessions": "100",
            "attendees": "6000",
            "attendees_female": "3000",
            "documents": "1000",
            "posts": "100",
            "reach": "100000",
            "links": "https://facebook.com/congdoan/posts/" + "1" * 250,
            "banners": "100",
            "languages": "123456",
            "partners": "123456",
            "campaign_code": "1",
        },
    ),
    "periodic": (
        PERIODIC_REPORT,
        {
            "period": "1",
            "total_workers": "20000",
            "female_workers": "12000",
            "total_members": "12345",
            "disputes": "100",
            "accidents": "100",
            "ethnic_workers": "19000",
            "underemployed": "1200",
            "avg_wage": "12tr345",
            "wage_arrears": "345 tỷ",
            "contracts_signed": "19000",
            "insured": "19000",
            "self_rented": "12000",
            "dialogue_count": "400",
            "propaganda_sessions": "4000",
            "propaganda_attendees": "900000",
            "highlights": "Ký được thỏa ước lao động tập thể mới. " * 15,
            "difficulties": "Thiếu đơn hàng trong hai tháng. " * 12,
            "proposals": "Đề nghị hỗ trợ vay vốn. " * 18,
            "next_plan": "Tập trung chăm lo Tết. " * 18,
        },
    ),
    "welfare": (
        WELFARE,
        {
            "program": "2",
            "event_date": "hôm nay",
            "beneficiaries": "19000",
            "amount": "123 tỷ",
            "beneficiaries_female": "12000",
            "value_each": "12tr345",
            "amount_union": "23 tỷ",
            "amount_employer": "45 tỷ",
            "amount_social": "12 tỷ",
            "in_kind": "Gạo, chăn, bánh chưng và nước mắm cho từng gia đình. " * 3,
            "campaign_code": "1",
        },
    ),
    "sentiment": (
        SENTIMENT,
        {
            "event_date": "hôm nay",
            "mood": "4",
            "topics": "123456",
            "content": "Anh em lo thưởng Tết và tiền lương tháng này. " * 20,
            "urgency": "3",
            "opinions": "1234",
            "proposal": "Đề nghị giám đốc trả lời trước Tết. " * 12,
            "proposal_to": "123456",
            "handled": "2",
            "anonymous": "1",
        },
    ),
    "incident": (
        INCIDENT,
        {
            "incident_type": "3",
            "occurred_at": "8h hôm nay",
            "people_involved": "12345",
            "status": "4",
        },
    ),
    "union_founding": (
        UNION_FOUNDING,
        {
            "action": "6",
            "new_union_name": "CĐCS Hợp tác xã nông nghiệp và dịch vụ tổng hợp " * 3,
            "unit_type": "2",
            "sector": "5",
            "status": "4",
            "effective_date": "hôm nay",
            "decision_no": "Số 123/QĐ-LĐLĐ ngày 10 tháng 11",
            "members_count": "1234",
            "managing_unit": "than uyen",
            "female_count": "1000",
            "total_workers": "12345",
            "chair_name": "Nguyễn Hoàng Thương Huyền Phương Thảo Nguyên Chi",
            "chair_phone": "0912 345 678",
        },
    ),
    "bargaining": (
        BARGAINING,
        {
            "action": "4",
            "sign_date": "hôm nay",
            "term_months": "3 năm",
            "covered_workers": "19000",
            "approval_rate": "45/50",
            "better_clauses": "100",
            "better_topics": "123456",
            "shift_meal_value": "123k",
            "sent_to_authority": "2",
            "quality_grade": "5",
        },
    ),
    "workplace_democracy": (
        WORKPLACE_DEMOCRACY,
        {
            "activity": "123456",
            "event_date": "hôm nay",
            "attendees": "19000",
            "total_workers": "20000",
            "opinions": "10000",
            "resolved": "9000",
        },
    ),
    "legal_aid": (
        LEGAL_AID,
        {
            "event_date": "hôm nay",
            "forms": "123456",
            "people": "19000",
            "topics": "123456",
            "cases": "1200",
            "resolved": "1100",
            "need_support": "1",
            "note": "Cần luật sư đi cùng khi ra tòa án nhân dân tỉnh. " * 6,
        },
    ),
    "training": (
        TRAINING,
        {
            "type": "4",
            "start_date": "hôm nay",
            "learners": "19000",
            "end_date": "30/12",
            "classes": "100",
            "learners_female": "12000",
            "passed": "18000",
            "upgraded": "1000",
            "funded_by": "12345",
            "cost": "123 tỷ",
            "subject": "Vận hành máy sao chè và bảo dưỡng dây chuyền đóng gói. " * 2,
        },
    ),
    "cadre_training": (
        CADRE_TRAINING,
        {
            "start_date": "hôm nay",
            "organiser": "1",
            "trainees": "5000",
            "topics": "123456",
            "end_date": "30/12",
            "classes": "100",
            "trainees_female": "1000",
            "new_chairs": "1000",
        },
    ),
    "emulation": (
        EMULATION,
        {
            "item": "4",
            "event_date": "hôm nay",
            "awards_collective": "1000",
            "awards_individual": "10000",
            "award_level": "6",
            "movements": "123456",
            "participants": "20000",
            "direct_workers": "10000",
            "award_form": "5",
            "campaign_code": "1",
        },
    ),
    "party_intro": (
        PARTY_INTRO,
        {
            "event_date": "hôm nay",
            "introduced": "500",
            "introduced_female": "300",
            "introduced_direct": "400",
            "attended_course": "500",
            "admitted": "500",
        },
    ),
    "supervision": (
        SUPERVISION,
        {
            "activity": "2",
            "event_date": "hôm nay",
            "subject": "Thực hiện chính sách lương, BHXH và dân chủ ở cơ sở. " * 3,
            "units_checked": "1000",
            "partners": "123456",
            "violations": "1000",
            "recommendations": "1000",
            "handled": "900",
        },
    ),
    "safety": (
        SAFETY,
        {
            "activities": "123456",
            "event_date": "hôm nay",
            "trained": "20000",
            "inspections": "100",
            "accidents": "100",
            "end_date": "30/12",
            "safety_reps": "1000",
            "hazards_found": "5000",
            "hazards_fixed": "4000",
            "health_checked": "20000",
            "campaign_code": "1",
        },
    ),
    "plan": (
        PLAN,
        {
            "directive_code": "3",
            "doc_no": "12345/2026/KH-CĐCSNHÀMÁYCHÈTHANUYÊN-TUYÊNGIÁO",
            "doc_date": "hôm nay",
        },
    ),
    "coordination": (
        COORDINATION,
        {
            "doc_type": "4",
            "partner": "Công ty cổ phần thương mại và dịch vụ Mường Thanh Lai Châu " * 2,
            "sign_date": "hôm nay",
            "start_date": "hôm nay",
            "end_date": "30/12/2027",
            "benefit": "Đoàn viên được giảm giá khi mua hàng và sử dụng dịch vụ. " * 5,
            "discount_rate": "50",
            "members_benefited": "19000",
        },
    ),
}


def filled(kind: str, language: str, *, extras: bool) -> Visit:
    """Fill in a report, with all its extras or with none."""
    form, answers = FULL[kind]
    visit = visiting(form, language, members=35, workers=20_000)
    visit.find = lambda words: [AREA]
    for _turn in range(60):
        if visit.step == "+more" and not extras:
            visit.types("0")
        elif visit.step == "+more":
            left = [field.code for field in visit.stand().path.optional_left() if field.code in answers]
            visit.types("0") if not left else visit.presses(f"e:draft00001:{left[0]}")
        elif visit.step == "+recap":
            return visit
        else:
            visit.types(
                "vì thế"
                if "#" in visit.step
                else answers.get(visit.step, "2" if "!ledger" in visit.step or "!counted" in visit.step else "1")
            )
    raise AssertionError(visit.says)
