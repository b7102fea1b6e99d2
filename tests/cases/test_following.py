"""Cases under people who come and go: none is ever without an owner who may read it, no word is lost, no step doubled.

Two provinces with areas and unions are walked at random: officers leave, come, hand over and block the chat, unions
close or move under others, the office's lists change, the clock stands still for days. After every tick each open case
lies with somebody who holds a post above its unit; all that was written is in its events; each step is told to whom it
concerns, once.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.cases import course
from bot.cases.access import may_handle
from bot.cases.case import UNSEEN, WAITING, Case, Change, Deed, Event, Kind, State
from bot.cases.clock import Surroundings, act, settle, wave
from bot.cases.desks import NOBODY_ABOVE, Duty, Function, Lists, Officer, above_desk, at_desk, ladder
from bot.cases.opening import Opening
from bot.cases.telling import Circle, Speaker, told
from bot.cases.terms import Terms
from bot.effects import Speak
from bot.i18n import Catalogue, Voice
from bot.messages import Address
from bot.records import Person, Role

START = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)
PROVINCE, AREAS, UNITS = 1, (2, 3), (11, 12, 13)
OTHER_PROVINCE, OTHER_AREA = 4, 5
PARENTS = {2: 1, 3: 1, 5: 4, 11: 2, 12: 2, 13: 3}
CODES = {1: "LD", 2: "A", 3: "B", 4: "LE", 5: "C"}
PROVINCIAL = (Role.PROV_LEADER, Role.PROV_OFFICER)
ROLES = {1: PROVINCIAL, 4: PROVINCIAL, **dict.fromkeys((2, 3, 5), (Role.AREA_OFFICER,))}
BOOKS = (
    Lists(
        (Function("legal", "LD", "p1"), Function("nha_o", "A", "p4"), Function("*", "LD", "p2")),
        (Duty("A", "p4"), Duty("LD", "p2")),
    ),
    Lists((Function("petition", "B", "p3"), Function("incident", "LD", "p6")), (Duty("B", "p3"), Duty("A", "p7"))),
    Lists(),
)
TERMS = Terms()
PEOPLE = tuple(f"p{n}" for n in range(1, 8))
STEPS = frozenset(
    {Deed.TAKEN, Deed.FORWARDED, Deed.PASSED, Deed.REASSIGNED, Deed.ANSWERED, Deed.REMINDED, Deed.CLOSED, Deed.ASKED}
) | {Deed.MOVED}
MOVES = frozenset({Deed.OPENED, Deed.FORWARDED, Deed.PASSED, Deed.REASSIGNED, Deed.MOVED})
ONCE = frozenset({Deed.ALERTED, Deed.PASSED, Deed.CLOSED, Deed.REMINDED})
CHAIR = Person("chair", addresses=(Address("telegram", "chair"),))
WRITTEN_TO = {id_: Person(id_, id_, addresses=(Address("telegram", id_),)) for id_ in (*PEOPLE, "admin")}
VOICE = Voice(Catalogue("en", {}))
ADMIN = Officer("admin", "admin", "", Role.ADMIN, PROVINCE, "LD", NOBODY_ABOVE)


class Following(RuleBasedStateMachine):
    """Two small provinces with an administrator who never leaves."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.posts: dict[tuple[str, int], Role] = {}
        self.parents = dict(PARENTS)
        self.closed: set[int] = set()
        self.cases: dict[str, Case] = {}
        self.events: dict[str, list[Event]] = {}
        self.written: dict[str, list[str]] = {}
        self.words = 0
        self.lists = BOOKS[0]
        self.blocked: set[str] = set()
        self.said: set[str] = set()
        self.ticked = True

    # --- the province -------------------------------------------------------------------------------------------------

    def above(self, unit: int, desk: int | None) -> list[Officer]:
        """Give what storage gives: the way up, or from the desk once the unit is closed; leaders and admin last."""
        found = self.climb(self.parents[unit]) if unit not in self.closed else []
        found = found or (self.climb(desk) if desk is not None else [])
        known = {one.person for one in found}
        leaders = [
            self.officer(person, at, NOBODY_ABOVE)
            for (person, at), role in self.posts.items()
            if role is Role.PROV_LEADER and person not in known and at not in self.closed
        ]
        return [*found, *leaders, ADMIN]

    def climb(self, unit: int) -> list[Officer]:
        found: list[Officer] = []
        steps, at = 1, unit
        while True:
            if at not in self.closed:
                found += [self.officer(p, at, steps) for (p, where) in self.posts if where == at]
            if at not in self.parents or at in self.closed:
                return found
            steps, at = steps + 1, self.parents[at]

    def officer(self, person: str, unit: int, steps: int) -> Officer:
        reachable = person not in self.blocked
        return Officer(person, person, "", self.posts[person, unit], unit, CODES[unit], steps, reachable)

    def around(self, case: Case) -> Surroundings:
        return Surroundings(self.above(case.unit, case.desk), self.lists, TERMS)

    def word(self) -> str:
        self.words += 1
        return f"word {self.words}"

    def keep(self, change: Change) -> None:
        case = change.case
        assert change.event.seq == len(self.events.setdefault(case.id, []))
        self.events[case.id].append(change.event)
        self.cases[case.id] = case
        self.tells(change)
        self.ticked = self.ticked and change.event.deed is not Deed.REOPENED  # its officer may have left meanwhile
        if change.event.text:
            self.written.setdefault(case.id, []).append(change.event.text)

    def tells(self, change: Change) -> None:
        """Each step is told to the unit, each move to the new owner, and no message is made twice."""
        case, event = change.case, change.event
        speaker = Speaker(lambda _person: VOICE, TERMS, self.now)
        spoken = [
            one.out for one in told(change, Circle([CHAIR], WRITTEN_TO, "desk"), speaker) if isinstance(one, Speak)
        ]
        chats = {out.address.chat for out in spoken}
        assert event.deed not in STEPS or "chair" in chats, event
        assert not change.left or change.left in chats, event
        assert event.deed not in MOVES or chats & {case.owner, *case.alerted} or event.person == case.owner, event
        assert not self.said & {out.key for out in spoken}
        self.said |= {out.key for out in spoken}

    def picked(self, place: int, *states: State) -> Case | None:
        found = [case for case in self.cases.values() if case.state in states]
        return found[place % len(found)] if found else None

    @initialize(kinds=st.lists(st.sampled_from(Kind), min_size=1, max_size=4), soon=st.booleans())
    def begins(self, kinds: list[Kind], soon: bool) -> None:
        """Every union has officers, and something has been asked already."""
        self.posts = {("p1", 1): Role.PROV_LEADER, ("p2", 1): Role.PROV_OFFICER}
        self.posts |= {("p3", 2): Role.AREA_OFFICER, ("p4", 2): Role.AREA_OFFICER, ("p5", 3): Role.AREA_OFFICER}
        for place, kind in enumerate(kinds):
            self.opens_one(UNITS[place % len(UNITS)], Opening(kind, "", self.word(), urgent=soon, serious=soon))

    # --- what happens -------------------------------------------------------------------------------------------------

    @rule(person=st.sampled_from(PEOPLE), unit=st.sampled_from(sorted(CODES)), which=st.integers(0, 1))
    def comes(self, person: str, unit: int, which: int) -> None:
        roles = ROLES[unit]
        if unit not in self.closed:
            self.posts[person, unit] = roles[which % len(roles)]

    @precondition(lambda self: self.posts)
    @rule(place=st.integers(0, 99))
    def leaves(self, place: int) -> None:
        del self.posts[sorted(self.posts)[place % len(self.posts)]]
        self.ticked = False

    @precondition(lambda self: self.posts)
    @rule(place=st.integers(0, 99), to=st.sampled_from(PEOPLE))
    def hands_over(self, place: int, to: str) -> None:
        """A post passes to somebody else, who may hold others already."""
        person, unit = sorted(self.posts)[place % len(self.posts)]
        role = self.posts.pop((person, unit))
        self.posts[to, unit] = role
        self.ticked = False

    @rule(person=st.sampled_from(PEOPLE))
    def blocks_or_unblocks(self, person: str) -> None:
        """Somebody can no longer be written to, or can again; their cases stay theirs."""
        self.blocked ^= {person}

    @rule(book=st.sampled_from(BOOKS))
    def changes_the_lists(self, book: Lists) -> None:
        """The office says anew who receives what, and who is on duty."""
        self.lists = book

    @rule(unit=st.sampled_from(UNITS), to=st.sampled_from((PROVINCE, *AREAS, OTHER_AREA)))
    def moves(self, unit: int, to: int) -> None:
        """A union comes under another one, perhaps of the other province."""
        if unit not in self.closed and to not in self.closed:
            self.parents[unit] = to
            self.ticked = False

    @rule(area=st.sampled_from((*AREAS, OTHER_AREA)), to=st.sampled_from((PROVINCE, OTHER_PROVINCE)))
    def moves_an_area(self, area: int, to: int) -> None:
        """A whole area comes under another province, with all its unions."""
        if area not in self.closed:
            self.parents[area] = to
            self.ticked = False

    @rule(unit=st.sampled_from((*AREAS, *UNITS)))
    def closes(self, unit: int) -> None:
        self.closed.add(unit)
        self.posts = {key: role for key, role in self.posts.items() if key[1] != unit}
        self.ticked = False

    @rule(
        unit=st.sampled_from(UNITS),
        kind=st.sampled_from(Kind),
        topic=st.sampled_from(("nha_o", "")),
        soon=st.booleans(),
    )
    def opens(self, unit: int, kind: Kind, topic: str, soon: bool) -> None:
        if unit not in self.closed:
            self.opens_one(unit, Opening(kind, topic, self.word(), urgent=soon, serious=soon))

    def opens_one(self, unit: int, opening: Opening) -> None:
        kind = opening.kind
        around = Surroundings(self.above(unit, None), self.lists, TERMS)
        rung = at_desk(ladder(around.above, self.lists, kind, opening.topic), None)
        first = wave(around, self.now, serious=opening.serious) if kind is Kind.INCIDENT else ()
        number = len(self.cases) + 1
        new = course.Newborn(f"c{number}", number, unit, f"chair-{unit}", first)
        change = course.opened(new, opening, rung, TERMS, self.now)
        assert change.case.owner
        assert kind is not Kind.INCIDENT or first
        self.keep(change)

    @rule(place=st.integers(0, 99))
    def adds(self, place: int) -> None:
        case = self.picked(place, *State)
        if case is not None:
            self.keep(course.added(case, case.person, self.word(), TERMS, self.now))

    @rule(place=st.integers(0, 99))
    def takes(self, place: int) -> None:
        case = self.picked(place, *WAITING)
        if case is not None and case.owner != "admin":
            self.keep(course.taken(case, case.owner, case.desk, TERMS, self.now))

    @rule(place=st.integers(0, 99))
    def forwards(self, place: int) -> None:
        case = self.picked(place, *WAITING)
        if case is None:
            return
        rungs = ladder(self.above(case.unit, case.desk), self.lists, case.kind, case.topic)
        rung = above_desk(rungs, case.desk)
        if rung is not None:
            self.keep(course.forwarded(case, case.owner, rung, self.word(), TERMS, self.now))

    @rule(place=st.integers(0, 99))
    def answers(self, place: int) -> None:
        case = self.picked(place, *WAITING)
        if case is not None:
            self.keep(course.answered(case, case.owner, self.word(), TERMS, self.now))

    @rule(place=st.integers(0, 99), enough=st.booleans())
    def confirms(self, place: int, enough: bool) -> None:
        case = self.picked(place, State.ANSWERED)
        if case is not None and enough:
            self.keep(course.confirmed(case, case.person, self.now))
        elif case is not None:
            self.keep(course.reopened(case, case.person, self.word(), TERMS, self.now))

    @rule(place=st.integers(0, 99))
    def ends(self, place: int) -> None:
        case = self.picked(place, State.TAKEN)
        if case is not None and case.kind is Kind.INCIDENT:
            self.keep(course.closed(case, case.owner, self.word(), self.now))

    @rule(
        minutes=st.sampled_from((1, 30, 31, 240)),
        times=st.integers(1, 4),
    )
    def minutes_pass(self, minutes: int, times: int) -> None:
        """Let the clock tick after a pause, some times."""
        for _time in range(times):
            self.ticks(minutes)

    @rule(days=st.sampled_from((1, 5, 15, 40)), times=st.integers(1, 3))
    def days_pass(self, days: int, times: int) -> None:
        """Let the clock tick after an outage of days or weeks, and after some more."""
        for _time in range(times):
            self.ticks(days * 24 * 60)

    def ticks(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        for case in list(self.cases.values()):
            there = (case.owner, case.desk) in self.posts
            adrift = self.is_adrift(case)
            change = settle(case, self.around(case), self.now, moved_away=there) if adrift else None
            if change is not None:
                self.keep(change)
            elif case.next_at is not None and case.next_at <= self.now:
                self.acts(case)
        self.ticked = True

    def acts(self, case: Case) -> None:
        change = act(case, self.around(case), self.now)
        assert change.case.next_at is None or change.case.next_at > self.now, "the clock would never be done"
        self.keep(change)
        if change.event.deed is Deed.ALERTED:
            assert case.state in UNSEEN
            assert change.event.to not in case.alerted

    def is_adrift(self, case: Case) -> bool:
        held = case.owner == "admin" or ((case.owner, case.desk) in self.posts and case.desk not in self.closed)
        return case.open and not (held and (self.reaches(case) or not self.has_others(case)))

    def reaches(self, case: Case) -> bool:
        return any((one.person, one.unit) == (case.owner, case.desk) for one in self.over(case))

    def has_others(self, case: Case) -> bool:
        return any(one.reachable for one in self.over(case))

    def over(self, case: Case) -> list[Officer]:
        """List the officers above the unit of a case, those of last resort left out."""
        return self.climb(self.parents[case.unit]) if case.unit not in self.closed else []

    # --- what always holds --------------------------------------------------------------------------------------------

    @invariant()
    def every_case_has_an_owner(self) -> None:
        for case in self.cases.values():
            assert case.owner
            assert case.desk is not None
            assert not (self.ticked and self.is_adrift(case)), case

    @invariant()
    def its_owner_may_read_it(self) -> None:
        """Wherever units move, the owner may read and answer; but an administrator only gives it away."""
        for case in self.cases.values():
            if self.ticked and case.open and case.owner != "admin":
                owner, around = WRITTEN_TO[case.owner], self.around(case)
                assert may_handle(case, owner, around.above, self.lists, self.events[case.id]), case
            if self.ticked and case.open and self.has_others(case):
                assert self.reaches(case), case

    @invariant()
    def no_word_is_lost(self) -> None:
        for case, written in self.written.items():
            assert [event.text for event in self.events[case] if event.text] == written

    @invariant()
    def nothing_is_forgotten(self) -> None:
        """An open case is looked at again, unless the last union has been told that it is overdue."""
        for case in self.cases.values():
            if case.open and case.next_at is None:
                assert any(event.deed is Deed.OVERDUE for event in self.events[case.id])

    @invariant()
    def each_step_is_taken_once(self) -> None:
        """Between two deeds of people, or moves, nobody is alerted twice, nothing closed or passed on twice."""
        for events in self.events.values():
            since: list[Event] = []
            for event in events:
                since = [event] if event.person or event.deed in {Deed.REASSIGNED, Deed.MOVED} else [*since, event]
                counted = Counter((one.deed, one.to) for one in since if one.deed in ONCE)
                assert all(number == 1 for number in counted.values()), since


TestFollowing = Following.TestCase
TestFollowing.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
