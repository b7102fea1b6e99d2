"""What is wrong with an account, told to the operator at once."""

from __future__ import annotations


class SetupError(Exception):
    """A messenger does not take the token or the webhook address: the text says which setting to mend."""
