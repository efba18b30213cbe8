"""Reads every value in the cores' commit logs back into the applications' words, and compares it with what was applied for.

The reading is written by hand from the mock cores' screens and shares no code with the agent; it is the tests' own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mock_core_ui.people.model import Application
from tests.e2e.inverse import committed, differences

RENUMBERED = "S26-"
"""Before the numbers of those that the prefecture's system has from the town."""


@dataclass(slots=True)
class ReadBack:
    """How many registrations were read back, and what of them is not as it was applied for: 受付番号 and items."""

    registrations: int = 0
    wrong: list[str] = field(default_factory=list)


def read_back(
    cores: Mapping[str, Path], numbers: Mapping[tuple[str, str], str], applications: Iterable[Application]
) -> ReadBack:
    """`numbers`: core and its own number -> 受付番号, as the ledgers have them."""
    said = {one.receipt_no: one for one in applications}
    found = ReadBack()
    for core, database in cores.items():
        for row in committed(database):
            if row.before_run:
                continue
            found.registrations += 1
            receipt_no = numbers.get((core, row.core_receipt_no), "")
            application = said.get(receipt_no.removeprefix(RENUMBERED))
            if application is None:
                found.wrong.append(f"{core} {row.core_receipt_no}: registered for nobody")
            elif items := differences(replace(application, receipt_no=receipt_no), row):
                found.wrong.append(f"{receipt_no}: {', '.join(map(str, items))}")
    return found
