"""What several tests of the browser driver start with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.browser_site import Site


@pytest.fixture
def site() -> Iterator[Site]:
    """The small web system, logged in by nobody yet."""
    site = Site()
    yield site
    site.close()
