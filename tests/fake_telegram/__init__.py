"""A strict Bot API on 127.0.0.1, written from its documentation, and the people who chat through it."""

from tests.fake_telegram.server import FakeTelegram
from tests.fake_telegram.state import Button, Call, Received
from tests.fake_telegram.users import FakeUser

__all__ = ["Button", "Call", "FakeTelegram", "FakeUser", "Received"]
