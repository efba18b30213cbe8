"""A night over the desktop core: the agent and the client as processes on a display of their own, the commit log as oracle."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from mock_core_ui.people.world import build_world
from tests.desktop.x11 import Display, missing
from tests.e2e.agent_town import AgentTown
from tests.e2e.inverse import committed, differences

PROCEDURES = ("ltci_renewal", "ltci_care_plan_request", "ltci_insured_card_reissue")
SEED, APPLICATIONS = 5, 9
ALL_SIZES = bool(os.environ.get("BRIDGE_AGENT_ALL_SIZES"))
"""Every scaling at every resolution; else two of the six."""

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.skipif(bool(missing()), reason=missing())]


@contextmanager
def town(
    folder: Path, display: str, browser: Path, *, applications: int = APPLICATIONS, client: Sequence[str] = ()
) -> Iterator[AgentTown]:
    """`client`: more words for the client's command line."""
    made = AgentTown(
        folder,
        seed=SEED,
        applications=applications,
        plain=True,
        procedures=PROCEDURES,
        browser=browser,
        display=display,
        client=(sys.executable, "-m", "mock_core_ui.desktop", *client),
    )
    try:
        yield made
    finally:
        made.close()


def assert_all_entered(town: AgentTown, applications: int) -> None:
    """Once each, and every value as the application said: read back from the commit log without the agent's code."""
    assert (town.doubles(), town.missing(), town.lost()) == (0, 0, [])
    assert {state for state, _ in town.states().values()} == {"reported"}
    said = {a.receipt_no: a for a in build_world(SEED, applications, PROCEDURES, plain=True).applications}
    database = Path(town.report["cores"]["hibari"]["database"])
    rows = [row for row in committed(database) if not row.before_run]
    assert len(rows) == applications
    assert {row.reference: differences(said[row.reference], row) for row in rows} == {number: [] for number in said}


def test_every_application_is_entered_once_and_as_it_was_said(
    display: Display, tmp_path: Path, browser_path: Path
) -> None:
    with town(tmp_path, display.name, browser_path) as made:
        finished = made.run()
        assert finished.code == 0, finished.err
        assert_all_entered(made, APPLICATIONS)
        assert {"髙", "﨑"} <= set("".join(str(commit.values) for commit in made.commits()))
        assert made.run().summary["entered"] == 0


SIZES = [
    ("1280x800", "125"),
    ("1920x1080", "150"),
    *([("1280x800", "100"), ("1280x800", "150"), ("1920x1080", "100"), ("1920x1080", "125")] if ALL_SIZES else []),
]


@pytest.mark.parametrize(("size", "scaling"), SIZES)
def test_the_same_recipes_work_at_other_resolutions_and_scalings(
    tmp_path: Path, browser_path: Path, size: str, scaling: str
) -> None:
    with (
        Display(tmp_path, f"{size}x24") as shown,
        town(tmp_path, shown.name, browser_path, applications=4, client=("--scaling", scaling)) as made,
    ):
        finished = made.run()
        assert finished.code == 0, finished.err
        assert_all_entered(made, 4)


def test_a_screen_that_is_too_small_is_refused_by_name_before_anything_is_entered(
    tmp_path: Path, browser_path: Path
) -> None:
    with (
        Display(tmp_path, "1024x768x24") as shown,
        town(tmp_path, shown.name, browser_path, applications=4) as made,
    ):
        finished = made.run()
        assert finished.code == 3
        assert any("resolution_differs" in stop for stop in finished.summary["stops"])
        assert made.commits() == []
        assert {state for state, _ in made.states().values()} == {"pending"}
