"""A small town for nights over a machine that fails, and no hook left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_agent.domain import crash_points
from tests.fault.fast.town import FastTown
from tests.fault.machine_nights import BURDEN


@pytest.fixture
def no_hook() -> Iterator[None]:
    yield
    crash_points.install(None)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[FastTown]:
    with FastTown(tmp_path, applications=4, procedures=BURDEN, plain=True) as made:
        yield made
