"""What is wrong with a spreadsheet, by row and column, for whoever has to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.i18n import Code, Text, _
from bot.reporting.cells import BadCell as CellError

__all__ = ["CellError", "Problem"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `row` counts as the spreadsheet does, 0 means the whole file; `column` may be empty."""

    row: int
    column: str
    text: Text

    def line(self, headings: Mapping[str, str]) -> Text:
        """Give it as one line to show; `headings` are the words that stand above the columns in this file."""
        if not self.row:
            return self.text
        if not self.column:
            return _("Row {row}: {text}", row=Code(self.row), text=self.text)
        heading = headings.get(self.column, self.column)
        return _("Row {row}, column {column}: {text}", row=Code(self.row), column=heading, text=self.text)
