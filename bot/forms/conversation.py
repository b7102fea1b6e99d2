"""One turn of a conversation: a stand and a message in, an outcome out. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.forms import steps
from bot.forms.attachments import hear_files
from bot.forms.outcome import Outcome, again, proceed, put, still_there
from bot.forms.pressed import press
from bot.forms.steps import Stand, Step
from bot.forms.strange import sorry
from bot.forms.typed import hear_text
from bot.i18n import Code, _, lines
from bot.messages import Arrival, Incoming
from bot.records import BEHALF, Submission


def hear(stand: Stand, incoming: Incoming) -> Outcome:
    """Take one message at the open question of this draft."""
    stand = _standing(stand)
    if incoming.what is Arrival.PRESS:
        return press(stand, incoming.text, incoming)
    if incoming.what is Arrival.FILES:
        return hear_files(stand, incoming)
    if incoming.what is Arrival.EDIT:
        return _changed(stand, incoming)
    if incoming.what is Arrival.OTHER:
        instead = _("I cannot read that kind of message yet. Please type the answer.")
        return again(stand, sorry(incoming, instead))
    return hear_text(stand, incoming)


def _standing(stand: Stand) -> Stand:
    """Forget an open question of another draft, and one that the form (or the path) no longer has."""
    ask = stand.ask
    if ask is None or (ask.draft == stand.draft.id and still_there(stand, ask.step, ask.state)):
        return stand
    return replace(stand, ask=None)


def _changed(stand: Stand, incoming: Incoming) -> Outcome:
    """An edited message takes the place of the answer it gave: its question is heard again, with the new words."""
    codes = [code for code, source in stand.draft.sources.items() if source == incoming.source]
    fields = [field for field in stand.path.fields if field.code in codes]
    if len(fields) != 1:
        return again(stand, _("To change an answer, choose Change in the summary, or type LAI to go back."))
    field = fields[0]
    reopened = put(stand, Step(field.code))
    outcome = hear_text(replace(stand, ask=reopened.ask), replace(incoming, what=Arrival.TEXT))
    changed = outcome.draft is not None and outcome.draft.answers.get(field.code) != stand.draft.answers[field.code]
    if not changed or not outcome.says:
        return outcome
    first = outcome.says[0]
    noted = replace(first, text=lines(_("Changed: {label}.", label=field.short), first.text))
    return replace(outcome, says=(noted, *outcome.says[1:]))


def updating(stand: Stand, report: Submission) -> Stand:
    """Turn a draft into a correction of an earlier report: its answers, with what was typed just now on top."""
    answers = {**report.answers, **{k: v for k, v in stand.draft.answers.items() if v is not None}}
    before = {name: value for name, value in report.accepted.items() if name != BEHALF}
    accepted = {**before, **stand.draft.accepted}
    if not stand.form.settings.extras_later:
        accepted[steps.MORE] = []
    draft = replace(stand.draft, replaces=report.id, answers=answers, accepted=accepted, sources={})
    return replace(stand, draft=draft, facts=replace(stand.facts, replaces=report.id))


def news(stand: Stand, report: Submission) -> Stand:
    """Turn a draft into a correction by news: what may have changed since is asked again."""
    opened = updating(stand, report)
    typed, anew = stand.draft.answers, stand.form.settings.again
    answers = {code: value for code, value in opened.draft.answers.items() if code in typed or code not in anew}
    return replace(opened, draft=replace(opened.draft, answers=answers))


def correction(stand: Stand, report: Submission, field: str = "") -> Outcome:
    """Open a correction: ask the one question that is to be answered anew, or show what is filed and ask which."""
    note, opened = _("This is what was filed as BC{number}.", number=Code(report.number)), updating(stand, report)
    if field and still_there(opened, field, {}):
        return put(opened, Step(field), _("Changing BC{number}.", number=Code(report.number)))
    if stand.form.settings.extras_later and opened.path.optional_left():
        return proceed(opened, note)
    return put(opened, Step(steps.EDIT), note)
