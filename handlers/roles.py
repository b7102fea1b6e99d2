"""What roles are called, and who may give which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.i18n import Phrase, _
from bot.records import Role

ROLE_NAMES: Final[Mapping[Role, Phrase]] = {
    Role.CHAIR: _("chair"),
    Role.DEPUTY: _("deputy chair"),
    Role.COMMITTEE: _("committee member"),
    Role.AREA_OFFICER: _("area officer"),
    Role.PROV_OFFICER: _("provincial officer"),
    Role.PROV_LEADER: _("provincial leader"),
    Role.ADMIN: _("administrator"),
}
BESIDE_UNIT: Final[
    Mapping[Role, Phrase]
] = {  # where the unit's own name says the rest: "officer of LĐLĐ tỉnh Lai Châu"
    Role.AREA_OFFICER: _("officer"),
    Role.PROV_OFFICER: _("officer"),
    Role.PROV_LEADER: _("leader"),
}
LOCAL: Final = frozenset({Role.CHAIR, Role.DEPUTY, Role.COMMITTEE})
MAY_INVITE: Final[Mapping[Role, frozenset[Role]]] = {
    Role.AREA_OFFICER: LOCAL,
    Role.PROV_OFFICER: LOCAL | {Role.AREA_OFFICER},
    Role.PROV_LEADER: LOCAL | {Role.AREA_OFFICER, Role.PROV_OFFICER},
    Role.ADMIN: frozenset(Role),
}
ONE_AT_A_TIME: Final = frozenset({Role.CHAIR})  # a new holder ends the old one's access at once


def role_name(code: str) -> Phrase:
    """Give what a role is called, where it stands alone."""
    return ROLE_NAMES[Role(code)]


def role_of(code: str) -> Phrase:
    """Give what a role is called in front of the name of its unit."""
    return BESIDE_UNIT.get(Role(code), ROLE_NAMES[Role(code)])
