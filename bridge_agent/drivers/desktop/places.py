"""Where on a window: tab stops, pictures, keys, as a recipe writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bridge_agent.domain.errors import BusinessError
from bridge_agent.domain.plan import How, Target
from bridge_agent.drivers.faults import called, screen_changed

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
    """Raises BusinessError(screen_changed) for a target in the browser's words, or one that cannot be read."""
    written = {rung.how: rung.text for rung in target.ladder}
    at: Stop | Spot | None = None
    if How.TAB in written:
        at = _stop(written[How.TAB], target)
    elif How.IMAGE in written:
        at = _spot(written[How.IMAGE], target)
    key = written.get(How.KEY, "")
    if at is None and not key:
        raise _unreadable(target)
    return Place(at, key)


def _stop(text: str, target: Target) -> Stop:
    found = _TAB.fullmatch(text)
    if found is None:
        raise _unreadable(target)
    number = int(found["stop"])
    if found["step"]:
        number += int(found["step"]) * (max(target.row, 1) - 1)
    total = int(found["total"] or 0)
    if number < 1 or (total and number > total):
        raise _unreadable(target)
    return Stop(found["start"] or "", number, total)


def _spot(text: str, target: Target) -> Spot:
    found = _IMAGE.fullmatch(text)
    if found is None:
        raise _unreadable(target)
    return Spot(found["name"], int(found["right"] or 0), int(found["down"] or 0))


def _unreadable(target: Target) -> BusinessError:
    return screen_changed(f"{called(target)}: 画面の場所の書き方（tab・image・key）が正しくありません")
