"""The official report of a unit as a Word document: what fills the template, and the template filled."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.documents.gathering import Area
from bot.documents.goals import Goal, goals_of, pace_word, share_of, year_of
from bot.documents.indicators import Indicator, Reached, compared, indicators, shown
from bot.documents.letterhead import GRASSROOTS, Letterhead, letterhead
from bot.documents.parts import PARTS
from bot.documents.sentences import GROUPS, Teller
from bot.documents.workbook import Book
from bot.forms.form import Form
from bot.i18n import Lines, Percent, Text, Voice, _
from bot.records import Unit
from bot.reporting.compared import year_so_far
from bot.reporting.completeness import Completeness, UnitStanding
from bot.reporting.targets import signed

TEMPLATES: Final = Path(__file__).parent / "templates"
TO_WRITE: Final = _("[To be written by the office]")
WORDS: Final = tuple(one.code for one in PARTS.values() if not one.told)
FONT, SIZE = "Times New Roman", 24  # half points
COLUMNS: Final = (
    *("tt", "chi_tieu", "dvt", "ky_nay", "luy_ke", "cung_ky", "giao", "dat", "ghi_chu"),
    *("thuc_hien", "can_dat", "danh_gia", "van_ban"),
    *("don_vi", "phai_nop", "dung_han", "cham", "chua", "mien", "ty_le"),
)
FORBIDDEN: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])  # what no XML may hold


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an appendix, by column."""

    cells: Mapping[str, str]
    bold: bool = False


class BadTemplate(Exception):
    """A template that cannot be filled; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Paper:
    """How an official document looks: its template, what the office sets for the unit, what it wrote."""

    template: Path
    head: Letterhead = field(default_factory=Letterhead)
    place: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


async def official(area: Area, voice: Voice, paper: Paper, reached: Reached | None = None) -> dict[str, Any]:
    """Gather what the template is filled with."""
    root = area.roots[0]
    above = await area.reads.unit(root.parent) if root.parent is not None else None
    book, sums = Book(area, voice, reached), await compared(area.desk, area.reads, area.roots, area.period)
    forms = {form.name: form for form in area.desk.kinds}
    members = next((one for key, one in (reached or {}).items() if key[0] == "membership"), None)
    teller = Teller(forms, sums, area.period.code, area.period.title, members)
    say, standing = voice.speak, await book.standing()
    sections = {name: [say(sentence) for sentence in teller.group(name)] for name in GROUPS}
    sections["tinh_hinh"] = [say(one) for one in (_size(area), *teller.workers(forms.get("periodic")))]
    kinds = indicators(area.desk, sums, area.period, reached or {})
    return {
        **_head(letterhead(root, above, paper.head, paper.place), root),
        **_period(area, say),
        **{name: _worded(texts, paper, name) or [say(_("Nothing was reported."))] for name, texts in sections.items()},
        **{name: sections.get(name, []) + (_worded([], paper, name) or [say(TO_WRITE)]) for name in WORDS},
        "phu_luc_1": list(_figures(book, voice, kinds)),
        "phu_luc_2": list(_progress(area, voice, standing)),
        "phu_luc_3": [row async for row in _goals(area, voice)],
    }


def _head(head: Letterhead, unit: Unit) -> dict[str, Any]:
    to = [f"- {one};" for one in head.addressees[:-1]] + [f"- {one}." for one in head.addressees[-1:]]
    return {
        "cap_tren": head.above,
        "don_vi_hoa": head.name,
        "don_vi": unit.name,
        "ky_hieu": head.symbol,
        "dia_danh": head.place,
        "kinh_gui": ([f"Kính gửi: {head.addressees[0]}"] if len(head.addressees) == 1 else ["Kính gửi:", *to])
        if head.addressees
        else [],
        "tham_quyen": head.authority,
        "chuc_vu": head.title,
        "nguoi_ky": head.signer,
        "noi_nhan": list(head.copies),
    }


def _period(area: Area, say: Any) -> dict[str, Any]:
    after = area.desk.calendar.following(area.period)
    title, following = say(area.period.title), say(after.title)
    year, of_goals = str(area.desk.now.year), str(year_of(area))
    periods = {"ky": title, "ky_hoa": title.upper(), "ky_sau": following, "ky_sau_hoa": following.upper()}
    counted = f"{year_so_far(area.period).since:%d/%m/%Y}"
    return {**periods, "nam": year, "nam_chi_tieu": of_goals, "luy_ke_tu": counted}


def _size(area: Area) -> Text:
    """Say how many unions, members and workers there are; what was never told is not taken for zero."""
    unions = area.reporting
    numbers = {name: _last(area, name) for name in ("total_members", "total_workers", "female_members")}
    if numbers["total_members"] is None or numbers["total_workers"] is None:
        return _("As of {day}, there are {unions} grassroots unions.", day=area.on, unions=len(unions))
    members, women = numbers["total_members"], numbers["female_members"]
    if area.roots[0].kind in GRASSROOTS:
        own = _(
            "As of {day}, the unit has {members} members of {workers} workers",
            day=area.on,
            members=members,
            workers=numbers["total_workers"],
        )
        return _with_women(own, members, women)
    head = _(
        "As of {day}, there are {unions} grassroots unions with {members} members of {workers} workers",
        day=area.on,
        unions=len(unions),
        members=members,
        workers=numbers["total_workers"],
    )
    return _with_women(head, members, women)


def _with_women(head: Text, members: int, women: int | None) -> Text:
    if not women or not members:
        return Lines((head, _(".")), "")
    of_them = _(" ({women} women members, {share}).", women=women, share=Percent(women / members))
    return Lines((head, of_them), "")


def _last(area: Area, code: str) -> int | None:
    told = [value for unit in area.reporting if (value := area.latest(unit, "membership", code)) is not None]
    return sum(told) if told else None


def _figures(book: Book, voice: Voice, kinds: Sequence[tuple[Form, Sequence[Indicator]]]) -> Iterator[Row]:
    """Set the lines kind by kind; a choice that nobody made has none, and neither has a kind that nobody reported."""
    number = 0
    told = [(form, lines) for form, lines in kinds if any(one.now or one.year or one.last_year for one in lines)]
    if not told:
        yield Row({"chi_tieu": voice.speak(_("Nothing was reported."))})
    for form, lines in told:
        yield Row({"chi_tieu": voice.speak(form.title)}, bold=True)
        for line in shown(lines):
            if line.indicator.column.group and not any(line.numbers):
                continue
            number += 1
            label, unit, *numbers, target, share, word = book.indicator(line)
            values = zip(("ky_nay", "luy_ke", "cung_ky", "giao"), (*numbers, target), strict=True)
            cells = {name: _shown(value, voice) for name, value in values}
            percent = voice.catalogue.percent(share) if isinstance(share, float) else ""
            named = {"tt": str(number), "chi_tieu": str(label), "dvt": str(unit)}
            yield Row({**named, **cells, "dat": percent, "ghi_chu": str(word or "")})


def _shown(value: Any, voice: Voice) -> str:
    return voice.catalogue.number(value) if isinstance(value, int) else value or ""


def _progress(area: Area, voice: Voice, standing: Completeness) -> Iterator[Row]:
    """Count, union by union, who reported; a line for the unit itself where nobody is under it."""
    by_area: dict[int | None, list[UnitStanding]] = {}
    for one in standing.units:
        by_area.setdefault(one.unit.parent, []).append(one)
    names = {unit.id: unit.name for unit in area.units.values()}
    for number, (parent, those) in enumerate(sorted(by_area.items(), key=lambda item: names.get(item[0] or 0, "")), 1):
        name = names.get(parent or 0) or (those[0].unit.name if len(those) == 1 else "")
        yield Row({"tt": str(number), "don_vi": name, **_counted(Completeness(standing.period, tuple(those)), voice)})
    if len(by_area) > 1:
        yield Row({"don_vi": voice.speak(_("Total")), **_counted(standing, voice)}, bold=True)


def _counted(some: Completeness, voice: Voice) -> dict[str, str]:
    exempt = len(some.units) - some.due
    numbers = {
        "phai_nop": some.due,
        "dung_han": some.on_time,
        "cham": some.late,
        "chua": some.due - some.received,
        "mien": exempt,
    }
    share = voice.catalogue.percent(some.share) if some.due else ""
    return {name: voice.catalogue.number(value) for name, value in numbers.items()} | {"ty_le": share}


async def _goals(area: Area, voice: Voice) -> AsyncIterator[Row]:
    """Tell indicator by indicator how far the unit is, and those below it; say so where nothing is assigned."""
    root = area.roots[0]
    own = await goals_of(area, [root])
    below = await goals_of(area, await area.reads.managed(root.id))
    if not own and not below:
        yield Row({"chi_tieu": voice.speak(_("No target is assigned."))})
    for number, indicator in enumerate(dict.fromkeys(one.progress.target.indicator for one in (*own, *below)), 1):
        mine = next((one for one in own if one.progress.target.indicator == indicator), None)
        title = mine or next(one for one in below if one.progress.target.indicator == indicator)
        name = {"tt": str(number), "chi_tieu": voice.speak(title.progress.title)}
        yield Row({**name, **(_goal(mine, voice) if mine else {})}, bold=True)
        for one in below:
            if one.progress.target.indicator == indicator:
                other = one.net != title.net
                unit = voice.speak(_("{unit} · net growth", unit=one.unit.name)) if other and one.net else one.unit.name
                yield Row({"chi_tieu": unit, **_goal(one, voice)})


def _goal(goal: Goal, voice: Voice) -> dict[str, str]:
    one, say = goal.progress, voice.catalogue
    share, word = share_of(one), pace_word(one)
    return {
        "giao": say.number(one.target.value),
        "thuc_hien": voice.speak(signed(one.done)),
        "dat": say.percent(share) if share is not None else "",
        "can_dat": say.percent(one.asked) if one.asked else "",
        "danh_gia": voice.speak(word) if word else "",
        "van_ban": one.target.doc_no,
    }


def _worded(sentences: Sequence[str], paper: Paper, part: str) -> list[str]:
    """Set what the office wrote below what the program tells."""
    words = paper.words.get(part, "")
    return [*sentences, *(line.strip().translate(FORBIDDEN) for line in words.splitlines() if line.strip())]


def fill(template: Path, given: Mapping[str, Any], path: Path) -> None:
    """Fill a template in. Raises BadTemplate with what is wrong and, for a name, with those that are known."""
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate
    from jinja2 import Environment, StrictUndefined, TemplateError

    rules = Environment(autoescape=True, undefined=StrictUndefined)
    try:
        paper = DocxTemplate(str(template))
        unknown = sorted(paper.get_undeclared_template_variables(rules) - set(given))
        if unknown:
            raise BadTemplate(f"{template} has {', '.join(unknown)}; known are: {', '.join(sorted(given))}")
        paper.render(_clean(given), rules, autoescape=True)
    except TemplateError as error:
        raise BadTemplate(f"{template} cannot be filled: {error}") from None
    except (PackageNotFoundError, KeyError, ValueError, OSError) as error:
        raise BadTemplate(f"{template} is no Word document (.docx) that can be read ({error})") from None
    paper.save(str(path))


def _clean(value: Any) -> Any:
    """Leave out of every text what no XML may hold, and dress the lines of appendices."""
    if isinstance(value, str):
        return value.translate(FORBIDDEN)
    if isinstance(value, Row):
        return _dressed(value)
    if isinstance(value, Mapping):
        return {key: _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list) else value


def _dressed(row: Row) -> Mapping[str, Any]:
    from docxtpl import RichText

    def dressed(words: str) -> Any:
        return RichText(words.translate(FORBIDDEN), bold=row.bold, font=FONT, size=SIZE)

    return {name: dressed(row.cells.get(name, "")) for name in COLUMNS}
