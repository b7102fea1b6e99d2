"""Which kinds of units report, and which kinds of reports there are."""

from __future__ import annotations

from typing import Final

# Grassroots unions and grassroots occupational unions have the seal and the duty to report. A member union
# (cdcs_thanh_vien), a section or a group reports inside its own grassroots union; every other kind reads reports.
REPORTING_KINDS: Final = frozenset({"cdcs", "nghiep_doan_co_so"})

# The report kinds that there are or will be.
REPORT_KINDS: Final = (
    *("membership", "union_founding", "dialogue", "bargaining", "workplace_democracy", "propaganda", "sentiment"),
    *("incident", "welfare", "legal_aid", "training", "cadre_training", "emulation", "party_intro", "supervision"),
    *("safety", "periodic", "plan", "coordination"),
)
