"""`python -m bot forms`: the kinds of report, with their fields, for people or as JSON."""

from __future__ import annotations

import json
from typing import Any

import click

import handlers
from bot.cli.wiring import LOCALES
from bot.forms.fields import Field
from bot.forms.form import Form
from bot.i18n import DEFAULT_LANGUAGE, Voice, load_catalogues


@click.command("forms")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--language", default=DEFAULT_LANGUAGE, show_default=True, help="The language of labels.")
def forms(as_json: bool, language: str) -> None:
    """List the report kinds and their fields."""
    catalogues = load_catalogues(LOCALES)
    if language not in catalogues:
        raise click.BadParameter(f"choose one of {', '.join(sorted(catalogues))}", param_hint="--language")
    voice = Voice(catalogues[language])
    kinds = [described(form, voice) for form in handlers.FORMS if form.settings.report]
    if as_json:
        click.echo(json.dumps(kinds, ensure_ascii=False, indent=2))
        return
    for kind in kinds:
        click.echo(f"{kind['name']}: {kind['title']}")
        for field in kind["fields"]:
            needed = "*" if field["required"] else " "
            click.echo(f"  {needed} {field['code']:<18} {field['type']:<16} {field['label']}")


def described(form: Form, voice: Voice) -> dict[str, Any]:
    """Describe a form: its name, title and fields."""
    return {
        "name": form.name,
        "title": voice.speak(form.title),
        "fields": [_field(field, voice) for field in form.fields],
    }


def _field(field: Field, voice: Voice) -> dict[str, Any]:
    choices = getattr(field, "choices", ())
    return {
        "code": field.code,
        "type": field.type,
        "label": voice.speak(field.label),
        "required": field.required,
        "relevant": sorted(field.relevant.reads()) if field.relevant is not None else None,
        "choices": [option.code for option in choices] if isinstance(choices, tuple) and choices else None,
        "figure": field.figure.value,
        "sensitivity": field.sensitive.value,
    }
