"""How people come in, told once for all tests."""

from __future__ import annotations

from bot.i18n import Text, _
from handlers.registration import FORMS_OF_ADDRESS, REGISTRATION
from tests.end_to_end.someone import Someone, label

MENU = _("What shall be reported today?")
OFFICER_MENU = _("What would {you} like to see?")


async def comes_in(who: Someone, code: str, unit: str, menu: Text = MENU) -> None:
    """Come in by a link with a code, up to the menu; with buttons where there are some."""
    await who.user.start(code)
    await who.reads(unit)
    await who.taps(_("Yes"), then=label(REGISTRATION, "honorific"))
    addressed = next(option.label for option in FORMS_OF_ADDRESS if option.code == who.honorific)
    await who.taps(addressed, then=label(REGISTRATION, "name"))
    await who.types(who.name, then=label(REGISTRATION, "phone"))
    who.is_known()
    await who.types("0912 345 678", then=unit)
    await who.reads(menu)
