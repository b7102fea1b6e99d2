"""Cases of the sample province: petitions, a question, legal advice and an incident, each as far as it has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import count
from typing import Final

from bot.cases import course
from bot.cases.case import Case, Change, Kind
from bot.cases.desks import Officer, Rung
from bot.cases.opening import Opening
from bot.cases.terms import Terms
from bot.demo.sample import Sample
from bot.effects import KeepCase
from bot.i18n import ZONE, local_day
from bot.records import Person, Role, Unit

MORNING: Final = time(9)
HOUSING: Final = Opening(Kind.PETITION, "nha_o", "Công nhân trọ xa, giá phòng tăng. Đề nghị xã bố trí đất làm nhà ở.")
NURSERY: Final = Opening(
    Kind.PETITION, "nha_tre_truong_hoc", "Ca chiều tan lúc 18 giờ, trường mầm non đóng cửa lúc 17 giờ."
)
HEAT: Final = Opening(Kind.PETITION, "moi_truong_lam_viec", "Xưởng nóng, quạt thông gió hỏng đã hai tháng.")
DUES: Final = Opening(Kind.QUESTION, "", "Đoàn viên nghỉ thai sản có phải đóng đoàn phí không?")
LEAVING: Final = Opening(Kind.LEGAL, "hop_dong", "Hợp đồng 24 tháng, muốn nghỉ trước hạn thì báo trước bao nhiêu ngày?")
FALL: Final = Opening(Kind.INCIDENT, "tai_nan_ld", "Một người ngã giàn giáo, đã đưa đi viện. Công trường tạm dừng.")


@dataclass(frozen=True, slots=True)
class Area:
    """Units of the sample with who reports for them, the officer above them, and the one of the province."""

    units: Sequence[tuple[Unit, Person]]
    officer: Rung
    province: Rung


def rung(unit: Unit, person: Person, role: Role) -> Rung:
    """Name an officer of a union as whoever cases come to there."""
    return Rung(unit.id, (Officer(person.id, person.name, person.phone, role, unit.id, unit.code, 1),))


def cases(sample: Sample, of: Area, terms: Terms) -> Iterator[KeepCase]:
    """Tell six cases of an area: answered (of its first unit), closed, sent upward, overdue, new."""
    teller = _Teller(sample, of, terms)
    stories = (teller.heat, teller.accident, teller.advice, teller.housing, teller.nursery, teller.dues)
    for number, story in enumerate(stories, 1):
        yield from (KeepCase(one.case, one.event) for one in story(number))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Leads each case as far as it shall have come today."""

    sample: Sample
    area: Area
    terms: Terms

    def accident(self, number: int) -> Iterator[Change]:
        """Tell of an incident that was taken at once and is closed."""
        born = self._opened(number, FALL, self._morning(24))
        quick = replace(born, case=replace(born.case, alerted=(self._officer,)))
        yield quick
        taken = self._taken(quick.case, born.case.opened_at + timedelta(minutes=6))
        yield taken
        told = "Người bị nạn đã ổn định. Công ty chi viện phí, giàn giáo đã kiểm tra lại."
        yield course.closed(taken.case, self._officer, told, self._morning(22))

    def advice(self, number: int) -> Iterator[Change]:
        """Tell of legal advice that was given; the unit said so."""
        born = self._opened(number, LEAVING, self._morning(20))
        yield born
        told = course.answered(
            born.case, self._officer, "Ít nhất 30 ngày, theo Điều 35 Bộ luật Lao động.", self.terms, self._morning(18)
        )
        yield told
        yield course.confirmed(told.case, born.case.person, self._morning(17))

    def housing(self, number: int) -> Iterator[Change]:
        """Tell of a petition that went upward."""
        born = self._opened(number, HOUSING, self._morning(5))
        yield born
        taken = self._taken(born.case, self._morning(4))
        yield taken
        asked = "Việc này cần tỉnh làm việc với UBND xã."
        yield course.forwarded(taken.case, self._officer, self.area.province, asked, self.terms, self._morning(3))

    def nursery(self, number: int) -> Iterator[Change]:
        """Tell of a petition whose day has just passed."""
        mornings = (self._morning(days) for days in count(1))
        late = next(one for one in mornings if self.terms.due(Kind.PETITION, one) < self.sample.now)
        yield self._opened(number, NURSERY, late)

    def heat(self, number: int) -> Iterator[Change]:
        """Tell of a petition that was answered; whether the people know is still to be said."""
        born = self._opened(number, HEAT, self._morning(4))
        yield born
        told = "Công ty hẹn thay quạt trong tuần này. Anh/chị xem giúp rồi báo lại."
        yield course.answered(born.case, self._officer, told, self.terms, self._morning(1))

    def dues(self, number: int) -> Iterator[Change]:
        """Tell of a question that has just come."""
        yield self._opened(number, DUES, self.sample.now - timedelta(hours=1))

    @property
    def _officer(self) -> str:
        return self.area.officer.first.person

    def _morning(self, days: int) -> datetime:
        return datetime.combine(local_day(self.sample.now) - timedelta(days=days), MORNING, ZONE)

    def _opened(self, number: int, opening: Opening, at: datetime) -> Change:
        unit, person = self.area.units[(number - 1) % len(self.area.units)]
        new = course.Newborn(self.sample.new_id(), number, unit.id, person.id)
        return course.opened(new, opening, self.area.officer, self.terms, at)

    def _taken(self, case: Case, at: datetime) -> Change:
        return course.taken(case, self._officer, self.area.officer.unit, self.terms, at)
