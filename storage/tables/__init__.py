"""Every table, on both databases. A change here needs a revision in `storage/migrations/versions` too."""

from __future__ import annotations

from storage.tables.cases import case_events, cases
from storage.tables.keys import channel_keys
from storage.tables.machinery import audit, clock_marks, failures, jobs, seen_updates, settings
from storage.tables.metadata import metadata
from storage.tables.notices import acknowledgements, directives, notice_questions, notice_recipients, notices
from storage.tables.organisation import unit_links, unit_names, units
from storage.tables.outbox import outbox, outbox_reasons, unsaid
from storage.tables.people import addresses, consents, invite_tries, invites, mutes, people, roles
from storage.tables.registers import entries
from storage.tables.reports import attachments, exemptions, figures, levels, submissions, totals, unlocks
from storage.tables.reviews import reviews
from storage.tables.surveys import surveys, votes
from storage.tables.talks import asks, drafts, heard
from storage.tables.targets import targets
from storage.tables.wordings import wordings

__all__ = [
    "acknowledgements",
    "addresses",
    "asks",
    "attachments",
    "audit",
    "case_events",
    "cases",
    "channel_keys",
    "clock_marks",
    "consents",
    "directives",
    "drafts",
    "entries",
    "exemptions",
    "failures",
    "figures",
    "heard",
    "invite_tries",
    "invites",
    "jobs",
    "levels",
    "metadata",
    "mutes",
    "notice_questions",
    "notice_recipients",
    "notices",
    "outbox",
    "outbox_reasons",
    "people",
    "reviews",
    "roles",
    "seen_updates",
    "settings",
    "submissions",
    "surveys",
    "targets",
    "totals",
    "unit_links",
    "unit_names",
    "units",
    "unlocks",
    "unsaid",
    "votes",
    "wordings",
]
