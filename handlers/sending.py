"""/phattin: a notice that was composed is sent, approved, paused, cancelled, corrected."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from bot.effects import Audit, Correct, DropSome, HoldUnsent, NoticeState, ReleaseHeld
from bot.forms.fields import TextField
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Code, _, lines
from bot.messages import Choice, Say
from bot.notices.errands import CORRECT, EXPAND, SETTLE, TEST, job
from bot.notices.notice import IN_DRAFT, Notice, State
from bot.notices.wording import body, controls, named
from bot.records import OFFICERS, Draft
from bot.talk import Command, Talk
from handlers.broadcast import change, compose
from handlers.names import person_name
from handlers.steering import colleagues, steered

LISTED: Final = 6
STATES: Final = {
    State.COMPOSED: _("not sent yet"),
    State.WAITING: _("waits for approval"),
    State.PLANNED: _("planned"),
    State.SENDING: _("being sent"),
    State.PAUSED: _("paused"),
    State.SENT: _("sent"),
    State.CANCELLED: _("cancelled"),
    State.REFUSED: _("not approved"),
    State.DROPPED: _("dropped"),
}


async def run(talk: Talk, words: str) -> None:
    """Compose a notice, or do something with one: "gui 12", "dung 12", "huy 12"; "ds" lists them."""
    verb, _space, rest = words.strip().partition(" ")
    if verb == "ds":
        await listing(talk)
        return
    act = ACTS.get(verb)
    if act is None:
        await compose(talk)
        return
    notice = await steered(talk, rest)
    if notice is not None:
        await act(talk, notice)


async def listing(talk: Talk) -> None:
    """List the latest notices of the officer's unions."""
    reads = await talk.read()
    found = await reads.notices_of([unit.id for unit in talk.known.units(OFFICERS)], LISTED)
    if not found:
        talk.say(_("No notice was sent yet. PHAT TIN begins one."))
        return
    choices = [
        Choice(_("{notice} ({state})", notice=named(one), state=STATES[one.state]), f"/thongbao {one.number}", str(n))
        for n, one in enumerate(found, 1)
    ]
    talk.offer("notices", _("Notices of {union}:", union=found[0].signed), *choices)


# --- sending ----------------------------------------------------------------------------------------------------------


async def _send(talk: Talk, notice: Notice) -> None:
    """Send it, or ask a second person first where it goes to many units."""
    if notice.person != talk.known.id or notice.state is not State.COMPOSED:
        _say_state(talk, notice)
    elif not notice.units or not notice.copies:
        talk.say(_("Nobody would get this notice. Please choose other units."))
    elif talk.house.approve_above and notice.units > talk.house.approve_above:
        await _ask_approval(talk, notice)
    else:
        _plan(talk, notice, State.COMPOSED)


def _plan(talk: Talk, notice: Notice, since: State, by: str = "") -> None:
    address = talk.incoming.address
    own = {"channel": address.channel, "chat": address.chat} if notice.person == talk.known.id else {}
    talk.do(NoticeState(notice.id, State.PLANNED, (since,), by), job(EXPAND, notice.id, "first", notice.at, **own))
    talk.do(Audit(talk.now, talk.known.id, "send notice", str(notice.number)))
    talk.quiet()
    later = notice.at is not None and notice.at > talk.now
    night = talk.now if notice.urgent else talk.house.rules.quiet.over(talk.now)
    if later:
        talk.say(_("{notice} will go out at {moment}.", notice=named(notice), moment=notice.at or talk.now))
    elif night > talk.now:
        talk.say(_("{notice} goes out at {moment}: nobody is written to at night.", notice=named(notice), moment=night))
    else:
        talk.say(_("{notice} is on its way.", notice=named(notice)))


async def _ask_approval(talk: Talk, notice: Notice) -> None:
    reads = await talk.read()
    people = [await reads.person(one.person) for one in await colleagues(talk, notice) if one.channels]
    asked = [person for person in people if person is not None and person.addresses]
    if not asked:
        talk.say(
            _(
                "A notice to more than {most} units needs a second officer's approval, and nobody else can be reached.",
                most=talk.house.approve_above,
            )
        )
        return
    talk.do(NoticeState(notice.id, State.WAITING, (State.COMPOSED,)))
    by = person_name(talk.known.name, talk.known.honorific)
    text = lines(
        _("{officer} asks {you} to approve a notice to {units} units:", officer=by, units=notice.units), body(notice)
    )
    yes = Choice(_("Approve"), f"/phattin duyet {notice.number}", f"PHAT TIN DUYET {notice.number}")
    no = Choice(_("Do not approve"), f"/phattin tuchoi {notice.number}", f"PHAT TIN TUCHOI {notice.number}")
    for person in asked:
        talk.alert(f"approve/{notice.id}/{person.id}", person, Say(text, choices=(yes, no)))
    talk.quiet()
    talk.say(
        _(
            "A notice to more than {most} units needs a second officer's approval. It was asked for.",
            most=talk.house.approve_above,
        )
    )


async def _approve(talk: Talk, notice: Notice) -> None:
    if not await _may_decide(talk, notice):
        return
    _plan(talk, notice, State.WAITING, talk.known.id)
    await _tell_sender(talk, notice, approved=True)


async def _refuse(talk: Talk, notice: Notice) -> None:
    if not await _may_decide(talk, notice):
        return
    talk.do(NoticeState(notice.id, State.REFUSED, (State.WAITING,), talk.known.id))
    talk.audit("refuse notice", str(notice.number))
    talk.say(_("{notice} will not be sent.", notice=named(notice)))
    await _tell_sender(talk, notice, approved=False)


async def _may_decide(talk: Talk, notice: Notice) -> bool:
    if notice.state is not State.WAITING:
        _say_state(talk, notice)
        return False
    if notice.person == talk.known.id:
        talk.say(_("Somebody else has to approve what {you} send."))
        return False
    return True


async def _tell_sender(talk: Talk, notice: Notice, *, approved: bool) -> None:
    sender = await (await talk.read()).person(notice.person)
    if sender is None:
        return
    by = person_name(talk.known.name, talk.known.honorific)
    yes = _("{officer} has approved {notice}.", officer=by, notice=named(notice))
    no = _("{officer} has not approved {notice}. Please talk to each other.", officer=by, notice=named(notice))
    talk.alert(f"decided/{notice.id}", sender, Say(yes if approved else no))


async def _test(talk: Talk, notice: Notice) -> None:
    talk.do(job(TEST, notice.id, talk.house.new_id()))
    again = Choice(_("Send the notice"), f"/phattin gui {notice.number}", "1")
    change_it = Choice(_("Change the notice"), f"/phattin sua {notice.number}", "2")
    talk.offer("notice", _("It comes to all your chats in a moment."), again, change_it)


async def _change(talk: Talk, notice: Notice) -> None:
    if notice.state is State.COMPOSED and notice.person == talk.known.id:
        await change(talk, notice)
    elif notice.state in {State.SENDING, State.PAUSED, State.SENT}:
        await _correct(talk, notice)
    else:
        _say_state(talk, notice)


async def _drop(talk: Talk, notice: Notice) -> None:
    if notice.state is not State.COMPOSED:
        await _cancel(talk, notice)
        return
    talk.do(NoticeState(notice.id, State.DROPPED, (State.COMPOSED,)))
    talk.quiet()
    talk.say(_("{notice} was dropped.", notice=named(notice)))


# --- in the middle ----------------------------------------------------------------------------------------------------


async def _pause(talk: Talk, notice: Notice) -> None:
    if notice.state is not State.SENDING:
        _say_state(talk, notice)
        return
    _settle(talk, notice, NoticeState(notice.id, State.PAUSED, (State.SENDING,)), HoldUnsent(notice.drop_key))
    go_on = Choice(_("Go on sending"), f"/phattin tiep {notice.number}", "1")
    cancel = Choice(_("Stop it for good"), f"/phattin huy {notice.number}", "2")
    talk.offer("notice", _("{notice} is paused.", notice=named(notice)), go_on, cancel)


async def _go_on(talk: Talk, notice: Notice) -> None:
    if notice.state is not State.PAUSED:
        _say_state(talk, notice)
        return
    _settle(talk, notice, NoticeState(notice.id, State.SENDING, (State.PAUSED,)), ReleaseHeld(notice.drop_key))
    talk.quiet()
    talk.say(_("{notice} goes on.", notice=named(notice)))


async def _cancel(talk: Talk, notice: Notice) -> None:
    stoppable = (State.WAITING, State.PLANNED, State.SENDING, State.PAUSED)
    if notice.state not in stoppable:
        _say_state(talk, notice)
        return
    _settle(talk, notice, NoticeState(notice.id, State.CANCELLED, stoppable), DropSome(notice.drop_key))
    talk.quiet()
    gone = notice.state in {State.SENDING, State.PAUSED}
    kept = (
        _(
            "What has arrived cannot be taken back. To correct it, type PHAT TIN SUA {number}.",
            number=Code(notice.number),
        )
        if gone
        else None
    )
    talk.say(lines(_("{notice} is cancelled.", notice=named(notice)), kept))


def _settle(talk: Talk, notice: Notice, state: NoticeState, first: HoldUnsent | ReleaseHeld | DropSome) -> None:
    talk.do(state, first, job(SETTLE, notice.id, talk.house.new_id()))
    talk.audit(f"notice {state.state}", str(notice.number))


def _say_state(talk: Talk, notice: Notice) -> None:
    state = _("{notice}: {state}.", notice=named(notice), state=STATES[notice.state])
    talk.say(state, *controls(notice))


# --- corrections ------------------------------------------------------------------------------------------------------


def _file(filing: Filing) -> Filed:
    return Filed((), (), f"corrected {filing.draft.accepted[IN_DRAFT]} {filing.values['text']}")


CORRECTION: Final = Form(
    "notice_correction",
    _("Correction"),
    TextField("text", _("What is different? It goes to everybody who got the notice."), short=_("Text"), longest=1000),
    file=_file,
    audience=OFFICERS,
    per_unit=False,
    confirm=_("Send"),
)


async def _correct(talk: Talk, notice: Notice) -> None:
    draft = talk.new_draft(CORRECTION.name, None)
    await talk.dialogues.begin(_linked(draft, notice), named(notice))


def _linked(draft: Draft, notice: Notice) -> Draft:
    return replace(draft, accepted={IN_DRAFT: notice.id})


async def corrected(talk: Talk, words: str) -> None:
    """Send a correction: "id text"."""
    id_, _space, text = words.partition(" ")
    notice = await (await talk.read()).notice(id_)
    if notice is None or await steered(talk, str(notice.number)) is None:
        return
    talk.do(Correct(notice.id, text), job(CORRECT, notice.id, talk.house.new_id(), text=text))
    talk.audit("correct notice", str(notice.number))
    talk.say(_("The correction of TB{number} is on its way.", number=Code(notice.number)))


ACTS: Final[dict[str, Callable[[Talk, Notice], Awaitable[None]]]] = {
    "gui": _send,
    "thu": _test,
    "sua": _change,
    "bo": _drop,
    "dung": _pause,
    "tiep": _go_on,
    "huy": _cancel,
    "duyet": _approve,
    "tuchoi": _refuse,
    "dinhchinh": _correct,
}
COMMAND: Final = Command(
    "phattin", _("Send a notice to units"), run, words=("phat tin",), roles=OFFICERS, takes_words=True
)
CORRECTED: Final = Command("corrected", _("Send a correction"), corrected, roles=OFFICERS, typed=False, listed=False)
