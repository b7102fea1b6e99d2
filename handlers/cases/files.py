"""Photos and files for a case: sent with its number beneath them, or right after it was looked at; an album is one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.cases.case import Case
from bot.effects import DropUnsent, SetAsk, Speak
from bot.fetching import ALBUM_PAUSE, MEGABYTE, kept
from bot.forms.fields import Files
from bot.forms.fold import clean
from bot.i18n import Text, _, _n, lines
from bot.messages import Attachment, FileRef, Incoming, Outgoing, Say
from bot.records import Ask, StoredFile
from bot.talk import SCREEN, Talk

MOST: Final = 20  # files of one case
SHOWN: Final = 10  # of them, the last ones, whenever somebody looks at it
CASE, ALBUM, EVENT, COUNT = "case", "album", "event", "count"  # what the open question remembers of files for a case
ANY: Final = Files("files", _("Send the files (PDF, Word, Excel, photos)."), short=_("Files"), required=False)


def remember(talk: Talk, case: Case, **more: object) -> None:
    """Let photos that come next without a word belong to this case, whatever question is open."""
    ask = talk.ask
    if ask is None or (ask.draft and talk.draft(ask.draft) is None):  # nothing is open, or it has just been finished
        ask = Ask(talk.known.id, "case", until=talk.now + SCREEN)
    talk.do(SetAsk(replace(ask, state={**ask.state, CASE: case.number, **more})))


def follows(talk: Talk) -> bool:
    """Tell whether this is one more photo of an album that a case has got already."""
    album = talk.incoming.album
    return bool(album) and talk.ask is not None and talk.ask.state.get(ALBUM) == album


def refused(talk: Talk) -> Text | None:
    """Say why none of what was sent can be kept, if so: of the wrong kind, or too large."""
    most, refs = talk.house.max_mb, talk.incoming.files
    if any((ref.size or 0) > most * MEGABYTE for ref in refs):
        return _("That file is too large: at most {most} MB. A photo of it will do.", most=most)
    if not any(ANY.takes(ref.kind, ref.mime) for ref in refs):
        return _("Photos, PDF, Word and Excel files can be kept, this one cannot. A photo of it will do.")
    return None


def stored(incoming: Incoming, to: str, field: str) -> list[StoredFile]:
    """Give what was sent and fits, as files of something."""
    fitting = [ref for ref in incoming.files if ANY.takes(ref.kind, ref.mime)]
    return [
        StoredFile(f"{to}-{field}-{incoming.id}-{place}", to, field, incoming.address.channel, _named(ref))
        for place, ref in enumerate(fitting)
    ]


def _named(ref: FileRef) -> FileRef:
    return replace(ref, name=clean(ref.name))


async def room(talk: Talk, case: Case) -> int:
    """Tell how many more files a case may have."""
    return max(0, MOST - len(await (await talk.read()).files([case.id])))


async def keep(talk: Talk, case: Case, event: int) -> None:
    """Keep what was sent at an event of a case; one receipt tells of the whole album, once it has come."""
    took = stored(talk.incoming, case.id, str(event))[: await room(talk, case)]
    for file in took:
        talk.do(*kept(file, talk.incoming.address, talk.known.language, case.code))
    count = len(took) + (int(talk.ask.state.get(COUNT, 0)) if talk.ask is not None and follows(talk) else 0)
    remember(talk, case, **{ALBUM: talk.incoming.album, EVENT: event, COUNT: count})
    key = f"files/{case.id}/{event}"
    text = _n("{code}: {count} file was added.", "{code}: {count} files were added.", count, code=case.code)
    full = _("{code} has {most} files already; no more fit.", code=case.code, most=MOST)
    said = Say(lines(text if count else None, full if not took else None)).spoken(talk.voice)
    again = Outgoing(
        f"{key}/{talk.incoming.id}", talk.incoming.address, said, not_before=talk.now + ALBUM_PAUSE, drop_key=key
    )
    talk.do(DropUnsent(key), Speak(again))


async def sent_with(talk: Talk, case: Case) -> list[StoredFile]:
    """List the files of a case, those of the report that it came with first."""
    reads = await talk.read()
    return [*await _of_report(talk, case), *await reads.files([case.id])]


async def _of_report(talk: Talk, case: Case) -> list[StoredFile]:
    reads = await talk.read()
    found = next(iter(await reads.numbered([case.unit], case.report)), None) if case.report else None
    form = talk.house.forms.get(found.form) if found is not None else None
    if found is None or form is None:
        return []
    named = [name for field in form.fields if field.takes_files for name in found.answers.get(field.code) or ()]
    return await reads.files_by_id(named) if named else []


def shown(talk: Talk, files: list[StoredFile]) -> tuple[Attachment, ...]:
    """Give the files that have arrived, the last ones, to be sent along."""
    arrived = [
        Attachment(path, file.ref.name or file.id, file.ref.kind)
        for file in files
        if file.state == "kept" and (path := talk.house.file_path(file.sha256))
    ]
    return tuple(arrived[-SHOWN:])
