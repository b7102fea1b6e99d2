"""The writer of each effect, in the order in which they are called: nobody is named before they are inserted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from bot import effects as asked
from bot.effects import Effect
from bot.ports import Claim
from storage.writing import (
    addresses,
    books,
    cases,
    clock,
    drafts,
    erasure,
    exceptions,
    files,
    heard,
    invites,
    keys,
    notices,
    outbox,
    people,
    records,
    registers,
    reports,
    reviews,
    roles,
    surveys,
    targets,
    wordings,
)

Writer = Callable[[Connection, Sequence[Any], datetime], list[Claim] | None]


def in_turn(writers: Mapping[type, Writer]) -> Writer:
    """Make one writer of several whose effects change the same rows: they are written in the order they came."""

    def write_in_turn(connection: Connection, effects: Sequence[Any], now: datetime) -> None:
        for kind, run in groupby(effects, key=type):
            writers[kind](connection, list(run), now)

    return write_in_turn


def family(writers: Mapping[type, Writer]) -> tuple[tuple[type, ...], Writer]:
    """Name the effects of a writer that takes them in turn."""
    return tuple(writers), in_turn(writers)


# Erasure comes after all that the same batch may still have written about the person.
FAMILIES: tuple[tuple[tuple[type, ...], Writer], ...] = (
    family({asked.NewPerson: people.add_people, asked.ChangePerson: people.change_people}),
    family(
        {
            asked.LinkAddress: addresses.link_addresses,
            asked.AddressState: addresses.set_states,
            asked.MoveAddress: addresses.move_addresses,
        }
    ),
    family({asked.GrantRole: roles.grant_roles, asked.EndRoles: roles.end_roles}),
    family(
        {
            asked.NewInvite: invites.add_invites,
            asked.UseInvite: invites.use_invites,
            asked.RevokeInvites: invites.revoke_invites,
        }
    ),
    ((asked.Consent,), people.add_consents),
    ((asked.WrongCode,), invites.add_tries),
    ((asked.SaveDraft, asked.DropDraft), drafts.keep_drafts),
    ((asked.SetAsk, asked.ClearAsk), drafts.keep_asks),
    ((asked.OfferAsk,), drafts.offer_asks),
    ((asked.FileReport,), reports.file_reports),
    ((asked.ReviewReport,), reviews.add_reviews),
    ((asked.BlankAnswers,), reports.blank_answers),
    ((asked.Unlock,), exceptions.unlock),
    ((asked.Exempt,), exceptions.exempt),
    ((asked.Assign,), targets.assign),
    ((asked.KeepCase,), cases.keep_cases),
    ((asked.KeepEntry,), registers.keep_entries),
    ((asked.KeepWording,), wordings.keep_wordings),
    ((asked.OpenSurvey,), surveys.open_surveys),
    ((asked.Vote,), surveys.count),
    family(
        {
            asked.KeepFile: files.keep_files,
            asked.DropFiles: files.drop_files,
            asked.HandFiles: files.hand_files,
            asked.FileKept: files.files_kept,
            asked.FileFailed: files.files_failed,
        }
    ),
    ((asked.Heard,), heard.keep_heard),
    ((asked.StartJob,), records.start_jobs),
    ((asked.Mark,), clock.set_marks),
    ((asked.Unsaid,), clock.note_unsaid),
    family({asked.Mute: clock.mute, asked.Unmute: clock.unmute}),
    ((asked.KeepNotice,), notices.keep_notices),
    ((asked.NoticeState,), notices.set_states),
    ((asked.Counted,), notices.count),
    ((asked.Correct,), notices.correct),
    ((asked.Provide,), notices.provide),
    ((asked.Provided,), notices.provided),
    ((asked.Readdress,), notices.readdress),
    ((asked.Acknowledge,), notices.acknowledge),
    ((asked.TakeBack,), notices.take_back),
    ((asked.AskBack,), notices.ask_back),
    ((asked.AnswerBack,), notices.answer_back),
    ((asked.KeepDirective,), notices.keep_directives),
    ((asked.HoldUnsent, asked.ReleaseHeld, asked.DropSome), notices.shift),
    ((asked.PutOff,), notices.put_off),
    ((asked.Speak, asked.DropUnsent), outbox.speak),
    ((asked.KeepBook,), books.add_books),
    ((asked.KeepKeys,), keys.keep_keys),
    ((asked.ErasePerson,), erasure.erase_people),
    ((asked.Audit,), records.add_audit),
    ((asked.Failure,), records.add_failures),
)
FAMILY_OF = {kind: place for place, (kinds, _) in enumerate(FAMILIES) for kind in kinds}


def write(connection: Connection, effects: Iterable[Effect], now: datetime) -> list[Claim]:
    """Write effects, each family of them at once; give the messages that may be sent right after the commit."""
    groups: dict[int, list[Effect]] = defaultdict(list)
    for effect in effects:
        groups[FAMILY_OF[type(effect)]].append(effect)
    claims: list[Claim] = []
    for place in sorted(groups):
        claims += FAMILIES[place][1](connection, groups[place], now) or []
    return claims
