"""The tables of conversions: the name an author writes under `as` or `split` -> its function. One line each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bridge_agent.mapping.transforms import amounts, bank, dates, divided, months, text, width

TRANSFORMS: dict[str, Callable[[str], str]] = {
    "half_width": width.half_width,
    "full_width": width.full_width,
    "half_digits": width.half_digits,
    "full_digits": width.full_digits,
    "half_letters": width.half_letters,
    "full_letters": width.full_letters,
    "half_spaces": width.half_spaces,
    "full_spaces": width.full_spaces,
    "half_kana": width.half_kana,
    "full_kana": width.full_kana,
    "kana_to_half": width.kana_to_half,
    "kana_to_full": width.kana_to_full,
    "katakana": width.katakana,
    "zengin_kana": bank.zengin_kana,
    "zengin_kana_least": bank.zengin_kana_least,
    "zengin_kana_most": bank.zengin_kana_most,
    "wareki": dates.wareki,
    "wareki_1nen": dates.wareki_1nen,
    "wareki_letters": dates.wareki_letters,
    "gannen": dates.gannen,
    "read_wareki": dates.read_wareki,
    "slashes": dates.slashes,
    "eight_digits": dates.eight_digits,
    "wareki_month": months.wareki_month,
    "month_slashes": months.month_slashes,
    "six_digits": months.six_digits,
    "four_digits": months.four_digits,
    "digits": text.digits,
    "two_digits": text.two_digits,
    "postal_hyphen": divided.postal_hyphen,
    "commas": amounts.commas,
    "no_commas": amounts.no_commas,
    "decimals_1": amounts.decimals(1),
    "decimals_2": amounts.decimals(2),
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
    "wareki_month": Split(("era", "year", "month"), months.wareki_month_parts),
    "seireki_month": Split(("year", "month"), months.seireki_month_parts),
    "time": Split(("hour", "minute"), months.time_parts),
    "decimal": Split(("whole", "fraction"), amounts.decimal_parts),
    "postal": Split(("first", "last"), divided.postal_parts),
    "phone": Split(("area", "city", "number"), divided.phone_parts),
    "name": Split(("family", "given"), divided.name_parts),
    "yucho": Split(("branch", "kind", "number"), bank.yucho_parts, origins=2),
}
