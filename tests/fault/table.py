"""The fault table: every fault of the menu, by phase and moment, and the end it must have. Reviewed by hand.

What is expected follows from the protocol (docs/promise.md), never from what the code does. docs/faults.md is made
from it; row_nights.py runs it; M46-M61 name the tests that run them.
"""

from __future__ import annotations

from tests.fault.lines import machine, network, records, screens
from tests.fault.row import Driver, Row

TABLE: tuple[Row, ...] = (*network.ROWS, *screens.ROWS, *records.ROWS, *machine.ROWS)
PLAYED: tuple[Row, ...] = tuple(row for row in TABLE if row.driver is not Driver.OWN)
FAST: tuple[Row, ...] = tuple(row for row in PLAYED if row.driver is not Driver.BROWSER)
IN_BROWSER: tuple[Row, ...] = tuple(row for row in PLAYED if row.driver is not Driver.FAST)
BROWSER_ONLY: tuple[Row, ...] = tuple(row for row in PLAYED if row.driver is Driver.BROWSER)
