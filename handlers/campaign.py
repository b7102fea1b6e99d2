"""The question that ties a report to an anniversary or a campaign of the union year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.forms.conditions import Scope
from bot.forms.fields import Figure, Option, SelectOne
from bot.i18n import Named, Text, _

CAMPAIGN: Final = "campaign_code"  # the field that ties a report to a day of the union year


class Campaign(SelectOne):
    """The anniversary or campaign that an activity belongs to."""

    __slots__ = ()

    def show(self, value: Any) -> Text:
        """Show its name."""
        return Named(str(value))


def for_campaign(event: str = "event_date") -> Campaign:
    """Ask for which campaign it was, of those that the day of the event may belong to."""

    def campaigns(scope: Scope) -> Sequence[Option]:
        day, said = scope.answers.get(event) or scope.facts.today, scope.answers.get(CAMPAIGN)
        codes = [one.code for one in scope.facts.campaigns.open_on(day)]
        # A day that was switched off since stays with the reports that were made for it.
        kept = [said] if said and scope.facts.campaigns.retired(said) else []
        return [Option(code, Named(code)) for code in (*codes, *kept)]

    return Campaign(
        CAMPAIGN,
        _("For which campaign or anniversary was it?"),
        short=_("Campaign"),
        choices=campaigns,
        required=False,
        figure=Figure.COUNT_BY,
    )
