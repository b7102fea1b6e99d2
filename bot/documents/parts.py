"""The parts of official reports that an office words itself, and which words of units it starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.documents.order import OFFICIAL, THEMATIC
from bot.i18n import Text, _

HIGHLIGHTS: Final = ("periodic", "highlights")
DIFFICULTIES: Final = ("periodic", "difficulties")


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `code` is its name in templates; `quoted` are the answers, as (form, field), that tell something of it.

    What is sensitive or personal is never quoted. Of `told` parts the program writes sentences itself, before which
    nothing has to be written; the others stay marked until somebody does.
    """

    code: str
    title: Text
    quoted: tuple[tuple[str, str], ...] = ()
    told: bool = False
    only: str = ""  # the document that has it, where not all have


_ALL: Final = (
    Part("tinh_hinh", _("Workers, jobs, wages, living"), told=True),
    Part("tu_tuong", _("Thoughts and mood")),
    Part("quan_he_lao_dong", _("Labour relations, safety"), told=True, only=OFFICIAL),
    Part("chi_dao", _("Leadership and guidance"), only=THEMATIC),
    Part("tuyen_truyen", _("Propaganda, education"), (HIGHLIGHTS,), told=True),
    Part(
        "dai_dien",
        _("Representation, care, protection"),
        (("dialogue", "key_results"), ("welfare", "in_kind"), HIGHLIGHTS),
        told=True,
    ),
    Part("dao_tao", _("Training, skills"), (("training", "subject"), HIGHLIGHTS), told=True),
    Part("phat_trien", _("Members, unions, cadres"), (HIGHLIGHTS,), told=True),
    Part(
        "xay_dung",
        _("Building Party and government, supervision"),
        (("supervision", "subject"), ("coordination", "benefit"), HIGHLIGHTS),
        told=True,
    ),
    Part("thi_dua", _("Emulation, rewards"), (("emulation", "model_text"), HIGHLIGHTS), told=True),
    Part("uu_diem", _("What went well"), (HIGHLIGHTS,)),
    Part("han_che", _("What did not"), (DIFFICULTIES,)),
    Part("nguyen_nhan", _("Why"), (DIFFICULTIES,)),
    Part("phuong_huong", _("Directions, tasks ahead"), (("periodic", "next_plan"),)),
    Part("kien_nghi", _("Proposals"), (("periodic", "proposals"),)),
)
PARTS: Final[Mapping[str, Part]] = {one.code: one for one in _ALL}


def wanting(paper: str, written: Mapping[str, str]) -> list[Part]:
    """List the parts of a document that nobody has worded yet, and that the program says nothing of."""
    return [
        one
        for one in PARTS.values()
        if not one.told and one.only in {"", paper} and not written.get(one.code, "").strip()
    ]
