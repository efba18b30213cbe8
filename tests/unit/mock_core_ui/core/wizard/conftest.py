"""A clerk at dialect C, of the one vendor, of the other, and of either."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.mock_core_ui.core.walking import WizardWalk
from tests.unit.mock_core_ui.core.wizard.asking import JIDOSHA, WAKABA, at


@pytest.fixture
def wakaba(tmp_path: Path) -> Iterator[WizardWalk]:
    yield from at(WAKABA, tmp_path)


@pytest.fixture
def jidosha(tmp_path: Path) -> Iterator[WizardWalk]:
    yield from at(JIDOSHA, tmp_path)


@pytest.fixture(params=(WAKABA, JIDOSHA))
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WizardWalk]:
    yield from at(request.param, tmp_path)
