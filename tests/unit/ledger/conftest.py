"""A ledger in memory on an imitated clock, for tests of single rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_agent.domain import crash_points
from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from tests.unit.pipeline.imitated_core import ImitatedClock, ImitatedSealer


@pytest.fixture
def clock() -> ImitatedClock:
    return ImitatedClock()


@pytest.fixture
def ledger(clock: ImitatedClock) -> SqlLedger:
    return SqlLedger(open_ledger(None, "check"), clock, ImitatedSealer(), Owner(1, 1.0, "host", "boot"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def on_disk(file: Path, clock: ImitatedClock) -> Iterator[SqlLedger]:
    made = SqlLedger(open_ledger(file, "check"), clock, ImitatedSealer(), Owner(1, 1.0, "host", "boot"))
    yield made
    made.engine.dispose()


@pytest.fixture(autouse=True)
def no_hook() -> Iterator[None]:
    yield
    crash_points.install(None)
