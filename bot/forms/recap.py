"""Shows answers back, one line each: before filing, in the receipt, and later when a report is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.forms.fields import Field
from bot.forms.form import Form
from bot.i18n import Phrase, _

Values = Mapping[str, Any]


def answer_lines(form: Form, now: Values, before: Values | None = None) -> Iterator[Phrase]:
    """Give a line for each answer; beside other answers (`before`), what is different with its old value."""
    for field in form.fields:
        line = _line(field, now.get(field.code), before.get(field.code) if before is not None else None, before)
        if line is not None:
            yield line


def _line(field: Field, now: Any, old: Any, before: Values | None) -> Phrase | None:
    if now is None:
        return _("{label}: {old} → (none)", label=field.short, old=field.show(old)) if old is not None else None
    shown = field.show(now)
    if before is None or old == now:
        return _("{label}: {value}", label=field.short, value=shown)
    return _("{label}: {old} → {new}", label=field.short, old=field.show(old) if old is not None else "–", new=shown)
