"""What people can talk about: every form and every command, in the order of menus."""

from __future__ import annotations

from typing import Final

from bot.forms.form import Form
from bot.talk import Command
from handlers import (
    behalf,
    days,
    digest,
    exceptions,
    halfdone,
    help,  # noqa: A004
    invite,
    language,
    library,
    menu,
    mine,
    missing,
    mydata,
    nil,
    page,
    registration,
    reminders,
    report,
    review,
    settings,
    silent,
    survey,
    thanks,
    unit,
    unit_reports,
)
from handlers.cases import following, numbers, petition, question
from handlers.cases import opening as cases
from handlers.dialogue import DIALOGUE
from handlers.membership import MEMBERSHIP
from handlers.periodic import PERIODIC_REPORT
from handlers.propaganda import PROPAGANDA

FORMS: Final[tuple[Form, ...]] = (
    MEMBERSHIP,
    DIALOGUE,
    PROPAGANDA,
    PERIODIC_REPORT,
    nil.NIL_FORM,
    registration.REGISTRATION,
    invite.INVITATION,
    mine.WITHDRAWAL,
    mydata.ERASURE,
    exceptions.UNLOCK,
    exceptions.EXEMPTION,
    *review.FORMS,
    petition.PETITION,
    question.QUESTION,
    following.ANSWER,
    following.WORDING,
    survey.WHOM,
    survey.SURVEY,
)

COMMANDS: Final[tuple[Command, ...]] = (
    registration.START,
    menu.MENU,
    report.COMMAND,
    nil.COMMAND,
    mine.MINE,
    petition.COMMAND,
    question.COMMAND,
    library.COMMAND,
    days.CALENDAR,
    digest.DIGEST,
    missing.COMMAND,
    silent.COMMAND,
    review.QUEUE,
    numbers.COMMAND,
    survey.COMMAND,
    reminders.WISHES,
    reminders.NUDGE,
    unit.UNIT,
    exceptions.LOCK,
    exceptions.EXCUSE,
    invite.INVITE,
    settings.COMMAND,
    reminders.LATER,
    halfdone.GO_ON,
    halfdone.DROP,
    mydata.COMMAND,
    page.COMMAND,
    language.COMMAND,
    help.COMMAND,
    help.CALL,
    thanks.COMMAND,
    days.REPORT,
    mine.SHOW,
    mine.CORRECT,
    mine.WITHDRAW,
    mine.WITHDRAWN,
    registration.JOIN,
    invite.INVITED,
    mydata.ERASED,
    exceptions.UNLOCKED,
    exceptions.EXEMPTED,
    *review.OTHERS,
    unit_reports.COMMAND,
    behalf.COMMAND,
    behalf.FILED,
    following.COMMAND,
    following.ANSWERED,
    following.WORDED,
    cases.OPENED,
    survey.COMPOSE,
    survey.OPENED,
)

stranger = registration.stranger
sent = settings.sent
