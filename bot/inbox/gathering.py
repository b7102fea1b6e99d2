"""Gathers the facts that a form's turn needs: the unit, its earlier reports, what a typed piece of a name finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.forms import steps
from bot.forms.facts import Facts
from bot.forms.fields import UnitPicker
from bot.forms.form import Form
from bot.forms.steps import Stand
from bot.inbox.memory import Memory, Parents
from bot.messages import Arrival
from bot.records import BEHALF, OFFICERS, Draft, Submission, Unit
from bot.talk import Talk

TOP: Final = "ldld_tinh"  # the kind of unit that all others are below of
CASES: Final = 60  # of a unit that are looked through for open ones
FOUND: Final = 6  # units shown for a search: one screen of digits


class Gathering:
    """The facts of one turn."""

    def __init__(self, talk: Talk, memory: Memory) -> None:
        """Gather for a turn, from what its batch remembers."""
        self.talk = talk
        self.memory = memory

    async def stand(self, draft: Draft) -> Stand:
        """Give a draft with everything that may be known at its question."""
        talk = self.talk
        draft = replace(draft, person=talk.known.id)  # whoever goes on with it has it
        form = talk.house.forms[draft.form]
        unit = await self._unit(draft)
        facts = Facts(
            talk.now,
            talk.voice,
            talk.house.calendar.for_unit(unit),
            unit,
            tuple(await self._history(form, unit, draft)),
            talk.known.units(form.settings.audience),
            await self._found(form, draft),
            draft.replaces,
            *await self._numbering(draft, unit),
            campaigns=talk.house.days,
            unlocked=await self._unlocked(unit, draft),
            documents=await self._documents(form),
            open_cases=await self._open_cases(form, unit),
            said_at=talk.incoming.at if talk.incoming.timed else talk.now,
        )
        return Stand(form, draft, facts, talk.ask)

    async def _unit(self, draft: Draft) -> Unit | None:
        """Give the unit that a draft is about: one of the person's own, or one of their area that they file for."""
        own = next((post.unit for post in self.talk.known.posts if post.unit.id == draft.unit), None)
        if own is not None or draft.unit is None or BEHALF not in draft.accepted:
            return own
        under = [unit.id for unit in self.talk.known.units(OFFICERS)]
        return next(iter(await (await self.talk.read()).within(under, [draft.unit])), None)

    async def current(self, report: Submission | None) -> Submission | None:
        """Give the version of a report that counts now, withdrawn or not."""
        if report is None:
            return None
        reads = await self.talk.read()
        return next(iter(await reads.numbered([report.unit], report.number)), None)

    async def replaced(self, draft: Draft) -> Submission | None:
        """Give the report that a draft set out to correct, whatever became of it since."""
        reads = await self.talk.read()
        return await reads.submission(draft.replaces)

    async def _history(self, form: Form, unit: Unit | None, draft: Draft) -> list[Submission]:
        if unit is None or not form.settings.report:
            return []
        found = await self.memory.history(unit.id, (form.name, *form.settings.needs))
        if draft.replaces and all(report.id != draft.replaces for report in found):
            older = await self.current(await self.replaced(draft))
            found += [older] if older is not None and older.id == draft.replaces and older.state != "withdrawn" else []
        return found

    async def _documents(self, form: Form) -> list[tuple[str, str]]:
        """Give the documents to implement, where the form asks for one; without those that others took the place of."""
        if not form.settings.documents:
            return []
        register = await (await self.talk.read()).directives()
        return [(one.number, one.title) for one in register if not one.superseded_by]

    async def _open_cases(self, form: Form, unit: Unit | None) -> frozenset[int]:
        """Give the unit's reports whose cases are open, where the form asks for them; open cases are listed first."""
        if not form.settings.cases or unit is None:
            return frozenset()
        found = await (await self.talk.read()).cases_of([unit.id], "", CASES)
        return frozenset(case.report for case in found if case.open and case.report)

    async def _unlocked(self, unit: Unit | None, draft: Draft) -> dict[str, datetime]:
        """Give the locks that an officer opened for the unit, where a correction needs them."""
        if unit is None or not draft.replaces:
            return {}
        return await (await self.talk.read()).unlocked(unit.id, self.talk.now)

    async def _numbering(self, draft: Draft, unit: Unit | None) -> tuple[int, Parents]:
        """Give what filing needs, when filing is near: the unit's last report number, and who manages it."""
        ask = self.talk.ask
        near = ask is not None and ask.draft == draft.id and ask.step == steps.RECAP
        return await self.memory.numbering(unit.id) if unit is not None and near else (0, [])

    async def _found(self, form: Form, draft: Draft) -> tuple[Unit, ...]:
        ask, incoming = self.talk.ask, self.talk.incoming
        question = form.by_code.get(ask.step) if ask is not None and ask.draft == draft.id else None
        if ask is None or not isinstance(question, UnitPicker):
            return ()
        reads = await self.talk.read()
        under = [unit.id for unit in self.talk.known.units(form.settings.audience)]
        if question.everywhere:
            under = [unit.id for unit in await reads.units_of_kind(TOP, FOUND)]
        typed = ask.choices.get(incoming.text.strip(), "")
        data = incoming.text if incoming.what is Arrival.PRESS else typed
        chosen = data.rsplit(":", 1)[-1]
        if data.startswith("a:") and chosen[:1] != "+":
            inside = await reads.subtree(under, self.talk.today)
            return tuple(unit for unit in inside if chosen in {str(unit.id), unit.code})
        return tuple(await reads.search_units(under, incoming.text, FOUND))
