"""One turn, as handlers see it: who speaks, what is known, and what shall follow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final, Protocol

from bot.calling import called
from bot.cases.desks import Lists
from bot.cases.terms import Terms
from bot.effects import Audit, ClearAsk, DropDraft, DropUnsent, Effect, SaveDraft, SetAsk, Speak, StartJob
from bot.forms.form import Form
from bot.i18n import DEFAULT_LANGUAGE, ZONE, Catalogue, Phrase, Text, Voice, _, lines
from bot.library import Library
from bot.listing import LIFE, MANY, Listing, linked, step_of, typed
from bot.messages import Choice, Incoming, Outgoing, Priority, Say
from bot.ports import Purpose, Reads, Ticket, World
from bot.records import BEHALF, Ask, Draft, Person, Role, Submission, Unit
from bot.reporting.acceptance import Acceptance
from bot.reporting.anniversaries import Anniversaries
from bot.reporting.calendar import Calendar
from bot.reporting.cells import Row
from bot.reporting.occasions import Rules

OWN_CHANNELS: Final = frozenset({"web", "console"})  # what is said there passes through nobody else's hands
SCREEN: Final = timedelta(hours=12)  # how long the digits of a screen keep their meaning


@dataclass(frozen=True, slots=True)
class Command:
    """Something people can ask for by name: with or without a slash, diacritics, capitals."""

    name: str  # as in /baocao
    about: Text  # for the command list
    run: Callable[[Talk, str], Awaitable[None]]
    words: tuple[str, ...] = ()  # other ways to type it, folded
    roles: frozenset[Role] | None = None  # who may; None: everybody linked
    takes_words: bool = False  # words after the name are its arguments
    paged: bool = False  # takes no words but a page, and that only from its own screen: "/menu 2"
    listed: bool = True  # shown in the messenger's menu
    typed: bool = True  # false: only the program itself runs it


@dataclass(frozen=True)
class House:
    """What every turn may rely on: the forms and commands, the calendar, the office's own settings.

    Without slots, so that what is derived from commands and forms is derived once.
    """

    forms: Mapping[str, Form]
    commands: Mapping[str, Command]
    catalogues: Mapping[str, Catalogue]
    calendar: Calendar
    days: Anniversaries
    new_id: Callable[[], str]
    hash_code: Callable[[str], str]  # of an invitation
    new_code: Callable[[], str]
    links: Callable[[str], Mapping[str, str]]  # an invitation code to its links, by channel
    # By what the clock goes: the same calendar and days, the ladder, the hours.
    rules: Rules = field(default_factory=lambda: Rules(Calendar()))
    acceptance: Acceptance = field(default_factory=Acceptance)  # who has to accept which reports
    lists: Lists = field(default_factory=Lists)  # which officers receive which cases
    terms: Terms = field(default_factory=Terms)  # how long cases may take
    library: Library = field(default_factory=Library)  # what the office lays out to be read
    shipped: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)  # sheets as they are before any book is stored
    version: int = 0  # of the office's book that calendar and days come from; 0: of none
    office: str = ""  # the office's name
    ask_whom: str = ""  # whom a stranger should ask
    file_path: Callable[[str], str] = str  # where a kept file lies, by its sha256; "" where it is gone
    max_mb: int = 10  # of a file that somebody sends
    invite_days: int = 14
    tries: int = 5  # wrong codes in 15 minutes
    approve_above: int = 0  # units that a notice may go to without a second person; 0: any number
    stranger: Callable[[Talk], Awaitable[None]] | None = None  # what is said to whoever is not linked
    sent: Callable[[Talk], Awaitable[bool]] | None = None  # takes files that nobody asked for; false: not these
    monthly: Mapping[str, int] = field(default_factory=dict)  # channel -> messages a month that it may send
    money: Mapping[str, int] = field(default_factory=dict)  # channel that costs -> đồng a month; 0: any amount
    web_only: frozenset[str] = frozenset()  # report kinds that are kept off other people's messengers
    bridge: Callable[[Ticket, str], str] = lambda _ticket, _language: ""  # a link to a page, in a language
    bridged: frozenset[str] = frozenset()  # channels that carry no files: such links are given there
    remembers: frozenset[str] = frozenset()  # channels without a history of their own: what is said there is kept

    @cached_property
    def named(self) -> Mapping[str, Command]:
        """The commands that may be typed, by every word that names them; the first to claim a word has it."""
        typed = [command for command in self.commands.values() if command.typed]
        return {word: command for command in reversed(typed) for word in (*reversed(command.words), command.name)}

    @cached_property
    def triggers(self) -> Mapping[str, str]:
        """The words that open a form, folded, with the form's name."""
        return {
            word.strip(): form.name
            for form in self.forms.values()
            for word in form.settings.triggers.split(",")
            if word.strip()
        }

    @property
    def titles(self) -> dict[str, Text]:
        """Give what report kinds are called."""
        return {form.name: form.title for form in self.forms.values() if form.settings.report}

    def voice(self, person: Person | None) -> Voice:
        """Give the voice that a person is spoken to in."""
        language = person.language if person is not None else DEFAULT_LANGUAGE
        catalogue = self.catalogues.get(language) or self.catalogues[DEFAULT_LANGUAGE]
        return Voice(catalogue, called(person, catalogue) if person is not None else "", self.days.names)


class Dialogues(Protocol):
    """What a turn can do with forms."""

    async def start(self, form: Form, unit: Unit | None = None) -> None:
        """Open a form, going on with the draft of it that is already there."""

    async def begin(self, draft: Draft, note: Text | None = None) -> None:
        """Ask the first question of a new draft."""

    async def resume(self, draft: Draft, note: Text | None = None) -> None:
        """Ask again where a draft stands."""

    async def cancel(self, draft: Draft) -> None:
        """Ask whether a draft that lies aside shall be dropped."""

    async def correct(self, report: Submission, field: str = "") -> None:
        """Open the correction of a filed report, at one of its questions if it is named."""


@dataclass(slots=True)
class Talk:
    """One turn under way. Handlers add effects; nothing is written or sent before the batch is committed."""

    house: House
    incoming: Incoming
    now: datetime
    world: World
    person: Person | None
    read: Callable[[], Awaitable[Reads]]  # brings the batch up to date and gives its reads
    effects: list[Effect] = field(default_factory=list)
    said: int = 0
    opened: Dialogues | None = None
    hurried: bool = True  # others wait for this turn: what takes long to read is put off
    whole: bool = False  # a list is wanted whole, for a page of ours, and not a screen of it
    listing: Listing | None = None  # what this turn's screen shows a part of

    @property
    def voice(self) -> Voice:
        """The voice of the person spoken with; to a stranger at our own page, in the language that it is drawn in."""
        hint = self.incoming.language
        if self.person is None and hint in self.house.catalogues and self.incoming.address.channel in OWN_CHANNELS:
            return self.house.voice(Person("", language=hint))
        return self.house.voice(self.person)

    @property
    def known(self) -> Person:
        """The person, where a handler is only reached by somebody linked."""
        if self.person is None:
            raise LookupError("this turn needs a person")
        return self.person

    @property
    def today(self) -> date:
        """The local date."""
        return self.now.astimezone(ZONE).date()

    @property
    def ask(self) -> Ask | None:
        """The open question of the person."""
        return self.world.asks.get(self.person.id) if self.person is not None else None

    def do(self, *effects: Effect) -> None:
        """Ask for effects."""
        self.effects.extend(effects)

    def say(self, text: Text, *choices: Choice, title: Text | None = None) -> None:
        """Answer in a message; its choices are only buttons, typed digits mean what they meant before."""
        self.send(Say(text, title, choices))

    def send(self, say: Say) -> None:
        """Put an answer into the outbox."""
        self.said += 1
        key = f"re/{self.incoming.address.channel}/{self.incoming.id}/{self.said}"
        self.do(Speak(Outgoing(key, self.incoming.address, say.spoken(self.voice))))

    def offer(self, key: str, text: Text, *choices: Choice, title: Text | None = None) -> None:
        """Answer with a screen of choices: from now on digits mean these."""
        link = self._list_link()
        self.say(lines(text, link) if link is not None else text, *choices, title=title)
        self.remember(key, choices)

    def _list_link(self) -> Phrase | None:
        """Give the link to all of a list that is long, where digits are all there is."""
        here, listing = self.incoming.address, self.listing
        if listing is None or len(listing.items) <= MANY or here.channel not in self.house.bridged or self.whole:
            return None
        ticket = Ticket(Purpose.PICK, here, "", step_of(listing.command), self.now + LIFE)
        return linked(self.house.bridge, ticket, self.known.language)

    def remember(self, key: str, choices: Sequence[Choice], **state: int) -> None:
        """From now on, until something else is asked, these may be typed."""
        if self.ask is not None and self.ask.draft:
            self.do(DropUnsent(receipts_of(self.ask.draft)))
        step, until = self.listing.command if self.listing is not None else "", self.now + SCREEN
        self.do(SetAsk(Ask(self.known.id, key, typed(choices, self.voice), step=step, state=state, until=until)))

    def quiet(self) -> None:
        """From now on digits mean nothing in particular."""
        self.do(ClearAsk(self.known.id))

    def alert(self, key: str, person: Person, say: Say) -> None:
        """Tell somebody else, on the channel they used last."""
        if person.addresses:
            message = say.spoken(self.house.voice(person))
            self.do(Speak(Outgoing(key, person.addresses[0], message, Priority.ALERT)))

    def postpone(self, command: str, words: str) -> None:
        """Answer a command after this turn, by a job that reads beside the others."""
        self.say(_("This covers many units: the answer comes here as soon as it is ready."))
        address, job = self.incoming.address, self.house.new_id()
        args = {
            "command": command,
            "words": words,
            "channel": address.channel,
            "chat": address.chat,
            "incoming": self.incoming.id,
            "said": self.said,  # the messages of an answer are numbered
        }
        self.do(StartJob(job, "answer", args))

    def kept_off(self, form: str) -> bool:
        """Tell whether a kind of report must not be written or read on the channel of this turn."""
        return form in self.house.web_only and self.incoming.address.channel not in OWN_CHANNELS

    async def on_the_page(self, form: Form) -> None:
        """Say that a kind is only written on the office's own page, and give the link to it."""
        self.say(_("To keep it safe, “{form}” is written only on the office's own page.", form=form.title))
        await self.house.commands["trang"].run(self, "")

    def audit(self, action: str, subject: str = "", detail: str = "") -> None:
        """Note who did what."""
        who = self.person.id if self.person is not None else ""
        self.do(Audit(self.now, who, action, subject, detail))

    @property
    def dialogues(self) -> Dialogues:
        """The forms of this turn."""
        if self.opened is None:
            raise LookupError("this turn has no dialogues")
        return self.opened

    @property
    def drafts(self) -> list[Draft]:
        """The drafts this person may go on with, the last touched first: their own, and those left to their units."""
        me, mine = self.known.id, {post.unit.id for post in self.known.posts}
        found = [
            draft
            for draft in self.world.drafts.values()  # of everybody in the batch: most are not of this person
            if (draft.person == me or draft.unit in mine) and self._may_go_on(draft)
        ]
        return sorted(found, key=lambda draft: draft.touched_at or self.now, reverse=True)

    def draft(self, id_: str) -> Draft | None:
        """Give one of these drafts, without looking at those of everybody else."""
        draft = self.world.drafts.get(id_)
        return draft if draft is not None and self._may_go_on(draft) else None

    def _may_go_on(self, draft: Draft) -> bool:
        """Tell whether a draft is this person's, or was left to a unit of theirs by somebody whose role ended."""
        if draft.form not in self.house.forms or DropDraft(draft.id) in self.effects:
            return False
        if draft.unit is None or BEHALF in draft.accepted:
            return draft.person == self.known.id
        audience = self.house.forms[draft.form].settings.audience
        mine = draft.unit in {unit.id for unit in self.known.units(audience)}
        return mine and (draft.person == self.known.id or not self._held_by_another(draft))

    def _held_by_another(self, draft: Draft) -> bool:
        return any(
            person.id == draft.person and any(post.unit.id == draft.unit for post in person.posts)
            for person in self.world.people.values()
        )

    def new_draft(self, form: str, unit: int | None) -> Draft:
        """Begin a draft; the dialogue asks its first question."""
        return Draft(self.house.new_id(), form, self.known.id, unit, {}, started_at=self.now, touched_at=self.now)

    def keep(self, draft: Draft) -> None:
        """Keep a draft as it is now."""
        self.do(SaveDraft(draft))


def receipts_of(draft: str) -> str:
    """Name the receipts of a draft's photos: they wait a moment, and are dropped when something else is said."""
    return f"files/{draft}"
