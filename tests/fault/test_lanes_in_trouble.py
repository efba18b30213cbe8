"""The agent with several lanes and a real browser: a lane that stands still, SIGTERM, and a supervisor that dies."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.e2e.agent_town import ROOT, AgentTown
from tests.ledger_rows import read

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="stops processes as Linux does"),
]
LIMITS = {"submit_s": 3.0, "settle_s": 1.0, "visibility_max_s": 0.5}
LANES = "4"
"""Two at each core; only one core has something to do."""
SHORT_LEASE = """
import bridge_agent.cli.lanes as lanes
from bridge_agent.cli import main
from bridge_agent.ledger.owning import LaneOwning, Lease
LaneOwning.lease = Lease(seconds=15.0, margin_s=1.0, after_submit_s=1.0)
"""
LANE = SHORT_LEASE + "main()\n"
SUPERVISOR = SHORT_LEASE + f"lanes.ENTRY = ('-c', {LANE!r})\nmain()\n"
"""The agent as it is, but for the time after which a lane that gives no sign of life is killed."""


@pytest.fixture
def town(tmp_path: Path, browser_path: Path) -> Iterator[AgentTown]:
    made = AgentTown(
        tmp_path,
        seed=4,
        applications=24,
        plain=True,
        procedures=("ltci_burden_ratio_reissue",),
        browser=browser_path,
        limits=LIMITS,
        accounts=2,
    )
    yield made
    made.close()


def start(town: AgentTown) -> subprocess.Popen[str]:
    words = town.command("run", "--json", "--lanes", LANES)[3:]
    with said(town).open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISOR, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=log,
            text=True,
            cwd=ROOT,
            env=town.environment(),
            start_new_session=True,
        )
    assert process.stdin is not None
    process.stdin.write(town.passphrase + "\n")
    process.stdin.close()
    return process


def said(town: AgentTown) -> Path:
    """What the runs said of their way."""
    return town.home / "said.log"


def lanes_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    found = []
    for child in psutil.Process(process.pid).children():
        try:
            if "lane-process" in child.cmdline():
                found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found


def wait_for(what: str, condition: Callable[[], bool], within_s: float = 90.0) -> None:
    end = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def rows(town: AgentTown, sql: str) -> list[int]:
    return [row[0] for row in read(town.ledger, sql)] if town.ledger.exists() else []


def entered(town: AgentTown) -> int:
    return len(town.commits())


def in_hand(town: AgentTown) -> list[str]:
    return [state for state, _ in town.states().values() if state in ("claimed", "armed", "seen")]


def books_balance(town: AgentTown) -> bool:
    assert (town.doubles(), town.missing(), town.lost()) == (0, 0, [])
    states = sorted({state for state, _ in town.states().values()})
    assert in_hand(town) == []
    return states in (["reported"], ["held", "reported"])


def standing_still(lanes: dict[int, psutil.Process], busy: Callable[[], list[int]]) -> psutil.Process:
    """A lane that is suspended with an entry in hand; one that came through before it was suspended goes on."""
    found: list[psutil.Process] = []

    def caught() -> bool:
        for pid in busy():
            lanes[pid].suspend()
            with suppress(sqlite3.OperationalError):  # caught in the midst of a write, it keeps everybody out
                if pid in busy():
                    found.append(lanes[pid])
                    return True
            with suppress(psutil.NoSuchProcess):
                lanes[pid].resume()
        return False

    wait_for("a lane stands still with an entry in hand", caught)
    return found[0]


def test_a_lane_that_stands_still_is_killed_and_begun_anew(town: AgentTown) -> None:
    process = start(town)
    try:
        wait_for("both lanes enter", lambda: entered(town) >= 3 and len(lanes_of(process)) == 2)
        lanes = {lane.pid: lane for lane in lanes_of(process)}

        def busy() -> list[int]:
            sql = "SELECT owner_pid FROM item WHERE state IN ('claimed', 'armed')"
            return [pid for pid in rows(town, sql) if pid in lanes]

        stopped = standing_still(lanes, busy)
        wait_for("the supervisor kills it", lambda: not stopped.is_running(), 120)
        code = process.wait(240)
    finally:
        town.kill(process)
    assert code in (0, 1), said(town).read_text(encoding="utf-8")[-3000:]
    assert rows(town, "SELECT count(*) FROM event WHERE kind IN ('claimed->pending', 'armed->in_doubt')")[0] >= 1
    assert books_balance(town)


def test_sigterm_stops_all_lanes_after_the_entry_in_hand(town: AgentTown) -> None:
    process = start(town)
    try:
        wait_for("some are entered", lambda: entered(town) >= 3)
        process.send_signal(signal.SIGTERM)
        code = process.wait(120)
    finally:
        town.kill(process)
    assert code == 3
    assert in_hand(town) == []
    assert "pending" in {state for state, _ in town.states().values()}
    assert town.run("--lanes", LANES).code == 0
    assert entered(town) == 24
    assert books_balance(town)


def test_lanes_end_their_entry_and_stop_when_the_supervisor_is_killed(town: AgentTown) -> None:
    process = start(town)
    try:
        wait_for("both lanes enter", lambda: entered(town) >= 3 and len(lanes_of(process)) == 2)
        lanes = lanes_of(process)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        _, alive = psutil.wait_procs(lanes, timeout=120)
        assert alive == []
    finally:
        town.kill(process)
    assert in_hand(town) == []
    assert "pending" in {state for state, _ in town.states().values()}
    assert town.run("--lanes", LANES).code == 0
    assert entered(town) == 24
    assert books_balance(town)
