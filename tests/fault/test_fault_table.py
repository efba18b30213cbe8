"""Every row of the fault table once; the table is complete, and the document is made from it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mock_core_ui.faults import MENU
from tests.fault.row import Driver, Phase
from tests.fault.row_nights import Played, play
from tests.fault.table import BROWSER_ONLY, FAST, TABLE
from tests.fault.table_document import DOCUMENT, document, origin_of, title_of

SIDE_BY_SIDE = 4


def test_every_fault_of_the_menu_has_its_rows() -> None:
    browsers = {code for code in MENU if code.startswith("M")}
    """What the desktop core's windows do (D…) cannot happen on a page, and this table's towns are driven by pages."""
    assert {row.code for row in TABLE} >= browsers
    numbers = {int(re.sub(r"\D", "", row.code)) for row in TABLE}
    assert numbers == set(range(1, 62)) - NOT_HERE
    assert all(title_of(row) and origin_of(row) in ("real", "imitated") for row in TABLE)


NOT_HERE = {51, 54}
"""Rows whose tests belong to the ledger's versions and to the crash points."""


def test_rows_are_told_apart_and_say_why() -> None:
    names = Counter((row.name, row.phase, row.cores) for row in TABLE)
    assert [name for name, count in names.items() if count > 1] == []
    assert all(row.why.endswith((".", "。")) and len(row.why) > 30 for row in TABLE)


def test_what_the_table_allows_is_what_the_promise_allows() -> None:
    """Two records only where a clerk made the other one; registered means one; nothing absent has been sent again."""
    for row in TABLE:
        for end in (row.struck, row.after_drain()):
            assert end.commits <= 1 or row.code.startswith("M43")
            if end.state in ("registered", "reported"):
                assert end.commits == 1
        assert row.after_drain().state in ("reported", "held")
        assert (row.run.exit_code == 4) == bool(row.run.duplicates or row.run.missing)
        if row.phase is Phase.AFTER:
            assert row.struck.commits >= 1


def test_each_row_names_a_test_that_exists() -> None:
    here = Path(__file__).parent
    for row in TABLE:
        assert (row.driver is Driver.OWN) == bool(row.test)
        if row.test:
            file, name = row.test.split("::")
            assert f"def {name}(" in (here / file).read_text(encoding="utf-8")


def test_the_document_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document()


def told(played: list[Played]) -> list[str]:
    return [f"{one.row.name} ({one.core}, seed {one.seed}): {line}" for one in played for line in one.differences]


def test_every_row_ends_as_the_table_says() -> None:
    """Side by side, since most of a row is waiting; neighbours of a fault take different cores."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        played = list(pool.map(play, FAST, itertools.cycle((1, 2))))
    assert told(played) == []
    assert {one.core for one in played} == {"sogo", "nintei"}


@pytest.mark.browser
@pytest.mark.slow
def test_what_only_a_browser_shows_ends_as_the_table_says(browser_path: Path) -> None:
    played = [play(row, at % 2, browser_path) for at, row in enumerate(BROWSER_ONLY)]
    assert told(played) == []
