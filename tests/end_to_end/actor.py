"""Somebody on the stage: says things and reads everything that was answered, buttons included."""

from __future__ import annotations

from bot.channels.draw import draw
from bot.messages import Arrival, FileRef, Incoming, Message
from bot.records import Role
from tests.stage import Stage


class Actor:
    """One chat on the stage, whoever is behind it."""

    def __init__(self, on_stage: Stage, chat: str) -> None:
        self.stage = on_stage
        self.chat = chat

    async def gets(self, *messages: Incoming) -> str:
        """Let messages come in one batch; give what was said to this chat."""
        said = [message for address, message in await self.stage.gets(*messages) if address.chat == self.chat]
        return "\n\n".join(map(_shown, said))

    async def types(self, *texts: str) -> str:
        """Type one thing after the other; give what the last one brought."""
        said = ""
        for text in texts:
            said = await self.gets(self.message(text))
        return said

    async def presses(self, label: str) -> str:
        """Press a button of the last message."""
        return await self.gets(self.stage.press(self.chat, label))

    async def edits(self, message: Incoming, text: str) -> str:
        """Change what was typed."""
        return await self.gets(self.message(text, what=Arrival.EDIT, message_id=message.message_id))

    async def sends(self, *files: FileRef) -> str:
        """Send files, each in a message of its own."""
        return await self.gets(*(self.message("", what=Arrival.FILES, files=(file,)) for file in files))

    def message(self, text: str, **changes: object) -> Incoming:
        """Make a message that has not come in yet."""
        return self.stage.text(self.chat, text, **changes)


async def chair(on_stage: Stage, name: str = "Páo", unit: str = "TU-01", role: Role = Role.CHAIR) -> Actor:
    """Put somebody who speaks English into a post."""
    return Actor(on_stage, await on_stage.person(name, role, unit, language="en"))


def _shown(message: Message) -> str:
    files = [f"[{attachment.kind}]" for attachment in message.attachments]
    return "\n".join([draw(message), *files])
