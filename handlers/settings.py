"""/caidat: the office's book of settings for an admin: out as a workbook, in again, an earlier version back."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Final

from bot.effects import StartJob
from bot.i18n import Text, _, lines
from bot.messages import Choice
from bot.office.book import BookError
from bot.office.differences import told
from bot.office.importing import LOOK, NAMED, SEND, TAKE, bring_back, current
from bot.ports import Reads
from bot.records import BookVersion, Role
from bot.talk import Command, Talk

ADMINS: Final = frozenset({Role.ADMIN})
SHOWN: Final = 5  # versions
CONFIRMED: Final = re.compile(r"nhan (?P<job>[A-Za-z0-9]{4,20}) (?P<base>\d{1,6})")
UNDO: Final = re.compile(r"hoan tac(?: (?P<base>\d{1,6}) yes)?")


async def run(talk: Talk, words: str) -> None:
    """Show the versions and what can be done, or do it."""
    if words == "gui":
        _send(talk)
    elif found := CONFIRMED.fullmatch(words):
        _take(talk, found["job"], int(found["base"]))
    elif found := UNDO.fullmatch(words):
        await _undo(talk, int(found["base"]) if found["base"] else None)
    else:
        await _show(talk)


async def _show(talk: Talk) -> None:
    reads = await talk.read()
    versions = await reads.books(SHOWN)
    choices = [Choice(_("Send me the workbook"), "/caidat gui", "1")]
    if versions:
        choices.append(Choice(_("Bring the version before back"), "/caidat hoan tac", "2"))
    listed = [await _line(reads, one) for one in versions] or [_("No book was stored yet: what ships is in force.")]
    how = _("To change it, send the changed workbook (.xlsx) here.")
    talk.offer("settings", lines(*listed, how), *choices, title=_("The office's settings"))


async def _line(reads: Reads, one: BookVersion) -> Text:
    person = await reads.person(one.by)
    who = person.name if person is not None and person.name else one.by
    return _("{version}: {moment}, by {who}: {note}", version=str(one.version), moment=one.at, who=who, note=one.note)


def _send(talk: Talk) -> None:
    _start(talk, SEND, talk.house.new_id(), {})
    talk.audit("export settings")
    talk.say(_("The workbook will come here in a moment."))


def _take(talk: Talk, job: str, base: int) -> None:
    _start(talk, TAKE, job, {"base": base})
    talk.quiet()


def _start(talk: Talk, kind: str, job: str, more: dict[str, object]) -> None:
    """Start a job about the workbook of `job`; confirmed twice, it is one job."""
    address = talk.incoming.address
    args = {
        "job": job,
        "channel": address.channel,
        "chat": address.chat,
        "language": talk.known.language,
        "person": talk.known.id,
        "name": "chat",
    }
    talk.do(StartJob(f"{kind}-{job}-{more.get('base', '')}", kind, args | more))


async def _undo(talk: Talk, confirmed: int | None) -> None:
    """Show what bringing the version before back changes; confirmed, do it."""
    reads = await talk.read()
    now = await current(reads, talk.house.shipped)
    try:
        proposal = await bring_back(reads, talk.house.shipped, now, now.version - 1)
    except BookError:
        proposal = None
    if proposal is None:
        talk.say(_("There is no version before that could be brought back."))
    elif confirmed == now.version:
        talk.do(*proposal.effects(talk.now, talk.known.id, f"undo: {now.version - 1}"))
        talk.quiet()
        talk.say(_("Version {version} is in force.", version=str(now.version + 1)))
    else:
        confirm = Choice(_("Put it in force"), f"/caidat hoan tac {now.version} yes", "1")
        talk.offer(
            "settings", told(proposal.differences, NAMED), confirm, Choice(_("Leave it as it is"), "/caidat", "2")
        )


async def sent(talk: Talk) -> bool:
    """Take a workbook that an admin sent without being asked; tell whether it was one."""
    files = talk.incoming.files
    if not talk.known.holds(ADMINS) or len(files) != 1 or not files[0].name.lower().endswith(".xlsx"):
        return False
    _start(talk, LOOK, talk.house.new_id(), {"ref": asdict(files[0]), "name": files[0].name[:80]})
    talk.say(_("Thank you. What it changes, or what is wrong with it, will be told here in a moment."))
    return True


COMMAND: Final = Command(
    "caidat", _("The office's settings"), run, words=("cai dat", "quy dinh"), roles=ADMINS, takes_words=True
)
