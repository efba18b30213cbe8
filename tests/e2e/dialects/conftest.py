"""A town, and a session of the driver at each of its mock cores that is a web page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mock_core_ui.people.procedures import NURSERY, PARKING, PREGNANCY, ROUND, VEHICLE_ADDRESS
from mock_core_ui.serving import MockTown, Options
from tests.e2e.core_session import Core


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MockTown]:
    procedures = tuple(dict.fromkeys((*ROUND, PREGNANCY, NURSERY, VEHICLE_ADDRESS, PARKING)))
    town = MockTown(Options(tmp_path_factory.mktemp("town"), seed=5, applications=30, procedures=procedures))
    town.start()
    yield town
    town.stop()


@pytest.fixture(scope="module")
def sogo(town: MockTown, browser_path: Path) -> Iterator[Core]:
    core = Core(town, "sogo", browser_path)
    core.session.start()
    yield core
    core.session.close()


@pytest.fixture(scope="module")
def nintei(town: MockTown, browser_path: Path) -> Iterator[Core]:
    core = Core(town, "nintei", browser_path)
    core.session.start()
    yield core
    core.session.close()


@pytest.fixture(scope="module")
def wakaba(town: MockTown, browser_path: Path) -> Iterator[Core]:
    core = Core(town, "wakaba", browser_path)
    core.session.start()
    yield core
    core.session.close()


@pytest.fixture(scope="module")
def jidosha(town: MockTown, browser_path: Path) -> Iterator[Core]:
    core = Core(town, "jidosha", browser_path)
    core.session.start()
    yield core
    core.session.close()
