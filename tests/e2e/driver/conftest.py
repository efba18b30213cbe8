"""A browser, and a site that shows whatever a test gives it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_agent.drivers.browser import BrowserCoreSession
from bridge_agent.drivers.browser.screen import BrowserScreen
from tests.e2e.browser_sessions import session
from tests.e2e.browser_site import Site


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture(scope="module")
def core(site: Site, browser_path: Path) -> Iterator[BrowserCoreSession]:
    core = session(site.base, browser_path)
    core.start()
    yield core
    core.close()


@pytest.fixture
def screen(core: BrowserCoreSession) -> BrowserScreen:
    core.screen.begin(())
    return core.screen
