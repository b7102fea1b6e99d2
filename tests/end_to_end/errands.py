"""What chairs sit down to do: every kind of report, "nothing to report", corrections, withdrawals. Told as questions
and typed answers, with what has to be kept of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from bot.forms import steps
from bot.forms.form import Form
from bot.i18n import ZONE, Code, Plain, Text, _
from handlers.dialogue import DIALOGUE
from handlers.lists import TOPICS_AT_WORK
from handlers.membership import MEMBERSHIP
from handlers.propaganda import PROPAGANDA
from handlers.withdrawing import WITHDRAWAL
from tests.end_to_end.someone import label

MEMBERS, WORKERS = 35, 60  # of every unit, at first
MANY_MEMBERS = 45
KINDS = {"dialogue": 5, "membership": 2, "propaganda": 3}  # how often each is reported
CORRECTS, WITHDRAWS = 0.2, 0.1  # of the errands of whoever has filed a dialogue
GAP = Plain("\0")  # stands where a text says something that we need not know

Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a report, as its chair remembers it."""

    form: str
    number: int
    version: int
    answers: Mapping[str, Any]
    state: str = "filed"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, what is typed for an answer (or which button confirms), and what has to be kept of it."""

    step: str
    question: Text | str
    typed: str
    kept: Any = None
    button: Text | None = None


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to do, from the first words to those that tell that it is done.

    `form` is that of the draft, which begins with the answers of `about`, the version that is changed.
    """

    opening: str
    form: str
    turns: Sequence[Turn]
    done: Text | str
    about: Version | None = None

    def answers(self) -> Answers:
        """Give the answers that the draft begins with."""
        return dict(self.about.answers) if self.about and self.form == self.about.form else {}


@dataclass(slots=True)
class Book:
    """What one unit has filed, every version in order. Events are of two days ago: past, wherever a clock is moved."""

    unit: str
    today: date = field(default_factory=lambda: datetime.now(ZONE).date())
    versions: list[Version] = field(default_factory=list)
    last_number: int = 0
    members: int = MEMBERS  # by the last report

    def file(self, errand: Errand, answers: Answers) -> None:
        """Note that an errand was done."""
        old = errand.about
        if old is None:
            self.last_number += 1
            self.versions.append(Version(errand.form, self.last_number, 1, answers))
        elif errand.form == WITHDRAWAL.name:
            self.versions.append(Version(old.form, old.number, old.version + 1, old.answers, "withdrawn"))
        else:
            self.versions.append(Version(old.form, old.number, old.version + 1, answers))
        self.members = answers.get("total_members", self.members)

    @property
    def receipt(self) -> str:
        """Give the name of the next new report."""
        return f"BC{self.last_number + 1}"

    @property
    def day(self) -> date:
        """Give the day that is reported about."""
        return self.today - timedelta(days=2)

    def standing(self) -> list[Version]:
        """List the reports that count, each in its last version, the oldest first."""
        last = {version.number: version for version in self.versions}
        return [one for one in last.values() if one.state == "filed"]

    def of_the_day(self, form: str) -> list[Version]:
        """List those of one kind that are about the day."""
        day = self.day.isoformat()
        return [one for one in self.standing() if one.form == form and one.answers["event_date"] == day]


def next_errand(book: Book, chance: Random) -> Errand:
    """Think of something to do."""
    dialogues = book.of_the_day(DIALOGUE.name)
    if dialogues and chance.random() < CORRECTS:
        return correction(chance.choice(dialogues), chance)
    if dialogues and chance.random() < WITHDRAWS:
        return withdrawal(chance.choice(dialogues), book.unit)
    [kind] = chance.choices([*KINDS], [*KINDS.values()])
    form, turns = {
        "dialogue": (DIALOGUE, _dialogue),
        "membership": (MEMBERSHIP, _membership),
        "propaganda": (PROPAGANDA, _propaganda),
    }[kind]
    return Errand(f"/baocao {kind}", kind, [*turns(book, chance), *_ending(form, book.unit)], book.receipt)


def nothing_to_report(book: Book) -> Errand:
    """Say that there was nothing; no draft is kept of that."""
    asked = _("For {period}, {unit} has nothing to report?", period=GAP, unit=GAP)
    return Errand("/khongphatsinh", "nil", [Turn("", asked, "1")], book.receipt)


def correction(report: Version, chance: Random) -> Errand:
    """Change how many took part in a dialogue."""
    attendees = chance.choice([number for number in range(10, 19) if number != report.answers["attendees"]])
    turns = [
        Turn(steps.EDIT, _("Which one shall be changed?"), "3"),
        _asked(DIALOGUE, "attendees", str(attendees), attendees),
        Turn(steps.RECAP, _("Correction of BC{number}", number=Code(report.number)), "", button=_("Send")),
    ]
    done = _("Report BC{number} has been changed. Thank you, {you}.", number=Code(report.number))
    return Errand(f"SUA {report.number}", report.form, turns, done, report)


def withdrawal(report: Version, unit: str) -> Errand:
    """Take a report back."""
    reason = f"nhầm {unit}, {report.number}.{report.version}"
    turns = [
        _asked(WITHDRAWAL, "reason", reason, reason),
        Turn(steps.RECAP, reason, "", button=_("Withdraw it")),
    ]
    done = _("BC{number} is withdrawn and no longer counts.", number=Code(report.number))
    return Errand(f"RUT {report.number}", WITHDRAWAL.name, turns, done, report)


def _dialogue(book: Book, chance: Random) -> Iterator[Turn]:
    attendees, opinions = chance.randint(10, 18), chance.randint(0, 3)
    topic = chance.randint(1, 6)
    yield _asked(DIALOGUE, "dialogue_type", "1", "dinh_ky")
    yield from _day(DIALOGUE, book)
    yield from _similar(DIALOGUE, book)
    yield _asked(DIALOGUE, "attendees", str(attendees), attendees)
    yield _asked(DIALOGUE, "topics", str(topic), [TOPICS_AT_WORK[topic - 1].code])
    yield _asked(DIALOGUE, "opinions", str(opinions), opinions)
    if opinions:
        yield _asked(DIALOGUE, "resolved", str(opinions), opinions)


def _membership(book: Book, chance: Random) -> Iterator[Turn]:
    new = chance.randint(1, 3)
    women, left = chance.randint(0, new), new + 1 if book.members > MANY_MEMBERS else chance.randint(0, new)
    total = book.members + new - left
    now = _("So the unit has {total} members now, right? Type 1 if so, or the right number.", total=total)
    still = _(
        "Are there still {total} workers in all, members or not? Type 1 if so, or the right number.", total=WORKERS
    )
    yield from _day(MEMBERSHIP, book)
    yield from _similar(MEMBERSHIP, book)
    yield _asked(MEMBERSHIP, "new_members", str(new), new)
    yield _asked(MEMBERSHIP, "new_female", str(women), women)
    yield _asked(MEMBERSHIP, "members_out", str(left), left)
    if left:
        yield _asked(MEMBERSHIP, "out_reason", "1", ["nghi_viec"])
    yield Turn("total_members", now, "1", total)
    yield Turn("total_workers", still, "1", WORKERS)


def _propaganda(book: Book, chance: Random) -> Iterator[Turn]:
    sessions, attendees = chance.randint(1, 2), chance.randint(30, WORKERS)
    yield from _day(PROPAGANDA, book)
    yield _asked(PROPAGANDA, "forms", "1", ["hoi_nghi"])
    yield from _similar(PROPAGANDA, book)
    yield _asked(PROPAGANDA, "topics", "1", ["nq_43"])
    yield _asked(PROPAGANDA, "sessions", str(sessions), sessions)
    yield _asked(PROPAGANDA, "attendees", str(attendees), attendees)


def _day(form: Form, book: Book) -> Iterator[Turn]:
    yield _asked(form, "event_date", f"{book.day:%d/%m/%Y}", book.day.isoformat())


def _similar(form: Form, book: Book) -> Iterator[Turn]:
    earlier = book.of_the_day(form.name)
    if len(earlier) > 1:
        yield Turn(steps.SIMILAR, _("The unit has several such reports. Which one is this about?"), "0")
    elif earlier:
        text = _(
            "On {day} the unit already has report BC{number} of this kind. Is this the same event?", day=GAP, number=GAP
        )
        yield Turn(steps.SIMILAR, text, "2")


def _ending(form: Form, unit: str) -> Iterator[Turn]:
    yield Turn(steps.MORE, _("Anything to add? Choose one or more numbers, or 0 if that is all."), "0")
    yield Turn(steps.RECAP, unit, "", button=_("Send"))


def _asked(form: Form, code: str, typed: str, kept: Any) -> Turn:
    return Turn(code, label(form, code), typed, kept)
