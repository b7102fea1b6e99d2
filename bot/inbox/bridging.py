"""What a messenger cannot carry: the links that are said under a question, and the question as their page needs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.again import asked_again
from bot.effects import Speak
from bot.forms.fields import Field, Files, SelectMultiple
from bot.forms.outcome import Outcome
from bot.forms.questions import draw, every_choice
from bot.forms.steps import MORE, Stand, Step
from bot.i18n import Phrase, lines
from bot.inbox.gathering import Gathering
from bot.inbox.work import Work
from bot.listing import LIFE, MANY, linked, step_of
from bot.messages import Address, Button, Incoming, Say
from bot.office.house import in_force
from bot.ports import OpenQuestion, Purpose, Reads, Store, Ticket
from bot.records import Ask
from bot.talk import House, Talk

PICKED: Final = ("a:", "t:", "u:")  # what a button begins with that picks something


def bridged(talk: Talk, stand: Stand, outcome: Outcome) -> tuple[Say, ...]:
    """Give what is said, with a link under the question where this messenger carries no files or long lists."""
    here = talk.incoming.address.channel in talk.house.bridged
    if not here or outcome.ask is None or outcome.receipt or not outcome.says:
        return outcome.says
    link = _link(talk, replace(stand, draft=outcome.draft or stand.draft, ask=outcome.ask), outcome.ask)
    if link is None:
        return outcome.says
    last = outcome.says[-1]
    return (*outcome.says[:-1], replace(last, text=lines(last.text, link)))


def _link(talk: Talk, stand: Stand, ask: Ask) -> Phrase | None:
    """Say where to go on, if there is such a page and the question needs it."""
    purpose = _purpose(stand, ask)
    if purpose is None:
        return None
    ticket = Ticket(purpose, talk.incoming.address, ask.draft, ask.step, talk.now + LIFE)
    return linked(talk.house.bridge, ticket, talk.known.language)


def _purpose(stand: Stand, ask: Ask) -> Purpose | None:
    if isinstance(_field(stand, ask), Files):
        return Purpose.FILES
    return Purpose.PICK if len(_choices(stand, ask)) > MANY else None


def _field(stand: Stand, ask: Ask) -> Field | None:
    return stand.form.by_code.get(ask.step)


def _choices(stand: Stand, ask: Ask) -> tuple[Button, ...]:
    voice = stand.facts.voice
    found = every_choice(stand, Step(ask.step, state={**ask.state, "picks": ()}))
    picks = [one for one in found if one.data.startswith(PICKED) and not one.data.rsplit(":", 1)[-1].startswith("+")]
    return tuple(Button(voice.speak(one.label), one.data) for one in picks)


async def open_question(store: Store, house: House, address: Address, now: datetime) -> OpenQuestion | None:
    """Tell what is asked of a chat now, for a page; None where nothing is, or nobody is linked to it."""
    async with store.batch() as batch:
        if await batch.person_at(address) is None:
            return None
        looking = Incoming("", address, now, aside=True)
        work = Work(batch, await batch.world([looking], now), now)

        async def read() -> Reads:
            return batch

        house = await in_force(house, batch)
        talk = Talk(house, looking, now, work.world, work.world.people.get(address), read)
        ask = talk.ask
        draft = talk.draft(ask.draft) if ask is not None else None
        if ask is not None and draft is not None:
            return _shown(await Gathering(talk, work.memory).stand(draft), ask)
    listed = ask is not None and ask.step and not ask.draft and (ask.until is None or now <= ask.until)
    return await _list(store, house, looking, ask.step) if ask is not None and listed else None


async def _list(store: Store, house: House, looking: Incoming, shown_by: str) -> OpenQuestion | None:
    """Give the whole of a list of which a screen shows a part, as it is now."""
    name, _space, words = shown_by.removeprefix("/").partition(" ")
    async with store.reading() as reads:
        talk = await asked_again(house, reads, looking, (name, words), whole=True)
    if talk is None or talk.listing is None:
        return None
    said = next(one.out.message for one in reversed(talk.effects) if isinstance(one, Speak))
    choices = tuple(Button(talk.voice.speak(label), data) for label, data in talk.listing.items)
    return OpenQuestion("", step_of(shown_by), said.title, said.text, choices=choices)


def _shown(stand: Stand, ask: Ask) -> OpenQuestion:
    field = _field(stand, ask)
    said = draw(stand, Step(ask.step, state=ask.state)).say.spoken(stand.facts.voice)
    found = OpenQuestion(ask.draft, ask.step, said.title, said.text)
    if isinstance(field, Files):
        have = len(stand.path.scope.answers.get(field.code) or ())
        return replace(found, takes=field.type, most=field.at_most, have=have)
    several = isinstance(field, SelectMultiple) or ask.step == MORE
    return replace(found, choices=_choices(stand, ask), several=several)
