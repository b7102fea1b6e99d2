"""The cases of the sample: petitions, a question and incidents, some waiting, some answered, some closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.cases import course
from bot.cases.case import Case, Change, Kind
from bot.cases.clock import Surroundings, act
from bot.cases.desks import Lists, Officer, Rung
from bot.cases.opening import Opening
from bot.cases.terms import Terms
from bot.effects import KeepCase
from bot.records import Person, Role, Unit

TERMS: Final = Terms()
DAY: Final = timedelta(days=1)
LATE: Final = "Anh em đề nghị công khai cách tính tiền làm thêm giờ trên bảng lương."
ANSWERED: Final = "Đề nghị mở điểm giữ trẻ gần nơi làm cho con đoàn viên làm ca."
ANSWER: Final = "Đã làm việc với UBND phường: điểm giữ trẻ mở từ đầu tháng tới, đơn vị lập danh sách nhu cầu giúp."
QUESTION: Final = "Đoàn viên nghỉ thai sản có phải đóng đoàn phí không ạ?"
OPEN: Final = "Nợ lương, chậm lương. Khoảng 25 người. Tạm ổn định."
NEWS: Final = "Giám đốc hẹn trả đủ vào thứ Sáu tuần này."
CLOSED: Final = "Tai nạn lao động, bị kẹp tay ở máy sao chè. 1 người. Đã giải quyết xong."
ENDED: Final = "Người bị thương đã đi làm lại; đơn vị đã lắp che chắn cho máy."


@dataclass(frozen=True, slots=True)
class Area:
    """A union with its officer, and the unions below it with their chairs; at least one."""

    unit: Unit
    officer: Person
    chairs: Sequence[tuple[Unit, Person]]

    @property
    def rung(self) -> Rung:
        """Give it as the place where cases lie."""
        officer = self.officer
        return Rung(
            self.unit.id,
            (Officer(officer.id, officer.name, officer.phone, Role.AREA_OFFICER, self.unit.id, self.unit.code, 1),),
        )


def areas_of(
    officers: Mapping[int, Person], unions: Mapping[int, Unit], chairs: Sequence[tuple[Unit, Person]]
) -> list[Area]:
    """Give the areas that have an officer and a chair below, by code."""
    below = {id_: [(unit, chair) for unit, chair in chairs if unit.parent == id_] for id_ in officers}
    areas = [Area(unions[id_], officer, below[id_]) for id_, officer in officers.items() if below[id_]]
    return sorted(areas, key=lambda area: area.unit.code)


def cases(areas: Sequence[Area], now: datetime, new_id: Callable[[], str]) -> Iterator[KeepCase]:
    """Invent five cases in the first area, and the closed incident in the last; none where there is no area."""
    if not areas:
        return
    first, last = areas[0], areas[-1]
    story = (
        (first, 0, _overdue),
        (first, 0, _answered),
        (first, -1, _question),
        (first, -1, _running),
        (last, -1, _closed),
    )
    for number, (area, place, happened) in enumerate(story, 1):
        unit, chair = area.chairs[place]
        for change in happened(course.Newborn(new_id(), number, unit.id, chair.id), area.rung, now):
            yield KeepCase(change.case, change.event)


def _opened(new: course.Newborn, kind: Kind, said: tuple[str, str], rung: Rung, at: datetime) -> Change:
    return course.opened(new, Opening(kind, *said), rung, TERMS, at)


def _overdue(new: course.Newborn, rung: Rung, now: datetime) -> Iterator[Change]:
    """Its time ran out a day or two ago; it has not gone to the province yet."""
    days = next(n for n in range(7, 60) if TERMS.due(Kind.PETITION, now - n * DAY) < now)
    opened = _opened(new, Kind.PETITION, ("tien_luong", LATE), rung, now - days * DAY)
    yield opened
    yield act(opened.case, Surroundings(rung.officers, Lists(), TERMS), opened.case.due_at)


def _answered(new: course.Newborn, rung: Rung, now: datetime) -> Iterator[Change]:
    """Answered yesterday: the chair is to say whether the people have the answer."""
    yield (opened := _opened(new, Kind.PETITION, ("nha_tre_truong_hoc", ANSWERED), rung, now - 8 * DAY))
    yield (taken := _taken(opened.case, rung, now - 7 * DAY))
    yield course.answered(taken.case, rung.first.person, ANSWER, TERMS, now - DAY)


def _question(new: course.Newborn, rung: Rung, now: datetime) -> Iterator[Change]:
    yield _opened(new, Kind.QUESTION, ("", QUESTION), rung, now - timedelta(hours=3))


def _running(new: course.Newborn, rung: Rung, now: datetime) -> Iterator[Change]:
    """Told three days ago, taken at once; the last news came this morning."""
    at = now - 3 * DAY
    yield (opened := _opened(new, Kind.INCIDENT, ("no_luong", OPEN), rung, at))
    yield (taken := _taken(opened.case, rung, at + timedelta(minutes=9)))
    yield course.added(taken.case, new.person, NEWS, TERMS, now - timedelta(hours=2))


def _closed(new: course.Newborn, rung: Rung, now: datetime) -> Iterator[Change]:
    at = now - 30 * DAY
    yield (opened := _opened(new, Kind.INCIDENT, ("tai_nan_ld", CLOSED), rung, at))
    yield (taken := _taken(opened.case, rung, at + timedelta(minutes=14)))
    yield course.closed(taken.case, rung.first.person, ENDED, at + 6 * DAY)


def _taken(case: Case, rung: Rung, at: datetime) -> Change:
    return course.taken(case, rung.first.person, rung.unit, TERMS, at)
