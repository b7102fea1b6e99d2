"""How many numbers of a period's report stand ready before anybody begins it: what a reminder may promise. Pure."""

from __future__ import annotations

from typing import Any

from bot.forms.conditions import Scope
from bot.forms.facts import Facts
from bot.forms.fields import Field
from bot.forms.form import Form


def prefilled(form: Form, period: str, facts: Facts) -> int:
    """Count the questions that will be asked with an answer in them, for the period with this code."""
    values: dict[str, Any] = {form.settings.period: period}
    scope, before = Scope(values, facts), len(values)
    for field in form.fields:
        value = _offered(field, scope)
        if value is not None:
            values[field.code] = value
    return len(values) - before


def _offered(field: Field, scope: Scope) -> Any:
    """Give what a question offers; None where it offers nothing, or is only asked of whoever wants to add something."""
    by_itself = field.required or (field.asked is not None and field.asked.holds(scope))
    if not by_itself or field.default is None or field.default_label is None:
        return None
    hidden = field.relevant is not None and not field.relevant.holds(scope)
    return None if hidden else field.default.value(scope)
