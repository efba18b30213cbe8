"""What nights enter on the two page cores, read back by hand-written tables: every procedure, nothing misplaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from mock_core_ui.core.catalogue import ALWAYS, SCREENS
from mock_core_ui.people import build_world
from tests.e2e.inverse import committed, differences
from tests.fault.fast.town import FastTown

APPLICATIONS = 6


@pytest.mark.parametrize("procedure", [name for name, screen in SCREENS.items() if screen.core in ALWAYS])
def test_every_value_of_a_night_stands_where_the_application_says(procedure: str, tmp_path: Path) -> None:
    world = build_world(41, APPLICATIONS, (procedure,), plain=True)
    said = {application.atena_no: application for application in world.applications}
    with FastTown(tmp_path, world=world, procedures=(procedure,)) as town:
        town.run()
        rows = [row for path in town.databases.values() for row in committed(path) if not row.before_run]
    assert sorted(row.atena_no for row in rows) == sorted(said)
    assert {row.atena_no: differences(said[row.atena_no], row) for row in rows} == {number: [] for number in said}
