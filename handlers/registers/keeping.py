"""/sotheodoi: an officer's registers: look, add, strike out, take along as a table; /guitin: news for the editor."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from bot.effects import DropDraft, KeepEntry, StartJob
from bot.forms.facts import Facts
from bot.forms.form import Form
from bot.forms.recap import answer_lines
from bot.forms.steps import MORE
from bot.i18n import Code, DayMonth, Plain, Text, _, _n, lines, local_day
from bot.messages import Attachment, Choice, Say
from bot.records import BEHALF, OFFICERS, REPORTERS, Entry, Standing, Unit
from bot.registers import seen_by, term_over
from bot.talk import Command, Talk
from handlers.pages import page_in, paged
from handlers.registers.forms import CADRES, CORRECTS, NEWS, REGISTERS

LISTED: Final = 200
NEW, TABLE, DONE, GONE, SHOW, CHANGE = "moi", "bang", "xong", "xoa", "xem", "sua"
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
            *paged(talk, [(one.title, f"/sotheodoi {one.name}") for one in REGISTERS], 1, "/sotheodoi"),
        )
    elif verb == NEW and form is not NEWS:
        await talk.dialogues.start(form)
    elif verb == TABLE:
        _make_table(talk, form)
    elif verb in {SHOW, CHANGE, DONE, GONE}:
        await _one(talk, form, verb, id_)
    else:
        await _list(talk, form, page_in(rest))


async def _list(talk: Talk, form: Form, page: int) -> None:
    reads = await talk.read()
    under = [unit.id for unit in talk.known.units(OFFICERS)]
    entries = seen_by(talk.known, form.name, await reads.entries(under, form.name, LISTED))
    over = None
    if form is CADRES:
        entries.sort(key=lambda one: int(one.answers.get("until") or 0))
        ending = sum(1 for one in entries if term_over(one, talk.today.year))
        over = _n("{count} term ends by this year.", "{count} terms end by this year.", ending) if ending else None
    items = [(_label(talk, form, entry), f"/sotheodoi {form.name} {SHOW} {entry.id}") for entry in entries]
    choices = paged(talk, items, page, f"/sotheodoi {form.name}")
    if form is not NEWS:
        choices.append(Choice(_("Add an entry"), f"/sotheodoi {form.name} {NEW}", "9"))
    if entries:
        choices.append(Choice(_("Take it along as a table"), f"/sotheodoi {form.name} {TABLE}", "0"))
    head = _n("{count} entry.", "{count} entries.", len(entries)) if entries else _("Nothing is entered yet.")
    talk.offer("register", lines(head, over), *choices, title=form.title)


def _facts(talk: Talk) -> Facts:
    return Facts(talk.now, talk.voice, talk.house.calendar)


def _label(talk: Talk, form: Form, entry: Entry) -> Text:
    told = form.path(entry.answers, _facts(talk)).loaded()
    first = form.fields[0]
    shown = talk.voice.speak(first.show(told[first.code])) if told.get(first.code) is not None else ""
    day = DayMonth(local_day(entry.at))
    if form is CADRES:
        until = Code(int(told.get("until") or 0))
        if term_over(entry, talk.today.year):
            return _("{entry} · until {until} · term over", entry=shown[:LONGEST_LABEL], until=until)
        return _("{entry} · until {until}", entry=shown[:LONGEST_LABEL], until=until)
    if entry.standing is Standing.DONE:
        return _("{day} · {entry} · used", day=day, entry=shown[:LONGEST_LABEL])
    return _("{day} · {entry}", day=day, entry=shown[:LONGEST_LABEL])


async def _one(talk: Talk, form: Form, verb: str, id_: str) -> None:
    """Show an entry of the officer's area, open it to be changed, or say that it is done with."""
    found = await _found(talk, form, id_)
    if found is None:
        talk.say(_("That entry is no longer there."))
        return
    entry, unit = found
    if verb == SHOW:
        await _show(talk, form, entry, unit.name)
        return
    if verb == CHANGE and form is not NEWS:
        await _change(talk, form, entry)
        return
    standing = Standing.DONE if verb == DONE else Standing.GONE
    talk.do(KeepEntry(replace(entry, standing=standing)))
    talk.audit(f"entry {standing}", entry.id, form.name)
    talk.quiet()
    talk.say(_("Marked as used.") if verb == DONE else _("Struck out."))


async def _found(talk: Talk, form: Form, id_: str) -> tuple[Entry, Unit] | None:
    """Give an entry that the officer may read, with the unit that it belongs to."""
    reads = await talk.read()
    entry = await reads.entry(id_)
    if entry is None or entry.register != form.name or entry.standing is Standing.GONE:
        return None
    inside = await reads.within([unit.id for unit in talk.known.units(OFFICERS)], [entry.unit])
    unit = next(iter(inside), None)
    return (entry, unit) if unit is not None and seen_by(talk.known, form.name, [entry]) else None


async def _change(talk: Talk, form: Form, entry: Entry) -> None:
    """Open an entry again: what is entered is shown, and each answer can be given anew."""
    own = entry.unit in {unit.id for unit in talk.known.units(OFFICERS)}
    accepted = {CORRECTS: entry.id, MORE: []} | ({} if own else {BEHALF: {"by": "register"}})
    talk.do(*(DropDraft(draft.id) for draft in talk.drafts if draft.form == form.name and CORRECTS in draft.accepted))
    draft = replace(talk.new_draft(form.name, entry.unit), answers=dict(entry.answers), accepted=accepted)
    await talk.dialogues.begin(draft)


async def changed(talk: Talk, words: str) -> None:
    """Keep what was corrected: "id answers"; who did it is noted."""
    id_, _space, answers = words.partition(" ")
    entry = await (await talk.read()).entry(id_)
    form = OF.get(entry.register) if entry is not None else None
    found = await _found(talk, form, id_) if form is not None else None
    if found is None:
        talk.say(_("That entry is no longer there."))
        return
    talk.do(KeepEntry(replace(found[0], answers=json.loads(answers))))
    talk.audit("entry changed", id_, found[0].register)
    talk.say(_("Changed. Thank you, {you}."))


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
    items += [(_("Change this entry"), CHANGE)] if form is not NEWS else []
    items.append((_("Strike it out"), GONE))
    choices = [
        Choice(label, f"/sotheodoi {form.name} {verb} {entry.id}", str(n)) for n, (label, verb) in enumerate(items, 1)
    ]
    choices.append(Choice(_("Back to the list"), f"/sotheodoi {form.name}", "0"))
    rows = answer_lines(form, form.path(entry.answers, _facts(talk)).loaded())
    talk.audit("entry read", entry.id, form.name)
    talk.send(Say(lines(Plain(unit), *rows), form.title, tuple(choices), kept))
    talk.remember("entry", choices)


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


CHANGED: Final = Command("entrychanged", _("Change an entry"), changed, roles=OFFICERS, typed=False, listed=False)
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
