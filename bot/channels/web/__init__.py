"""The web chat: a page served by the program itself, with nothing of anybody else's on it."""

from bot.channels.web.channel import WebChannel, web_base, web_link
from bot.channels.web.site import Seat, Site

__all__ = ["Seat", "Site", "WebChannel", "web_base", "web_link"]
