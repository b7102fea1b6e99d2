"""An office that sends notices: the real inbox, jobs and store; what is sent fails when a test says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.channels.draw import draw
from bot.effects import AddressState, KeepNotice, LinkAddress
from bot.jobs.notices import Notifying, notice_jobs
from bot.messages import Address, Arrival, Message
from bot.notices.notice import Notice, State, digest_of
from bot.ports import Claim, Facts, SentMark
from bot.records import Role
from tests.stage import Stage

TELEGRAM = Facts(4096, buttons=True, edits=True, files=True, pace=30.0)
ZALO = Facts(2000, buttons=False, edits=False, files=False, pace=5.0)
SECOND = timedelta(seconds=1)


@dataclass
class Office:
    """The office of Mai, who looks after the commune TU; Páo and Minh chair two of its three unions."""

    stage: Stage
    fails: dict[str, tuple[str, str]] = field(default_factory=dict)  # chat -> state and why, of what is sent there
    sent: list[tuple[str, Message]] = field(default_factory=list)  # chat and message, whatever became of it

    @classmethod
    async def opened(cls, stage: Stage) -> Office:
        office = cls(stage)
        facts = {"telegram": TELEGRAM, "zalo": ZALO}
        notifying = Notifying(stage.store, lambda: stage.house, facts, lambda: stage.clock.now, draw)
        stage.jobs = notice_jobs(notifying)
        await stage.person("Mai", Role.AREA_OFFICER, "TU", honorific="co")
        await stage.person("Pao", Role.CHAIR, "TU-01")
        await stage.person("Minh", Role.CHAIR, "TU-02")
        return office

    # --- what a notice is ---------------------------------------------------------------------------------------------

    async def composed(self, state: State = State.COMPOSED, by: str = "mai", **answers: Any) -> Notice:
        """Keep a notice as the form would have."""
        async with self.stage.store.reading() as reads:
            sender = await reads.person(f"p-{by}")
            number = await reads.last_notice_number() + 1
        assert sender is not None
        unit = sender.posts[0].unit
        said: Mapping[str, Any] = {"title": "Tháng Công nhân", "text": "Phát động.", "whom": "all", **answers}
        notice = Notice(
            f"n{number}",
            number,
            sender.id,
            unit.id,
            unit.name,
            said,
            "",
            digest_of(said),
            state,
            self.stage.clock.now,
            units=3,
            copies=2,
        )
        await self.stage.effects(KeepNotice(notice))
        return notice

    async def notice(self, notice: Notice) -> Notice:
        """Read it again."""
        async with self.stage.store.reading() as reads:
            found = await reads.notice(notice.id)
        assert found is not None
        return found

    async def starts(self, notice: Notice) -> None:
        """Let Mai press "send"."""
        await self.says("mai", f"/phattin gui {notice.number}")

    # --- what happens -------------------------------------------------------------------------------------------------

    async def says(self, chat: str, text: str) -> list[str]:
        """Take a message of somebody; give what was answered to them."""
        heard = await self.stage.gets(self.stage.text(chat, text))
        self.sent += [(address.chat, message) for address, message in heard]
        return [message.text for address, message in heard if address.chat == chat]

    async def presses(self, chat: str, data: str) -> list[str]:
        """Press a button by its data."""
        heard = await self.stage.gets(self.stage.text(chat, data, what=Arrival.PRESS))
        self.sent += [(address.chat, message) for address, message in heard]
        return [message.text for address, message in heard if address.chat == chat]

    async def works(self, seconds: int = 60, *, sends: bool = True) -> None:
        """Let time pass: jobs are done as they fall due, and what is due is sent."""
        for _second in range(0, seconds, 5):
            await self.jobs()
            if sends:
                await self.sends()
            self.stage.clock.now += 5 * SECOND

    async def jobs(self) -> None:
        """Do the jobs that are due now."""
        while claims := await self.stage.store.due_jobs(self.stage.clock.now, 10):
            for claim in claims:
                effects = await self.stage.jobs[claim.job.kind](claim.job.args, claim.attempts)
                await self.stage.store.jobs_done([(claim.job.id, effects)])

    async def sends(self, limit: int = 100) -> list[Claim]:
        """Send what is due, as the outbox would."""
        claims = await self.stage.store.due_messages(self.stage.clock.now, limit)
        marks = [self._mark(claim) for claim in claims]
        gone = [
            claim.out.address for claim in claims if self.fails.get(claim.out.address.chat, ("", ""))[1] == "blocked"
        ]
        async with self.stage.store.batch() as batch:
            await batch.write([AddressState(address, "closed") for address in gone])
            await batch.sent(marks)
        self.sent += [(claim.out.address.chat, claim.out.message) for claim in claims]
        return claims

    def _mark(self, claim: Claim) -> SentMark:
        state, why = self.fails.get(claim.out.address.chat, ("sent", ""))
        return SentMark(claim.id, state, f"m{claim.id}" if state == "sent" else "", why=why)

    def got(self, chat: str, piece: str = "Phát động.") -> int:
        """Count the messages with these words that were sent to a chat."""
        return sum(to == chat and piece in message.text for to, message in self.sent)

    def last(self, chat: str) -> str:
        """Give the last message to a chat."""
        return [message.text for to, message in self.sent if to == chat][-1]

    async def also(self, name: str, chat: str, channel: str = "telegram") -> None:
        """Give somebody another chat, which they used longer ago."""
        before = self.stage.clock.now - timedelta(days=9)
        await self.stage.effects(LinkAddress(Address(channel, chat), f"p-{name}", before))

    def asks_second(self, above: int) -> None:
        """Want a second person's approval above so many units."""
        self.stage.house = replace(self.stage.house, approve_above=above)
        self.stage.inbox.house = self.stage.house

    async def states(self, notice: Notice) -> Sequence[tuple[int, str, str]]:
        """Give (unit, state, why) of all copies."""
        async with self.stage.store.reading() as reads:
            return [(one.unit, one.state, one.why) for one in await reads.copies_of(notice.id, 0, 1000)]

    async def unit(self, code: str) -> int:
        """Give the id of a unit."""
        async with self.stage.store.reading() as reads:
            found = await reads.unit_by_code(code)
        assert found is not None
        return found.id
