"""Somebody before a form: what they type and press goes through the engine, what is said comes back as drawn text.

Everything the program would keep between two messages (draft and open question) passes through JSON after each of them,
so every visit is also one through a restart.
"""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.channels.draw import draw
from bot.forms import conversation
from bot.forms.facts import Facts
from bot.forms.form import Filed, Filing, Form
from bot.forms.outcome import Outcome, proceed
from bot.forms.steps import Stand
from bot.i18n import ZONE, Catalogue, Voice
from bot.messages import Address, Arrival, FileRef, Incoming, Message
from bot.records import Ask, Draft, Person, StoredFile, Submission, Unit
from bot.reporting.anniversaries import default_year
from bot.reporting.calendar import Calendar

MORNING = datetime(2026, 11, 10, 9, tzinfo=ZONE)  # a Tuesday
TODAY = MORNING.date()
PAUSE = timedelta(seconds=10)  # between two messages
YEAR = default_year()
CALENDAR = Calendar()
UNIT = Unit(1, "TU-01", "CĐCS Chè Than Uyên", "CDCS_DN_TN", 2, members=35, workers=60)
PERSON = Person("p1", "Páo", "anh")
VOICE = Voice(Catalogue("en", {}))  # speaks the texts as they stand in the code
CHAT = Address("telegram", "pao")


class Visit:
    """One person filling one form. `says` is the last message drawn; `filed` is what was confirmed."""

    def __init__(
        self,
        form: Form,
        *,
        unit: Unit | None = UNIT,
        units: Sequence[Unit] = (UNIT,),
        history: Sequence[Submission] = (),
        voice: Voice = VOICE,
    ) -> None:
        self.form = form
        self.unit = unit
        self.units = units
        self.history = tuple(history)
        self.voice = voice
        self.find: Callable[[str], Sequence[Unit]] = lambda words: ()
        self.now = MORNING
        self.numbers = itertools.count(1)
        self.draft: Draft | None = Draft("draft00001", form.name, "p1", unit.id if unit else None, {})
        self.ask: Ask | None = None
        self.messages: list[Message] = []
        self.buttons: list[tuple[str, str]] = []  # every button ever shown: label, data
        self.filed: list[Filing] = []
        self.files: list[StoredFile] = []
        self.calls: list[str] = []
        self.last_id = ""
        self._follow(proceed(self.stand()), self.stand())

    # --- what the person does

    def types(self, words: str, *, quickly: bool = False) -> str:
        """Send a message."""
        return self.sends(self._message(text=words), quickly=quickly)

    def presses(self, button: str, *, quickly: bool = False) -> str:
        """Press a button by its label, the newest first, or by its data; old messages still have theirs."""
        data = next((data for label, data in reversed(self.buttons) if label == button), button)
        return self.sends(self._message(text=data, what=Arrival.PRESS, message_id="ours"), quickly=quickly)

    def edits(self, message: str, words: str) -> str:
        """Change an earlier message."""
        return self.sends(self._message(text=words, what=Arrival.EDIT, message_id=message))

    def photo(self, count: int = 1, kind: str = "photo", mime: str = "image/jpeg") -> str:
        """Send photos or files in one message."""
        refs = tuple(FileRef(f"remote{number}", kind, mime=mime) for number in range(count))
        return self.sends(self._message(what=Arrival.FILES, files=refs))

    def sticker(self) -> str:
        """Send something that cannot be read."""
        return self.sends(self._message(text="sticker", what=Arrival.OTHER))

    def sends(self, incoming: Incoming, *, quickly: bool = False) -> str:
        """Send anything; give what is said to it, "" when nothing is."""
        assert self.draft is not None, "the draft is gone"
        self.now += timedelta(seconds=1) if quickly else PAUSE
        self.last_id = incoming.message_id
        before = len(self.messages)
        stand = self.stand(incoming)
        self._follow(conversation.hear(stand, incoming), stand)
        return self.says if len(self.messages) > before else ""

    # --- what comes of it

    @property
    def says(self) -> str:
        """The last message, drawn."""
        return draw(self.messages[-1])

    @property
    def step(self) -> str:
        """The open question."""
        return self.ask.step if self.ask is not None else ""

    @property
    def answers(self) -> Mapping[str, Any]:
        """The answers that count now."""
        return self.stand().path.kept()

    def stand(self, incoming: Incoming | None = None) -> Stand:
        """Where the conversation stands, read back from what is stored."""
        assert self.draft is not None
        return Stand(self.form, self.draft, self.facts(incoming), self.ask)

    def facts(self, incoming: Incoming | None = None) -> Facts:
        """What the form may know."""
        found = tuple(self.find(incoming.text)) if incoming is not None else ()
        replaces = self.draft.replaces if self.draft is not None else ""
        parents = ((date(2020, 1, 1), date(2026, 7, 1), 7), (date(2026, 7, 1), None, 8))
        known = (self.history, self.units, found, replaces, 11, parents)
        cases = frozenset(one.number for one in self.history)
        return Facts(self.now, self.voice, CALENDAR, self.unit, *known, campaigns=YEAR, open_cases=cases)

    def resumes(self) -> str:
        """Come back to a draft that was kept for later."""
        self.ask = None
        stand = self.stand()
        self._follow(proceed(stand), stand)
        return self.says

    def corrects(self, report: Submission) -> str:
        """Open the correction of a filed report."""
        stand = self.stand()
        self._follow(conversation.correction(stand, report), stand)
        return self.says

    def copied(self) -> Visit:
        """Give a second visit at this point, to see what would come of something."""
        other = copy.copy(self)
        other.messages, other.buttons, other.filed = [*self.messages], [*self.buttons], [*self.filed]
        other.files, other.calls = [*self.files], [*self.calls]
        return other

    def upgrades(self, form: Form) -> None:
        """Put a changed form in the place of the old one, with the draft still open."""
        self.form = form

    def files_it(self) -> Filed:
        """Do what the form does with what was confirmed last."""
        return self.form.file(self.filed[-1])

    def _message(self, **changes: Any) -> Incoming:
        number = next(self.numbers)
        message = Incoming(f"u{number}", CHAT, self.now.astimezone(UTC), message_id=f"m{number}")
        return replace(message, **changes)

    def _follow(self, outcome: Outcome, stand: Stand) -> None:
        if outcome.updates:
            old = next(report for report in self.history if report.id == outcome.updates)
            stand = conversation.news(stand, old)
            outcome = proceed(stand)
        self.files += outcome.files
        self.calls += [outcome.call] if outcome.call else []
        if outcome.confirmed:
            assert outcome.draft is not None
            self.filed.append(self._filing(replace(stand, draft=outcome.draft)))
            self.draft, self.ask = None, None
        else:
            self.draft = _stored_draft(outcome.draft, self.now) if outcome.draft is not None else None
            self.ask = _stored_ask(outcome.ask) if outcome.ask is not None else None
            unit = self.draft.unit if self.draft is not None else None
            self.unit = next((one for one in self.units if one.id == unit), None)
        for say in outcome.says:
            message = say.spoken(self.voice)
            self.messages.append(message)
            self.buttons += [(button.label, button.data) for button in message.buttons]

    def _filing(self, stand: Stand) -> Filing:
        path = stand.path
        new_ids = itertools.count(1)
        return Filing(
            self.form,
            stand.draft,
            path.kept(),
            path.loaded(),
            stand.facts,
            PERSON,
            CHAT.channel,
            lambda: f"new{next(new_ids)}",
            self.now.astimezone(UTC),
        )


def _stored_draft(draft: Draft, now: datetime) -> Draft:
    kept = json.loads(json.dumps(asdict(replace(draft, started_at=None, touched_at=None))))
    return replace(Draft(**kept), touched_at=now)


def _stored_ask(ask: Ask) -> Ask:
    return Ask(**json.loads(json.dumps(asdict(ask))))


def report(form: Form, number: int = 7, *, day: date = TODAY, days: int = 0, **answers: Any) -> Submission:
    """Make a report of the unit filed earlier, `days` before `day`."""
    event = day - timedelta(days=days)
    filed_at = datetime.combine(event, MORNING.timetz()).astimezone(UTC)
    if form.settings.event:
        answers = {form.settings.event: event.isoformat(), **answers}
    return Submission(
        id=f"report-{number}",
        unit=UNIT.id,
        form=form.name,
        number=number,
        version=1,
        person="p1",
        channel="telegram",
        day=event,
        period=answers.get(form.settings.period) or CALENDAR.of(event).code,
        filed_at=filed_at,
        answers=answers,
        draft=f"draft-{number}",
        first_filed_at=filed_at,
    )
