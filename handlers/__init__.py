"""What people can talk about: every form and every command, in the order of menus."""

from __future__ import annotations

from typing import Final

from bot.forms.form import Form
from bot.talk import Command
from handlers import (
    assignment,
    chart,
    days,
    digest,
    exceptions,
    halfdone,
    help,  # noqa: A004
    invite,
    language,
    menu,
    mine,
    mydata,
    nil,
    opened,
    page,
    registration,
    reminders,
    report,
    settings,
    targets,
    thanks,
    unit,
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
    assignment.ASSIGNMENT,
    petition.PETITION,
    question.QUESTION,
    following.ANSWER,
    following.WORDING,
)

COMMANDS: Final[tuple[Command, ...]] = (
    registration.START,
    menu.MENU,
    report.COMMAND,
    nil.COMMAND,
    mine.MINE,
    petition.COMMAND,
    question.COMMAND,
    days.CALENDAR,
    targets.TARGETS,
    digest.DIGEST,
    digest.MISSING_UNITS,
    numbers.COMMAND,
    reminders.WISHES,
    reminders.NUDGE,
    unit.UNIT,
    exceptions.LOCK,
    exceptions.EXCUSE,
    assignment.ASSIGN,
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
    assignment.ASSIGNED,
    assignment.SHARE_OUT,
    digest.BESIDE,
    chart.CHART,
    opened.OPENED,
    opened.REPORT,
    following.COMMAND,
    following.ANSWERED,
    following.WORDED,
    cases.OPENED,
)

stranger = registration.stranger
sent = settings.sent
