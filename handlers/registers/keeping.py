"""/sotheodoi: an officer's registers: look, add, strike out, take along as a table; /guitin: news for the editor."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.effects import KeepEntry, StartJob
from bot.forms.facts import Facts
from bot.forms.form import Form
from bot.forms.recap import answer_lines
from bot.i18n import DayMonth, Plain, Text, _, _n, lines, local_day
from bot.messages import Attachment, Choice, Say
from bot.records import OFFICERS, REPORTERS, Entry, Standing
from bot.talk import Command, Talk
from handlers.pages import page_in, paged
from handlers.registers.forms import NEWS, REGISTERS

LISTED: Final = 200
NEW, TABLE, DONE, GONE, SHOW = "moi", "bang", "xong", "xoa", "xem"
LONGEST_LABEL: Final = 60
OF: Final = {form.name: form for form in REGISTERS}


async def keep(talk: Talk, words: str) -> None:
    """Choose a register; "name" lists it, "name moi" adds, "name bang" makes a table, "name xem ID" shows an entry."""
    name, _space, rest = words.strip().partition(" ")
    form = OF.get(name)
    verb, _space, id_ = rest.partition(" ")
    if form is None:
        talk.offer(
            "registers",
            _("Which register?"),
            *paged([(one.title, f"/sotheodoi {one.name}") for one in REGISTERS], 1, "/sotheodoi"),
        )
    elif verb == NEW and form is not NEWS:
        await talk.dialogues.start(form)
    elif verb == TABLE:
        _make_table(talk, form)
    elif verb in {SHOW, DONE, GONE}:
        await _one(talk, form, verb, id_)
    else:
        await _list(talk, form, page_in(rest))


async def _list(talk: Talk, form: Form, page: int) -> None:
    reads = await talk.read()
    entries = await reads.entries([unit.id for unit in talk.known.units(OFFICERS)], form.name, LISTED)
    items = [(_label(talk, form, entry), f"/sotheodoi {form.name} {SHOW} {entry.id}") for entry in entries]
    choices = paged(items, page, f"/sotheodoi {form.name}")
    if form is not NEWS:
        choices.append(Choice(_("Add an entry"), f"/sotheodoi {form.name} {NEW}", "9"))
    if entries:
        choices.append(Choice(_("Take it along as a table"), f"/sotheodoi {form.name} {TABLE}", "0"))
    head = _n("{count} entry.", "{count} entries.", len(entries)) if entries else _("Nothing is entered yet.")
    talk.offer("register", head, *choices, title=form.title)


def _facts(talk: Talk) -> Facts:
    return Facts(talk.now, talk.voice, talk.house.calendar)


def _label(talk: Talk, form: Form, entry: Entry) -> Text:
    told = form.path(entry.answers, _facts(talk)).loaded()
    first = form.fields[0]
    shown = talk.voice.speak(first.show(told[first.code])) if told.get(first.code) is not None else ""
    day = DayMonth(local_day(entry.at))
    if entry.standing is Standing.DONE:
        return _("{day} · {entry} · used", day=day, entry=shown[:LONGEST_LABEL])
    return _("{day} · {entry}", day=day, entry=shown[:LONGEST_LABEL])


async def _one(talk: Talk, form: Form, verb: str, id_: str) -> None:
    """Show an entry of the officer's area, or say that it is done with."""
    reads = await talk.read()
    entry = await reads.entry(id_)
    mine = await reads.subtree([unit.id for unit in talk.known.units(OFFICERS)], talk.today)
    unit = next((one for one in mine if entry is not None and one.id == entry.unit), None)
    if entry is None or unit is None or entry.register != form.name or entry.standing is Standing.GONE:
        talk.say(_("That entry is no longer there."))
        return
    if verb == SHOW:
        await _show(talk, form, entry, unit.name)
        return
    standing = Standing.DONE if verb == DONE else Standing.GONE
    talk.do(KeepEntry(replace(entry, standing=standing)))
    talk.audit(f"entry {standing}", entry.id, form.name)
    talk.quiet()
    talk.say(_("Marked as used.") if verb == DONE else _("Struck out."))


async def _show(talk: Talk, form: Form, entry: Entry, unit: str) -> None:
    reads = await talk.read()
    named = [name for field in form.fields if field.takes_files for name in entry.answers.get(field.code) or ()]
    files = await reads.files_by_id(named) if named else []
    kept = tuple(
        Attachment(path, file.ref.name or file.id, file.ref.kind)
        for file in files
        if file.state == "kept" and (path := talk.house.file_path(file.sha256))
    )
    items = [(_("Used"), DONE)] if form is NEWS and entry.standing is Standing.OPEN else []
    items.append((_("Strike it out"), GONE))
    choices = [
        Choice(label, f"/sotheodoi {form.name} {verb} {entry.id}", str(n)) for n, (label, verb) in enumerate(items, 1)
    ]
    choices.append(Choice(_("Back to the list"), f"/sotheodoi {form.name}", "0"))
    rows = answer_lines(form, form.path(entry.answers, _facts(talk)).loaded())
    talk.audit("entry read", entry.id, form.name)
    talk.send(Say(lines(Plain(unit), *rows), form.title, tuple(choices), kept))
    talk.remember("entry", {choice.key: choice.data for choice in choices})


def _make_table(talk: Talk, form: Form) -> None:
    """Let a job make the table, and send it here."""
    address = talk.incoming.address
    job = talk.house.new_id()
    args = {"register": form.name, "channel": address.channel, "chat": address.chat, "job": job}
    talk.do(StartJob(job, "register_table", args))
    talk.audit("register table", form.name)
    talk.say(_("The table comes in a moment."))


async def send_news(talk: Talk, words: str) -> None:
    """Begin a piece of news."""
    del words
    await talk.dialogues.start(NEWS)


COMMAND: Final = Command(
    "sotheodoi",
    _("Registers: enterprises without a union, cadres, news"),
    keep,
    words=("so theo doi",),
    roles=OFFICERS,
    takes_words=True,
)
SEND: Final = Command(
    "guitin", _("Send news and photos to the editor"), send_news, words=("gui tin", "gui bai"), roles=REPORTERS
)
