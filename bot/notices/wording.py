"""The words of notices: as they are received, previewed, reminded of, corrected, and while they are being sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.i18n import Code, Named, Phrase, Plain, Text, _, _n, lines, listed, spaced
from bot.messages import Attachment, Choice, Say, Template
from bot.notices.notice import Directive, Notice, State, Step

SHOWN: Final = 6  # names in a list
MINUTE: Final = 60


def named(notice: Notice) -> Phrase:
    """Name a notice in a line: "TB12 · Tháng Công nhân"."""
    return _("TB{number} · {title}", number=Code(notice.number), title=notice.title)


def body(notice: Notice, directive: Directive | None = None) -> Text:
    """Give everything that a notice says, but how to answer it."""
    todo, deadline = str(notice.answers.get("todo") or ""), notice.deadline
    return lines(
        named(notice),
        Plain(str(notice.answers.get("text", ""))),
        _("To do: {todo}", todo=todo) if todo else None,
        _("For: {name}", name=Named(notice.campaign)) if notice.campaign else None,
        _("Document: {document}", document=document(directive)) if directive is not None else None,
        _("Please report the result by {day}.", day=deadline) if deadline is not None else None,
        _("Correction: {text}", text=notice.correction) if notice.correction else None,
    )


def document(one: Directive) -> Text:
    """Name a document: its number, its day, what it is about."""
    if one.day is None:
        return _("{number}: {title}", number=one.number, title=one.title)
    return _("{number} of {day}: {title}", number=one.number, day=one.day, title=one.title)


def received(notice: Notice, directive: Directive | None, files: Sequence[Attachment] = ()) -> Say:
    """Give a notice as its readers get it: the same words for everybody of a language."""
    how = None
    if notice.asks:
        how = _(
            "Comrade, type DA NHAN {number} to confirm that you have it. To ask something, type HOI LAI {number}.",
            number=Code(notice.number),
        )
    title = _("{union} gives notice", union=notice.signed)
    gaps = (("union", notice.signed), ("title", notice.title), ("code", f"TB{notice.number}"))
    steps = tuple(_first_steps(notice))
    return Say(lines(body(notice, directive), how), title, steps, tuple(files), template=Template("notice", gaps))


def _first_steps(notice: Notice) -> list[Choice]:
    number = notice.number
    asks = [Choice(_("I have it"), f"/danhan {number}", f"DA NHAN {number}")] if notice.asks else []
    return [*asks, Choice(_("Ask something"), f"/hoilai {number}", f"HOI LAI {number}")]


def next_steps(notice: Notice, steps: frozenset[Step], titles: Mapping[str, Text]) -> list[Choice]:
    """Offer what a unit can still tell of a notice, under digits."""
    number, found = notice.number, list[tuple[Text, str]]()
    if Step.RECEIVED not in steps and notice.asks:
        found.append((_("I have it"), f"/danhan {number}"))
    if Step.SPREAD not in steps:
        found.append((_("Passed on to the members"), f"/dapho {number}"))
    if Step.DONE not in steps:
        label = _("Report: {form}", form=titles[notice.form]) if notice.form in titles else _("Acted on it")
        found.append((label, f"/dalam {number}"))
    found.append((_("Ask something"), f"/hoilai {number}"))
    return [Choice(label, data, str(n)) for n, (label, data) in enumerate(found, 1)]


def how_far(steps: frozenset[Step]) -> Text:
    """Say how far a unit is with a notice."""
    if Step.DONE in steps:
        return _("done")
    if Step.SPREAD in steps:
        return _("passed on")
    return _("confirmed") if Step.RECEIVED in steps else _("not confirmed yet")


def reminder(notice: Notice, step: Step) -> Say:
    """Remind a unit that has not confirmed a notice, or not done what it asks for."""
    if step is Step.DONE:
        text = _("{notice}: to be done by {day}.", notice=named(notice), day=notice.deadline or notice.made_at.date())
        what = _("Type DA THUC HIEN {number} when it is done.", number=Code(notice.number))
        choice = Choice(_("Acted on it"), f"/dalam {notice.number}", f"DA THUC HIEN {notice.number}")
        return Say(lines(text, what), choices=(choice,))
    text = _("{notice}: your unit has not confirmed it yet.", notice=named(notice))
    what = _("Type THONG BAO {number} to read it again.", number=Code(notice.number))
    return Say(lines(text, what), choices=tuple(_first_steps(notice)))


def correction(notice: Notice, text: str) -> Say:
    """Tell everybody who was sent a notice what is different."""
    return Say(lines(named(notice), Plain(text)), _("{union} corrects a notice", union=notice.signed))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the sending has come: copies by the state of their messages, and how many there will be."""

    counts: Mapping[str, int]
    expected: int
    expanded: bool

    @property
    def sent(self) -> int:
        """Count what has arrived."""
        return self.counts.get("sent", 0)

    @property
    def total(self) -> int:
        """Count all copies."""
        known = sum(self.counts.values()) - self.counts.get("failed", 0)
        return known if self.expanded else max(self.expected, known)

    @property
    def waiting(self) -> int:
        """Count what is still to be sent."""
        return sum(self.counts.get(state, 0) for state in ("pending", "held", "sending"))


def progress(notice: Notice, far: Progress) -> Say:
    """Say how far it has come, with what can be done about it."""
    going = _("Sent {sent} of {total}.", sent=far.sent, total=far.total)
    held = _("Sending is paused.") if notice.state is State.PAUSED else None
    return Say(lines(named(notice), going, held), choices=tuple(controls(notice)))


def controls(notice: Notice) -> list[Choice]:
    """Offer what can be done while a notice is on its way."""
    number = notice.number
    if notice.state is State.PAUSED:
        go_on = [Choice(_("Go on sending"), f"/phattin tiep {number}", f"PHAT TIN TIEP {number}")]
    elif notice.state in {State.SENDING, State.PLANNED}:
        go_on = [Choice(_("Pause"), f"/phattin dung {number}", f"PHAT TIN DUNG {number}")]
    else:
        return []
    return [*go_on, Choice(_("Stop it for good"), f"/phattin huy {number}", f"PHAT TIN HUY {number}")]


def finished(notice: Notice, far: Progress, unreached: Text | None) -> Say:
    """Say how the sending ended, and whom it did not reach."""
    uncertain = far.counts.get("uncertain", 0)
    return Say(
        lines(
            named(notice),
            _n("It has reached {count} person.", "It has reached {count} people.", far.sent),
            _n(
                "{count} message may have arrived: that is not certain, and it is not sent twice.",
                "{count} messages may have arrived: that is not certain, and they are not sent twice.",
                uncertain,
            )
            if uncertain
            else None,
            unreached,
        ),
        choices=(Choice(_("Who has confirmed"), f"/thongbao {notice.number}", f"THONG BAO {notice.number}"),),
    )


def unreached_line(names: Sequence[str], count: int) -> Text | None:
    """Name the units that nobody could be reached at: somebody has to call them."""
    if not count:
        return None
    more = [Plain("…")] if count > len(names) else []
    return _n(
        "{count} unit cannot be reached, please call: {units}. Type DON VI and its code for the number.",
        "{count} units cannot be reached, please call: {units}. Type DON VI and a code for the number.",
        count,
        units=listed(*(Plain(name) for name in names), *more),
    )


def cancelled(notice: Notice, far: Progress) -> Say:
    """Say what had gone out when a notice was cancelled."""
    return Say(_("{notice} is cancelled. It had reached {sent} people.", notice=named(notice), sent=far.sent))


def plainly(drawn: str) -> Say:
    """Show a notice as a channel without buttons has it."""
    return Say(spaced(_("Where there are no buttons it looks like this:"), Plain(drawn)))


def unanswered(count: int) -> Text:
    """Say how many questions about a sender's notices wait for an answer."""
    return _n(
        "{count} question about your notices waits for an answer: type CAU HOI.",
        "{count} questions about your notices wait for an answer: type CAU HOI.",
        count,
    )
