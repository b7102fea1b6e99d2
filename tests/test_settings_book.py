"""The office's book as a workbook: written, changed in a spreadsheet, read back, refused or put in force."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.cli.main import main
from bot.i18n import ZONE, Voice, load_catalogues
from bot.office.book import Book, BookError
from bot.office.differences import differences
from bot.office.reading import read_book
from bot.office.sheets import GUIDE, SHEETS
from bot.office.writing import SPARE_ROWS, write_book
from bot.reporting.calendar import Calendar
from bot.reporting.kinds import REPORT_KINDS
from bot.reporting.occasions import Kind, Rules, planned
from tests.stage import ROOT

CATALOGUES = load_catalogues(ROOT / "locales")
VIETNAMESE, ENGLISH = Voice(CATALOGUES["vi"]), Voice(CATALOGUES["en"])
CALENDAR, DAYS = "Ngày kỷ niệm", "Ngày nghỉ, làm bù"
Change = Callable[[Workbook], None]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A workbook as it is exported."""
    path = tmp_path / "so-quy-dinh.xlsx"
    write_book(Book(), path, VIETNAMESE)
    return path


def changed(file: Path, change: Change) -> Path:
    """Change a workbook as a spreadsheet program does."""
    workbook = load_workbook(file)
    change(workbook)
    workbook.save(file)
    return file


def put(sheet: str, **cells: Any) -> Change:
    """Put values into cells."""

    def change(workbook: Workbook) -> None:
        for place, value in cells.items():
            workbook[sheet][place] = value

    return change


def complaints(file: Path) -> list[str]:
    """Say everything that is wrong with a workbook."""
    with pytest.raises(BookError) as refused:
        take(file)
    return [ENGLISH.speak(problem.line()) for problem in refused.value.problems]


def take(file: Path) -> Book:
    """Read a workbook and what it means."""
    book, numbers = read_book(file, Book())
    book.read(numbers)
    return book


def told(file: Path) -> list[str]:
    """Say what a workbook changes."""
    return [ENGLISH.speak(one.line()) for one in differences(Book(), take(file))]


def page(file: Path, name: str) -> Worksheet:
    """Open one sheet."""
    found = load_workbook(file)[name]
    assert isinstance(found, Worksheet)
    return found


def test_what_is_written_is_read_back(file: Path) -> None:
    """An export changes nothing when it is imported, nor does one in the other language."""
    assert told(file) == []
    write_book(Book(), file, ENGLISH)
    assert told(file) == []


def test_how_it_looks(file: Path) -> None:
    """Headings are frozen, readable and explained; every column is wide enough to read; a guide stands first."""
    workbook = load_workbook(file)
    assert workbook.sheetnames == [GUIDE, *(sheet.title for sheet in SHEETS)]
    for sheet in SHEETS:
        shown = workbook[sheet.title]
        assert [cell.value for cell in shown[1]] == [column.heading for column in sheet.columns]
        assert all(cell.comment is not None and cell.comment.text for cell in shown[1])
        assert str(shown.freeze_panes).endswith("2")
        letters = map(get_column_letter, range(1, len(sheet.columns) + 1))
        assert all(shown.column_dimensions[letter].width >= 8 for letter in letters)
    ranks = next(one for one in workbook[CALENDAR].data_validations.dataValidation if one.formula1 == '"A,B,C"')
    assert str(ranks.sqref) == f"E2:E{SPARE_ROWS}"


def test_cells_are_what_they_are(file: Path) -> None:
    """28/7 stays a text in any cell of its column, years are numbers, days are dates."""
    book = Book().with_sheets({"days": ({"date": "2027-02-13", "working": "có"},)})
    write_book(book, file, VIETNAMESE)
    days, calendar = page(file, DAYS), page(file, CALENDAR)
    assert days["A2"].value == datetime(2027, 2, 13)  # noqa: DTZ001 - a spreadsheet knows no zones
    assert days["A2"].number_format == "dd/mm/yyyy"
    assert (calendar["C2"].value, calendar["C2"].number_format) == ("15/11–15/12", "@")
    assert calendar["D3"].value == 1946
    assert calendar.column_dimensions["C"].number_format == "@"
    assert differences(book, read_book(file, Book())[0]) == []


def test_no_formula_comes_out(file: Path) -> None:
    """What begins like a formula is a text in the workbook, and control characters are left out."""
    row = {"code": "A1", "name": '=HYPERLINK("http://evil")', "rule": "1/1", "rank": "C", "note": "+1\x07"}
    write_book(Book({"calendar": (row,)}), file, VIETNAMESE)
    shown = page(file, CALENDAR)
    assert (shown["B2"].data_type, shown["B2"].value) == ("s", row["name"])
    assert shown["J2"].value == "+1"


def test_an_office_adds_moves_and_switches_off(file: Path) -> None:
    """A new day, a moved one, one switched off and a deleted one are told as such, and mean it."""

    def change(workbook: Workbook) -> None:
        shown = workbook[CALENDAR]
        shown.append(["LDLD_LC", "Ngày truyền thống LĐLĐ tỉnh", datetime(2026, 9, 15), 1949, "b", "20; 5"])  # noqa: DTZ001
        shown["K3"] = "KHÔNG"
        shown["C4"] = "10/11–10/12"
        shown.delete_rows(2)

    assert told(changed(file, change)) == [
        "Ngày kỷ niệm: VANHOA_2411: Dùng – → KHÔNG.",
        "Ngày kỷ niệm: AIDS_0112: Ngày 1/12 → 10/11–10/12.",
        "Ngày kỷ niệm: LDLD_LC is new (Tên chính thức Ngày truyền thống LĐLĐ tỉnh; Ngày 2026-09-15; Năm gốc 1949; "
        "Hạng b; Báo trước (ngày) 20; 5).",
        "Ngày kỷ niệm: BDG_1511 is gone.",
    ]
    days = {one.code: one for one in take(file).read()["calendar"]}
    assert days["LDLD_LC"].rule.first(2027) == date(2027, 9, 15)
    assert not days["VANHOA_2411"].active
    assert "BDG_1511" not in days


def test_headings_and_sheets_are_known_however_they_are_typed(file: Path) -> None:
    """Case and diacritics of sheet names and headings do not matter; the guide and a running number are passed over."""

    def change(workbook: Workbook) -> None:
        workbook[CALENDAR].title = "ngay ky niem"
        workbook["ngay ky niem"]["B1"] = "TEN CHINH THUC"
        workbook["ngay ky niem"]["K1"] = "active"
        workbook[DAYS].insert_cols(1)
        workbook[DAYS]["A1"] = "STT"
        workbook[DAYS]["A2"] = 1

    assert told(changed(file, change)) == []


def test_a_sheet_that_is_not_there_stays(file: Path) -> None:
    """Without its sheet in the file, nothing of a sheet changes; an empty sheet empties it."""
    assert told(changed(file, lambda workbook: workbook.remove(workbook[CALENDAR]))) == []
    before = Book().with_sheets({"days": ({"date": "2027-02-13", "working": "có"},)})
    assert differences(before, read_book(file, before)[0])[0].after is None


def test_every_problem_is_told_with_its_place(file: Path) -> None:
    """All problems of all sheets come at once: sheet, row, column, and what would do."""

    def change(workbook: Workbook) -> None:
        put(CALENDAR, C3="30/2", E4="D", I5="propagnda", A7="CDVN_2807", B8=None)(workbook)
        put(DAYS, A2="13/2/27", B2="có", A3="2027-02-14")(workbook)

    assert complaints(changed(file, change)) == [
        "Sheet “Ngày kỷ niệm”, row 3, column Ngày: “30/2”: no year has that day; the last of April, for example, "
        "is 30/4.",
        "Sheet “Ngày kỷ niệm”, row 4, column Hạng: “D” is none of: A, B, C.",
        "Sheet “Ngày kỷ niệm”, row 5, column Loại báo cáo: “propagnda” is none of: " + ", ".join(REPORT_KINDS) + ".",
        "Sheet “Ngày kỷ niệm”, row 8, column Tên chính thức: this cell must not be empty.",
        "Sheet “Ngày kỷ niệm”, row 37, column Mã: CDVN_2807 stands in the sheet twice.",
        "Sheet “Ngày nghỉ, làm bù”, row 2, column Ngày: “13/2/27” is no date: write the day, month and year, like "
        "25/11/2026.",
        "Sheet “Ngày nghỉ, làm bù”, row 3, column Làm việc: this cell must not be empty.",
    ]


def test_what_is_no_book(file: Path, tmp_path: Path) -> None:
    """A sheet or a column that nobody knows, a picture, a file of something else: each is told."""
    assert complaints(changed(file, put(CALENDAR, M3="?"))) == [
        "Sheet “Ngày kỷ niệm”, row 3: “?” stands in a column without a heading."
    ]
    write_book(Book(), file, VIETNAMESE)
    changed(file, put(CALENDAR, B1="Tên khác"))
    assert complaints(file)[0].startswith("Sheet “Ngày kỷ niệm”, row 1, column Tên khác: nobody knows the column")
    write_book(Book(), file, VIETNAMESE)
    changed(file, lambda workbook: setattr(workbook[DAYS], "title", "Nghỉ"))
    assert "nobody knows this sheet; the sheets are: Kỳ báo cáo, Ngày kỷ niệm" in complaints(file)[0]
    Workbook().save(file)
    assert complaints(file)[0].startswith("This workbook has none of the sheets: ")
    file.write_bytes(b"PK\x03\x04 broken")
    assert complaints(file) == ["This workbook is damaged: open it in Excel and save it anew as .xlsx."]
    file.write_bytes(b"\xd0\xcf\x11\xe0 old")
    assert "old .xls" in complaints(file)[0]


def rung(step: str, whom: str = "chủ tịch", at: str = "8:00") -> dict[str, str]:
    """Give a row of the ladder."""
    return {"step": step, "time": at, "whom": whom}


def test_the_ladder_and_the_hours() -> None:
    """An office shortens the ladder, moves the hours, and the clock's rules say so."""
    sheets = {
        "reminders": (
            rung("T+2", at="9h"),
            rung("t - 5", "CHU TICH"),
            {**rung("T"), "active": "không"},
            rung("T+4", "cán bộ"),
        ),
        "hours": ({"item": "quiet_begins", "value": "21:00"}, {"item": "tet_days", "value": "5"}),
    }
    means = Book(sheets).read()
    assert [(one.step, one.days, f"{one.at:%H:%M}", one.kind.value) for one in means["reminders"]] == [
        ("T-5", -5, "08:00", "remind"),
        ("T+2", 2, "09:00", "remind"),
        ("T+4", 4, "08:00", "escalate"),
    ]
    assert (f"{means['hours'].quiet.begins:%H}", means["hours"].quiet.tet_days) == ("21", 5)
    assert f"{means['hours'].digest_at:%H:%M}" == "07:30"


def test_the_workbook_is_made_for_paper_too(tmp_path: Path) -> None:
    """Across, every column on one width, the heading on each page; rows are as high as what wraps in them."""
    write_book(Book(), tmp_path / "book.xlsx", ENGLISH)
    page = load_workbook(tmp_path / "book.xlsx")["Ngày kỷ niệm"]
    assert (page.page_setup.orientation, page.page_setup.fitToHeight, page.print_title_rows) == (
        "landscape",
        0,
        "$1:$1",
    )
    longest = max(range(2, page.max_row + 1), key=lambda row: len(str(page.cell(row, 8).value or "")))
    assert page.row_dimensions[longest].height >= 30


def test_digests_are_switched_off_for_everybody() -> None:
    """What the office switched off is not planned; the rest is as it was."""
    off = Book({"hours": ({"item": "weekly", "value": "không"}, {"item": "daily", "value": "có"})}).read()["hours"].off
    assert off == {Kind.WEEKLY}
    monday = datetime(2026, 11, 23, 0, tzinfo=ZONE)
    kinds = {one.kind for one in planned(Rules(Calendar(), off=off), monday, monday + timedelta(days=1))}
    assert Kind.DAILY in kinds
    assert Kind.WEEKLY not in kinds


def test_what_ships_says_what_the_program_does() -> None:
    """The sheets as they ship mean the same as the rules that hold without any book."""
    means, rules = Book().read(), Rules(Calendar())
    assert means["reminders"] == rules.ladder
    hours = means["hours"]
    assert (hours.quiet, hours.speak_at, hours.digest_at, hours.off) == (
        rules.quiet,
        rules.speak_at,
        rules.digest_at,
        rules.off,
    )
    assert means["cycles"] == rules.calendar.cycles


@pytest.mark.parametrize(
    ("sheet", "row", "told"),
    [
        ("reminders", rung("T-90"), "“T-90” is no step: write T-7, T or T+1, at most 60 days."),
        ("reminders", rung("sớm"), "“sớm” is no step"),
        ("reminders", rung("T", "ai đó"), "“ai đó” is none of: chủ tịch, cán bộ."),
        ("reminders", rung("T", at="25:00"), "“25:00” is no time of day: write 17:00."),
        ("hours", {"item": "lunch", "value": "12:00"}, "“lunch” is none of: quiet_begins"),
        ("hours", {"item": "tet_days", "value": "40"}, "“40” must be a whole number from 0 to 10."),
        ("hours", {"item": "quiet_begins", "value": "05:00"}, "the quiet of the night must end in the morning"),
        ("hours", {"item": "digest_at", "value": "22:00"}, "22:00 is in the quiet hours (20:00–06:30)."),
        ("hours", {"item": "weekly", "value": "7:30"}, "“7:30” is neither yes nor no"),
        ("hours", {"item": "speak_at"}, "this cell must not be empty."),
    ],
)
def test_rows_that_mean_nothing(sheet: str, row: dict[str, str], told: str) -> None:
    """A step, an hour or a name that cannot be is refused with what would do."""
    with pytest.raises(BookError) as refused:
        Book({sheet: (row,)}).read()
    assert told in ENGLISH.speak(refused.value.problems[0].line())


def test_rows_that_say_the_same() -> None:
    """A step, an item or a day that stands in its sheet twice is refused."""
    twice = {
        "reminders": (rung("T-3"), rung("t-3")),
        "hours": ({"item": "tet_days", "value": "1"},) * 2,
        "days": ({"date": "2027-02-13", "working": "có"}, {"date": "13/2/2027", "working": "không"}),
    }
    with pytest.raises(BookError) as refused:
        Book(twice).read()
    assert [(one.sheet, one.row) for one in refused.value.problems] == [
        ("Ngày nghỉ, làm bù", 3),
        ("Nhắc báo cáo", 3),
        ("Giờ giấc", 3),
    ]


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/bot.db")


def settings(*words: str) -> Result:
    """Run a command of the group."""
    return CliRunner().invoke(main, ["settings", *words, "--language", "en"])


@pytest.mark.usefixtures("_database")
def test_in_and_out(file: Path) -> None:
    """A trial changes nothing; an import is in force, and the same again is nothing new."""
    changed(file, put(CALENDAR, K3="không"))
    trial, first, again = (settings("import", str(file), *more) for more in (["--dry-run"], [], []))
    assert [one.exit_code for one in (trial, first, again)] == [0, 0, 0], first.output
    assert trial.stdout.endswith("This was a trial: nothing was written.\n")
    assert first.stdout == "1 row is different:\nNgày kỷ niệm: VANHOA_2411: Dùng – → không.\nVersion 1 is in force.\n"
    assert again.stdout == "Nothing is different from the book in force.\n"
    assert settings("export", "out.xlsx").stdout == "Version 1 stands in out.xlsx.\n"
    assert page(Path("out.xlsx"), CALENDAR)["K3"].value == "không"


@pytest.mark.usefixtures("_database")
def test_versions_and_undo(file: Path) -> None:
    """Every version is kept; undo brings the one before back as a new one, and can itself be undone."""
    assert settings("undo").exit_code == 1
    assert settings("versions").stdout == "No book was stored yet: what ships is in force.\n"
    for cell in ("K3", "K4"):
        settings("import", str(changed(file, put(CALENDAR, **{cell: "không"}))))
    undone = settings("undo").stdout.splitlines()
    assert undone[-2:] == ["Ngày kỷ niệm: AIDS_0112: Dùng không → –.", "Version 3 is in force."]
    assert settings("undo", "--to", "0").stdout.splitlines()[-1] == "Version 4 is in force."
    assert settings("undo", "--to", "9").exit_code == 1
    listed = settings("versions").stdout.splitlines()
    assert [line.split(",")[0].split(":")[0] for line in listed] == ["4", "3", "2", "1"]
    assert listed[0].endswith("by operator: undo: 0")
    assert listed[-1].endswith(f"by operator: {file.name}")
    settings("export", "out.xlsx", "--version", "2")
    assert [page(Path("out.xlsx"), CALENDAR)[cell].value for cell in ("K3", "K4")] == ["không", "không"]
    assert settings("export", "out.xlsx", "--version", "7").exit_code == 1


@pytest.mark.usefixtures("_database")
def test_a_refusal_writes_nothing(file: Path) -> None:
    """A refusal ends with 1 and every problem on stderr."""
    result = settings("import", str(changed(file, put(CALENDAR, C3="31/4", E3="X"))))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("Nothing was written. Problems to mend: 2.\n")
    assert settings("versions").stdout.startswith("No book")


@pytest.mark.usefixtures("_database")
def test_a_stored_book_that_is_of_no_use_is_refused_at_start() -> None:
    """A book that another version of the program stored stops the start, with every problem and the way out."""
    runner = CliRunner()
    settings("versions")
    assert "none stored" in runner.invoke(main, ["check"]).stdout
    rows = json.dumps({"calendar": [{"code": "A", "name": "A", "rule": "31/4", "rank": "Z"}]})
    with closing(sqlite3.connect("bot.db")) as database:
        database.execute("INSERT INTO settings VALUES (1, '2026-11-22 01:00:00', 'x', 'x', ?)", (rows,))
        database.commit()
    checked, planned = (
        runner.invoke(main, ["check"]),
        runner.invoke(main, ["plan", "--from", "2027-01-01", "--to", "2027-01-02"]),
    )
    assert (checked.exit_code, planned.exit_code) == (1, 1)
    for result in (checked, planned):
        assert "row 2, column Ngày: “31/4”: no year has that day" in result.stderr
        assert "row 2, column Hạng: “Z” is none of: A, B, C." in result.stderr
        assert "settings undo --to VERSION" in result.stderr
    assert settings("undo", "--to", "0").exit_code == 0
    assert "version 2 holds" in runner.invoke(main, ["check"]).stdout
