"""A walk through each dialect, for tests of faults that all of them can have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.mock_core_ui.core.walking import CORES, Walk, logged_in


@pytest.fixture(params=CORES)
def walk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Walk]:
    with logged_in(request.param, tmp_path) as walk:
        yield walk
