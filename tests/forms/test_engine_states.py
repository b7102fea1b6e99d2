"""The engine under people who do anything at any time: two forms are walked at random, and some things always hold.

After every turn: only the answer that was given changed; everything that is offered can be pressed and typed; the
summary shows what was said last, and nothing that is hidden. What is filed was confirmed once, holds to every rule and
has no field beyond the path. And from wherever a walk ends, digits and words lead to a confirmed report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.forms import conversation
from bot.forms.conditions import answer
from bot.forms.fields import (
    Calculated,
    Date,
    Field,
    Files,
    Integer,
    Money,
    Photo,
    SelectMultiple,
    SelectOne,
    TextField,
    Warn,
    YesNo,
)
from bot.forms.form import CALLBACK_BYTES, Form
from bot.forms.outcome import code_of
from bot.i18n import _
from bot.messages import Arrival
from bot.records import Submission
from handlers.membership import MEMBERSHIP
from tests.forms.forms import TOWNS, asks, choices, form, label, number
from tests.forms.visit import VOICE, Visit, report

Shown = Callable[[Mapping[str, Any]], bool]

NONSENSE = ("???", "nhiều lắm", "khoảng", "x" * 400, "", ";", " ; ; ", "\n")
ODD = ("0", "9", "12", "77", "-3", "31/02", "1,5", ";;1", "2; 2; 3; 4", "9/11; 12; 5; 3\n105", "đúng", "2", "khoảng 30")
CONTROLS = ("lai", "tiep", "boqua", "huy", "xong", "LAI", "Hủy.")
WORDS = ("vui", "a; b", "Trao quà, 5 suất", "đã xong")
MONEY = {"500k": 500_000, "3tr6": 3_600_000, "0": 0}
DAYS = {"9/11": "2026-11-09", "hôm qua": "2026-11-09", "1/9/2026": "2026-09-01", "8/11": "2026-11-08"}
WAY_OUT = {
    "+unit": "1",
    "+similar": "2",
    "+more": "0",
    "+recap": "1",
    "+edit": "tiep",
    "+cancel": "2",
    "+word": "2",
    "+stuck": "1",
}
TRIED = ("1", "0", "hôm nay", "vui", "35", "61", "5000")  # some of these answers every question


class Anyone(RuleBasedStateMachine):
    """Somebody who types, presses, goes back and comes back as they please."""

    forms: tuple[Form, ...]  # the form, and what it may be changed into
    hidden: Mapping[str, Shown]  # when a question is asked, told once more
    history: tuple[Submission, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.begin()

    def begin(self) -> None:
        """Open a new draft."""
        self.visit = Visit(self.forms[0], history=self.history)
        self.fresh = True  # the last message was drawn with the form as it is now
        self.recaps: dict[str, Mapping[str, Any]] = {}  # what each Send stood for when it was shown

    # --- what they do

    @rule(data=st.data())
    def types_a_good_answer(self, data: st.DataObject) -> None:
        """Answer the open question as it should be."""
        field = self.visit.stand().path.field(self.visit.step)
        if field is None or isinstance(field, Calculated):
            return
        typed, value = data.draw(good_answers(self.visit, field))
        if typed.lower() in self.asked:
            self.presses_data(self.asked[typed.lower()], lambda: self.visit.types(typed))
        else:
            self.changes({field.code: value}, lambda: self.visit.types(typed), must=True)

    @rule(most=st.integers(1, 12))
    def answers_on(self, most: int) -> None:
        """Answer one question after the other, up to the summary."""
        for _step in range(most):
            if self.visit.step == "+recap":
                return
            self.visit = one_step_on(self.visit)
            self.fresh = True

    @rule(typed=st.sampled_from(NONSENSE))
    def types_nonsense(self, typed: str) -> None:
        """Type what answers nothing; only a question for words takes it."""
        words = {code_of(self.about): ANYTHING} if self.open_words else {}
        self.changes(words, lambda: self.visit.types(typed))

    @rule(typed=st.sampled_from(ODD))
    def types_something_odd(self, typed: str) -> None:
        """Type what may be an answer somewhere, or several; it confirms nothing."""
        yes = typed == "đúng" and self.visit.step == "+recap"
        self.turn(lambda: self.visit.types(typed), confirms=[self.asked["1"]] if yes else ())

    @rule(word=st.sampled_from(CONTROLS))
    def types_a_control_word(self, word: str) -> None:
        """Go back, on, away; only skipping and being done change an answer, that of the open question."""
        if word == "xong" and self.open_words:
            return
        allowed = {code_of(self.about): ANYTHING} if word in {"boqua", "xong"} else {}
        self.changes(allowed, lambda: self.visit.types(word))

    @rule(data=st.data())
    def presses_a_button(self, data: st.DataObject) -> None:
        """Press a button of the last message."""
        buttons = [button.data for button in self.visit.messages[-1].buttons]
        if buttons:
            pressed = data.draw(st.sampled_from(buttons))
            self.presses_data(pressed, lambda: self.visit.presses(pressed))

    @rule(data=st.data(), quickly=st.booleans())
    def presses_an_old_button(self, data: st.DataObject, quickly: bool) -> None:
        """Press a button of any message so far."""
        if self.visit.buttons:
            pressed = data.draw(st.sampled_from(self.visit.buttons))[1]
            self.presses_data(pressed, lambda: self.visit.presses(pressed, quickly=quickly))

    @rule(data=st.data())
    def edits_an_answer_from_the_list(self, data: st.DataObject) -> None:
        """Open any question of the path from the list of what can be changed."""
        fields = [field for field in self.visit.stand().path.fields if not isinstance(field, Calculated)]
        chosen = data.draw(st.sampled_from(fields))
        draft = self.draft_id
        self.changes({}, lambda: self.visit.presses(f"e:{draft}:{chosen.code}"))
        assert self.visit.step == chosen.code

    @rule(data=st.data())
    def edits_a_message(self, data: st.DataObject) -> None:
        """Change the message that gave one of the answers."""
        assert self.visit.draft is not None
        sources = sorted(self.visit.draft.sources.items())
        if not sources:
            return
        code, message = data.draw(st.sampled_from(sources))
        field = self.visit.form.by_code.get(code)
        if field is None or [one for one in sources if one[1] == message] != [(code, message)]:
            return
        typed, value = data.draw(good_answers(self.visit, field, digits=False))
        self.changes({code: value}, lambda: self.visit.edits(message.rpartition("/")[2], typed))

    @rule(count=st.integers(1, 4), kind=st.sampled_from(["photo", "file"]))
    def sends_photos(self, count: int, kind: str) -> None:
        """Send photos or documents; only a question for files takes them."""
        files = {field.code: ANYTHING for field in self.visit.form.fields if isinstance(field, Files)}
        mime = "image/jpeg" if kind == "photo" else "application/pdf"
        self.changes(files, lambda: self.visit.photo(count, kind, mime))

    @rule()
    def sends_a_sticker(self) -> None:
        """Send what cannot be read."""
        self.changes({}, self.visit.sticker)

    @rule()
    def comes_back_later(self) -> None:
        """Leave the draft, and come back to it."""
        self.changes({}, lambda: self.visit.types("de sau"))
        if self.visit.draft is not None:
            self.changes({}, self.visit.resumes)

    @rule(data=st.data())
    def meets_a_changed_form(self, data: st.DataObject) -> None:
        """The program is upgraded between two messages: questions and choices come and go."""
        changed = data.draw(st.sampled_from(self.forms))
        self.fresh = self.fresh and changed is self.visit.form
        self.visit.upgrades(changed)
        if data.draw(st.booleans()):
            self.types_nonsense("???")

    @precondition(lambda self: self.visit.step == "+recap" and self.fresh)
    @rule()
    def confirms(self) -> None:
        """Send the summary shown: it is filed, once."""
        self.turn(lambda: self.visit.types("1"), confirms=[self.asked["1"]])

    # --- what always holds

    @invariant()
    def what_is_offered_is_understood(self) -> None:
        """Each choice fits behind a button, is typed by its own key, and is understood when pressed."""
        message = self.visit.messages[-1]
        keys = [button.key for button in message.buttons if button.key]
        assert len(set(keys)) == len(keys)
        for button in message.buttons:
            assert button.data.isascii()
            assert len(button.data) <= CALLBACK_BYTES
        if self.visit.ask is None or not self.fresh:
            return
        assert {button.key.lower(): button.data for button in message.buttons} == self.asked
        for data in self.asked.values():
            stand = self.visit.stand()
            outcome = conversation.hear(stand, self.visit._message(text=data, what=Arrival.PRESS))
            said = " ".join(VOICE.speak(say.text) for say in outcome.says)
            assert "That button is no longer in use." not in said
            assert "That question no longer applies." not in said

    @invariant()
    def the_recap_is_what_was_said_last(self) -> None:
        """The summary has a line for every answer on the path, with its last value, and none for what is hidden."""
        visit = self.visit
        if visit.step != "+recap" or not self.fresh or visit.draft is None:
            return
        self.recaps.setdefault(self.asked["1"], dict(visit.answers))
        if visit.draft.replaces:
            return
        lines = visit.messages[-1].text.splitlines()
        for field in visit.form.fields:
            value = self.answers.get(field.code)
            if isinstance(field, Calculated):
                continue
            if value is None or not self.is_asked(field):
                assert not any(line.startswith(f"{VOICE.speak(field.short)}: ") for line in lines), field.code
            else:
                shown = VOICE.speak(field.show(field.load(value)))
                assert f"{VOICE.speak(field.short)}: {shown}" in visit.messages[-1].text, field.code

    def teardown(self) -> None:
        """From here, digits and words lead to a confirmed report in a bounded number of steps."""
        visit = self.visit
        for _step in range(60):
            if visit.filed:
                return
            visit = one_step_on(visit)
        raise AssertionError(f"no way out of {visit.step}: {visit.says}")

    # --- how it is watched

    @property
    def answers(self) -> Mapping[str, Any]:
        """Every answer given so far, hidden ones too."""
        return self.visit.draft.answers if self.visit.draft is not None else {}

    @property
    def asked(self) -> Mapping[str, str]:
        """What may be typed now, and the button it stands for."""
        return self.visit.ask.choices if self.visit.ask is not None else {}

    @property
    def state(self) -> Mapping[str, Any]:
        return self.visit.ask.state if self.visit.ask is not None else {}

    @property
    def draft_id(self) -> str:
        assert self.visit.draft is not None
        return self.visit.draft.id

    @property
    def about(self) -> str:
        """The question that is open, also where help with it is offered."""
        return str(self.state.get("back", "")) if self.visit.step == "+stuck" else self.visit.step

    @property
    def open_words(self) -> bool:
        """Tell whether the open question takes any words."""
        return isinstance(self.visit.form.by_code.get(self.about), TextField) or "#" in self.about

    def is_asked(self, field: Field) -> bool:
        """Tell from the answers whether a question is on the path, by the test's own reckoning."""
        shown = self.hidden.get(field.code)
        return shown is None or shown(self.answers)

    def presses_data(self, data: str, do: Callable[[], str]) -> None:
        """Press or type what stands for this button; only the answer it names may change, and only where it is open."""
        verb, _draft, *rest = data.split(":")
        allowed: dict[str, Any] = {}
        if verb == "a" and self.visit.step == rest[0]:
            allowed = {rest[0]: pressed_value(self.visit, rest)}
        elif verb == "t" and self.visit.step == rest[0]:
            allowed = {rest[0]: ANYTHING}
        elif verb == "s" and len(rest) > 1 and rest[1].startswith(f"{self.visit.step}."):
            back = str(self.state.get("back", ""))
            allowed = {code_of(self.visit.step): ANYTHING, code_of(back): ANYTHING}
        if rest[0] == "same":
            self.turn(do)
            return
        confirms = [data] if rest[0] == "file" else []
        self.changes(allowed, do, confirms=confirms)

    def changes(
        self, allowed: Mapping[str, Any], do: Callable[[], str], *, must: bool = False, confirms: Sequence[str] = ()
    ) -> None:
        """Take a turn that may change these answers, to these values, and no others."""
        visit, before = self.visit, self.visit.copied()
        self.turn(do, confirms=confirms)
        if self.visit is not visit or before.draft is None or visit.draft is None:
            return  # filed or dropped, and a new draft was begun
        old, new = before.draft.answers, visit.draft.answers
        for code in {*old, *new}:
            if old.get(code, ANYTHING) == new.get(code, ANYTHING):
                continue
            assert code in allowed, f"{code} changed from {old.get(code)} to {new.get(code)}"
            assert allowed[code] in (ANYTHING, new.get(code)), code
        confirmed = {name for name, kept in visit.draft.accepted.items() if before.draft.accepted.get(name) != kept}
        assert {name.replace("!", "#") for name in confirmed if "!" in name} <= {before.step.replace("!", "#")}
        for code, value in allowed.items() if must else ():
            assert new.get(code) == value or not holds(before, code, value), f"{code} was not taken: {self.visit.says}"

    def turn(self, do: Callable[[], str], *, confirms: Sequence[str] = ()) -> None:
        """Take a turn; a report is filed only when its summary is confirmed, and then a new draft begins."""
        self.fresh = True
        answers, visit = dict(self.answers), self.visit
        do()
        if visit.filed:
            assert [dict(visit.filed[0].answers)] == [self.recaps[data] for data in confirms]
            self.check_filed(answers)
        if visit.filed or visit.draft is None:
            self.begin()

    def check_filed(self, answers: Mapping[str, Any]) -> None:
        """What is filed is what was said, on the path, complete, and within every rule."""
        assert len(self.visit.filed) == 1
        filing = self.visit.filed[0]
        path = self.visit.form.path(filing.answers, filing.facts)
        asked = {field.code: field for field in path.fields if not isinstance(field, Calculated)}
        assert set(filing.answers) <= set(asked)
        for code, field in asked.items():
            value = path.scope.answers.get(code)
            assert value is not None or not field.required, code
            assert value is None or field.problem(value, path.scope) is None, code
            assert value is None or isinstance(filing.answers[code], field.stored_as), code
            for warning in field.warnings if value is not None else ():
                instead = warning.instead.value(path.scope) if warning.instead is not None else None
                kept = filing.draft.accepted.get(f"{code}!{warning.name}", {})
                assert not warning.when.holds(path.scope) or kept["mark"] == [filing.answers[code], instead], code
            if not filing.draft.replaces:
                assert value is None or filing.answers[code] == answers[code], code
        self.visit.files_it()


ANYTHING = object()


def pressed_value(visit: Visit, rest: list[str]) -> Any:
    """Give what the button of an open question stands for."""
    choice = rest[1]
    days = {"today": "2026-11-10", "yesterday": "2026-11-09"}
    if choice == "+skip":
        return None
    return ANYTHING if choice.startswith("+") else days.get(choice, choice)


def holds(visit: Visit, code: str, value: Any) -> bool:
    """Tell whether a value could be the answer, by the rules of its question."""
    stand = visit.stand().answering(code, value)
    field = stand.form.by_code[code]
    loaded = stand.path.scope.answers.get(code)
    return loaded is None or field.problem(loaded, stand.path.scope) is None


def good_answers(visit: Visit, field: Field, *, digits: bool = True) -> st.SearchStrategy[tuple[str, Any]]:
    """Give good answers to a question as they are typed, with what shall be stored."""
    if isinstance(field, Money):
        return st.sampled_from(sorted(MONEY.items()))
    if isinstance(field, Integer):
        return st.sampled_from([2, 3, 7, 35, 40, 61, 70, 900]).map(lambda n: (str(n), n))
    if isinstance(field, Date):
        return st.sampled_from(sorted(DAYS.items()))
    if isinstance(field, Files):
        return st.just(("boqua", None)) if not field.required else st.just(("xong", ANYTHING))
    if isinstance(field, TextField):
        return st.sampled_from(WORDS).map(lambda words: (words, words))
    options = list(visit.stand().path.options(field))
    labels = {VOICE.speak(option.label): option.code for option in options}
    if isinstance(field, SelectMultiple):
        shown = sum(1 for data in (visit.ask.choices if visit.ask and digits else {}).values() if data.startswith("t:"))
        picks = list((visit.ask.state if visit.ask else {}).get("picks", ()))
        typed = [(name, [code]) for name, code in labels.items() if "," not in name]
        if shown > 1 and visit.ask is not None:
            two = [visit.ask.choices[digit].split(":")[3] for digit in "12"]
            typed.append(("12", list(dict.fromkeys([*picks, *two]))))
        return st.sampled_from(typed)
    return st.sampled_from(sorted(labels.items()))


def one_step_on(visit: Visit) -> Visit:
    """Give the visit after an answer to the open question, in digits or words, that leads on."""
    visit = visit.copied()
    if visit.ask is None:
        visit.resumes()
        return visit
    step = visit.step
    known = WAY_OUT.get(step, "vì thế" if "#" in step else "1" if re.search("[!?]", step) else "")
    for typed in (known,) if known else TRIED:
        tried = visit.copied()
        tried.types(typed)
        if tried.filed or tried.step not in {step, "+stuck", f"{step}?"}:
            return tried
    field = visit.form.by_code.get(step)
    if isinstance(field, Files):
        visit.photo()
        visit.types("xong")
        return visit
    tried = visit.copied()
    tried.types("lai")
    assert tried.step != step, f"nothing answers {step}: {visit.says}"
    return tried


# --- the two forms ----------------------------------------------------------------------------------------------------

OPINIONS = number("opinions", warnings=(Warn("many", answer("opinions") > 50, lambda value, _s: label("So many?")),))
EVENT_DAY = Date("day", **asks("day"))
PLACES = SelectMultiple("towns", **asks("towns"), choices=choices(*TOWNS), at_most=4)
RESOLVED = number(
    "resolved",
    relevant=answer("opinions") > 0,
    constraint=answer("resolved") <= answer("opinions"),
    constraint_message=label("More than the opinions."),
)
OPEN = Calculated(
    "open", **asks("open"), relevant=answer("opinions") > 0, default=answer("opinions") - answer("resolved")
)
TOTAL = number(
    "total",
    default=answer("opinions") + 100,
    default_label=lambda total: _("So {total} now, right?", total=total),
    warnings=(
        Warn(
            "ledger",
            answer("total") != answer("opinions") + 100,
            lambda value, scope: _("Not {sum}?", sum=scope.answers["opinions"] + 100),
            reason=True,
            instead=answer("opinions") + 100,
        ),
    ),
)
FORWARDED = number("forwarded", required=False, relevant=answer("open") > 0)
SIDE = SelectOne("side", **asks("side"), choices=choices("Workers", "Employer", "Both"))
REST: tuple[Field, ...] = (
    YesNo("agreed", **asks("agreed"), required=False),
    Money("gift", **asks("gift"), required=False),
    TextField("story", **asks("story"), required=False),
    Photo("photo", **asks("photo"), required=False, at_most=3),
)
EVENT: dict[str, Any] = {"event": "day", "similar": ("day", "towns")}

MEETING = form(EVENT_DAY, PLACES, OPINIONS, RESOLVED, OPEN, TOTAL, FORWARDED, SIDE, *REST, **EVENT)
CHANGED = (
    form(EVENT_DAY, PLACES, OPINIONS, RESOLVED, OPEN, SIDE, *REST, **EVENT),  # without total and forwarded
    form(EVENT_DAY, PLACES, OPINIONS, RESOLVED, OPEN, TOTAL, number("new"), FORWARDED, SIDE, *REST, **EVENT),
    form(
        EVENT_DAY,
        SelectOne("towns", **asks("towns"), choices=choices(*TOWNS[:4])),  # one instead of several, and fewer
        number("opinions"),  # no doubt any more
        RESOLVED,
        OPEN,
        TOTAL,
        FORWARDED,
        SelectOne("side", **asks("side"), choices=choices("Workers")),
        TextField("agreed", **asks("agreed"), required=False),
        *REST[1:],
        **EVENT,
    ),
)
HIDDEN: Mapping[str, Shown] = {
    "resolved": lambda said: (said.get("opinions") or 0) > 0,
    "forwarded": lambda said: (
        (said.get("opinions") or 0) - (said.get("resolved") or 0) > 0 and bool(said.get("opinions"))
    ),
}


class MeetingWalk(Anyone):
    """A walk through a form with one of everything, which changes under way."""

    forms = (MEETING, *CHANGED)
    hidden = HIDDEN
    history = (report(MEETING, towns=["c1"], opinions=2, resolved=1, total=102, side="c1"),)


def admits(said: Mapping[str, Any]) -> bool:
    """Tell whether new members were admitted."""
    return (said.get("new_members") or 0) > 0


class MembershipWalk(Anyone):
    """A walk through the membership report, with an earlier report of the unit."""

    forms = (MEMBERSHIP,)
    hidden: Mapping[str, Shown] = {
        **dict.fromkeys(("new_female", "new_ethnic", "admission_form"), admits),
        "out_reason": lambda said: (said.get("members_out") or 0) > 0,
    }
    history = (report(MEMBERSHIP, days=2, new_members=3, members_out=0, total_members=38, total_workers=60),)


# Explaining a failure would trace every line of the engine, which takes minutes.
WALKS = settings(stateful_step_count=30, deadline=None, derandomize=True, phases=[Phase.generate, Phase.shrink])
TestMeeting = MeetingWalk.TestCase
TestMeeting.settings = settings(WALKS, max_examples=80)
TestMembership = MembershipWalk.TestCase
TestMembership.settings = settings(WALKS, max_examples=40)
