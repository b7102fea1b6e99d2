"""Checks that everything a form says exists in every language, before anybody meets it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.forms.fields import Field
from bot.forms.form import Form
from bot.i18n import Catalogue, Phrase, Text


def untranslated(forms: Iterable[Form], catalogues: Mapping[str, Catalogue]) -> list[str]:
    """Name every text of these forms that a language lacks."""
    return [
        f"form {form.name}: {phrase.msgid!r} is not translated into {language}"
        for form in forms
        for phrase in phrases(form)
        for language, catalogue in catalogues.items()
        if not catalogue.knows(phrase)
    ]


def phrases(form: Form) -> Iterator[Phrase]:
    """Give what a form itself says: title, questions, names, hints, choices, complaints."""
    settings = form.settings
    texts: list[Text | None] = [form.title, settings.menu, settings.intro, settings.confirm]
    for field in form.fields:
        texts += [field.label, field.short, field.hint, field.constraint_message, *_labels(field)]
    return (text for text in texts if isinstance(text, Phrase))


def _labels(field: Field) -> list[Text]:
    choices = getattr(field, "choices", ())
    return [option.label for option in choices] if isinstance(choices, tuple) else []
