"""The fault table as a document for readers: docs/faults.md."""

from __future__ import annotations

from pathlib import Path

from mock_core_ui.faults import fault_named
from tests.fault.row import Driver, End, Row
from tests.fault.table import TABLE

DOCUMENT = Path(__file__).parents[2] / "docs" / "faults.md"
_HEAD = """# 障害の表 / Fault table

Every fault of the menu, when it strikes, and the end it must have: first for the application it strikes, then for the
run. Written by `scripts/fault_table.py --write` from `tests/fault/table.py`; do not edit it here. `scripts/fault_table.py
--fast --seeds N` and `--browser --seeds N` play the rows. *Commits* are counted in the core's own log. *Drained* says
how the application stands after the fault is gone and the lane restarted. Exit codes: 0 balanced, 1 a person is needed,
3 stopped early, 4 the books do not balance. The next application is always reported in the end.

*Real*: the thing itself happens; *imitated*: what is seen of it does.

| fault | what happens | real | moment | phase | state | commits | drained | exit | stops | why | played by |
|---|---|---|---|---|---|---|---|---|---|---|---|
"""


def document() -> str:
    return _HEAD + "".join(f"{_line(row)}\n" for row in TABLE)


def title_of(row: Row) -> str:
    fault = fault_named(row.code)
    return row.title or (fault.title if fault is not None else "")


def origin_of(row: Row) -> str:
    fault = fault_named(row.code)
    return row.origin or (fault.origin if fault is not None else "")


def _line(row: Row) -> str:
    run = row.run
    stops = " ".join(part for part in (run.stops, run.breaker and f"({run.breaker})") if part) or "-"
    where = f" ({row.note})" if row.note else ""
    only = f" [{row.cores[0]}]" if len(row.cores) == 1 else ""
    drained = "same" if row.drained is None else _end(row.drained)
    cells = (
        f"{row.code}{only}",
        title_of(row),
        origin_of(row),
        f"{row.moment.value}{where}",
        row.phase.value,
        _end(row.struck),
        str(row.struck.commits),
        drained,
        str(run.exit_code),
        stops,
        row.why,
        f"`{row.test}`" if row.driver is Driver.OWN else row.driver.value,
    )
    return "| " + " | ".join(cells) + " |"


def _end(end: End) -> str:
    return f"{end.state}({end.reason})" if end.reason else end.state
