"""M46-M61: the agent's own disk, ledger and machine. Each row names the tests that run it."""

from __future__ import annotations

from tests.fault.row import Row

ROWS: tuple[Row, ...] = ()
