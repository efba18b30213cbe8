"""What a desktop session is told from outside: the account, how the client is started, and how it is watched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bridge_agent.domain.comparison import equal
from bridge_agent.domain.plan import Comparison

Equal = Callable[[str, str, Comparison], bool]
"""(intended, read, comparison) -> whether the screen shows what was meant."""


@dataclass(frozen=True, slots=True)
class DesktopAccount:
    """One account of one core. `password` is asked for at each log-in and never kept."""

    command: Sequence[str]
    """The client program and its arguments."""
    user: str
    password: Callable[[], str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class DesktopOptions:
    equal: Equal = equal
    pictures: Path | None = None
    """Folder of the core's reference pictures."""
    note: Path | None = None
    """File that names the client while it runs, so that the next start can end it if this process is killed."""
    start_s: float = 60.0
    """Longest wait for the client's first window."""
    tell: Callable[[str], None] = lambda text: None
    """A sentence for the person at the desk, while it happens."""
