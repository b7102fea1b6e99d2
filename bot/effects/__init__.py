"""The effects that a turn asks to be written.

A turn never writes. It returns effects; storage writes all effects of a batch with one statement per table and one
commit.
"""

from __future__ import annotations

from bot.effects.cases import KeepCase
from bot.effects.drafts import ClearAsk, DropDraft, OfferAsk, SaveDraft, SetAsk
from bot.effects.files import DropFiles, FileFailed, FileKept, HandFiles, KeepFile
from bot.effects.invites import NewInvite, RevokeInvites, UseInvite, WrongCode
from bot.effects.keys import KeepKeys
from bot.effects.machinery import Audit, Failure, KeepBook, Mark, StartJob
from bot.effects.notices import (
    Acknowledge,
    AnswerBack,
    AskBack,
    Correct,
    Counted,
    DropSome,
    HoldUnsent,
    KeepDirective,
    KeepNotice,
    NoticeState,
    Provide,
    Provided,
    PutOff,
    Readdress,
    ReleaseHeld,
    TakeBack,
)
from bot.effects.people import (
    AddressState,
    ChangePerson,
    Consent,
    EndRoles,
    ErasePerson,
    GrantRole,
    LinkAddress,
    MoveAddress,
    NewPerson,
)
from bot.effects.registers import KeepEntry
from bot.effects.reports import BlankAnswers, Exempt, FileReport, Unlock
from bot.effects.reviews import ReviewReport
from bot.effects.speech import DropUnsent, Heard, Mute, Speak, Unmute, Unsaid
from bot.effects.surveys import OpenSurvey, Vote
from bot.effects.targets import Assign
from bot.effects.wordings import KeepWording

Effect = (
    SaveDraft
    | DropDraft
    | SetAsk
    | ClearAsk
    | FileReport
    | KeepFile
    | DropFiles
    | HandFiles
    | FileKept
    | FileFailed
    | Speak
    | Heard
    | DropUnsent
    | StartJob
    | NewPerson
    | ChangePerson
    | LinkAddress
    | AddressState
    | MoveAddress
    | GrantRole
    | EndRoles
    | Consent
    | NewInvite
    | UseInvite
    | RevokeInvites
    | WrongCode
    | ErasePerson
    | BlankAnswers
    | KeepBook
    | KeepKeys
    | OfferAsk
    | Mark
    | Unsaid
    | Mute
    | Unmute
    | Unlock
    | Exempt
    | Acknowledge
    | TakeBack
    | AnswerBack
    | AskBack
    | Correct
    | Counted
    | DropSome
    | HoldUnsent
    | KeepDirective
    | KeepNotice
    | NoticeState
    | Provide
    | Provided
    | PutOff
    | Readdress
    | ReleaseHeld
    | ReviewReport
    | Assign
    | KeepCase
    | KeepEntry
    | KeepWording
    | OpenSurvey
    | Vote
    | Audit
    | Failure
)

__all__ = [
    "Acknowledge",
    "AddressState",
    "AnswerBack",
    "AskBack",
    "Assign",
    "Audit",
    "BlankAnswers",
    "ChangePerson",
    "ClearAsk",
    "Consent",
    "Correct",
    "Counted",
    "DropDraft",
    "DropFiles",
    "DropSome",
    "DropUnsent",
    "Effect",
    "EndRoles",
    "ErasePerson",
    "Exempt",
    "Failure",
    "FileFailed",
    "FileKept",
    "FileReport",
    "GrantRole",
    "HandFiles",
    "Heard",
    "HoldUnsent",
    "KeepBook",
    "KeepCase",
    "KeepDirective",
    "KeepEntry",
    "KeepFile",
    "KeepKeys",
    "KeepNotice",
    "KeepWording",
    "LinkAddress",
    "Mark",
    "MoveAddress",
    "Mute",
    "NewInvite",
    "NewPerson",
    "NoticeState",
    "OfferAsk",
    "OpenSurvey",
    "Provide",
    "Provided",
    "PutOff",
    "Readdress",
    "ReleaseHeld",
    "ReviewReport",
    "RevokeInvites",
    "SaveDraft",
    "SetAsk",
    "Speak",
    "StartJob",
    "TakeBack",
    "Unlock",
    "Unmute",
    "Unsaid",
    "UseInvite",
    "Vote",
    "WrongCode",
]
