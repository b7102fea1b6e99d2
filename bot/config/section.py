"""What every section of config.toml is made of."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A section of config.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def no_number(value: Any) -> Any:
    """Refuse 17 or 20270102, which would be taken for seconds since some midnight."""
    if isinstance(value, int | float):
        raise ValueError("must not be a bare number")  # noqa: TRY004 pydantic collects ValueError only
    return value
