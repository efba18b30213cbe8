"""The supervisor with real processes in the place of lanes: side by side, restarted, told to stop, killed when hung."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from bridge_agent.domain.ledger_records import LaneOwner
from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.sender import kill_sender, started_at
from bridge_agent.lanes.supervisor import STARTS, Supervisor, share
from bridge_agent.pipeline.night import CoreAccess, Night, RunOptions
from bridge_agent.pipeline.reconcile import Reconciled
from tests.unit.pipeline.imitated_core import OPERATOR
from tests.unit.pipeline.imitation import Town, profile

TOLD = {"entered": 1, "claimed": 1, "sent": 1, "not_ready": 0, "stopped": "", "stopped_procedures": []}
SAYS_AND_ENDS = f"print({json.dumps(json.dumps({'ended': TOLD}))}, flush=True)"
DIES = "import os; os._exit(9)"
WAITS_FOR_STOP = f"import sys; [line for line in iter(sys.stdin.readline, 'stop\\n')]; {SAYS_AND_ENDS}"
NOTES_ITSELF = """
import pathlib, sys, time
folder = pathlib.Path(sys.argv[1])
mine = folder / sys.argv[2]
mine.write_text("")
while len(list(folder.iterdir())) < 2:  # until the other lane is there as well
    pass
"""


def night_with(town: Town, lanes: int, **options: int) -> Night:
    made = [CoreAccess(f"sogo-{n}", profile(), frozenset({OPERATOR}), town.session) for n in range(1, lanes + 1)]
    return replace(town.night(), lanes=made, options=RunOptions(**options), kill_sender=kill_sender)  # type: ignore[arg-type]


def supervisor(script: str | Callable[[CoreAccess], str], most: int = 2, *words: str) -> Supervisor:
    def command(access: CoreAccess, limit: int) -> list[str]:
        source = script if isinstance(script, str) else script(access)
        return [sys.executable, "-c", source, *words, access.lane]

    return Supervisor(command, None, most)


def work(night: Night, one: Supervisor) -> Sequence[str]:
    return [lane.stopped for lane in one(night, night.lanes, Reconciled())]


def test_lanes_run_side_by_side(tmp_path: Path) -> None:
    town = Town([])
    one = supervisor(NOTES_ITSELF + SAYS_AND_ENDS, 2, str(tmp_path))  # neither ends before both have started
    assert work(night_with(town, 2), one) == ["", "", ""]  # two lanes and the core's reconciliation


def test_no_more_than_allowed_at_a_time(tmp_path: Path) -> None:
    script = f"""
import pathlib, sys
place = pathlib.Path({str(tmp_path)!r})
alone = not list(place.iterdir())
mark = place / sys.argv[1]
mark.write_text("")
mark.unlink()
ended = dict({TOLD!r}, stopped="" if alone else "not alone")
import json; print(json.dumps({{"ended": ended}}), flush=True)
"""
    assert set(work(night_with(Town([]), 4), supervisor(script, 1))) == {""}


def test_a_lane_that_dies_is_started_again_and_then_given_up(tmp_path: Path) -> None:
    script = f"import pathlib; pathlib.Path({str(tmp_path)!r}, str(__import__('os').getpid())).write_text(''); {DIES}"
    stopped = work(night_with(Town([]), 1), supervisor(script))
    assert len(list(tmp_path.iterdir())) == STARTS
    assert "sogo-1" in stopped[0]
    assert "もう一度 run を実行すると" in stopped[0]


def test_a_lane_that_dies_once_goes_on(tmp_path: Path) -> None:
    mark = tmp_path / "died"
    script = f"import pathlib; m = pathlib.Path({str(mark)!r}); first = not m.exists(); m.write_text('')\nif first: {DIES}\n{SAYS_AND_ENDS}"
    assert work(night_with(Town([]), 1), supervisor(script))[0] == ""


@pytest.mark.parametrize(("limit", "begun_with"), [(5, [5, 3, 1]), (4, [4, 2]), (1, [1])])
def test_a_lane_that_dies_never_goes_past_the_limit(limit: int, begun_with: list[int]) -> None:
    said = json.dumps(json.dumps({"advance": ["R", "registered"]}))
    limits: list[int] = []

    def command(access: CoreAccess, allowed: int) -> list[str]:
        limits.append(allowed)
        return [sys.executable, "-c", f"print({said}, flush=True); {DIES}"]

    stopped = work(night_with(Town([]), 1, limit=limit), Supervisor(command, None, 1))
    assert limits == begun_with  # one told of, and one it may have died with
    assert "sogo-1" in stopped[0]


def test_stop_is_passed_on_to_every_lane(tmp_path: Path) -> None:
    town = Town([])
    town.stop = lambda: len(list(tmp_path.iterdir())) == 2
    mark = f"import pathlib, sys; pathlib.Path({str(tmp_path)!r}, sys.argv[1]).write_text('')\n"
    assert work(night_with(town, 2), supervisor(mark + WAITS_FOR_STOP))[:2] == ["", ""]


def test_a_lane_that_gives_no_sign_of_life_is_killed_and_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Town([])
    mark = tmp_path / "pid"
    script = (
        f"import os, pathlib, sys; m = pathlib.Path({str(mark)!r}); first = not m.exists()\n"
        f"if first: m.write_text(str(os.getpid())); sys.stdin.read()\n{SAYS_AND_ENDS}"
    )

    def lane_owner(lane: str) -> LaneOwner | None:
        if not mark.exists() or not mark.read_text():
            return None
        pid = int(mark.read_text())
        return LaneOwner(Sender(pid, started_at(pid) or 0.0, socket.gethostname()), lease_over=True)

    monkeypatch.setattr(town.ledger, "lane_owner", lane_owner)
    assert work(night_with(town, 1), supervisor(script))[0] == ""
    assert not psutil.pid_exists(int(mark.read_text()))


def test_what_a_lane_prints_by_accident_is_no_word() -> None:
    script = f"print('warning: odd'); print('[1]'); {SAYS_AND_ENDS}"
    assert work(night_with(Town([]), 1), supervisor(script))[0] == ""


@pytest.mark.parametrize(("limit", "lanes", "parts"), [(5, 2, [3, 2]), (1, 2, [1, 0]), (4, 2, [2, 2])])
def test_a_limit_is_shared_among_the_lanes_of_a_core(limit: int, lanes: int, parts: list[int]) -> None:
    assert [share(limit, lanes, at) for at in range(lanes)] == parts
