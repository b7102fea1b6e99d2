"""/cuatoi: what the unit filed; look at it, correct it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.forms.facts import Facts
from bot.forms.recap import answer_lines
from bot.i18n import Code, Phrase, Plain, Text, _, _n, lines
from bot.messages import Attachment, Choice, Say
from bot.records import FILERS, OFFICERS, REPORTERS, StoredFile, Submission, Unit, Verdict
from bot.reporting.corrections import open_until
from bot.talk import Command, Talk
from handlers.names import kind_name
from handlers.pages import page_in, paged
from handlers.review.seen import standing
from handlers.review.story import names_of, review_text

OWNERS: Final = REPORTERS | OFFICERS  # a union above has reports of its own too
ASKED: Final = 100  # reports looked through, the latest first
LONGEST_NUMBER: Final = 7  # digits


async def mine(talk: Talk, words: str) -> None:
    """List the unit's reports, the latest first, six a page."""
    units = {unit.id: unit for unit in talk.known.units(OWNERS)}
    reads = await talk.read()
    reports = await reads.submissions(list(units), ASKED)
    if not reports:
        talk.say(_("The unit has not reported anything yet. Type MENU to begin."))
        return
    many = len(units) > 1
    items = [(_line(talk, report, units, many=many), _command("xem", report)) for report in reports]
    choices = paged(talk, items, page_in(words), "/cuatoi")
    talk.offer("mine", _("The unit's reports, the latest first. Type a number to look at one."), *choices)


def _line(talk: Talk, report: Submission, units: dict[int, Unit], *, many: bool) -> Text:
    title = kind_name(talk.house, report.form)
    if many:
        return _(
            "BC{number} · {form} · {day} · {state} · {unit}",
            number=Code(report.number),
            form=title,
            day=report.day,
            state=standing(talk.house, report),
            unit=units[report.unit].name,
        )
    return _(
        "BC{number} · {form} · {day} · {state}",
        number=Code(report.number),
        form=title,
        day=report.day,
        state=standing(talk.house, report),
    )


def _command(name: str, report: Submission) -> str:
    return f"/{name} {report.number}.{report.unit}"


async def find(talk: Talk, words: str, name: str) -> Submission | None:
    """Find "12" or "12.7" (of unit 7) among the reports of the person's units; ask which, if two units have it."""
    typed = words.strip().lower().removeprefix("bc").strip()
    number, _dot, unit = typed.partition(".")
    units = [one.id for one in talk.known.units(FILERS) if not unit or str(one.id) == unit]
    if not number.isdecimal() or len(number) > LONGEST_NUMBER:
        example = f"{name.upper()} 12"
        talk.say(_("Which report? Type its number, for example {example}. CUA TOI lists them.", example=example))
        return None
    reads = await talk.read()
    found = [one for one in await reads.numbered(units, int(number)) if _may(talk, one)]
    if len(found) == 1:
        return found[0]
    if not found:
        talk.say(_("There is no report BC{number} of the unit. CUA TOI lists them.", number=Code(int(number))))
        return None
    names = {one.id: one.name for one in talk.known.units(FILERS)}
    choices = [Choice(Plain(names[r.unit]), _command(name, r), str(n)) for n, r in enumerate(found, 1)]
    talk.offer("which", _("BC{number} of which unit?", number=Code(int(number))), *choices)
    return None


def _may(talk: Talk, report: Submission) -> bool:
    """Tell whether somebody fills in reports of this kind for its unit."""
    form = talk.house.forms.get(report.form)
    audience = form.settings.audience if form is not None else REPORTERS
    return report.unit in {unit.id for unit in talk.known.units(audience)}


async def show(talk: Talk, words: str) -> None:
    """Show one report whole, with its photos as far as they have been fetched."""
    report = await find(talk, words, "xem")
    if report is None:
        return
    form = talk.house.forms.get(report.form)
    if form is not None and talk.kept_off(form.name):
        await talk.on_the_page(form)
        return
    reads = await talk.read()
    said = tuple(await reads.reviews(report.unit, report.number))
    names = await names_of(reads, [one.person for one in said])
    files = await _files(talk, report)
    choices = _doable(talk, report, await _open_until(talk, report))
    title = _(
        "BC{number} · {form} · {state}",
        number=Code(report.number),
        form=kind_name(talk.house, report.form),
        state=standing(talk.house, report, said),
    )
    told = [review_text(talk, report.form, one, names) for one in said]
    text = lines(*await _rows(talk, report), *_around(talk, report), *told, _files_state(files))
    talk.send(Say(text, title, tuple(choices), _kept(talk, files)))
    talk.remember("report", choices)


def _around(talk: Talk, report: Submission) -> tuple[Text | None, ...]:
    """Say when it was filed, how, and why it no longer counts."""
    return (
        _("Filed {moment}, counted for {period}.", moment=report.filed_at, period=_period(talk, report)),
        _("Told by phone, filed by an officer.") if report.on_behalf else None,
        _("Withdrawn: {reason}", reason=report.reason) if report.state == "withdrawn" else None,
    )


async def _files(talk: Talk, report: Submission) -> list[StoredFile]:
    """Give the files that the report names, whichever version they came with; one lost since then counts as failed."""
    form = talk.house.forms.get(report.form)
    fields = form.fields if form is not None else ()
    named = [name for field in fields if field.takes_files for name in report.answers.get(field.code) or ()]
    files = await (await talk.read()).files_by_id(named) if named else []
    return [replace(file, state="failed") if _is_lost(talk, file) else file for file in files]


def _is_lost(talk: Talk, file: StoredFile) -> bool:
    return file.state == "kept" and not talk.house.file_path(file.sha256)


async def _rows(talk: Talk, report: Submission) -> list[Phrase]:
    """Give the report line by line; of a corrected one, what its last version changed."""
    form = talk.house.forms.get(report.form)
    if form is None:
        return []
    reads = await talk.read()
    old = await reads.submission(report.replaces) if report.replaces else None
    facts = _facts(talk, report)
    before = form.path(old.answers, facts).loaded() if old is not None else None
    return list(answer_lines(form, form.path(report.answers, facts).loaded(), before))


def _facts(talk: Talk, report: Submission) -> Facts:
    unit = next((one for one in talk.known.units(OWNERS) if one.id == report.unit), None)
    return Facts(talk.now, talk.voice, talk.house.calendar, unit, campaigns=talk.house.days)


def _period(talk: Talk, report: Submission) -> Text:
    return talk.house.calendar.kept(report.period, report.day).title


def _doable(talk: Talk, report: Submission, last: datetime) -> list[Choice]:
    items: list[tuple[Text, str]] = []
    if report.state != "withdrawn" and talk.now <= last:
        if report.form in talk.house.forms and talk.house.forms[report.form].fields:
            items.append((_("Correct it"), _command("sua", report)))
        items.append((_("Withdraw it"), _command("rut", report)))
    items.append((_("What became of it"), _command("quatrinh", report)))
    items.append((_("Back to the list"), "/cuatoi"))
    return [Choice(label, data, str(n)) for n, (label, data) in enumerate(items, 1)]


def _files_state(files: list[StoredFile]) -> Text | None:
    waiting = sum(1 for file in files if file.state == "waiting")
    failed = sum(1 for file in files if file.state == "failed")
    parts = [
        _n("{count} file is still being fetched.", "{count} files are still being fetched.", waiting)
        if waiting
        else None,
        _n(
            "{count} file could not be fetched; please send it again by correcting the report.",
            "{count} files could not be fetched; please send them again by correcting the report.",
            failed,
        )
        if failed
        else None,
    ]
    return lines(*parts) if any(parts) else None


def _kept(talk: Talk, files: list[StoredFile]) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(talk.house.file_path(file.sha256), file.ref.name or file.id, file.ref.kind)
        for file in files
        if file.state == "kept"
    )


async def _open_until(talk: Talk, report: Submission) -> datetime:
    reads = await talk.read()
    return open_until(report, talk.house.calendar, await reads.unlocked(report.unit, talk.now))


async def correct(talk: Talk, words: str) -> None:
    """Open the correction of a report, as long as its period is not locked."""
    report = await find(talk, words, "sua")
    if report is None:
        return
    if not await changeable(talk, report):
        return
    if report.form not in talk.house.forms or not talk.house.forms[report.form].fields:
        talk.say(_("“Nothing to report” has nothing to correct. A report filed now takes its place."))
        return
    await talk.dialogues.correct(report, await _sent_back_for(talk, report))


async def _sent_back_for(talk: Talk, report: Submission) -> str:
    """Name the answer that an officer asked to look at again, if that still stands."""
    if report.state != "returned":
        return ""
    said = await (await talk.read()).reviews(report.unit, report.number)
    return next((one.field for one in reversed(said) if one.verdict is Verdict.RETURNED), "")


async def changeable(talk: Talk, report: Submission) -> bool:
    """Tell whether a report may still be changed; if not, say why."""
    if report.state == "withdrawn":
        talk.say(_("BC{number} was withdrawn. Type MENU to file a new report.", number=Code(report.number)))
        return False
    if talk.now > await _open_until(talk, report):
        talk.say(
            _(
                "{period} is locked. To change BC{number}, please call the officer in charge: type HELP.",
                period=_period(talk, report),
                number=Code(report.number),
            )
        )
        return False
    return True


MINE: Final = Command(
    "cuatoi", _("My reports"), mine, words=("cua toi", "bao cao cua toi"), roles=OWNERS, takes_words=True
)
SHOW: Final = Command("xem", _("Look at a report"), show, roles=OWNERS, takes_words=True, listed=False)
CORRECT: Final = Command("sua", _("Correct a report"), correct, roles=FILERS, takes_words=True, listed=False)
