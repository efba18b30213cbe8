"""Where on a client program's window: tab stops, pictures, keys, as a recipe writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bridge_agent.domain.plan import How, Target

_TAB = re.compile(r"(?:(?P<start>[^|]+)\|)?(?P<stop>\d+)(?:\+(?P<step>\d+))?(?:/(?P<total>\d+))?")
_IMAGE = re.compile(r"(?P<name>[^|]+)(?:\|(?P<right>-?\d+),(?P<down>-?\d+))?")


@dataclass(frozen=True, slots=True)
class Stop:
    """A tab stop. `start` is the key that leads to the page's first one; '' = counted from where the window began."""

    start: str
    number: int
    total: int
    """Stops of the page, after which Tab comes to the first again; 0 = not known."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point beside the middle of a picture, in pixels at 100 %."""

    image: str
    right: int
    down: int


@dataclass(frozen=True, slots=True)
class Place:
    """`key` alone: pressed in the window. With `at`: pressed there."""

    at: Stop | Spot | None
    key: str


def place_of(target: Target) -> Place:
    """Raises ValueError, in words for the recipe's author, for the browser's words and for what cannot be read."""
    written = {rung.how: rung.text for rung in target.ladder}
    at: Stop | Spot | None = None
    if How.TAB in written:
        at = _stop(written[How.TAB], target.row)
    elif How.IMAGE in written:
        at = _spot(written[How.IMAGE])
    key = written.get(How.KEY, "")
    if at is None and not key:
        raise ValueError("tab、image、key のどれかを書く")
    return Place(at, key)


def _stop(text: str, row: int) -> Stop:
    found = _TAB.fullmatch(text)
    if found is None:
        raise ValueError("tab は「ctrl+1|3/16」（ページを出すキー|何番目の欄/そのページの欄の数）の形で書く")
    number = int(found["stop"])
    if found["step"]:
        number += int(found["step"]) * (max(row, 1) - 1)
    total = int(found["total"] or 0)
    if number < 1 or (total and number > total):
        raise ValueError("tab の欄の番号が 1 から欄の数までにありません")
    return Stop(found["start"] or "", number, total)


def _spot(text: str) -> Spot:
    found = _IMAGE.fullmatch(text)
    if found is None:
        raise ValueError("image は「画像の名前|右へ,下へ」（画像の中心からのピクセル）の形で書く")
    return Spot(found["name"], int(found["right"] or 0), int(found["down"] or 0))
