"""One screen of choices: six to a page, each under its digit, and the engine's own acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.forms import steps
from bot.forms.steps import Stand, Step
from bot.i18n import Text, _
from bot.messages import Choice

PAGE: Final = 6  # choices on a screen; 7 is the next page, 8 the one before, 9 done
NEXT: Final = "7"


def paged(stand: Stand, step: str, choices: Sequence[Choice], state: Mapping[str, Any]) -> list[Choice]:
    """Show one page of choices under the digits 1 to 6, with 7 and 8 to turn the page."""
    pages = max(1, -(-len(choices) // PAGE))
    page = min(int(state.get("page", 0)), pages - 1)
    shown = choices[page * PAGE : (page + 1) * PAGE]
    drawn = [Choice(c.label, c.data, str(n)) for n, c in enumerate(shown, 1)]
    if page + 1 < pages:
        drawn.append(Choice(_("More choices"), f"p:{stand.draft.id}:{step}:{page + 1}", NEXT))
    if page:
        drawn.append(Choice(_("Choices before"), f"p:{stand.draft.id}:{step}:{page - 1}", "8"))
    return drawn


def act(stand: Stand, act: str, label: Text, key: str, *, at: Step | None = None) -> Choice:
    """Offer one of the engine's own acts; `at` ties it to its step, so that an old button does nothing elsewhere."""
    mark = f":{steps.mark(stand, at.name, at.state)}" if at is not None else ""
    return Choice(label, f"s:{stand.draft.id}:{act}{mark}", key)
