"""/dulieu: what is kept about a person; take it along, erase it, add another phone."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.calling import called
from bot.effects import Audit, BlankAnswers, ErasePerson, NewInvite, StartJob
from bot.forms.fields import YesNo
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Plain, Text, _, lines, listed
from bot.messages import Choice
from bot.ports import channel_title
from bot.records import Invite, Submission
from bot.talk import Command, Talk
from handlers.codes import links, shown
from handlers.roles import role_of
from handlers.where import channels, where

CODE_HOURS: Final = 24
FREE_TEXT: Final = frozenset({"text"})


async def run(talk: Talk, words: str) -> None:
    """Show what is kept, or do what was chosen."""
    what, _space, which = words.strip().partition(" ")
    doing = {"export": _export, "erase": _erase, "channel": _channel}.get(what)
    if doing is not None:
        await doing(talk)
        return
    if what == "where":
        await where(talk, which)
        return
    talk.audit("see own data")
    several = (Choice(_("Where reminders and notices come"), "/dulieu where", "4"),) if len(channels(talk)) > 1 else ()
    talk.offer(
        "mydata",
        await _kept(talk),
        Choice(_("Send me a copy"), "/dulieu export", "1"),
        Choice(_("Add another phone or app"), "/dulieu channel", "2"),
        Choice(_("Erase my data"), "/dulieu erase", "3"),
        *several,
        title=_("What is kept about {you}"),
    )


async def _kept(talk: Talk) -> Text:
    person, reads = talk.known, await talk.read()
    reports = {(report.unit, report.number) for report in await reads.reports_by(person.id)}
    agreed = [(version, at) for version, at, given in await reads.consents(person.id) if given]
    posts = [_("{role} of {unit}", role=role_of(post.role), unit=post.unit.name) for post in person.posts]
    chats = ", ".join(channel_title(address.channel) for address in person.addresses)
    return lines(
        _("Name: {name}", name=called(person, talk.voice.catalogue) or "–"),
        _("Phone: {phone}", phone=person.phone or "–"),
        _("Roles: {roles}", roles=listed(*posts) if posts else Plain("–")),
        _("Chats: {channels}", channels=chats or "–"),
        *(_("Agreed on {moment} (text {version})", moment=at, version=version) for version, at in agreed),
        _("Reports filed by {you}: {count}", count=len(reports)),
    )


async def _export(talk: Talk) -> None:
    address = talk.incoming.address
    job = talk.house.new_id()
    args = {
        "job": job,
        "person": talk.known.id,
        "channel": address.channel,
        "chat": address.chat,
        "language": talk.known.language,
    }
    talk.do(StartJob(job, "export_person", args), Audit(talk.now, talk.known.id, "export own data"))
    talk.say(_("A file with everything kept about {you} will come here in a moment."))


async def _channel(talk: Talk) -> None:
    code = talk.house.new_code()
    until = talk.now + timedelta(hours=CODE_HOURS)
    invite = Invite(talk.house.hash_code(code), None, "channel", until, talk.known.id, person=talk.known.id)
    talk.do(NewInvite(invite), Audit(talk.now, talk.known.id, "invite own channel"))
    talk.say(
        lines(
            _("On the other phone or app, type: /start {code}", code=shown(code)),
            _("The code works once, until {until}. Do not give it to anybody.", until=until),
            *links(talk.house, code),
        )
    )


async def _erase(talk: Talk) -> None:
    await talk.dialogues.start(ERASURE)


async def erased(talk: Talk, words: str) -> None:
    """Erase: name, phone, chats, own texts and files go; the counts stay the unit's."""
    if words.strip() != "yes":
        talk.say(_("Nothing was erased."))
        return
    person = talk.known
    reads = await talk.read()
    reports = await reads.reports_by(person.id)
    for report in reports:
        fields = (*_personal(talk, report.form), *_reasons(report))
        if fields:
            talk.do(BlankAnswers(report.id, fields))
    own = await reads.files([report.draft for report in reports if report.draft])
    files = [*own, *await reads.files_sent_beside(person.id)]
    hashes = sorted({file.sha256 for file in files if file.sha256})
    if hashes:
        talk.do(StartJob(talk.house.new_id(), "erase_files", {"hashes": hashes}))
    talk.say(
        _("Done. Name, phone, chats, texts and files are erased; the counts stay with the unit. Thank you, {you}.")
    )
    talk.do(ErasePerson(person.id, talk.now), Audit(talk.now, person.id, "erase"))


def _personal(talk: Talk, name: str) -> tuple[str, ...]:
    form = talk.house.forms.get(name)
    fields = form.fields if form is not None else ()
    return tuple(one.code for one in fields if one.type in FREE_TEXT or one.takes_files)


def _reasons(report: Submission) -> tuple[str, ...]:
    """Name the doubts that were confirmed with words of the person's own."""
    return tuple(name for name, said in report.accepted.items() if isinstance(said, dict) and said.get("reason"))


def _file(filing: Filing) -> Filed:
    return Filed((), (), f"erased {filing.values['sure']}")


ERASURE: Final = Form(
    "erasure",
    _("Erase my data"),
    YesNo(
        "sure",
        _(
            "Erase your name, phone, chats, texts and files, and end your roles? The counts you reported stay with the "
            "unit. This cannot be undone."
        ),
        short=_("Erase"),
    ),
    file=_file,
    per_unit=False,
    recap=False,
)

COMMAND: Final = Command(
    "dulieu", _("My data: see, copy, erase"), run, words=("du lieu", "du lieu cua toi", "xoa du lieu"), takes_words=True
)
ERASED: Final = Command("erased", _("Finish an erasure"), erased, typed=False, listed=False)
