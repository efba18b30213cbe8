"""Small reference pictures, found in a window exactly once, whatever its scaling."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from bridge_agent.domain.errors import BusinessError
from bridge_agent.drivers.desktop.desk import Desk, Window
from bridge_agent.drivers.faults import fault
from bridge_agent.steps.places import Spot

LIKE = 0.92
"""Normalised correlation from which a place looks like the picture (1 = the same)."""
_USUAL = 100


@dataclass(slots=True)
class Pictures:
    """`folder` holds name.png, taken at 100 %, and name@125.png … for other scalings."""

    folder: Path | None
    scaling: int = _USUAL
    _last: Mapping[Spot, tuple[int, int]] = field(default_factory=dict)

    def find(self, desk: Desk, window: Window, wanted: Collection[Spot]) -> dict[Spot, tuple[int, int]]:
        """Points from the window's top left corner. Raises BusinessError(screen_changed): not there, or twice."""
        shown = desk.picture(window.box)
        return {spot: self._point(shown, spot) for spot in wanted}

    def shows(self, desk: Desk, window: Window, name: str) -> bool:
        """Raises BusinessError when the picture is there more than once."""
        places = self._places(desk.picture(window.box), name)
        if len(places) > 1:
            raise fault(name, "several")
        return bool(places)

    def _point(self, shown: np.ndarray[Any, Any], spot: Spot) -> tuple[int, int]:
        places = self._places(shown, spot.image)
        if len(places) != 1:
            raise fault(spot.image, "several" if places else "not_found")
        x, y = places[0]
        return x + spot.right * self.scaling // _USUAL, y + spot.down * self.scaling // _USUAL

    def _places(self, shown: np.ndarray[Any, Any], name: str) -> list[tuple[int, int]]:
        """Middles of the places that look like it."""
        return places_of(shown, self._picture(name))

    def _picture(self, name: str) -> np.ndarray[Any, Any]:
        if self.folder is None:
            raise fault(name, "not_found")
        exact = self.folder / (f"{name}.png" if self.scaling == _USUAL else f"{name}@{self.scaling}.png")
        found = _loaded(exact)
        if found is not None:
            return found
        usual = _loaded(self.folder / f"{name}.png")
        if usual is None:
            raise _no_picture(name)
        return cv2.resize(usual, None, fx=self.scaling / _USUAL, fy=self.scaling / _USUAL)


def places_of(shown: np.ndarray[Any, Any], wanted: np.ndarray[Any, Any]) -> list[tuple[int, int]]:
    """Middles of the places that look like the wanted picture; no more than two are looked for."""
    height, width = wanted.shape[:2]
    if height > shown.shape[0] or width > shown.shape[1]:
        return []
    like = cv2.matchTemplate(shown, wanted, cv2.TM_CCOEFF_NORMED)
    found: list[tuple[int, int]] = []
    while True:
        _, best, _, (left, top) = cv2.minMaxLoc(like)
        if best < LIKE or len(found) > 1:
            return found
        found.append((left + width // 2, top + height // 2))
        like[max(0, top - height // 2) : top + height // 2 + 1, max(0, left - width // 2) : left + width // 2 + 1] = -1


def png_of(shown: np.ndarray[Any, Any]) -> bytes:
    """A picture as the file that is looked for later."""
    done, content = cv2.imencode(".png", shown)
    assert done  # grey values of a window can always be written
    return content.tobytes()


def _no_picture(name: str) -> BusinessError:
    return fault(f"{name}.png", "not_found")


@lru_cache(maxsize=256)
def _loaded(file: Path) -> np.ndarray[Any, Any] | None:
    """Read by way of bytes: the library cannot open a path with Japanese letters on Windows."""
    try:
        return cv2.imdecode(np.frombuffer(file.read_bytes(), dtype=np.uint8), cv2.IMREAD_GRAYSCALE)
    except OSError:
        return None
