"""The documentation against the code: what can be typed, set or found is told, and what is told is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import handlers
from bot.cli import main
from bot.config import Settings
from bot.config.load import ENVIRONMENT, SECTIONS
from bot.forms.fields import SelectOne
from bot.forms.form import Form
from bot.i18n import Voice, load_catalogues
from bot.office.sheet import Sheet
from bot.office.sheets import SHEETS
from bot.units.columns import UNITS
from bot.units.kinds import KINDS
from bot.vitals import Vitals
from storage.tables import metadata

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
PACKAGES = ("bot", "handlers", "storage")
EVERYWHERE = {"--config", "--help"}  # told once for all commands

LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"`([a-z_]+(?:/[a-z_.]+)*/?(?:\.(?:py|toml))?)`")
CODE = re.compile(r"`([^`]+)`")
TASKS = 49  # of the plan


def page(name: str) -> str:
    """Read a page of docs/."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def section(heading: str, text: str = README) -> str:
    """Give what stands under a heading, up to the next one of its level."""
    level = heading.split(" ")[0]
    _before, _found, after = text.partition(f"\n{heading}\n")
    assert after, f"there is no heading {heading!r}"
    return re.split(rf"^#{{1,{len(level)}}} ", after, maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[str]:
    """Give the rows of the tables in a text, without their headings."""
    lines = text.splitlines()
    below = [*lines[1:], ""]
    return [
        line
        for line, after in zip(lines, below, strict=True)
        if line.startswith("|") and not line.startswith("|---") and not after.startswith("|---")
    ]


def named(text: str) -> list[str]:
    """Give the name that each row of a table is about."""
    return [match[1] for row in rows(text) if (match := re.match(r"\| `([^` ]+)", row))]


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Give every command with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


def test_every_operator_command_is_told() -> None:
    """Each command of `python -m bot` has its row, with all its options."""
    told = rows(section("### Commands of the operator (`python -m bot …`)"))
    lacking = []
    for name, command in commands(main):
        row = next((row for row in told if row.startswith((f"| `{name}`", f"| `{name} "))), None)
        assert row is not None, name
        options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        lacking += [f"{name} {option}" for option in sorted(options - EVERYWHERE) if f"`{option}" not in row]
    assert lacking == []
    assert len(told) == len(list(commands(main)))


def test_every_setting_is_told() -> None:
    """The tables of settings and environment have every name that is read, and no other."""
    keys = [
        f"{name}.{key.alias or field}"
        for name in SECTIONS
        for field, key in type(Settings.model_fields[name].get_default()).model_fields.items()
    ]
    assert sorted(named(section("### Settings (`config.toml`)"))) == sorted(keys)
    assert sorted(named(section("### Environment"))) == sorted(ENVIRONMENT)


def test_every_chat_command_is_told() -> None:
    """The chat commands that the messenger's menu lists have their rows; so has /start, which no menu needs."""
    listed = [f"/{command.name}" for command in handlers.COMMANDS if command.listed]
    assert named(section("### Commands in the chat")) == ["/start", *listed]


def test_columns_of_the_list_of_units_are_told() -> None:
    """The table of columns is that of the import, in its order, with every kind of unit."""
    table = section("## Going live")
    assert named(table) == [column.name for column in UNITS.all]
    kinds = next(row for row in rows(table) if row.startswith("| `kind`"))
    assert set(KINDS) <= set(CODE.findall(kinds))


def test_every_table_is_told() -> None:
    """Each table of the database has its row in docs/data.md."""
    assert sorted(named(section("## Tables", page("data.md")))) == sorted(metadata.tables)


def test_every_metric_is_told() -> None:
    """The numbers that the doors count stand in docs/operations.md."""
    told = section("## Metrics", page("operations.md"))
    assert [family.name for family in Vitals().registry.collect() if f"`{family.name}" not in told] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    """Each relative link of a page leads to a file or folder, and to a heading where it names one."""
    broken = []
    for link in LINK.findall(path.read_text(encoding="utf-8")):
        file, _hash, anchor = link.partition("#")
        target = path.parent / file if file else path
        if "://" not in link and (not target.exists() or (anchor and anchor not in anchors(target))):
            broken.append(link)
    assert broken == []


def anchors(path: Path) -> set[str]:
    """Give what the headings of a page are called in links."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_things_are_where_the_readme_says() -> None:
    """Every path that "where things go" names is there, and every package has a row of its own."""
    told = section("## Where things go")
    paths = {match for match in PATH.findall(told) if "/" in match or "." in match}
    assert paths
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []
    folders = {path.name for path in (ROOT / "bot").iterdir() if path.is_dir() and path.name[0] not in "_."}
    assert [name for name in sorted(folders) if f"bot/{name}]" not in told] == []


def test_the_glossary_has_words_of_the_code() -> None:
    """Each code word of the glossary is used in the code."""
    words = {
        word
        for row in rows(section("## Glossary"))
        for word in CODE.findall(row.split(" | ")[0])
        if word.isidentifier()
    }
    source = "\n".join(
        file.read_text(encoding="utf-8") for package in PACKAGES for file in (ROOT / package).rglob("*.py")
    )
    assert [word for word in sorted(words) if not re.search(rf"\b{word}s?\b", source, re.IGNORECASE)] == []


def test_excerpts_were_said() -> None:
    """The conversations in the README are pieces of recorded ones; only "…" leaves something out."""
    talks = [file.read_text(encoding="utf-8").splitlines() for file in (ROOT / "tests/talks/vi").glob("*.txt")]
    excerpts = re.findall(r"```talk\n(.*?)```", README, re.DOTALL)
    assert excerpts
    for excerpt in excerpts:
        lines = [line for line in excerpt.splitlines() if line.strip() != "…"]
        assert any(in_order(lines, talk) for talk in talks), excerpt


def in_order(lines: list[str], talk: list[str]) -> bool:
    """Tell whether the lines come in this order."""
    left = iter(talk)
    return all(line in left for line in lines)


def test_the_tutorial_is_right() -> None:
    """The report kind of the tutorial can be declared as written, and its list of fields is what comes out."""
    tutorial = page("add-a-report-kind.md")
    code = re.findall(r"```python\n(.*?)```", tutorial, re.DOTALL)[0]
    names: dict[str, object] = {}
    exec(compile(code, "blood_donation.py", "exec"), names)
    form = names["BLOOD_DONATION"]
    assert isinstance(form, Form)
    voice = Voice(load_catalogues(ROOT / "locales")["en"])
    listed = [
        f"  {'*' if field.required else ' '} {field.code:<18} {field.type:<16} {voice.speak(field.label)}"
        for field in form.fields
    ]
    assert "\n".join([f"{form.name}: {voice.speak(form.title)}", *listed]) in tutorial


def test_every_task_of_the_plan_is_served() -> None:
    """Each of the 49 tasks has its row, with kinds, commands, questions and choices that are there."""
    told = [[cell.strip() for cell in row.strip("| ").split(" | ")] for row in rows(page("tasks.md"))]
    assert len({cells[0] for cells in told}) == len(told) == TASKS
    assert "coming" not in page("tasks.md")
    forms = {form.name: form for form in handlers.FORMS}
    kinds = {form.name for form in handlers.FORMS if form.settings.report and form.fields}
    typed = {f"/{command.name}" for command in handlers.COMMANDS if command.typed}
    assert {name for cells in told for name in CODE.findall(cells[2])} == kinds
    for task, _asked, own, commands, how in told:
        assert set(CODE.findall(commands)) <= typed, task
        known = {code for name in CODE.findall(own) for code in codes_of(forms[name])}
        assert {code for code in CODE.findall(how) if code.isidentifier()} <= known | forms.keys(), task


def codes_of(form: Form) -> set[str]:
    """Give the codes of a form's questions and choices."""
    choices = [field.choices for field in form.fields if isinstance(field, SelectOne)]
    options = [option.code for offered in choices if isinstance(offered, tuple) for option in offered]
    return {*(field.code for field in form.fields), *options}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheets_of_the_book_are_told(sheet: Sheet) -> None:
    """Each sheet of the office's book has its table of columns, with the headings as they stand in the workbook."""
    own = f"{sheet.name}.md"
    told = rows(
        section(f"## {sheet.title} (`{sheet.name}`)", page(own if (ROOT / "docs" / own).exists() else "calendar.md"))
    )
    assert [row.split(" | ")[:2] for row in told] == [[f"| `{one.name}`", one.heading] for one in sheet.columns]


def test_no_two_commands_have_one_name() -> None:
    """Of two commands with one name only the later could ever be run."""
    names = [command.name for command in handlers.COMMANDS]
    assert sorted(set(names)) == sorted(names)
