"""What a message means: control words, the open question, commands, trigger words, in this order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.effects import AddressState, MoveAddress
from bot.forms.fold import clean, fold
from bot.forms.strange import sorry
from bot.i18n import Code, _
from bot.inbox.codes import CAPTION, case_command, files_for_case
from bot.inbox.dialogue import Dialogue
from bot.inbox.memory import Memory
from bot.inbox.names import correction_command, escape, named, slash, triggered
from bot.messages import Arrival, Button, Choice
from bot.records import OFFICERS, REPORTERS, Draft
from bot.talk import Command, Talk

BEFORE_REGISTERING: Final = frozenset({"start", "dulieu", "ngonngu", "trogiup", "camon"})
LABELS_HOLD: Final = timedelta(days=3)  # how long a button may be named by its label
LABELS_OF: Final = 6  # messages whose buttons may be named so
SHORTEST_LABEL: Final = 2  # letters


async def take(talk: Talk, memory: Memory) -> None:
    """Take one message, whoever sent it."""
    talk.opened = Dialogue(talk, memory)
    what = talk.incoming.what
    address = talk.incoming.address
    if what is Arrival.BLOCKED:
        talk.do(AddressState(address, "closed"))
    elif what is Arrival.UNBLOCKED:
        talk.do(AddressState(address, "open"))
    elif what is Arrival.MOVED:
        talk.do(MoveAddress(address, talk.incoming.text))
    elif what is Arrival.LEFT:
        _leave(talk)
    elif not talk.incoming.private:
        return
    elif talk.person is None:
        await _stranger(talk)
    else:
        await _known(talk, memory)


def _leave(talk: Talk) -> None:
    """Unlink the chat that somebody logged out of, or all of theirs on its channel."""
    here = talk.incoming.address
    known = talk.person.addresses if talk.person is not None and talk.incoming.text == "all" else ()
    for address in {here, *(one for one in known if one.channel == here.channel)}:
        talk.do(AddressState(address, "unlinked"))
    talk.audit("log out", here.channel, talk.incoming.text)


async def _stranger(talk: Talk) -> None:
    if talk.house.stranger is not None:
        await talk.house.stranger(talk)


async def _known(talk: Talk, memory: Memory) -> None:
    what = talk.incoming.what
    if not talk.known.posts and not _always_open(talk):
        await _stranger(talk)
    elif what is Arrival.PRESS:
        await _press(talk, memory, talk.incoming.text)
    elif what is Arrival.TEXT:
        await _text(talk, memory)
    else:
        await _file_or_edit(talk, memory)


def _always_open(talk: Talk) -> bool:
    """Tell whether a message is for what somebody without a role may do: register, see their data and erase them."""
    if talk.drafts:
        return True
    word = fold(talk.incoming.text).lstrip("/")
    chosen = talk.ask.choices.get(word, "") if talk.ask is not None and not talk.ask.draft else ""
    return (chosen or word).lstrip("/").split(" ")[0] in {"start", "dulieu", "ngonngu"}


async def _press(talk: Talk, memory: Memory, data: str) -> None:
    if data.startswith("/"):
        await _run_data(talk, data)
        return
    draft = talk.draft(data.split(":")[1] if data.count(":") > 1 else "")
    if draft is not None:
        await Dialogue(talk, memory).hear(draft)
        return
    await _stale(talk, data)


async def _stale(talk: Talk, data: str) -> None:
    """A button of a form that is finished: say what became of it."""
    reads = await talk.read()
    report = await reads.filed_from(data.split(":")[1]) if data.count(":") > 1 else None
    mine = {post.unit.id for post in talk.known.posts}
    if report is None or report.unit not in mine:
        talk.say(_("That button belongs to something already finished. Type MENU to see what can be done."))
        return
    talk.say(
        _("That report was already sent as BC{number}. To change it, type SUA {number}.", number=Code(report.number)),
        Choice(_("Change it"), f"/sua {report.number}", f"SUA {report.number}"),
    )


async def _text(talk: Talk, memory: Memory) -> None:
    words = clean(talk.incoming.text)
    word = fold(words).strip(" .!")
    chosen = _chosen(talk, word)
    if chosen:
        await _press(talk, memory, chosen)
        return
    command = slash(talk, words) or escape(talk, word) or correction_command(talk, word) or case_command(talk, words)
    if command is not None:
        await _run(talk, *command)
        return
    ask = talk.ask
    draft = talk.draft(ask.draft) if ask is not None and ask.draft else None
    if draft is not None and await _answer(talk, memory, draft, word):
        return
    await _without_question(talk, memory, word)


def _chosen(talk: Talk, word: str) -> str:
    """Give what a word means on the screen that is open, by its key or its whole label; "" if nothing."""
    ask = talk.ask
    open_ = ask is not None and not ask.draft and (ask.until is None or talk.now <= ask.until)
    return ask.choices.get(word, "") if ask is not None and open_ else ""


async def _answer(talk: Talk, memory: Memory, draft: Draft, word: str) -> bool:
    """Let the open question have the message, unless it makes nothing of it and it names a command."""
    command, _words = named(talk, word) or (None, "")
    if command is not None and " " in word and await _shown(talk, lambda one: word in (fold(one.key), fold(one.label))):
        return False  # "HOI CAN BO" is an answer to a question for words, but not where it was just offered
    mine = command is not None and (command.roles is None or talk.known.holds(command.roles))
    stray = _other_report(talk, draft, word)
    if await Dialogue(talk, memory).hear(draft, tentative=True, yields=mine, stray=stray):
        return True
    if command is not None or word in talk.house.triggers:
        return False
    return await _labelled(talk, memory, word) or await Dialogue(talk, memory).hear(draft, stray=stray)


async def _labelled(talk: Talk, memory: Memory, word: str) -> bool:
    """Take the label of a button that was shown of late, typed whole: not every messenger has buttons to press."""
    names = word in talk.house.named  # then the button of the last message alone is meant, if nothing else is typed
    if len(word) < SHORTEST_LABEL or word in talk.house.triggers or (names and " " not in word):
        return False

    def fits(button: Button) -> bool:
        return fold(button.label).strip(" .!✓") == word and not (names and button.key.isdecimal())

    found = await _shown(talk, fits, 1 if names else LABELS_OF)
    if found is None:
        return False
    talk.incoming = replace(talk.incoming, what=Arrival.PRESS, text=found.data, message_id="", shown=found.label)
    await _press(talk, memory, found.data)
    return True


async def _shown(talk: Talk, fits: Callable[[Button], bool], of: int = LABELS_OF) -> Button | None:
    """Give the latest button that fits, of so many messages of this chat."""
    reads = await talk.read()
    said = await reads.lines(talk.incoming.address, talk.now - LABELS_HOLD, talk.now, of)
    buttons = (button for line in reversed(said) for button in line.message.buttons)
    return next((button for button in buttons if fits(button)), None)


def _other_report(talk: Talk, draft: Draft, word: str) -> str:
    """Give the trigger word of another kind of report that a number is told of: "ket nap" of "ket nap 5"."""
    if not any(letter.isdecimal() for letter in word):
        return ""
    words, triggers = word.split(" "), talk.house.triggers
    begins = (" ".join(words[:size]) for size in range(len(words) - 1, 0, -1))
    longest = next((begun for begun in begins if begun in triggers), "")
    return longest if triggers.get(longest, draft.form) != draft.form else ""


async def _without_question(talk: Talk, memory: Memory, word: str) -> None:
    if word in {"tiep", "tiep tuc", "continue"}:
        await _resume(talk, memory)
        return
    if word in {"huy", "cancel"}:
        if talk.drafts:
            await Dialogue(talk, memory).cancel(talk.drafts[0])
        else:
            talk.say(_("Nothing is open. Type MENU to see what can be done."))
        return
    if await _labelled(talk, memory, word):
        return
    command = named(talk, word)
    if command is not None:
        await _run(talk, *command)
        return
    form = triggered(talk, word)
    if form is not None:
        opening = form.settings.opens or "baocao"
        await _run(talk, talk.house.commands[opening], form.name)
        return
    case = case_command(talk, clean(talk.incoming.text), CAPTION)
    if case is not None:
        await _run(talk, *case)
        return
    theirs = triggered(talk, word, of_anybody=True) if talk.known.holds(OFFICERS) else None
    if theirs is not None and theirs.settings.report:
        await _run(talk, talk.house.commands["tudonvi"], theirs.name)
        return
    await _run(talk, talk.house.commands["menu"], "?")


async def _resume(talk: Talk, memory: Memory) -> None:
    if not talk.drafts:
        talk.say(_("Nothing was left open. Type MENU to begin something."))
        return
    await Dialogue(talk, memory).resume(talk.drafts[0])


async def _file_or_edit(talk: Talk, memory: Memory) -> None:
    ask = talk.ask
    draft = talk.draft(ask.draft) if ask is not None and ask.draft else None
    if talk.incoming.what is Arrival.EDIT:
        draft = next((d for d in talk.drafts if talk.incoming.source in d.sources.values()), None)
        if draft is None:
            await _edited_after_filing(talk)
            return
    about = files_for_case(talk, draft) if talk.incoming.what is Arrival.FILES else None
    if about is not None:
        await _run(talk, *about)
        return
    if draft is not None:
        await Dialogue(talk, memory).hear(draft)
        return
    if talk.incoming.what is Arrival.FILES:
        if talk.house.sent is not None and await talk.house.sent(talk):
            return
        talk.say(
            _("To send photos or files, open a report first: type MENU. (A report already sent: SUA and its number.)")
        )
        return
    instead = _("I cannot read that kind of message yet. Type MENU to see what can be done.")
    talk.say(sorry(talk.incoming, instead))


async def _edited_after_filing(talk: Talk) -> None:
    reads = await talk.read()
    report = await reads.answered_by(talk.known.id, talk.incoming.source)
    if report is None:
        return
    talk.say(
        _(
            "Report BC{number} was already sent with the old wording. To change it, type SUA {number}.",
            number=Code(report.number),
        ),
        Choice(_("Change it"), f"/sua {report.number}", f"SUA {report.number}"),
    )


# --- commands ---------------------------------------------------------------------------------------------------------


async def _run(talk: Talk, command: Command, words: str) -> None:
    """Run a command for whoever may; somebody who has not finished registering is asked to do that first."""
    if command.roles is not None and not talk.known.holds(command.roles):
        for_officers = command.roles.isdisjoint(REPORTERS)
        officers = _("That is for union officers. Type MENU to see what {you} can do here.")
        reporters = _("Only the chair or deputy of a unit can do that. Type HELP to reach an officer.")
        talk.say(officers if for_officers else reporters)
        return
    if not talk.known.posts and talk.drafts and command.typed and command.name not in BEFORE_REGISTERING:
        await talk.dialogues.resume(talk.drafts[0], _("That comes afterwards: just a few questions first."))
        return
    await command.run(talk, words)


async def _run_data(talk: Talk, data: str) -> None:
    command = slash(talk, data)
    if command is not None:
        await _run(talk, *command)
    else:
        talk.say(_("That button is no longer in use."))
