"""A night over the desktop core: the agent and the client as processes on a display of their own, the commit log as oracle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mock_core_ui.people.world import build_world
from tests.desktop.x11 import Display
from tests.e2e.agent_town import AgentTown
from tests.e2e.inverse import committed, differences

PROCEDURES = ("ltci_renewal", "ltci_care_plan_request", "ltci_insured_card_reissue")
SEED, APPLICATIONS = 5, 9

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def town(display: Display, tmp_path: Path, browser_path: Path) -> Iterator[AgentTown]:
    made = AgentTown(
        tmp_path,
        seed=SEED,
        applications=APPLICATIONS,
        plain=True,
        procedures=PROCEDURES,
        browser=browser_path,
        display=display.name,
    )
    yield made
    made.close()


def test_every_application_is_entered_once_and_as_it_was_said(town: AgentTown) -> None:
    finished = town.run()
    assert finished.code == 0, finished.err
    assert (town.doubles(), town.missing(), town.lost()) == (0, 0, [])
    assert {state for state, _ in town.states().values()} == {"reported"}
    said = {a.receipt_no: a for a in build_world(SEED, APPLICATIONS, PROCEDURES, plain=True).applications}
    database = Path(town.report["cores"]["hibari"]["database"])
    rows = [row for row in committed(database) if not row.before_run]
    assert len(rows) == APPLICATIONS
    assert {row.reference: differences(said[row.reference], row) for row in rows} == {number: [] for number in said}
    assert town.run().summary["entered"] == 0
