"""/khaosat: one question to everybody who reports under a union; their votes; the result as counts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from bot.audience import meant
from bot.effects import Audit, DropDraft, OpenSurvey, StartJob, Vote
from bot.forms.conditions import Scope, derived
from bot.forms.dates.when import When
from bot.forms.fields import Date, TextField, UnitPicker
from bot.forms.form import Filed, Filing, Form
from bot.i18n import ZONE, Code, Plain, Text, _, lines
from bot.messages import Choice
from bot.notices.notice import Readers, Whom
from bot.records import OFFICERS, WRITERS, Unit
from bot.surveys import Survey, read_choices, result, wrong_choices
from bot.talk import Command, Talk
from handlers import audience
from handlers.pages import page_in, paged

UNIT: Final = "+unit_asked"  # where a draft keeps whose units are asked
NEW: Final = "moi"
CLOSES: Final = time(17)
LISTED: Final = 30
LONGEST_LABEL: Final = 60
CHOSEN: Final = ("whom", "period", "kinds", "sectors", "readers")


def _fits(scope: Scope) -> bool | None:
    typed = scope.answers.get("choices")
    return wrong_choices(read_choices(typed)) is None if typed is not None else None


def _file(filing: Filing) -> Filed:
    given = {**filing.answers, UNIT: filing.draft.accepted[UNIT]}
    return Filed((), (), f"opensurvey {json.dumps(given, ensure_ascii=False)}")


def _choose(filing: Filing) -> Filed:
    return Filed((), (), f"surveyfor {filing.answers['unit']}")


WHOM: Final = Form(
    "survey_whom",
    _("Survey"),
    UnitPicker("unit", _("The units of which union are asked? Type a piece of its name."), short=_("Asked")),
    file=_choose,
    audience=OFFICERS,
    per_unit=False,
    recap=False,
)
SURVEY: Final = Form(
    "survey",
    _("Survey"),
    TextField("question", _("What is the question?"), short=_("Question"), shortest=5, longest=300),
    TextField(
        "choices",
        _("Which answers are there? 2 to 6, set apart by ;"),
        short=_("Answers"),
        longest=400,
        constraint=derived(_fits, "choices"),
        constraint_message=_("Please give 2 to 6 answers of at most 60 characters, set apart by ;"),
    ),
    Date("until", _("Until which day may people answer?"), short=_("Until"), when=When.FUTURE),
    audience.whom((Whom.ALL, Whom.UNFILED), required=False),
    audience.period(),
    audience.kinds(),
    audience.sectors(),
    audience.readers((Readers.BOTH, Readers.COMMITTEE, Readers.OFFICERS)),
    file=_file,
    audience=OFFICERS,
    per_unit=False,
    confirm=_("Ask them"),
)


async def survey(talk: Talk, words: str) -> None:
    """Vote ("3 1"), see a result ("3"), begin a new one ("moi"), or list them."""
    parts = words.split()
    if len(parts) == 2 and all(part.isdecimal() and len(part) < len("1000000") for part in parts):
        await _vote(talk, int(parts[0]), int(parts[1]))
    elif not talk.known.holds(OFFICERS):
        talk.say(_("To answer a survey, type KS, its number and your choice, for example KS 3 1."))
    elif words.strip().lower() == NEW:
        await talk.dialogues.start(WHOM)
    elif parts and parts[0].startswith("#") and parts[0][1:].isdecimal():
        await _result(talk, int(parts[0][1:]))
    else:
        await _list(talk, page_in(words))


async def _vote(talk: Talk, number: int, choice: int) -> None:
    reads = await talk.read()
    found = await reads.survey(number)
    if found is None or not await _is_asked(talk, found):
        talk.say(_("There is no survey {number} for {you}.", number=Code(number)))
    elif talk.now >= found.closes_at:
        talk.say(_("The survey is over since {until}. Thank you, {you}.", until=found.closes_at))
    elif not 1 <= choice <= len(found.choices):
        typed = [Choice(Plain(w), f"/khaosat {number} {n}", str(n)) for n, w in enumerate(found.choices, 1)]
        talk.offer("survey", Plain(found.question), *typed)
    else:
        talk.do(Vote(found.id, talk.known.id, choice, talk.now))
        if talk.ask is not None and talk.ask.key == "survey":
            talk.quiet()
        kept = _("Your answer is counted: {choice}. Thank you, {you}.", choice=found.choices[choice - 1])
        again = _("Until {until} another one takes its place.", until=found.closes_at)
        talk.say(lines(kept, again))


async def _is_asked(talk: Talk, found: Survey) -> bool:
    who = found.standing_audience
    mine = {unit.id for unit in talk.known.units(frozenset(who.roles))}
    if not mine:
        return False
    return bool(mine & set((await meant(await talk.read(), who, talk.house.calendar, talk.today)).units))


async def _mine(talk: Talk) -> list[Survey]:
    """List the surveys of the unions under this officer's."""
    reads = await talk.read()
    under = await reads.subtree([unit.id for unit in talk.known.units(OFFICERS)], talk.today)
    return await reads.surveys_at([unit.id for unit in under], LISTED)


async def _list(talk: Talk, page: int) -> None:
    found = await _mine(talk)
    if not found:
        await talk.dialogues.start(WHOM)
        return
    items: list[tuple[Text, str]] = [
        (
            _("KS {number} · {question}", number=Code(one.number), question=one.question[:LONGEST_LABEL]),
            f"/khaosat #{one.number}",
        )
        for one in found
    ]
    new = Choice(_("A new survey"), f"/khaosat {NEW}", "9")
    talk.offer("surveys", _("Surveys, the latest first:"), *paged(talk, items, page, "/khaosat"), new)


async def _result(talk: Talk, number: int) -> None:
    found = next((one for one in await _mine(talk) if one.number == number), None)
    if found is None:
        talk.say(_("There is no survey {number} for {you}.", number=Code(number)))
        return
    reads = await talk.read()
    talk.say(result(found, await reads.votes(found.id), talk.now), title=_("KS {number}", number=Code(number)))


async def compose(talk: Talk, words: str) -> None:
    """Ask for the question to the units of the union that was chosen: "unit"; one begun before is dropped."""
    unit = await _under_mine(talk, words)
    if unit is None:
        talk.say(_("That unit is not under your union."))
        return
    talk.do(*(DropDraft(draft.id) for draft in talk.drafts if draft.form == SURVEY.name))
    draft = replace(talk.new_draft(SURVEY.name, None), accepted={UNIT: str(unit.id)})
    await talk.dialogues.begin(draft, _("To all who report under {unit}:", unit=unit.name))


async def _under_mine(talk: Talk, unit: str) -> Unit | None:
    reads = await talk.read()
    mine = await reads.subtree([one.id for one in talk.known.units(OFFICERS)], talk.today)
    return next((one for one in mine if str(one.id) == unit), None)


def _open(talk: Talk, made: Survey, unit: Unit) -> None:
    args = {"number": made.number}
    talk.do(
        OpenSurvey(made),
        StartJob(f"survey/{made.id}", "survey", args),
        StartJob(f"survey/{made.id}/over", "survey_over", args, made.closes_at),
        Audit(talk.now, talk.known.id, "survey", unit.code, str(made.number)),
    )


async def opened(talk: Talk, words: str) -> None:
    """Keep the survey of a confirmed form, and ask: by a job."""
    given: dict[str, Any] = json.loads(words)
    reads = await talk.read()
    unit = await _under_mine(talk, given[UNIT])
    if unit is None:
        talk.say(_("That unit is not under your union."))
        return
    closes = datetime.combine(date.fromisoformat(given["until"]), CLOSES, ZONE)
    closes = closes if closes > talk.now else closes + timedelta(days=1)
    number = await reads.last_survey() + 1
    asked, answers = given["question"], read_choices(given["choices"])
    me, id_ = talk.known.id, talk.house.new_id()
    chosen = {name: given[name] for name in CHOSEN if given.get(name) is not None}
    _open(talk, Survey(id_, number, me, unit.id, asked, answers, talk.now, closes, chosen), unit)
    whom = _("all who report under {unit}", unit=unit.name)
    if chosen:
        whom = _("those who were chosen under {unit}", unit=unit.name)
    talk.say(
        _(
            "KS {number} goes to {whom}, until {until}. KHAO SAT shows how many answered.",
            number=Code(number),
            whom=whom,
            until=closes,
        )
    )


COMMAND: Final = Command(
    "khaosat",
    _("Surveys: ask one question, see the counts"),
    survey,
    words=("khao sat", "ks"),
    roles=OFFICERS | WRITERS,
    takes_words=True,
)
COMPOSE: Final = Command("surveyfor", _("Begin a survey"), compose, typed=False, listed=False)
OPENED: Final = Command("opensurvey", _("Begin a survey"), opened, typed=False, listed=False)
