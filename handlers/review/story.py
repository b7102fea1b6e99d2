"""/quatrinh: what became of a report, step by step: who filed, changed, accepted or sent it back, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from bot.forms.form import Form
from bot.forms.recap import answer_lines
from bot.i18n import Code, Plain, Text, _, lines
from bot.messages import Choice
from bot.ports import Reads
from bot.records import OFFICERS, REPORTERS, Person, Review, Submission, Unit, Verdict
from bot.talk import Command, Talk
from handlers.names import kind_name, person_name
from handlers.review.reasons import reason_text
from handlers.review.seen import NAMED, PRIVATE_KINDS, reach, values_of

SHOWN: Final = 12  # steps, the latest ones

Names = dict[str, Text]
Step = tuple[datetime, Text]


async def tell(talk: Talk, words: str) -> None:
    """Tell the story of a report "12.7" of the person's own units, or of those within an officer's reach."""
    named = NAMED.fullmatch(words.strip().lower())
    unit = await _unit(talk, int(named["unit"])) if named is not None else None
    reads = await talk.read()
    versions = await reads.versions(unit.id, int(named["number"])) if named is not None and unit is not None else []
    if versions and versions[0].form in PRIVATE_KINDS and unit not in talk.known.units(REPORTERS):
        versions = []
    if named is None or unit is None or not versions:
        talk.say(_("That report is no longer there."))
        return
    said = await reads.reviews(unit.id, versions[0].number)
    names = await names_of(reads, [*(one.person for one in versions), *(one.person for one in said)])
    steps = sorted([*_filed(talk, unit, versions, names), *_said(talk, versions, said, names)], key=_moment)
    title = _(
        "BC{number} · {form} · {unit}",
        number=Code(versions[0].number),
        form=kind_name(talk.house, versions[0].form),
        unit=unit.name,
    )
    talk.offer("story", lines(*(text for _at, text in steps[-SHOWN:])), _back(talk, unit, versions[0]), title=title)


def _moment(step: Step) -> datetime:
    return step[0]


async def _unit(talk: Talk, unit: int) -> Unit | None:
    own = next((one for one in talk.known.units(REPORTERS) if one.id == unit), None)
    if own is not None:
        return own
    inside = await (await talk.read()).within(reach(talk), [unit])
    return inside[0] if inside else None


def _back(talk: Talk, unit: Unit, report: Submission) -> Choice:
    mine = any(one.id == unit.id for one in talk.known.units(REPORTERS))
    return Choice(_("Back to the report"), f"/{'xem' if mine else 'xemlai'} {report.number}.{unit.id}", "1")


async def names_of(reads: Reads, ids: Sequence[str]) -> Names:
    """Give what people are called; those who were erased have no name any more."""
    found = {id_: await reads.person(id_) for id_ in dict.fromkeys(ids)}
    return {id_: _name(person) for id_, person in found.items()}


def _name(person: Person | None) -> Text:
    return person_name(person.name, person.honorific) if person is not None and person.name else _("somebody")


def _filed(talk: Talk, unit: Unit, versions: Sequence[Submission], names: Names) -> Iterator[Step]:
    form = talk.house.forms.get(versions[0].form)
    before: Submission | None = None
    for one in versions:
        yield one.filed_at, lines(_did(one, names[one.person]), *_differences(talk, form, unit, (before, one)))
        before = one


def _did(one: Submission, who: Text) -> Text:
    if one.state == "withdrawn":
        return _("{moment}: {who} withdrew it: {reason}", moment=one.filed_at, who=who, reason=one.reason)
    if one.version == 1:
        phoned = _("{moment}: {who} filed it for the unit", moment=one.filed_at, who=who)
        return phoned if one.on_behalf else _("{moment}: {who} filed it", moment=one.filed_at, who=who)
    return _("{moment}: {who} changed it", moment=one.filed_at, who=who)


def _differences(
    talk: Talk, form: Form | None, unit: Unit, pair: tuple[Submission | None, Submission]
) -> Iterator[Text]:
    """Give what a version changed: each answer with what it was before."""
    old, new = pair
    if form is None or old is None or new.state == "withdrawn":
        return
    before, after = (values_of(talk, form, one, unit) for one in (old, new))
    changed = {code for code in {*before, *after} if before.get(code) != after.get(code)}
    was, now = ({code: told[code] for code in changed if code in told} for told in (before, after))
    for line in answer_lines(form, now, was):
        yield _("· {line}", line=line)


def _said(talk: Talk, versions: Sequence[Submission], said: Sequence[Review], names: Names) -> Iterator[Step]:
    for one in said:
        yield one.at, review_text(talk, versions[0].form, one, names)


def review_text(talk: Talk, form: str, one: Review, names: Names) -> Text:
    """Say what an officer said, when and about which answer."""
    who, moment = names[one.person], one.at
    if one.verdict is Verdict.ACCEPTED:
        return _("{moment}: {who} accepted it", moment=moment, who=who)
    kind = talk.house.forms.get(form)
    field = kind.by_code.get(one.field) if kind is not None else None
    why = reason_text(one)
    about = _("{label}: {value}", label=field.short, value=why) if field is not None else why
    if one.verdict is Verdict.RETURNED:
        return _("{moment}: {who} sent it back. {reason}", moment=moment, who=who, reason=about)
    return _("{moment}: {who} noted: {note}", moment=moment, who=who, note=Plain(one.note))


STORY: Final = Command(
    "quatrinh",
    _("What became of a report"),
    tell,
    words=("qua trinh",),
    roles=REPORTERS | OFFICERS,
    takes_words=True,
    listed=False,
)
