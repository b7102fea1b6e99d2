"""What is wrong with the settings, in plain words: where, what, and an example of something right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

Loc = tuple[int | str, ...]

WORDS: Final = {
    "missing": "is missing",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "string_type": "must be a text in quotes",
    "string_too_short": "must not be empty",
    "string_too_long": "must be shorter, {max_length} characters at most",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be {expected}",
    "value_error": "{error}",
    "time_parsing": "must be a time of day",
    "time_type": "must be a time of day",
    "date_from_datetime_parsing": "must be a day",
    "date_parsing": "must be a day",
    "path_type": "must be the name of a folder, in quotes",
    "model_type": "must be a section",
    "tuple_type": "must be written as [[…]], once for each",
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong."""

    where: str
    what: str
    example: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.where}: {self.what}" + (f". Example: {self.example}" if self.example else "")


class ConfigError(Exception):
    """The settings cannot be used; `complaints` has everything that is wrong with them."""

    def __init__(self, complaints: list[Complaint]) -> None:
        """Keep them all."""
        super().__init__("\n".join(map(str, complaints)))
        self.complaints = complaints


class Lines:
    """The lines of config.toml, to tell where a setting stands."""

    TABLE: Final = re.compile(r"\s*\[{1,2}\s*([\w.-]+)\s*\]{1,2}")
    KEY: Final = re.compile(r"\s*([\w-]+)\s*=")

    def __init__(self, path: Path, text: str) -> None:
        """Read where each key and each section stands."""
        self._name = path.name
        self._at = dict(self._scan(text))

    def where(self, loc: Loc) -> str:
        """Tell file and line of a setting, or of the closest thing around it."""
        for end in range(len(loc), 0, -1):
            if line := self._at.get(loc[:end]):
                return f"{self._name}, line {line}"
        return self._name

    def _scan(self, text: str) -> Iterator[tuple[Loc, int]]:
        table: Loc = ()
        counts: dict[Loc, int] = {}
        for number, line in enumerate(text.splitlines(), start=1):
            if head := self.TABLE.match(line):
                table = tuple(head[1].split("."))
                if line.lstrip().startswith("[["):
                    counts[table] = counts.get(table, -1) + 1
                    table = (*table, counts[table])
                yield table, number
            elif key := self.KEY.match(line):
                yield (*table, key[1]), number


def put(error: ErrorDetails, model: type[BaseModel], lines: Lines | None) -> Complaint:
    """Put an error of pydantic into plain words; without `lines` the value came from the environment."""
    loc = tuple(part for part in error["loc"] if isinstance(part, int) or part.isidentifier())
    field, around = _field_at(model, loc)
    key = str(loc[-1])
    example = str(field.examples[0]) if field and field.examples else ""
    if error["type"] == "extra_forbidden":
        return Complaint(_named(loc, lines), "is not a setting" + _did_you_mean(key, around))
    what = WORDS.get(error["type"], error["msg"]).format_map(error.get("ctx", {}))
    if lines is None:
        return Complaint(_environment_name(loc), what, f"{_environment_name(loc)}={example}" if example else "")
    return Complaint(_named(loc, lines), what, f"{key} = {example}" if example else "")


def _named(loc: Loc, lines: Lines | None) -> str:
    table = ".".join(str(part) for part in loc[:-1] if isinstance(part, str))
    whole = isinstance(loc[-1], int)  # a block of a list
    name = f"[[{table}]]" if whole else f"[{table}] {loc[-1]}" if table else f"[{loc[-1]}]"
    return f"{lines.where(loc)}, {name}" if lines else name


def _environment_name(loc: Loc) -> str:
    return str(loc[-1] if loc[:1] == ("server",) else loc[0]).upper()


def _did_you_mean(key: str, around: Mapping[str, Any]) -> str:
    close = get_close_matches(key, around, n=1, cutoff=0.6)
    return f". Did you mean {close[0]}?" if close else f"; known here: {', '.join(around)}"


def _field_at(model: type[BaseModel], loc: Loc) -> tuple[FieldInfo | None, dict[str, FieldInfo]]:
    """Find a setting by its place, and what stands beside it."""
    fields = _fields(model)
    field = None
    for part in loc:
        if isinstance(part, int):
            continue
        fields = _fields(_model_of(field)) if field else fields
        field = fields.get(part)
        if field is None:
            break
    return field, fields


def _fields(model: type[BaseModel] | None) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()} if model else {}


def _model_of(field: FieldInfo) -> type[BaseModel] | None:
    kinds = (field.annotation, *getattr(field.annotation, "__args__", ()))
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
