"""What officers are told without asking: the morning, the week, the end of a period, who is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.i18n import Percent, Phrase, Plain, Text, _, _n, lines, listed
from bot.messages import Choice, Say
from bot.records import Unit
from bot.reporting.completeness import Completeness
from bot.reporting.periods import Period

SHOWN: Final = 6
FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Count:
    """How many reports of a kind came in."""

    form: str
    number: int


@dataclass(frozen=True, slots=True)
class Title:
    """What a bulletin is called, and whether it comes only if something happened."""

    text: Phrase
    only_if_any: bool


@dataclass(frozen=True, slots=True)
class Silent:
    """The units that sent nothing for two periods, of which `last` is the later one."""

    last: Period
    units: tuple[Unit, ...]


MORNING: Final = Title(_("Since yesterday morning"), only_if_any=True)
WEEK: Final = Title(_("The last seven days"), only_if_any=False)


def missing(period: Period, units: Sequence[Unit]) -> Say:
    """List who has not reported three days after the deadline, and offer to remind them."""
    names = listed(*(Plain(unit.name) for unit in units[:SHOWN]), *([Plain("…")] if len(units) > SHOWN else []))
    text = _n(
        "{count} unit has not sent the report of {period} yet: {units}",
        "{count} units have not sent the report of {period} yet: {units}",
        len(units),
        period=period.title,
        units=names,
    )
    hint = _("Type NHAC to remind them, CHUA BAO CAO to see whom to call.")
    return Say(
        lines(text, hint),
        choices=(
            Choice(_("Remind them all"), f"/nhac {period.code}", f"NHAC {period.code}"),
            missing_from(period),
        ),
    )


def closed(standing: Completeness) -> Say:
    """Say how a period ended."""
    period = standing.period
    choices = [digest_of(period), files_of(period)]
    if standing.received < standing.due:
        choices.append(missing_from(period))
    text = _("{received} of {due} units have reported ({share}).", **_share(standing))
    return Say(text, _("The time for {period} is over", period=period.title), tuple(choices))


def files_of(period: Period) -> Choice:
    """Offer the workbook and the official report of a period."""
    return Choice(_("Files and wording"), f"/xuat {period.code}", f"XUAT {period.code}")


def digest_of(period: Period) -> Choice:
    """Offer the digest of a period."""
    return Choice(_("Digest of {period}", period=period.title), f"/tonghop {period.code}", f"TONG HOP {period.code}")


def missing_from(period: Period) -> Choice:
    """Offer who has not reported for a period."""
    return Choice(_("Who has not reported"), f"/chuabaocao {period.code}", f"CHUA BAO CAO {period.code}")


@dataclass(frozen=True, slots=True)
class News:
    """What happened, and what waits: `waiting` has a line for each matter that asks for somebody's attention."""

    counts: Sequence[Count]
    standings: Sequence[Completeness]
    waiting: Sequence[Text] = ()
    silent: Silent | None = None
    goals: Sequence[Text] = ()  # a line for each target of the year


def news(title: Title, forms: Mapping[str, Text], told: News) -> Say:
    """Say what came in by kind, what waits, how many have reported for what is asked now, who is silent for long."""
    total = sum(count.number for count in told.counts)
    kinds = [
        _("{label}: {number}", label=forms.get(count.form, Plain(count.form)), number=count.number)
        for count in told.counts
    ]
    periods = [
        _("{period}: {received} of {due} units ({share})", period=one.period.title, **_share(one))
        for one in told.standings
    ]
    new, silent = _n("{count} new report", "{count} new reports", total), told.silent
    text = lines(new, *kinds, *told.waiting, *periods, *told.goals, _silence(silent))
    return Say(text, title.text, tuple(_news_choices(title, told)))


def _news_choices(title: Title, told: News) -> Iterator[Choice]:
    """Lead on to what a bulletin told of: who is silent, and on Mondays the digest and files of what is asked for."""
    if told.silent is not None:
        yield missing_from(told.silent.last)
    if title is WEEK and told.standings:
        yield from (digest_of(told.standings[0].period), files_of(told.standings[0].period))


def _silence(silent: Silent | None) -> Text | None:
    """Name the first few units that sent nothing for two periods."""
    if silent is None:
        return None
    units = silent.units
    names = listed(*(Plain(unit.name) for unit in units[:FEW]), *([Plain("…")] if len(units) > FEW else []))
    return _n(
        "{count} unit has sent nothing for two periods: {units}",
        "{count} units have sent nothing for two periods: {units}",
        len(units),
        units=names,
    )


def _share(standing: Completeness) -> dict[str, int | Percent]:
    return {"received": standing.received, "due": standing.due, "share": Percent(standing.share)}
