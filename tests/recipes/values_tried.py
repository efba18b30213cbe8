"""Tries one conversion with many made values: what is valid comes out as made, anything else is held or has the right shape."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from bridge_agent.mapping.transforms.table import SPLITS, TRANSFORMS
from bridge_agent.mapping.transforms.unfit import Unfit
from tests.recipes.values_made import SPLIT_MAKERS, TRANSFORM_MAKERS, Maker, anything, near

ERA = "(明治|大正|昭和|平成|令和)"
SHAPES: dict[str, str] = {
    "half_kana": "[ -~｡-ﾟ]*",
    "full_kana": "[ァ-ヺ・ー　！-～]*",
    "zengin_kana": r"[ ()\-./0-9A-Zｦｱ-ﾟ]*",
    "zengin_kana_least": r"[ ()\-./0-9A-Zｱ-ﾟ]*",
    "zengin_kana_most": r"[ ()\-./0-9A-Zｦｱ-ﾟ,｢｣\\]*",
    "wareki": rf"{ERA}(元|[1-9][0-9]*)年[0-9]+月[0-9]+日",
    "wareki_1nen": rf"{ERA}[1-9][0-9]*年[0-9]+月[0-9]+日",
    "wareki_letters": r"[MTSHR][0-9]{2,4}\.[0-9]{2}\.[0-9]{2}",
    "read_wareki": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "slashes": "[0-9]{4}/[0-9]{2}/[0-9]{2}",
    "eight_digits": "[0-9]{8}",
    "wareki_month": rf"{ERA}(元|[1-9][0-9]*)年[0-9]+月",
    "month_slashes": "[0-9]{4}/[0-9]{2}",
    "six_digits": "[0-9]{6}",
    "four_digits": "[0-9]{4}",
    "digits": "[0-9]+",
    "two_digits": "[0-9]{2}",
    "postal_hyphen": "[0-9]{3}-[0-9]{4}",
    "commas": "-?[0-9]{1,3}(,[0-9]{3})*",
    "no_commas": "-?[0-9]+",
    "decimals_1": r"-?[0-9]+\.[0-9]",
    "decimals_2": r"-?[0-9]+\.[0-9]{2}",
    "line_ends": "[^\r]*",
    "one_line": "[^\r\n]*",
    "split wareki": rf"{ERA}\|[1-9][0-9]*\|[1-9][0-9]?\|[1-9][0-9]?",
    "split seireki": r"[1-9][0-9]*\|[1-9][0-9]?\|[1-9][0-9]?",
    "split wareki_month": rf"{ERA}\|[1-9][0-9]*\|[1-9][0-9]?",
    "split seireki_month": r"[1-9][0-9]*\|[1-9][0-9]?",
    "split time": r"[0-9]{1,2}\|[0-9]{1,2}",
    "split decimal": r"-?[0-9]+\|[0-9]*",
    "split postal": r"[0-9]{3}\|[0-9]{4}",
    "split phone": r"0[0-9]{1,4}\|[0-9]{1,4}\|[0-9]{3,4}",
    "split yucho": r"[0-9]{2}[89]\|(普通|当座)\|[0-9]{7}",
}
"""What may be typed at all, whatever was given; parts are joined by |."""
MOST_TOLD = 20


def conversions() -> dict[str, tuple[Callable[..., object], Maker]]:
    """Every conversion with its maker; a conversion without one is a KeyError."""
    found = {name: (function, TRANSFORM_MAKERS[name]) for name, function in TRANSFORMS.items()}
    return {**found, **{f"split {name}": (split.divide, SPLIT_MAKERS[name]) for name, split in SPLITS.items()}}


@dataclass(slots=True)
class Tried:
    values: int = 0
    valid: int = 0
    held: int = 0
    """Of those that were not made to be valid."""
    wrong: list[str] = field(default_factory=list)
    """What should not be: made values and what came out. They are invented, so they may be told."""

    def join(self, other: Tried) -> None:
        self.values += other.values
        self.valid += other.valid
        self.held += other.held
        for what in other.wrong:
            self.tell(what)

    def tell(self, what: str) -> None:
        if len(self.wrong) < MOST_TOLD:
            self.wrong.append(what)


def try_values(name: str, count: int, seed: int | str) -> Tried:
    """Every second value is valid; of the others half are near a valid one."""
    convert, make = conversions()[name]
    random, tried = Random(f"{seed}/{name}"), Tried()
    shape = re.compile(SHAPES.get(name, "(?s:.*)"))
    for number in range(count):
        given, wanted = make(random)
        tried.values += 1
        if number % 2 == 0:
            tried.valid += 1
            _valid(convert, given, wanted, tried)
        else:
            other = near if number % 4 == 1 else (lambda random, _: anything(random))
            _other(convert, tuple(other(random, text) for text in given), shape, tried)
    return tried


def _valid(convert: Callable[..., object], given: tuple[str, ...], wanted: object, tried: Tried) -> None:
    try:
        came = convert(*given)
    except Exception as error:
        came = error
    if came != wanted:
        tried.tell(f"{given!a}: {came!a} instead of {wanted!a}")


def _other(convert: Callable[..., object], given: tuple[str, ...], shape: re.Pattern[str], tried: Tried) -> None:
    try:
        came = convert(*given)
    except Unfit as unfit:
        tried.held += 1
        if any(len(text) > 3 and text in unfit.why for text in given):
            tried.tell(f"{given!a}: held with {unfit.reason!r} {unfit.why!a}")
        return
    except Exception as error:
        tried.tell(f"{given!a}: {error!r}")
        return
    parts = came if isinstance(came, tuple) else (came,)
    if not all(isinstance(part, str) for part in parts) or not shape.fullmatch("|".join(map(str, parts))):
        tried.tell(f"{given!a}: {came!a} has not the right shape")
