"""Telegram's HTML: gives the text without tags, or refuses as the Bot API does."""

from __future__ import annotations

import re

from tests.fake_telegram.state import ApiError

TAGS = {
    *("b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote", "a", "span"),
    *("tg-spoiler", "tg-emoji"),
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
START = re.compile(r"""<([a-zA-Z0-9-]+)((?:\s+[\w-]+(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))?)*)\s*>""")
END = re.compile(r"</([a-zA-Z0-9-]*)\s*>")
WORDS = re.compile(r"[^<&]+")
ENTITY = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(\w+));?")


def plain(html: str) -> str:
    """Parse HTML and give the text that is shown."""
    shown: list[str] = []
    opened: list[str] = []
    at = 0
    while at < len(html):
        if html.startswith("</", at):
            at = _close(html, at, opened)
        elif html[at] == "<":
            at = _open(html, at, opened)
        elif html[at] == "&":
            at = _entity(html, at, shown)
        else:
            words = WORDS.match(html, at)
            assert words
            shown.append(words[0])
            at = words.end()
    if opened:
        raise _refusal(f'Can\'t find end tag corresponding to start tag "{opened[-1]}"')
    return "".join(shown)


def _open(html: str, at: int, opened: list[str]) -> int:
    found = START.match(html, at)
    if not found:
        raise _refusal(f'Unsupported start tag "" at byte offset {_offset(html, at)}')
    tag, attributes = found[1].lower(), found[2]
    spoiler = tag != "span" or 'class="tg-spoiler"' in attributes
    if tag not in TAGS or not spoiler:
        raise _refusal(f'Unsupported start tag "{tag}" at byte offset {_offset(html, at)}')
    opened.append(tag)
    return found.end()


def _close(html: str, at: int, opened: list[str]) -> int:
    found = END.match(html, at)
    if not found or not opened:
        raise _refusal(f"Unexpected end tag at byte offset {_offset(html, at)}")
    if found[1] and found[1].lower() != opened[-1]:
        raise _refusal(
            f'Unmatched end tag at byte offset {_offset(html, at)}, expected "</{opened[-1]}>", found "</{found[1]}>"'
        )
    opened.pop()
    return found.end()


def _entity(html: str, at: int, shown: list[str]) -> int:
    found = ENTITY.match(html, at)
    if not found or (found[3] and found[3] not in NAMED):
        shown.append("&")  # nothing known: shown as it stands
        return at + 1
    shown.append(NAMED[found[3]] if found[3] else chr(int(found[1]) if found[1] else int(found[2], 16)))
    return found.end()


def _offset(html: str, at: int) -> int:
    return len(html[:at].encode())


def _refusal(why: str) -> ApiError:
    return ApiError(400, f"Bad Request: can't parse entities: {why}")
