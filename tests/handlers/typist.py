"""Somebody at a text-only channel who fills in any report by digits and plain words, all its questions included."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.forms.fields import Date, DateTime, Field, Integer, Money, SelectOne, TextField, UnitPicker
from bot.forms.form import Form
from bot.forms.steps import MORE
from bot.records import Ask, Submission
from handlers.phones import PhoneNumber
from handlers.plan import DocumentNumber
from handlers.propaganda import Links
from tests.stage import Stage

MOST_TURNS = 80
NUMBER = 24
GOOD: dict[type[Field], str] = {
    DocumentNumber: "9/KH-CDCS",
    PhoneNumber: "0912345678",
    Links: "https://facebook.com/congdoan/posts/1",
    UnitPicker: "xa than uyen",
    SelectOne: "1",
    DateTime: "8h hom nay",
    Date: "hom nay",
    TextField: "anh em lam tot viec nay",
}


def good(question: Field, number: int) -> str:
    """Give a good answer to a question, in digits where they do: this number, where it may be."""
    if isinstance(question, Money):
        return f"{min(max(number * 10_000, question.minimum), question.maximum) // 1000}k"
    if isinstance(question, Integer):
        return str(min(max(number, question.minimum), question.maximum))
    return next(words for kind, words in GOOD.items() if isinstance(question, kind))


def reply(form: Form, ask: Ask, times: int, number: int = NUMBER) -> str:
    """Answer the open question; one that comes again has none, or is skipped."""
    question = form.by_code.get(ask.step)
    if ask.step == MORE:
        return _everything(ask)
    if question is None:
        return "vi the" if "#" in ask.step else "1"
    if question.takes_files:
        return "0"
    return ["1" if "1" in ask.choices else good(question, number), "0", "BOQUA"][times]


def _everything(ask: Ask) -> str:
    """Choose all that can be added, page by page."""
    picked = ask.state.get("picks", ())
    left = [key for key, data in ask.choices.items() if data.startswith("t:") and data.split(":")[3] not in picked]
    page = int(ask.state.get("page", 0))
    on = [key for key, data in ask.choices.items() if data.startswith("p:") and int(data.split(":")[3]) > page]
    return "".join([*left, *on]) or "9"


@dataclass
class Typist:
    """One chair at the stage. `said` is everything that was answered, `typed` how many messages it took."""

    stage: Stage
    chat: str
    unit: str
    said: list[str] = field(default_factory=list)
    typed: int = 0

    async def files(self, form: Form, number: int = NUMBER) -> Submission:
        """File one report of a kind, with everything that can be told, all numbers alike; give it as it is kept."""
        await self.types(next(iter(form.settings.triggers.split(","))))
        times: dict[str, int] = {}
        for _turn in range(MOST_TURNS):
            ask = await self.asked()
            if ask is None or not ask.draft:
                return await self._latest(form)
            words = reply(form, ask, times.get(ask.step, 0), number)
            times[ask.step] = times.get(ask.step, 0) + (ask.step in form.by_code)
            assert words.isascii()
            await self.types(words)
        raise AssertionError("\n".join(self.said[-6:]))

    async def types(self, words: str) -> None:
        """Send a message."""
        self.typed += 1
        answers = await self.stage.gets(self.stage.text(self.chat, words))
        self.said += [message.text for address, message in answers if address.chat == self.chat]

    async def asked(self) -> Ask | None:
        """Give the question that is open."""
        async with self.stage.store.batch() as batch:
            world = await batch.world([self.stage.text(self.chat, "")], self.stage.clock.now)
        return world.asks.get(f"p-{self.chat}")

    async def _latest(self, form: Form) -> Submission:
        async with self.stage.store.reading() as reads:
            unit = await reads.unit_by_code(self.unit)
            assert unit is not None
            filed = await reads.submissions([unit.id], 1)
        assert [one.form for one in filed] == [form.name], "\n".join(self.said[-6:])
        return filed[0]
