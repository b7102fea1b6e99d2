"""What stands in files beside the figures of kinds: sums by sector, and who reported, counted by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from bot.documents.official import Row
from bot.i18n import ZONE
from bot.reporting.completeness import asked
from tests.storage.figures_read import Scene, number
from tests.storage.lives import SECTORS, Key
from tests.storage.people import NOW

STANDINGS: Final = ("phai_nop", "dung_han", "cham", "chua", "mien")


def sectors_agree(scene: Scene, sheet: tuple[Sequence[str], Sequence[Sequence[Any]], Sequence[Any]]) -> None:
    """Every sum of a sector is that of the reports of its units."""
    heads, rows, _kinds = sheet
    by_hand = _by_sector(scene)
    labels = _labels(scene)
    seen = set()
    for sector, *cells in rows:
        for head, cell in zip(heads[1:], cells, strict=True):
            if head in labels:
                seen.add(head)
                assert (cell or 0) == by_hand[sector, labels[head]], (scene.root.code, sector, head)
    assert {labels[head] for head in seen} >= {
        key for (_sector, key), value in by_hand.items() if value and _is_sum(key)
    }


def _is_sum(key: Key) -> bool:
    return key[1:] in {("attendees", ""), ("sessions", ""), ("new_members", ""), ("beneficiaries", "")}


def _by_sector(scene: Scene) -> Counter[tuple[str, Key]]:
    found: Counter[tuple[str, Key]] = Counter()
    codes = {unit: code for code, unit in scene.lives.ids.items()}
    for one in scene.lives.counting(scene.root.id, scene.period.since, scene.period.until):
        sector = SECTORS.get(codes[one.unit], "–")
        found[sector, (one.form, "", "")] += 1
        for (field, choice), value in one.values.items():
            found[sector, (one.form, field, choice)] += value
    return found


def _labels(scene: Scene) -> Mapping[str, Key]:
    """Give what the columns mean that are sums of the period."""
    speak, found = scene.voice.speak, {}
    for name, form in scene.house.forms.items():
        for field in form.fields:
            unit = getattr(field, "unit", None) or getattr(field, "counted_in", None)
            words = f"{speak(form.title)}: {speak(field.short)}"
            found[f"{words} ({speak(unit)})" if unit else words] = (name, field.code, "")
        found[f"{speak(form.title)}: Reports"] = (name, "", "")
    return found


def standing_agrees(scene: Scene, rows: Sequence[Row]) -> None:
    """Each line counts the units of one union as they stand, the last one all of them."""
    by_hand = _by_union(scene)
    told = [({name: number(row.cells[name]) for name in STANDINGS}, row) for row in rows]
    if len(by_hand) > 1:
        counts, last = told.pop()
        assert last.bold
        assert counts == _all(by_hand)
    assert sorted(sorted(counts.items()) for counts, _row in told) == sorted(
        sorted(counts.items()) for counts in by_hand.values()
    )


def _all(by_hand: Mapping[int | None, Mapping[str, int]]) -> dict[str, int]:
    return {name: sum(counts[name] for counts in by_hand.values()) for name in STANDINGS}


def _by_union(scene: Scene) -> dict[int | None, dict[str, int]]:
    lives = scene.lives
    found: dict[int | None, dict[str, int]] = {}
    on = min(scene.period.until, NOW.astimezone(ZONE).date())
    codes = {unit: code for code, unit in lives.ids.items()}
    told = {unit for (unit, _number), one in lives.told.items() if f"{one.day:%Y-%m}" in scene.period.codes}
    for unit in lives.under(scene.root.id, on):
        above = next(
            (over for since, until, over in lives.links[unit] if since <= on and (until is None or on < until))
        )
        counts = found.setdefault(above, dict.fromkeys(STANDINGS, 0))
        exempt = unit not in told and not _is_asked(scene, codes[unit])
        received = "dung_han" if scene.period.due_at > NOW + timedelta(hours=1) else "cham"
        counts["mien" if exempt else "phai_nop"] += 1
        if not exempt:
            counts[received if unit in told else "chua"] += 1
    return found


def _is_asked(scene: Scene, code: str) -> bool:
    """Tell whether a union was there from the beginning, and until the end."""
    first, last = scene.lives.alive[code]
    wanted = asked(scene.period)
    return first <= wanted.begun_by and last >= wanted.lasting
