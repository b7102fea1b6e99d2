"""What the page itself says: its buttons, its states, its refusals. The conversation brings its own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.i18n import Text, _

# {size} and {name} are left open: the page fills them.


def _ask_whom(whom: str) -> Text:
    return _("No link? Please ask {whom} for one.", whom=whom)


Words = Mapping[str, Text | Callable[[str], Text]]

WORDS: Final[Words] = {
    "app": _("Union assistant"),
    "skip": _("Go to the message box"),
    "chat": _("Conversation"),
    "menu": _("More"),
    "newer": _("New messages"),
    "to_end": _("Go to the newest message"),
    "digits": _("Quick answers"),
    "write": _("Message"),
    "send": _("Send"),
    "attach": _("Send photos or files"),
    "keypad": _("Number keys"),
    "letters": _("Letter keys"),
    "typing": _("The assistant is typing"),
    "begin": _("Begin"),
    "empty": _("Reports are made here by answering short questions."),
    "online": _("Connected"),
    "connecting": _("Connecting…"),
    "offline": _("No network. What you type is kept and sent later."),
    "away": _("The server does not answer. Trying again…"),
    "waiting": _("waits to be sent"),
    "sent": _("sent"),
    "failed": _("not sent"),
    "again": _("Try again"),
    "drop": _("Remove"),
    "too_large": _("This file is larger than {size} MB.", size="{size}"),
    "too_big": _("This file is too large."),
    "wrong_type": _("Only photos, PDF, Word and Excel files can be sent."),
    "refused": _("This message cannot be sent."),
    "slow": _("Too fast. It will be sent in a moment."),
    "earlier": _("Loading earlier messages…"),
    "first": _("Messages are shown for 30 days."),
    "choices": _("Show the choices"),
    "today": _("Today"),
    "yesterday": _("Yesterday"),
    "you": _("Me"),
    "assistant": _("Assistant"),
    "download": _("Save {name}", name="{name}"),
    "leave": _("Log out"),
    "leave_all": _("Log out everywhere"),
    "leave_sure": _("Log out of this browser? To come back you need a new link."),
    "leave_all_sure": _("Log out of every browser? To come back you need a new link."),
    "cancel": _("Cancel"),
    "enter_title": _("Come in"),
    "enter_text": _("Open the link you were given, or type its code here."),
    "code": _("Code"),
    "enter": _("Enter"),
    "entering": _("One moment…"),
    "no_code": _ask_whom,
    "over": _("You are logged out here. To come back, open a new link or type its code."),
    "limit": _("Too many tries. Please wait a few minutes."),
    "unreachable": _("The server cannot be reached. Please try again."),
    "here": _("You are already logged in. Where shall the code count?"),
    "here_yes": _("In this conversation"),
    "here_no": _("As somebody else"),
    "noscript": _("This page needs JavaScript."),
}

DEMO_WORDS: Final[Words] = {
    "app": _("Union assistant"),
    "demo": _("Try it out"),
    "demo_text": _("An invented province. Report something as the chair, then press Digest as an officer."),
    "places": _("Whom to play"),
    "noscript": _("This page needs JavaScript."),
}

# {have}, {most}, {count} and {size} are left open too.
BRIDGE_WORDS: Final[Words] = {
    "bridge_add": _("Take or choose photos and files"),
    "bridge_more": _("Add another"),
    "bridge_room": _("Sent: {have} of {most}.", have="{have}", most="{most}"),
    "bridge_back": _("When everything is sent, go back to the chat and type 1."),
    "bridge_full": _("All {most} have come. Now go back to the chat and type 1.", most="{most}"),
    "bridge_sending": _("Sending…"),
    "bridge_waiting": _("No network: it goes by itself when the network is back. Please keep this page open."),
    "bridge_sent": _("Sent"),
    "bridge_search": _("Search the list"),
    "bridge_tap": _("Tap a line to choose it."),
    "bridge_tap_several": _("Tap all that apply, then send."),
    "bridge_nothing": _("Nothing in the list has that in it."),
    "bridge_send": _("Send {count}", count="{count}"),
    "bridge_picked": _("Chosen. Now go back to the chat."),
    "bridge_done_title": _("Nothing is left to do here"),
    "bridge_done": _("That question was answered, or another is open now. Please go back to the chat and go on there."),
    "bridge_over_title": _("This link is over"),
    "bridge_over": _("For safety a link works for half an hour only. In the chat, type TIEP to get a new one."),
    "bridge_foreign_title": _("This link does not work"),
    "bridge_foreign": _("Perhaps a piece of it is missing. Please open it again from the chat, or type TIEP there."),
    "bridge_retry": _("Try again"),
}
