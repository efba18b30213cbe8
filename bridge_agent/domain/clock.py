"""Time as a port: aware UTC for people, monotonic seconds for deadlines."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Protocol

JST = timezone(timedelta(hours=9), "JST")
"""Japan has had no summer time since 1952; a fixed offset needs no time-zone data on Windows."""


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back while the process lives."""
        ...

    def wait(self, seconds: float) -> None: ...
