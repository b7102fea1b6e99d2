"""Who may read what reports of the mood, of incidents and of legal help say: whoever the office's book lists."""

from __future__ import annotations

from typing import Final

from bot.cases.case import Kind
from bot.cases.desks import ANYTHING, Officer, is_named
from bot.forms.fields import Field, Sensitivity
from bot.forms.form import Form
from bot.records import OFFICERS
from bot.talk import Talk

GUARDED: Final = {"sentiment": Kind.PETITION, "incident": Kind.INCIDENT, "legal_aid": Kind.LEGAL}  # kinds of reports
REPORTS: Final = {kind: form for form, kind in GUARDED.items()}


def kept_off(talk: Talk, kind: Kind) -> Form | None:
    """Give the report kind whose like may not be read on the channel of this turn, if cases of this kind are that."""
    form = REPORTS.get(kind, "")
    return talk.house.forms.get(form) if talk.kept_off(form) else None


def is_open_to(talk: Talk, form: Form, field: Field) -> bool:
    """Tell whether an officer may read an answer of a report within reach; what is sensitive, only if listed for it.

    What is kept off other people's messengers is read on none of them.
    """
    if talk.kept_off(form.name):
        return False
    guarded = field.sensitive is Sensitivity.SENSITIVE
    if form.name in GUARDED:
        guarded = guarded or field.sensitive is Sensitivity.PERSONAL
    return not guarded or is_listed(talk, form.name)


def is_listed(talk: Talk, form: str) -> bool:
    """Tell whether the office's book names this officer for what reports of this kind are about."""
    kind = GUARDED.get(form)
    if kind is None:
        return False
    me = talk.known
    posts = [
        Officer(me.id, me.name, me.phone, post.role, post.unit.id, post.unit.code, 0)
        for post in me.posts
        if post.role in OFFICERS
    ]
    rows = [(row.unit, row.person) for row in talk.house.lists.functions if row.receives in {kind.value, ANYTHING}]
    if kind is Kind.INCIDENT:
        rows += [(row.unit, row.person) for row in talk.house.lists.duties]
    return any(is_named(post, unit, person) for post in posts for unit, person in rows)
