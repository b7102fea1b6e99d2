"""The sentences of an official report: the machine fills the numbers in, the officer edits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.documents.columns import ADDED, ALONE, Column, Source, columns_of
from bot.documents.indicators import Compared
from bot.forms.fields import Field, Figure
from bot.forms.form import Form
from bot.i18n import Lines, Percent, Phrase, Text, _
from bot.reporting.figures import named
from bot.reporting.hiding import is_small
from bot.reporting.targets import Progress

OPINIONS: Final = "tu_tuong"  # what an officer writes about stands below what was counted
# Which kinds of reports belong under which of the six groups of tasks.
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "tuyen_truyen": ("propaganda", "plan"),
    "dai_dien": ("dialogue", "bargaining", "workplace_democracy", "legal_aid", "welfare"),
    "dao_tao": ("training",),
    "phat_trien": ("membership", "union_founding", "cadre_training"),
    "xay_dung": ("party_intro", "supervision", "coordination"),
    "thi_dua": ("emulation",),
    "quan_he_lao_dong": ("incident", "safety"),
    OPINIONS: ("sentiment",),
}
COMPARE: Final = {"propaganda": "attendees", "dialogue": "", "membership": "new_members", "welfare": "amount"}
TOLD: Final = ADDED | ALONE.keys()
MOST: Final = 6  # numbers in one sentence


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells what an area did, in sentences; a kind that nobody reported has none."""

    forms: Mapping[str, Form]
    sums: Compared
    period: str  # code
    named: Text
    goal: Progress | None = None  # how far the area is with its members of the year

    def group(self, name: str) -> list[Text]:
        """Give the sentences of one group of tasks."""
        return [sentence for kind in GROUPS[name] if kind in self.forms for sentence in self._kind(self.forms[kind])]

    def _kind(self, form: Form) -> Iterator[Text]:
        if not self.sums.of(form.name, ""):
            return
        own = {
            "membership": self._membership,
            "dialogue": self._dialogue,
            "propaganda": self._propaganda,
            "welfare": self._welfare,
        }.get(form.name)
        yield own() if own is not None and self._counts(form) else self._any(form)
        compared = self._compared(form.name)
        if compared is not None:
            yield compared
        if form.name == "membership" and self.goal is not None and self.goal.per_mille is not None:
            yield self._reached(self.goal)

    def _reached(self, goal: Progress) -> Phrase:
        return _(
            "Up to the end of the period {share} of the year's target was reached ({done}/{goal}).",
            share=Percent((goal.per_mille or 0) / 1000),
            done=goal.done,
            goal=goal.target.value,
        )

    def _number(self, form: str, field: str, choice: str = "") -> int:
        return self.sums.of(form, field, choice) or 0

    def _counts(self, form: Form) -> bool:
        """Tell whether any number was reported at all."""
        return any(self.sums.of(form.name, one.code) for one in form.fields if one.figure in ADDED)

    def _membership(self) -> Phrase:
        return _(
            "In {period}, {new} members were admitted, {left} left, a net growth of {net}.",
            period=self.named,
            new=self._number("membership", "new_members"),
            left=self._number("membership", "members_out"),
            net=self._number("membership", "net_members"),
        )

    def _propaganda(self) -> Phrase:
        return _(
            "{sessions} propaganda meetings were held with {attendees} attendances of members and workers; "
            "{documents} documents were handed out; {posts} news items and posts were published.",
            **{name: self._number("propaganda", name) for name in ("sessions", "attendees", "documents", "posts")},
        )

    def _dialogue(self) -> Phrase:
        opinions, resolved = self._number("dialogue", "opinions"), self._number("dialogue", "resolved")
        kinds = {code: self._number("dialogue", "dialogue_type", code) for code in _TYPES}
        numbers = {
            "count": self._number("dialogue", ""),
            "periodic": kinds["dinh_ky"],
            "requested": kinds["theo_yeu_cau"],
            "cases": kinds["vu_viec"],
            "opinions": opinions,
        }
        if not opinions:
            return _(
                "{count} dialogues were held ({periodic} periodic, {requested} on request, {cases} about a case) with "
                "{opinions} opinions.",
                **numbers,
            )
        return _(
            "{count} dialogues were held ({periodic} periodic, {requested} on request, {cases} about a case) with "
            "{opinions} opinions, of which {resolved} were settled ({share}).",
            **numbers,
            resolved=resolved,
            share=Percent(resolved / opinions),
        )

    def _welfare(self) -> Phrase:
        names = ("beneficiaries", "amount", "amount_union", "amount_employer", "amount_social")
        return _(
            "{beneficiaries} members and workers were cared for with {amount} đồng in all, of which the union gave "
            "{amount_union}, the employers {amount_employer}, others {amount_social}.",
            **{name: self._number("welfare", name) for name in names},
        )

    def _any(self, form: Form) -> Text:
        """Tell of a kind that has no sentence of its own: how many reports, and what they count."""
        head = _("{form}: {count} reports", form=form.title, count=self._number(form.name, ""))
        told = [
            _("{label}: {value}", label=named(one), value=one.show(value))
            for one in form.fields
            for value in [self.sums.of(form.name, one.code)]
            if one.figure in TOLD and value and not _hidden(one, value)
        ]
        return Lines((Lines((head, *told[:MOST]), "; "), _(".")), "")

    def _compared(self, form: str) -> Text | None:
        """Compare with the year before; say nothing where its figure is not known."""
        if form not in COMPARE:
            return None
        now = self._number(form, COMPARE[form])
        before = self._before(form, COMPARE[form])
        if not before:
            return None
        if now == before:
            return _("That is as much as in the same period last year.")
        share = Percent(abs(now - before) / before)
        if now > before:
            return _("Compared with the same period last year that is {share} more.", share=share)
        return _("Compared with the same period last year that is {share} less.", share=share)

    def _before(self, form: str, field: str) -> int | None:
        return self.sums.last_year.get((form, field, ""))

    def workers(self, form: Form | None) -> list[Text]:
        """Tell what the periodic reports say of workers and wages: latest values and averages."""
        if form is None:
            return []
        told = [
            _("{label}: {value}", label=self._label(form, column), value=value)
            for column in columns_of(form, {}, self.period)
            if column.source in {Source.CLOSING, Source.MEAN}
            for value in [self._shown(form, column)]
            if value is not None
        ]
        return [Lines((Lines(tuple(told), "; "), _(".")), "")] if told else []

    def _label(self, form: Form, column: Column) -> Text:
        return next(one.short for one in form.fields if one.code == column.field)

    def _shown(self, form: Form, column: Column) -> Text | None:
        value = self.sums.of(form.name, column.field, column.choice)
        one = next(one for one in form.fields if one.code == column.field)
        return None if value is None or _hidden(one, value) else one.show(value)


_TYPES: Final[Sequence[str]] = ("dinh_ky", "theo_yeu_cau", "vu_viec")


def _hidden(one: Field, value: int) -> bool:
    """Tell whether a number is too small to be shown; the largest of some values counts nobody."""
    return one.sensitive != "plain" and one.figure is not Figure.MOST and is_small(value)
