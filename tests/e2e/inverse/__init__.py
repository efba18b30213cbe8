"""The inverse reading: what a core's commit log holds, read back into the application's words, and judged by it.

It is written by hand from the mock cores' screens and the national item table, and shares no code with the agent: a
mistake in the agent's conversions cannot hide behind the same mistake here.
"""

from __future__ import annotations

from tests.e2e.inverse.commit_log import CommitRow, committed
from tests.e2e.inverse.judging import NOT_ON_SCREEN, differences
from tests.e2e.inverse.reading import SHEETS, read_back

__all__ = ["NOT_ON_SCREEN", "SHEETS", "CommitRow", "committed", "differences", "read_back"]
