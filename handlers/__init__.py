"""What people can talk about: every form and every command, in the order of menus."""

from __future__ import annotations

from typing import Final

from bot.forms.form import Form
from bot.talk import Command
from handlers import (
    askback,
    assignment,
    behalf,
    broadcast,
    chart,
    coming_in,
    days,
    digest,
    directives,
    exceptions,
    export,
    halfdone,
    handover,
    heard,
    help,  # noqa: A004
    invite,
    language,
    library,
    menu,
    mine,
    missing,
    mydata,
    nil,
    notices,
    opened,
    page,
    publishing,
    registration,
    reminders,
    report,
    review,
    sending,
    settings,
    silent,
    splitting,
    status,
    survey,
    targets,
    thanks,
    told_by_units,
    unit,
    unit_reports,
    withdrawing,
    wording,
)
from handlers.bargaining import BARGAINING
from handlers.cadre_training import CADRE_TRAINING
from handlers.cases import answering, following, noting, numbers, petition, question, urgent
from handlers.cases import opening as cases
from handlers.coordination import COORDINATION
from handlers.dialogue import DIALOGUE
from handlers.emulation import EMULATION
from handlers.incident import INCIDENT
from handlers.legal_aid import LEGAL_AID
from handlers.membership import MEMBERSHIP
from handlers.party_intro import PARTY_INTRO
from handlers.periodic import PERIODIC_REPORT
from handlers.plan import PLAN
from handlers.propaganda import PROPAGANDA
from handlers.registers import keeping
from handlers.registers.forms import REGISTERS
from handlers.safety import SAFETY
from handlers.sentiment import SENTIMENT
from handlers.supervision import SUPERVISION
from handlers.training import TRAINING
from handlers.union_founding import UNION_FOUNDING
from handlers.welfare import WELFARE
from handlers.workplace_democracy import WORKPLACE_DEMOCRACY

_FORMS: Final[tuple[Form, ...]] = (
    MEMBERSHIP,  # the first six are the first screen of the menu
    DIALOGUE,
    PROPAGANDA,
    WELFARE,
    SENTIMENT,
    INCIDENT,
    PERIODIC_REPORT,
    UNION_FOUNDING,
    BARGAINING,
    WORKPLACE_DEMOCRACY,
    LEGAL_AID,
    SAFETY,
    TRAINING,
    CADRE_TRAINING,
    EMULATION,
    PARTY_INTRO,
    SUPERVISION,
    PLAN,
    COORDINATION,
    nil.NIL_FORM,
    registration.REGISTRATION,
    invite.INVITATION,
    withdrawing.WITHDRAWAL,
    mydata.ERASURE,
    exceptions.UNLOCK,
    exceptions.EXEMPTION,
    notices.SPREADING,
    askback.QUESTION,
    askback.ANSWER,
    sending.CORRECTION,
    directives.DIRECTIVE,
    *review.FORMS,
    assignment.ASSIGNMENT,
    petition.PETITION,
    question.QUESTION,
    noting.NOTE,
    answering.ANSWER,
    answering.WORDING,
    wording.FORM,
    *REGISTERS,
    publishing.LAYING_OUT,
    survey.WHOM,
    survey.SURVEY,
)
FORMS: Final[tuple[Form, ...]] = (*_FORMS, broadcast.broadcast(_FORMS))

COMMANDS: Final[tuple[Command, ...]] = (
    coming_in.START,
    menu.MENU,
    report.COMMAND,
    nil.COMMAND,
    mine.MINE,
    urgent.COMMAND,
    petition.COMMAND,
    question.COMMAND,
    library.COMMAND,
    keeping.SEND,
    days.CALENDAR,
    targets.TARGETS,
    digest.DIGEST,
    missing.COMMAND,
    silent.COMMAND,
    review.QUEUE,
    numbers.COMMAND,
    survey.COMMAND,
    keeping.COMMAND,
    reminders.WISHES,
    reminders.NUDGE,
    unit.UNIT,
    exceptions.LOCK,
    exceptions.EXCUSE,
    notices.NOTICES,
    sending.COMMAND,
    directives.COMMAND,
    assignment.ASSIGN,
    export.EXPORT,
    wording.COMMAND,
    invite.INVITE,
    handover.COMMAND,
    status.COMMAND,
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
    notices.RECEIVED,
    notices.PASSED_ON,
    notices.DONE,
    askback.ASK,
    askback.LIST,
    askback.REPLY,
    heard.NUDGE,
    heard.LIST,
    days.REPORT,
    mine.SHOW,
    mine.CORRECT,
    withdrawing.WITHDRAW,
    withdrawing.WITHDRAWN,
    coming_in.JOIN,
    invite.INVITED,
    mydata.ERASED,
    exceptions.UNLOCKED,
    exceptions.EXEMPTED,
    broadcast.COMPOSED,
    directives.KEEP,
    sending.CORRECTED,
    notices.SPREAD,
    askback.ASKED,
    askback.ANSWERED,
    *review.OTHERS,
    assignment.ASSIGNED,
    splitting.SHARE_OUT,
    digest.BESIDE,
    chart.CHART,
    opened.OPENED,
    told_by_units.COMMAND,
    unit_reports.COMMAND,
    behalf.COMMAND,
    behalf.FILED,
    following.COMMAND,
    noting.NOTED,
    noting.TOLD,
    answering.ANSWERED,
    answering.WORDED,
    *wording.OTHERS,
    cases.OPENED,
    keeping.CHANGED,
    publishing.PUBLISHED,
    survey.COMPOSE,
    survey.OPENED,
)

stranger = coming_in.stranger
sent = settings.sent
