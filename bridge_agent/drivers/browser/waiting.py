"""How long the driver looks, and how long something odd must last before it counts."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

SLICE_S = 0.25
"""Longest single wait inside a page; between two the dialogs and windows are looked at."""
FAILED_S = 0.3
"""A page that shows an error for so long will not become another one."""
TWO_MARKS_S = 0.15
"""Two marks at once may be the moment between two screens; for so long they are given the benefit of the doubt."""


class Patience:
    """How long something has been so, counted from the first time it was asked about."""

    def __init__(self) -> None:
        self._since: dict[str, float] = {}

    def over(self, what: str, seconds: float) -> bool:
        now = time.monotonic()
        return now - self._since.setdefault(what, now) >= seconds


def is_error_page(found: Mapping[str, Any], patience: Patience) -> bool:
    """The browser's own error page, or an error answer (5xx) that stays when all documents have loaded."""
    if not found:
        return False
    if found["dead"]:
        return True
    odd = found["ready"] and (found["failed"] or int(found["status"]) >= 500)
    return bool(odd) and patience.over("failed", FAILED_S)
