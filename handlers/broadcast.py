"""/phattin: an officer composes a notice for all units of an area."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.effects import Audit, KeepNotice
from bot.forms.conditions import Scope, answer
from bot.forms.dates.when import When
from bot.forms.fields import (
    Date,
    DateTime,
    Field,
    Files,
    Integer,
    Option,
    SelectOne,
    TextField,
    YesNo,
)
from bot.forms.fold import fold
from bot.forms.form import Filed, Filing, Form
from bot.forms.steps import MORE
from bot.i18n import Named, Text, _, lines
from bot.notices.errands import PREVIEW, job
from bot.notices.notice import IN_DRAFT, LONGEST, Directive, Notice, State, Whom, digest_of
from bot.records import OFFICERS, Unit
from bot.talk import Command, Talk
from handlers import audience

NAME: Final = "broadcast"


class Campaigns(SelectOne):
    """A day or campaign of the union year that is near."""

    __slots__ = ()

    def options(self, scope: Scope) -> Sequence[Option]:
        """Offer those that go on or come soon."""
        said = scope.answers.get(self.code)
        codes = [one.code for one in scope.facts.campaigns.open_on(scope.facts.today)]
        kept = [said] if isinstance(said, str) and said not in codes else []
        return [Option(code, Named(code)) for code in (*codes, *kept)]

    def show(self, value: Any) -> Text:
        """Show its name."""
        return Named(str(value))


def broadcast(kinds: Sequence[Form]) -> Form:
    """Declare the form; a notice may ask for any of these report kinds."""
    return Form(
        NAME,
        _("Notice"),
        *_words(),
        *_whom(),
        *_which(),
        *_linked(kinds),
        *_how(),
        file=_file,
        audience=OFFICERS,
        per_unit=False,
        confirm=_("Preview"),
    )


def _words() -> Sequence[Field]:
    return (
        TextField("title", _("What is the notice called? A few words."), short=_("Title"), longest=120),
        TextField("text", _("What does it say?"), short=_("Text"), longest=LONGEST),
    )


def _whom() -> Sequence[Field]:
    return (
        audience.whom(),
        audience.period(),
        Integer(
            "earlier",
            _("Which notice was it? Type its number: for TB12 type 12."),
            short=_("Not confirmed"),
            relevant=answer("whom") == Whom.SILENT,
        ),
    )


def _which() -> Sequence[Field]:
    return (
        TextField("todo", _("What is to be done?"), short=_("To do"), required=False, longest=600),
        Date("deadline", _("Until which day?"), short=_("Deadline"), required=False, when=When.FUTURE),
        Files("files", _("Send the files (PDF, Word, Excel, photos)."), short=_("Files"), required=False, at_most=5),
        TextField(
            "area",
            _("Only under which union? Type its code, or a piece of its name."),
            short=_("Only under"),
            required=False,
            longest=80,
        ),
        audience.kinds(),
        audience.sectors(),
        audience.readers(),
        audience.without(),
    )


def _linked(kinds: Sequence[Form]) -> Sequence[Field]:
    reports = tuple(Option(form.name, form.title) for form in kinds if form.settings.report and form.fields)
    return (
        SelectOne("form", _("Which report answers it?"), short=_("Report"), choices=reports, required=False),
        Campaigns("campaign", _("To which day or campaign does it belong?"), short=_("Campaign"), required=False),
        TextField(
            "directive",
            _("Which document is it about? Type its number, for example 47/KH-LĐLĐ."),
            short=_("Document"),
            required=False,
            longest=60,
        ),
    )


def _how() -> Sequence[Field]:
    return (
        DateTime("at", _("When shall it go out?"), short=_("Send at"), required=False, when=When.FUTURE),
        YesNo("acknowledge", _("Shall units confirm that they have it?"), short=_("To confirm"), required=False),
        YesNo("urgent", _("Is it urgent? Then it goes out at night too."), short=_("Urgent"), required=False),
    )


def _file(filing: Filing) -> Filed:
    what = {"id": filing.draft.accepted.get(IN_DRAFT, ""), "answers": dict(filing.answers)}
    return Filed((), (), f"composed {json.dumps(what)}")


async def compose(talk: Talk, filled: dict[str, Any] | None = None) -> None:
    """Begin a notice, some of it filled in."""
    form = talk.house.forms[NAME]
    if not filled:
        await talk.dialogues.start(form)
        return
    await talk.dialogues.begin(replace(talk.new_draft(NAME, None), answers=filled))


async def change(talk: Talk, notice: Notice) -> None:
    """Open what was composed again."""
    draft = replace(talk.new_draft(NAME, None), answers=notice.answers, accepted={IN_DRAFT: notice.id, MORE: []})
    await talk.dialogues.begin(draft)


async def composed(talk: Talk, words: str) -> None:
    """Keep what was composed, and have it previewed."""
    what = json.loads(words)
    roots = talk.known.units(OFFICERS)
    if not roots:
        talk.say(_("That is for union officers. Type MENU to see what {you} can do here."))
        return
    meant = await _meant(talk, what["answers"], [unit.id for unit in roots])
    if meant.trouble is not None:
        draft = replace(talk.new_draft(NAME, None), answers=meant.answers, accepted={IN_DRAFT: what["id"], MORE: []})
        await talk.dialogues.begin(draft, meant.trouble)
        return
    notice = await _composed(talk, what["id"], roots[0], meant)
    talk.do(KeepNotice(notice), Audit(talk.now, talk.known.id, "compose notice", str(notice.number)))
    address = talk.incoming.address
    talk.do(job(PREVIEW, notice.id, talk.house.new_id(), channel=address.channel, chat=address.chat))
    talk.quiet()
    talk.say(_("Thank you. The preview comes in a moment."))


@dataclass(frozen=True, slots=True)
class _Meant:
    """What was composed, with the union and the document that were named looked up."""

    answers: dict[str, Any]
    directive: Directive | None = None
    trouble: Text | None = None


async def _meant(talk: Talk, said: dict[str, Any], roots: list[int]) -> _Meant:
    answers, reads = {name: value for name, value in said.items() if name != "under"}, await talk.read()
    troubles: list[Text] = []
    directive = None
    if answers.get("area"):
        units = await reads.search_units(roots, answers["area"], 2)
        exact = [unit for unit in units if fold(unit.code) == fold(answers["area"])]
        if len(exact or units) == 1:
            answers["under"] = (exact or units)[0].id
        else:
            troubles.append(_("No single unit of your area is called “{words}”.", words=answers.pop("area")))
    if answers.get("directive"):
        wanted = fold(answers["directive"])
        directive = next((one for one in await reads.directives() if wanted in fold(one.number)), None)
        if directive is None:
            troubles.append(_("The register has no document “{words}”.", words=answers.pop("directive")))
    return _Meant(answers, directive, lines(*troubles) if troubles else None)


COMPOSED: Final = Command("composed", _("Keep a notice"), composed, roles=OFFICERS, typed=False, listed=False)


async def _composed(talk: Talk, id_: str, sender: Unit, meant: _Meant) -> Notice:
    """Give the notice that was composed: anew, or in the place of the person's own that has not gone out."""
    reads = await talk.read()
    before = await reads.notice(id_) if id_ else None
    if before is not None and (before.state is not State.COMPOSED or before.person != talk.known.id):
        before = None  # it went out meanwhile: what was changed becomes another notice
    return Notice(
        before.id if before else talk.house.new_id(),
        before.number if before else await reads.last_notice_number() + 1,
        talk.known.id,
        sender.id,
        sender.name,
        meant.answers,
        meant.directive.id if meant.directive else "",
        digest_of(meant.answers),
        State.COMPOSED,
        talk.now,
    )
