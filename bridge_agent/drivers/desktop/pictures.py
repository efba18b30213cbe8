"""Small reference pictures, found in a window exactly once, whatever its scaling.

A picture taken at the very scaling of the window is the same there, or it is not there. One taken at another scaling
only resembles what a program draws anew with bigger letters: it counts when no other place resembles it nearly as much.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import cv2
import numpy as np

from bridge_agent.drivers.desktop.desk import Desk, Window
from bridge_agent.drivers.faults import fault
from bridge_agent.steps.places import Spot

Grey: TypeAlias = "np.ndarray[Any, Any]"
SAME = 0.92
"""Normalised correlation from which a place is the picture (1 = every pixel)."""
ALIKE, APART = 0.70, 0.05
"""For a picture of another scaling: correlation from which a place resembles it, and by how much it must beat the next.

Measured on the mock client: the right label 0.70-0.89, the next best one 0.06 or more below; a label that only begins
like the wanted one reaches 0.66. What resembles too little is refused: the author takes a picture at that scaling.
"""
_USUAL = 100
_STRETCHED = (1.0, 0.98, 1.02, 0.96, 1.04, 0.94, 1.06)
"""Letters do not grow exactly with the scaling."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Middles of the places, and the scaling in per cent at which they were found."""

    places: Sequence[tuple[int, int]]
    scaling: int


@dataclass(slots=True)
class Pictures:
    """`folder` holds name.png, taken at 100 %, and where the author has them name@125.png … for other scalings."""

    folder: Path | None
    scalings: Sequence[int] = (_USUAL,)
    """Those that the core profile names."""

    def find(self, desk: Desk, window: Window, wanted: Collection[Spot]) -> dict[Spot, tuple[int, int]]:
        """Points from the window's top left corner. Raises BusinessError(screen_changed): not there, or twice."""
        shown = desk.picture(window.box)
        return {spot: self._point(shown, spot) for spot in wanted}

    def shows(self, desk: Desk, window: Window, name: str) -> bool:
        """Raises BusinessError when the picture is there more than once."""
        places = self._places(desk.picture(window.box), name).places
        if len(places) > 1:
            raise fault(name, "several")
        return bool(places)

    def _point(self, shown: Grey, spot: Spot) -> tuple[int, int]:
        found = self._places(shown, spot.image)
        if len(found.places) != 1:
            raise fault(spot.image, "several" if found.places else "not_found")
        x, y = found.places[0]
        return x + spot.right * found.scaling // _USUAL, y + spot.down * found.scaling // _USUAL

    def _places(self, shown: Grey, name: str) -> _Found:
        own = {scaling: self._taken_at(name, scaling) for scaling in {_USUAL, *self.scalings}}
        taken = {scaling: picture for scaling, picture in own.items() if picture is not None}
        if not taken:
            raise fault(f"{name}.png", "not_found")
        for scaling, picture in sorted(taken.items()):
            same = _best(shown, picture, SAME)
            if same:
                return _Found([place for place, _ in same], scaling)
        found = _Found((), _USUAL)
        best = 0.0
        for scaling, picture in self._resized(taken):
            alike = _best(shown, picture, ALIKE)
            if alike and alike[0][1] > best:
                best = alike[0][1]
                found = _Found([place for place, like in alike if like > best - APART], scaling)
        return found

    def _resized(self, taken: dict[int, Grey]) -> Iterator[tuple[int, Grey]]:
        """For the scalings without a picture of their own, from the nearest one that there is."""
        for scaling in self.scalings:
            if scaling in taken:
                continue
            nearest = min(taken, key=lambda other: abs(other - scaling))
            for stretched in _STRETCHED:
                factor = scaling / nearest * stretched
                way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
                yield scaling, cv2.resize(taken[nearest], None, fx=factor, fy=factor, interpolation=way)

    def _taken_at(self, name: str, scaling: int) -> Grey | None:
        if self.folder is None:
            return None
        return _loaded(self.folder / (f"{name}.png" if scaling == _USUAL else f"{name}@{scaling}.png"))


def places_of(shown: Grey, wanted: Grey) -> list[tuple[int, int]]:
    """Middles of the places that are the wanted picture; no more than two are looked for."""
    return [place for place, _ in _best(shown, wanted, SAME)]


def png_of(shown: Grey) -> bytes:
    """A picture as the file that is looked for later."""
    done, content = cv2.imencode(".png", shown)
    assert done  # grey values of a window can always be written
    return bytes(content.tobytes())


def _best(shown: Grey, wanted: Grey, least: float) -> list[tuple[tuple[int, int], float]]:
    """The best place and the next best that does not overlap it, with their likeness; only those from `least` on."""
    height, width = wanted.shape[:2]
    if height > shown.shape[0] or width > shown.shape[1]:
        return []
    like = cv2.matchTemplate(shown, wanted, cv2.TM_CCOEFF_NORMED)
    found: list[tuple[tuple[int, int], float]] = []
    while len(found) < 2:
        _, best, _, (left, top) = cv2.minMaxLoc(like)
        if best < least:
            break
        found.append(((left + width // 2, top + height // 2), float(best)))
        rows = slice(max(0, top - height // 2), top + height // 2 + 1)
        columns = slice(max(0, left - width // 2), left + width // 2 + 1)
        like[rows, columns] = -1
    return found


@lru_cache(maxsize=256)
def _loaded(file: Path) -> Grey | None:
    """Read by way of bytes: the library cannot open a path with Japanese letters on Windows."""
    try:
        return cv2.imdecode(np.frombuffer(file.read_bytes(), dtype=np.uint8), cv2.IMREAD_GRAYSCALE)
    except OSError:
        return None
