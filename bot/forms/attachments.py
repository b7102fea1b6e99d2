"""Photos and files in a conversation: an album is one answer, and one receipt tells of it."""

from __future__ import annotations

from dataclasses import replace

from bot.forms import steps
from bot.forms.fields import Field, Files, Photo
from bot.forms.fold import clean
from bot.forms.outcome import Outcome, again, put
from bot.forms.steps import Stand, Step
from bot.i18n import Lines, _, _n, lines
from bot.messages import FileRef, Incoming
from bot.records import StoredFile


def hear_files(stand: Stand, incoming: Incoming) -> Outcome:
    """Take files at their question; at any other, a photo goes where the form wants photos, else where it fits."""
    field = _wanting(stand, incoming.files)
    if field is None:
        return again(stand, _("No photo or file is needed here. Please type the answer."))
    have = list(stand.path.scope.answers.get(field.code) or ())
    fitting = [ref for ref in incoming.files if field.takes(ref.kind, ref.mime)]
    room = fitting[: max(0, field.at_most - len(have))]
    names = [f"{stand.draft.id}-{field.code}-{incoming.id}-{number}" for number in range(len(room))]
    kept = [
        StoredFile(name, stand.draft.id, field.code, _lies(ref, incoming), replace(ref, name=clean(ref.name)))
        for name, ref in zip(names, room, strict=True)
    ]
    answered = stand.answering(field.code, [*have, *names]) if names else stand
    extra = int(stand.state().get("extra", 0)) + len(incoming.files) - len(room)
    step = steps.next_step(answered) if stand.ask is None or stand.at(steps.RECAP) else Step(stand.ask.step)
    step = replace(step, state={**stand.state(), "extra": extra})
    outcome = put(answered, step, _receipt(field, len(have) + len(kept), extra))
    return replace(outcome, files=tuple(kept), receipt=True)


def _lies(ref: FileRef, incoming: Incoming) -> str:
    return ref.lies or incoming.address.channel


def _wanting(stand: Stand, refs: tuple[FileRef, ...]) -> Files | None:
    here: Field | None = stand.path.field(stand.ask.step) if stand.ask is not None else None
    if isinstance(here, Files):
        return here
    fields = [field for field in stand.path.fields if isinstance(field, Files)]
    fitting = [field for field in fields if any(field.takes(ref.kind, ref.mime) for ref in refs)]
    return next((field for field in fitting if isinstance(field, Photo)), fitting[0] if fitting else None)


def _receipt(field: Files, count: int, extra: int) -> Lines:
    taken = _n("Received {count} file.", "Received {count} files.", count)
    if field.type == "photo":
        taken = _n("Received {count} photo.", "Received {count} photos.", count)
    left = (
        _n(
            "Only {most} fit here, of the right kind; {count} more was not taken.",
            "Only {most} fit here, of the right kind; {count} more were not taken.",
            extra,
            most=field.at_most,
        )
        if extra
        else None
    )
    return lines(taken, left)
