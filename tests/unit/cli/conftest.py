"""The site that every command's tests are typed at."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge_agent import wiring
from tests.unit.cli.home_site import HomeSite


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> HomeSite:
    home = HomeSite(tmp_path)
    for place in (wiring, wiring.ledgers):
        monkeypatch.setattr(place, "open_store", lambda start, settings: home.store)
    for place in (wiring, wiring.ledgers, wiring.nights):
        monkeypatch.setattr(place, "SystemClock", lambda: home.town.clock)
    return home
