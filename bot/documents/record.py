"""What is kept about a person, in words and numbers, ready to be written as JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bot.ports import Reads, Tenure
from bot.records import Draft, Person, Submission


async def record(reads: Reads, person: Person) -> dict[str, Any]:
    """Collect it, for the person."""
    return {
        "name": person.name,
        "honorific": person.honorific,
        "phone": person.phone,
        "language": person.language,
        "roles": [_role(one) for one in await reads.tenures(person.id)],
        "chats": [{"channel": address.channel, "chat": address.chat} for address in person.addresses],
        "consents": [
            {"version": version, "at": at.isoformat(), "given": given}
            for version, at, given in await reads.consents(person.id)
        ],
        "reports": [_report(one) for one in await reads.reports_by(person.id)],
        "drafts": [_draft(one) for one in await reads.drafts_of(person.id)],
        "cases": [{"at": one.at.isoformat(), "text": one.text} for one in await reads.written_by(person.id)],
        "log": [{"at": at.isoformat(), "action": action} for at, action in await reads.audited(person.id)],
    }


def _role(one: Tenure) -> dict[str, Any]:
    return {
        "role": one.role,
        "unit": one.name,
        "code": one.code,
        "since": one.since.isoformat(),
        "until": _day(one.until),
    }


def _report(one: Submission) -> dict[str, Any]:
    return {
        "number": one.number,
        "version": one.version,
        "form": one.form,
        "day": one.day.isoformat(),
        "filed_at": one.filed_at.isoformat(),
        "channel": one.channel,
        "state": one.state,
        "reason": one.reason,
        "answers": dict(one.answers),
        "accepted": dict(one.accepted),
    }


def _draft(one: Draft) -> dict[str, Any]:
    return {
        "form": one.form,
        "started_at": _moment(one.started_at),
        "touched_at": _moment(one.touched_at),
        "answers": dict(one.answers),
        "accepted": dict(one.accepted),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
