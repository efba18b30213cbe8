"""Where an entry's time goes: stages as the pipeline names them, time in foreign systems, time in commits, memory."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
from sqlalchemy import Engine


class Stopwatch:
    """Implements the agent's Timer port; seconds by stage, for one entry at a time."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def reset(self) -> dict[str, float]:
        taken, self.seconds = dict(self.seconds), defaultdict(float)
        return taken

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] += time.perf_counter() - begun


class Timed:
    """Every call of the wrapped object counts as `stage`: the foreign side of a port."""

    def __init__(self, inner: Any, watch: Stopwatch, stage: str) -> None:
        self._inner, self._watch, self._stage = inner, watch, stage

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if not callable(found):
            return found

        def called(*words: Any, **named: Any) -> Any:
            with self._watch.measure(self._stage), self._watch.measure(f"{self._stage}.{name}"):
                return found(*words, **named)

        return called


class TimedSession:
    """A core session whose screen and look-up are measured as time in the browser."""

    def __init__(self, inner: Any, watch: Stopwatch) -> None:
        self._inner = inner
        self.screen = Timed(inner.screen, watch, "browser")
        self.look_up = Timed(inner.look_up, watch, "browser")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def time_commits(engine: Engine, watch: Stopwatch) -> None:
    """Count the time of every COMMIT (the writes and fsyncs) as `fsync`."""
    plain = engine.dialect.do_commit

    def timed(connection: Any) -> None:
        with watch.measure("fsync"):
            plain(connection)

    engine.dialect.do_commit = timed  # type: ignore[assignment,method-assign]


def memory_of_tree() -> int:
    """PSS where the system knows it (shared pages counted once), else RSS."""
    total = 0
    here = psutil.Process()
    for process in [here, *here.children(recursive=True)]:
        try:
            full = process.memory_full_info()
            total += int(getattr(full, "pss", 0) or full.rss)
        except psutil.Error:
            continue
    return total
