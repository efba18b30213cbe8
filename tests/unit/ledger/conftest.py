"""A ledger in memory on an imitated clock, for tests of single rules."""

from __future__ import annotations

import pytest

from bridge_agent.ledger.opening import open_ledger
from bridge_agent.ledger.store import SqlLedger
from bridge_agent.ledger.writing import Owner
from tests.unit.pipeline.imitation import ImitatedClock, ImitatedSealer


@pytest.fixture
def clock() -> ImitatedClock:
    return ImitatedClock()


@pytest.fixture
def ledger(clock: ImitatedClock) -> SqlLedger:
    return SqlLedger(open_ledger(None, "check"), clock, ImitatedSealer(), Owner(1, 1.0, "host", "boot"))
