"""Where the focus stood, told by pictures of one window alone: no value is read, and nothing here touches the window.

Every picture of a page was taken at another tab stop. What is different in one of them only is what shows the focus
there; what is different in many (a status line that explains the field) shows no stop.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np

from bridge_agent.drivers.desktop.desk import Box
from bridge_agent.drivers.desktop.walked import Picture

_REACH = 7
"""Parts that lie nearer together than this many pixels are one part: a dotted frame, a caret inside a frame."""
_CLOSE = 3
"""The same where two stops show in one picture and must not become one."""
CARET = 4
"""Pixels that a caret is wide at most."""
_DIGITS = 12
"""A clock's other digits stand so near to the one that was seen to change."""
_FEWEST = 4
"""Pixels: anything smaller is no sign of a focus."""
_SHARED = 0.25
"""Parts of two pictures that cover so much of the smaller one lie at the same place."""
_ARROW = 26
"""A list's arrow stands within so many pixels beside or inside the right edge of what the focus lights up."""


def moving(pictures: Sequence[Picture]) -> Picture:
    """True wherever not all pictures are alike: stops, what stands in them when selected, and what else changes."""
    changed = np.zeros(pictures[0].shape, dtype=bool)
    for picture in pictures[1:]:
        changed |= picture != pictures[0]
    return changed


def boxes_of(pictures: Sequence[Picture]) -> tuple[Box | None, ...]:
    """One box for each picture, from the window's top left corner; None where nothing shows the focus."""
    if len(pictures) < 2:
        return (None,) * len(pictures)
    if len(pictures) == 2:
        return _two(pictures)
    usual = np.partition(np.stack(pictures), len(pictures) // 2, axis=0)[len(pictures) // 2]
    parts = [_parts(picture != usual) for picture in pictures]
    own = [
        [part for part in mine if not _elsewhere(part, [one for at, one in enumerate(parts) if at != number])]
        for number, mine in enumerate(parts)
    ]
    boxes: list[Box | None] = []
    for mine in own:
        before = next((box for box in reversed(boxes) if box is not None), Box(0, 0, 0, 0))
        boxes.append(min(mine, key=lambda part: _far(part, before), default=None))
    return tuple(boxes)


def at_rest(pictures: Sequence[Picture], boxes: Sequence[Box | None]) -> Picture:
    """The window as at its first stop, but without the focus there."""
    shown = pictures[0].copy()
    box = boxes[0]
    if box is not None:
        rows, columns = slice(box.top, box.top + box.height), slice(box.left, box.left + box.width)
        shown[rows, columns] = pictures[1][rows, columns]
    return shown


def _two(pictures: Sequence[Picture]) -> tuple[Box | None, ...]:
    """With two stops nothing is usual: both show in the one difference, and people number from the top left."""
    parts = sorted(_parts(pictures[0] != pictures[1], _CLOSE), key=lambda part: (part.top, part.left))
    return (*parts[:2], None, None)[:2]


def restless(changed: Picture) -> Picture:
    """True where a window changes without a key, a clock's other digits included; a caret is no such place."""
    found = np.zeros(changed.shape, dtype=bool)
    for part in _parts(changed):
        if part.width > CARET:
            top, left = max(0, part.top - _DIGITS), max(0, part.left - _DIGITS)
            found[top : part.top + part.height + _DIGITS, left : part.left + part.width + _DIGITS] = True
    return found


def _parts(changed: Picture, reach: int = _REACH) -> list[Box]:
    near = cv2.dilate(changed.astype(np.uint8), np.ones((reach, reach), dtype=np.uint8))
    count, labels = cv2.connectedComponents(near, connectivity=8)
    found = []
    for label in range(1, count):
        rows, columns = np.nonzero((labels == label) & changed)
        if rows.size >= _FEWEST:
            left, top = int(columns.min()), int(rows.min())
            found.append(Box(left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1))
    return _joined(found)


def _joined(parts: Sequence[Box]) -> list[Box]:
    """What stands inside another part belongs to it."""
    return [part for part in parts if not any(other != part and _common(part, other) >= _area(part) for other in parts)]


def _elsewhere(part: Box, others: Sequence[Sequence[Box]]) -> bool:
    """Whether another picture is different at the same place too."""
    return any(_common(part, other) > _SHARED * min(_area(part), _area(other)) for theirs in others for other in theirs)


def _area(box: Box) -> int:
    return box.width * box.height


def _common(one: Box, other: Box) -> int:
    across = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    down = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return max(0, across) * max(0, down)


def _far(part: Box, before: Box) -> int:
    return abs(part.top - before.top) + abs(part.left - before.left)


def looks_like_list(picture: Picture, box: Box) -> bool:
    """Whether an arrow that points down stands at the right end: a guess, for the author to correct."""
    right = box.left + box.width
    beside = picture[box.top : box.top + box.height, max(0, right - _ARROW) : right + _ARROW]
    if beside.shape[0] < 8 or beside.shape[1] < 8:
        return False
    dark = (beside < int(beside.max()) - 110).astype(np.uint8)
    count, labels = cv2.connectedComponents(dark, connectivity=8)
    return any(_points_down(labels == label) for label in range(1, count))


def _points_down(shape: Picture) -> bool:
    """Rows that never get wider downwards, from at least five pixels to at most two, in the middle."""
    rows = [np.flatnonzero(row) for row in shape if row.any()]
    if not 3 <= len(rows) <= 12:
        return False
    spans = [(int(row[0]), int(row[-1])) for row in rows]
    widths = [last - first + 1 for first, last in spans]
    if not 5 <= widths[0] <= 15 or widths[-1] > 2 or any(below > above for above, below in pairwise(widths)):
        return False
    return all(abs((first + last) - sum(spans[0])) <= 2 for first, last in spans)
