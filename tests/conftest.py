"""What all tests share: the browser's path, evidence of failed pages, the account of skipped tests."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from scripts.browsers import find_browser

pytest_plugins = ["tests.page_evidence", "tests.skips"]

LONG_FIRST = ("tests/e2e/", "tests/fault/", "tests/architecture/")
"""Long files are handed out first, so that no worker is left alone with one at the end."""

# A shell's background job ignores Ctrl-C, and so would every process that a test starts and sends it to.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

BROWSER = "BRIDGE_AGENT_TEST_BROWSER"
"""Path of the browser that scripts/test.py found or installed."""


@pytest.fixture(scope="session")
def browser_path() -> Path:
    """A browser to launch with `executable_path`."""
    named = os.environ.get(BROWSER)
    found = Path(named) if named else find_browser(headless=True)
    if found is None:
        pytest.skip("no browser: run scripts/test.py, or install Edge, Chrome or Chromium")
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        return next((n for n, folder in enumerate(LONG_FIRST) if item.nodeid.startswith(folder)), len(LONG_FIRST))

    items.sort(key=place)  # stable: the order inside a file stays
