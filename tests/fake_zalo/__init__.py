"""Strict Zalos for tests, over real HTTP: the Bot API of Zalo Bot Creator, and the Official Account."""

from tests.fake_zalo.oa import FakeOa, OaUser
from tests.fake_zalo.server import FakeZalo
from tests.fake_zalo.users import ZaloUser

__all__ = ["FakeOa", "FakeZalo", "OaUser", "ZaloUser"]
