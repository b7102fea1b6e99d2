"""Sections [zalo] and [zalo_oa]: how Zalo brings messages, how many may be sent, and what they cost."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from bot.config.section import Section
from bot.messages import TEMPLATES


class Zalo(Section):
    """How Zalo brings messages."""

    mode: Literal["auto", "polling", "webhook"] = Field(default="auto", examples=['"auto"'])
    monthly: int = Field(default=3000, ge=0, examples=["3000"])


class ZaloTemplate(Section):
    """A message that Zalo approved beforehand: what it stands in for, its id and price, what fills its parameters."""

    stands_for: Literal["reminder", "notice"] = Field(examples=['"reminder"'])
    id: str = Field(pattern=r"^\d{1,20}$", examples=['"231677"'])
    price: int = Field(default=300, ge=0, le=100_000, examples=["300"])
    params: dict[str, str] = Field(default_factory=dict, examples=['{ ten = "name", don_vi = "unit" }'])

    @model_validator(mode="after")
    def _fillable(self) -> ZaloTemplate:
        known = ("name", *TEMPLATES[self.stands_for])
        unknown = sorted(set(self.params.values()) - set(known))
        if unknown or not self.params:
            said = f"nothing is called {', '.join(unknown)}" if unknown else "one parameter at least is wanted"
            raise ValueError(f"params: {said}; for {self.stands_for} there are {', '.join(known)}")
        return self


class ZaloOa(Section):
    """What a Zalo Official Account may send, and what it costs."""

    monthly: int = Field(default=0, ge=0, examples=["20000"])
    money: int = Field(default=0, ge=0, examples=["2000000"])
    price: int = Field(default=55, ge=0, le=100_000, examples=["55"])
    templates: tuple[ZaloTemplate, ...] = ()

    @model_validator(mode="after")
    def _one_each(self) -> ZaloOa:
        if len({one.stands_for for one in self.templates}) < len(self.templates):
            raise ValueError("templates: only one can stand for the same thing")
        return self
