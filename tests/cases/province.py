"""A small province whose people type; reports of a form of its own open cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.channels.draw import draw
from bot.effects import LinkAddress
from bot.forms.fields import Integer, Option, SelectOne, TextField, YesNo
from bot.i18n import Plain
from bot.messages import Address, Message
from bot.records import Role
from handlers.cases.opening import incident_case, legal_case, petition_case
from handlers.filing import report_form
from tests.stage import Stage

Said = list[tuple[str, str]]  # who heard what

KINDS = (Option("dinh_cong_ngung_viec", Plain("Strike")), Option("no_luong", Plain("Wages owed")))
INCIDENT = report_form(
    "drill",
    Plain("Incident drill"),
    SelectOne("incident_type", Plain("What?"), short=Plain("Kind"), choices=KINDS),
    Integer("people_involved", Plain("How many?"), short=Plain("People"), unit=Plain("people")),
    case=incident_case,
    triggers="dien tap",
)
MOOD = report_form(
    "mood_drill",
    Plain("Mood drill"),
    TextField("content", Plain("What is it about?"), short=Plain("Content")),
    TextField("proposal", Plain("What is proposed?"), short=Plain("Proposal"), longest=500),
    SelectOne(
        "urgency",
        Plain("How urgent?"),
        short=Plain("Urgency"),
        choices=(Option("thuong", Plain("Usual")), Option("khan", Plain("Urgent"))),
    ),
    case=petition_case,
    triggers="tam trang",
)
LEGAL = report_form(
    "legal_drill",
    Plain("Legal drill"),
    TextField("note", Plain("Note?"), short=Plain("Note")),
    YesNo("need_support", Plain("Help needed?"), short=Plain("Help needed")),
    case=legal_case,
    triggers="phap luat",
)


@dataclass
class Province:
    """The stage, and who speaks."""

    stage: Stage

    @classmethod
    async def peopled(cls, on_stage: Stage) -> Province:
        """Put a chair, an area officer, two provincial officers, a leader and an administrator into their posts."""
        house = on_stage.inbox.house
        forms = {**house.forms, **{form.name: form for form in (INCIDENT, MOOD, LEGAL)}}
        on_stage.house = on_stage.inbox.house = replace(house, forms=forms)
        for name, role, unit in (
            ("Páo", Role.CHAIR, "TU-01"),
            ("Sùng", Role.DEPUTY, "TU-01"),
            ("Mai", Role.AREA_OFFICER, "TU"),
            ("Thương", Role.PROV_OFFICER, "LC"),
            ("Lan", Role.PROV_LEADER, "LC"),
            ("Quản", Role.ADMIN, "LC"),
            ("Xa", Role.AREA_OFFICER, "TP"),
        ):
            await on_stage.person(name, role, unit, language="en")
        return cls(on_stage)

    async def types(self, name: str, *texts: str) -> Said:
        """Type messages one after the other; give everything that was said."""
        said: Said = []
        for text in texts:
            said += heard(await self.stage.gets(self.stage.text(name.lower(), text)))
        return said

    async def passes(self, **time: float) -> Said:
        """Let time pass, and the clock tick."""
        self.stage.clock.now += timedelta(**time)
        return heard(await self.stage.ticks())

    async def second_phone(self, name: str) -> None:
        """Give somebody another channel."""
        now = self.stage.clock.now
        await self.stage.effects(LinkAddress(Address("web", f"{name.lower()}-web"), f"p-{name.lower()}", now))

    async def report(self, *texts: str) -> Said:
        """Let the chair file a report of these answers."""
        return await self.types("Páo", *texts, "1")


def heard(messages: list[tuple[Address, Message]]) -> Said:
    """Give who heard what."""
    return [(address.chat, draw(message)) for address, message in messages]


def to(said: Said, *chats: str) -> list[str]:
    """Give what these chats heard."""
    return [text for chat, text in said if chat in chats]
