"""The tables of conversions: the name an author writes under `as` or `split` -> its function. One line each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bridge_agent.mapping.transforms import bank, dates, divided, text, width

TRANSFORMS: dict[str, Callable[[str], str]] = {
    "half_width": width.half_width,
    "full_width": width.full_width,
    "half_kana": width.half_kana,
    "full_kana": width.full_kana,
    "zengin_kana": bank.zengin_kana,
    "wareki": dates.wareki,
    "slashes": dates.slashes,
    "eight_digits": dates.eight_digits,
    "digits": text.digits,
    "two_digits": text.two_digits,
    "commas": text.commas,
    "line_ends": text.line_ends,
    "one_line": text.one_line,
    **{f"choice_{number}": text.nth_choice(number) for number in range(1, text.MOST_CHOICES + 1)},
}


@dataclass(frozen=True, slots=True)
class Split:
    """`parts` in the order in which `divide` returns them; `origins` is the number of items it takes."""

    parts: tuple[str, ...]
    divide: Callable[..., tuple[str, ...]]
    origins: int = 1


SPLITS: dict[str, Split] = {
    "wareki": Split(("era", "year", "month", "day"), dates.wareki_parts),
    "seireki": Split(("year", "month", "day"), dates.seireki_parts),
    "postal": Split(("first", "last"), divided.postal_parts),
    "phone": Split(("area", "city", "number"), divided.phone_parts),
    "name": Split(("family", "given"), divided.name_parts),
    "yucho": Split(("branch", "kind", "number"), bank.yucho_parts, origins=2),
}
