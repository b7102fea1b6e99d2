"""Zalo Official Account: numbered text with a few buttons besides; Zalo calls us, there is nothing to poll."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.channels.begun import Begun
from bot.channels.carried import carried
from bot.channels.pause import Pause
from bot.channels.setup import SetupError
from bot.channels.shares import Shares
from bot.channels.zalo_api import OverQuota
from bot.channels.zalo_oa_api import OaApi, OutsideWindow
from bot.channels.zalo_oa_keys import NAME, NoKey, OaAccount
from bot.channels.zalo_oa_night import asleep, until_morning
from bot.channels.zalo_oa_templates import NotPaid, abroad, call_for
from bot.channels.zalo_oa_updates import read_call
from bot.messages import SILENT, Address, Button, ByDay, Incoming, Message, SendFailure
from bot.ports import Deliver, Facts, Store, Toll, Window

log = logging.getLogger(__name__)

MAX_TEXT: Final = 2000
MAX_FILE: Final = 10 * 1024 * 1024
MAX_BUTTONS: Final = 5
MAX_TITLE: Final = 100
FREE: Final = timedelta(hours=48)  # after somebody wrote
OPEN: Final = timedelta(days=7)  # afterwards a template is all that may be said
PACE: Final = 30.0  # messages a second; Zalo takes 4,000 calls a minute
LOOK: Final = 3600.0  # seconds between two looks whether the keys must be renewed

Part = dict[str, Any]  # the `message` of a call


class ZaloOaChannel:
    """One Official Account. Files of ours go out as short-lived addresses, where we have a public one."""

    name = NAME

    def __init__(self, account: OaAccount, store: Store, shares: Shares, clock: Callable[[], datetime]) -> None:
        """Keep the account; its keys live in the store."""
        prices = {name: one.price for name, one in account.templates.items()}
        self._window = Window(FREE, OPEN, account.price, prices)
        # "Buttons" are those that replace what may be typed; these stand besides.
        self.facts = Facts(
            MAX_TEXT,
            buttons=False,
            edits=False,
            files=False,
            pace=PACE,
            monthly=account.monthly,
            max_file=MAX_FILE,
            money=account.money,
            window=self._window,
        )
        self.title = self._id = ""  # what the account is called, and its number
        self._account, self._share = account, shares
        self._api, self._store, self._clock = OaApi(account, store, clock), store, clock
        self._begun = Begun()
        self._signed_in = self._quota = self._paid = ""
        # Files are asked for as safely as the account itself.
        self._schemes = frozenset({"https", urlsplit(account.api_url).scheme})

    @property
    def trouble(self) -> str:
        """What keeps it from saying anything; "" when all is well."""
        return "; ".join(part for part in (self._signed_in, self._quota, self._paid) if part)

    async def start(self) -> None:
        """Sign in. Where Zalo cannot be reached now, `run` goes on trying.

        An account that was open before is no reason not to start: what comes in is kept, and answered once there is a
        new refresh token; other channels go on. Raises SetupError when the token never opened it.
        """
        await self._api.open()
        try:
            await self._sign_in()
        except NoKey as closed:
            self._signed_in = f"not signed in: {closed}"
            log.error("zalo_oa: %s", closed)
            if not await self._api.keys.had_opened():
                await self.close()
                raise SetupError(str(closed)) from closed
        except SendFailure as trouble:
            log.warning("zalo_oa: cannot be reached yet (%s); trying again while running", trouble)

    async def look(self) -> str:
        """Tell what the account is called; "" if out of reach. Raises SetupError when it is closed to us."""
        await self._api.open()
        try:
            await self._sign_in()
        except NoKey as closed:
            raise SetupError(str(closed)) from closed
        except SendFailure:
            return ""
        return self.title

    async def run(self, _deliver: Deliver) -> None:
        """Keep signed in until cancelled: keys that nobody renews for three months are lost."""
        pause = Pause()
        while True:
            try:
                await self._sign_in()
            except SendFailure as trouble:
                self._signed_in = f"not signed in: {trouble}"
                log.warning("zalo_oa: not signed in: %s", trouble)
                await pause.take()
                continue
            pause.reset()
            await asyncio.sleep(LOOK)

    async def _sign_in(self) -> None:
        who = await self._api.who()
        self._id, self._signed_in = str(who.get("oa_id") or ""), ""
        self.title = str(who.get("name") or self._id or NAME)

    def receive(self, headers: Mapping[str, str], body: bytes) -> list[Incoming]:
        """Read a webhook call.

        Raises PermissionError when the signature is wrong. A body that cannot be read gives an empty list.
        """
        return read_call(headers, body, self._account, self._schemes)

    def settle(self, taken: Sequence[Incoming]) -> None:
        """Owe nothing: presses come as words."""

    def mount(self, app: web.Application) -> None:
        """Add to the program's server where Zalo and people fetch our files."""
        self._share.mount(app)

    async def send(self, chat: str, message: Message) -> str:
        """Send one message in as many texts as it takes; give the id of the last.

        To whom nothing may be said freely, an approved template says it, if there is one.
        Raises a SendFailure: Later, Gone, Elsewhere, Refused or Uncertain.
        """
        try:
            sent = await self._begun.say(chat, message, list(self._parts(message)), lambda part: self._say(chat, part))
        except OutsideWindow as outside:
            return await self._approved(chat, message, outside)
        except OverQuota as quota:
            self._quota = f"the quota is used up: {quota}"
            log.error("zalo_oa: %s; what is to be said waits", self._quota)
            raise
        self._quota = ""
        return sent

    async def _say(self, chat: str, part: Part) -> str:
        return await self._api.say(chat, part)

    async def _approved(self, chat: str, message: Message, outside: OutsideWindow) -> str:
        """Say it by the approved template that stands in for it, by day, where the person's telephone is known."""
        template = message.template
        approved = self._account.templates.get(template.name) if template is not None else None
        if template is None or approved is None:
            raise outside
        async with self._store.reading() as reads:
            person = await reads.person_at(Address(NAME, chat))
        phone = abroad(person.phone) if person is not None else ""
        if person is None or not phone:
            raise OutsideWindow(f"{SILENT}, and no telephone is known that a template could go to")
        if asleep(now := self._clock()):
            raise ByDay(until_morning(now))
        try:
            sent = await self._api.say_approved(call_for(template, approved, person, phone))
        except NotPaid as unpaid:
            self._paid = f"no more templates go out: {unpaid}"
            log.error("zalo_oa: %s", self._paid)
            raise
        self._paid = ""
        return sent

    def toll(self, message: Message, silence: timedelta) -> Toll:
        """Count the calls that a message takes, and what they cost; outside the window it is one template, if any."""
        parts, name = sum(1 for _part in self._parts(message)), message.template.name if message.template else ""
        cost = self._window.price_after(silence, name, parts)
        return Toll(parts if silence <= OPEN else 1, cost or 0)

    def _parts(self, message: Message) -> Iterator[Part]:
        """Give the calls: texts, the buttons under the last; a picture goes with the text that it can carry."""
        texts, photos = carried(message, self._share, MAX_TEXT)
        buttons = _buttons(message.buttons)
        under = texts.pop() if photos and not buttons and len(texts) == 1 else ""
        for text in texts[:-1]:
            yield {"text": text}
        for text in texts[-1:]:
            yield {"text": text, **buttons}
        for file, url in photos.items():
            yield {"text": under or file.name, "attachment": _picture(url)}
            under = ""

    async def fetch(self, remote: str, limit: int) -> bytes:
        """Bring a file that somebody sent.

        Raises Later to be tried again, Refused when it is gone or larger than `limit` bytes.
        """
        return await self._api.fetch(remote, limit)

    def link(self, _code: str) -> str:
        """Give the address that opens the account: Zalo opens no chat with a code in it, so that is typed there."""
        return f"https://zalo.me/{self._id}" if self._id else ""

    async def close(self) -> None:
        """Let go of connections."""
        await self._api.close()


def _buttons(buttons: Sequence[Button]) -> Part:
    """Draw up to five choices as buttons that say what may be typed; where there are more, numbers are enough."""
    drawn = [
        {"type": "oa.query.show", "title": button.label[:MAX_TITLE], "payload": button.key}
        for button in buttons
        if button.key
    ]
    return {"attachment": _template(buttons=drawn)} if 0 < len(drawn) <= MAX_BUTTONS else {}


def _picture(url: str) -> Part:
    return _template(template_type="media", elements=[{"media_type": "image", "url": url}])


def _template(**payload: Any) -> Part:
    return {"type": "template", "payload": payload}
