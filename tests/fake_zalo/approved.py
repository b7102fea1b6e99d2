"""The templates of the fake: what was approved, whose telephones have Zalo, and what is left to pay with.

Strict where the documentation is: a key in force, a number as 84…, an approved id with every parameter of it and no
other, at most 100 characters each, a mark of the caller's own, nothing from ten in the evening to six.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

HERE = timedelta(hours=7)
LONGEST = 100
KEYS = {"phone", "template_id", "template_data", "tracking_id"}


class Approved:
    """The service that sends templates to telephones."""

    def __init__(
        self, clock: Callable[[], datetime], opens: Callable[[web.Request], bool], rings: Callable[[], None]
    ) -> None:
        """Begin with nothing approved; `opens` tells whether a call bears a key in force, `rings` what was sent."""
        self.templates: dict[str, set[str]] = {}
        self.phones: set[str] = set()  # of people with Zalo, who refused nothing
        self.money = 10_000
        self.price = 300
        self.sent: list[dict[str, Any]] = []
        self.refuses: list[int] = []  # codes that the next calls are refused with
        self._clock, self._opens, self._rings = clock, opens, rings

    def mount(self, app: web.Application) -> None:
        """Add the method."""
        app.router.add_post("/message/template", self._send)

    async def _send(self, request: web.Request) -> web.Response:
        body = await request.json()
        error = -124 if not self._opens(request) else self._wrong(body) or self._unwilling(str(body["phone"]))
        error = error or (self.refuses.pop(0) if self.refuses else 0)
        if error:
            return web.json_response({"error": error, "message": "refused"})
        self.money -= self.price
        self.sent.append(body)
        self._rings()
        data = {"msg_id": f"zns{len(self.sent)}", "sent_time": "1", "quota": {"dailyQuota": "500"}}
        return web.json_response({"error": 0, "message": "Success", "data": data})

    def _wrong(self, body: dict[str, Any]) -> int:
        if set(body) != KEYS or not 1 <= len(str(body["tracking_id"])) <= 48:
            return -122
        if not re.fullmatch(r"84\d{9}", str(body["phone"])):
            return -108
        if body["template_id"] not in self.templates:
            return -109
        data = body["template_data"]
        well = set(data) == self.templates[body["template_id"]] and all(
            1 <= len(one) <= LONGEST for one in data.values()
        )
        return 0 if well else -112

    def _unwilling(self, phone: str) -> int:
        hour = (self._clock() + HERE).hour
        if hour >= 22 or hour < 6:
            return -133
        return -118 if phone not in self.phones else -137 if self.money < self.price else 0
