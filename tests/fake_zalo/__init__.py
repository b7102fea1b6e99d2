"""A strict Zalo for tests: the Bot API of Zalo Bot Creator as its method table tells it, over real HTTP."""

from tests.fake_zalo.server import FakeZalo
from tests.fake_zalo.users import ZaloUser

__all__ = ["FakeZalo", "ZaloUser"]
