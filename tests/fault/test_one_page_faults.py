"""Cores whose one page is drawn by its script: rows of the fault table end there as they end on pages that are sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fault.row import Moment
from tests.fault.row_nights import play
from tests.fault.table import IN_BROWSER

ROWS = (
    ("wakaba", "M4", Moment.FIRST_TRY),
    ("wakaba", "M12", Moment.FIRST_TRY),
    ("wakaba", "M12b", Moment.FIRST_TRY),  # the first page with nothing in it
    ("wakaba", "M12c", Moment.PAGE),
    ("wakaba", "M30", Moment.FIRST_TRY),
    ("wakaba", "M35b", Moment.FIRST_TRY),
    ("jidosha", "M13", Moment.FIRST_TRY),  # told in a box over the page, which would send the request again
    ("jidosha", "M13b", Moment.FIRST_TRY),
    ("jidosha", "M24", Moment.FIRST_TRY),  # another person's completion, and no number on it
    ("jidosha", "M30", Moment.FIRST_TRY),
    ("jidosha", "M33b", Moment.PAGE),  # the page itself refuses to go on
)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(("core", "code", "moment"), ROWS, ids=[f"{core}-{code}" for core, code, _ in ROWS])
def test_ends_as_the_table_says(core: str, code: str, moment: Moment, browser_path: Path) -> None:
    row = next(row for row in IN_BROWSER if (row.code, row.moment) == (code, moment))
    assert play(replace(row, cores=(core,), procedures=()), 1, browser_path).differences == []
