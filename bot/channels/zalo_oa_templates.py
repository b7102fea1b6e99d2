"""Messages that Zalo approved beforehand, for people who may not be written to freely: they go to a telephone number.

Source: ZNS (now ZBS) of Zalo Official Account: POST `{phone, template_id, template_data, tracking_id}` to
`/message/template` of business.openapi.zalo.me, header `access_token`; it answers `{error, message, data: {msg_id}}`.
Each is paid for, needs a personal parameter, may not advertise, and goes out from 6:00 to 22:00 only.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from bot.channels.zalo_oa_night import until_morning
from bot.messages import ByDay, Elsewhere, Later, Refused, SendFailure, Template
from bot.records import Person

PATH: Final = "/message/template"
PHONE: Final = re.compile(r"0\d{9}")
MINUTE: Final = 60.0
LONGEST: Final = 100  # characters of a parameter, where a template does not say less

AT_NIGHT: Final = -133
PASSING: Final = frozenset({-1, -32, -100, -200})
NO_MONEY: Final = frozenset({-115, -126, -137, -144, -147})  # paid up, or as many as the account or the template may
# No Zalo at this number, asleep, too old, or its owner wants none of these: somebody has to reach them another way.
NOT_TO_THEM: Final = frozenset({-108, -110, -114, -118, -119, -134, -139, -141})


class NotPaid(Elsewhere):
    """Zalo sends no more templates for us for now; what is free goes on."""


@dataclass(frozen=True, slots=True)
class OaTemplate:
    """An approved template: its id at Zalo, what it costs in đồng, and which of our gaps fills which parameter."""

    id: str
    price: int = 0
    params: Mapping[str, str] = field(default_factory=dict)


def call_for(template: Template, approved: OaTemplate, person: Person, phone: str) -> dict[str, Any]:
    """Give the body of the call that says it to somebody."""
    gaps = {**dict(template.gaps), "name": person.name or phone}
    data = {param: " ".join(gaps.get(gap, "").split())[:LONGEST] or "-" for param, gap in approved.params.items()}
    told = f"{phone} {approved.id} {sorted(data.items())}"
    mark = hashlib.sha256(told.encode()).hexdigest()[:32]
    return {"phone": phone, "template_id": approved.id, "template_data": data, "tracking_id": mark}


def abroad(phone: str) -> str:
    """Write a Vietnamese number as Zalo wants it, 84…; "" where it is none."""
    digits = re.sub(r"\D", "", phone)
    digits = f"0{digits[2:]}" if digits.startswith("84") else digits
    return f"84{digits[1:]}" if PHONE.fullmatch(digits) else ""


def refusal(code: int, why: str, now: datetime) -> SendFailure:
    """Tell what a refusal means for the message."""
    if code == AT_NIGHT:
        return ByDay(until_morning(now))
    if code in NO_MONEY:
        return NotPaid(why)
    if code in NOT_TO_THEM:
        return Elsewhere(why)
    return Later(MINUTE, why) if code in PASSING else Refused(why)
