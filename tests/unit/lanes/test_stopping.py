"""Stopping after the entry in hand: signals, a supervisor's word, a supervisor's death; never an interruption."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bridge_agent.lanes.stopping import SIGNALS, StopOnSignal

WAIT_S = 10
ENTRY = """
import sys
from bridge_agent.lanes.stopping import StopOnSignal
stopping = StopOnSignal()
stopping.also_when(sys.stdin)
print("entering", flush=True)
while not stopping.requested():
    pass
for _ in range(100000):
    pass  # the entry in hand is finished
print("settled", flush=True)
stopping.restore()
"""


@pytest.fixture
def lane() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", ENTRY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "entering\n"
    yield process
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        assert pipe is not None
        pipe.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process for these")
@pytest.mark.parametrize("name", [name for name in SIGNALS if hasattr(signal, name)])
def test_a_signal_stops_after_the_entry_in_hand(lane: subprocess.Popen[str], name: str) -> None:
    lane.send_signal(getattr(signal, name))
    out, err = lane.communicate(timeout=WAIT_S)
    assert out == "settled\n"
    assert "入力中の1件を終えてから止めます" in err
    assert lane.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_further_signals_interrupt_nothing() -> None:
    stopping = StopOnSignal()
    try:
        for _ in range(5):
            os.kill(os.getpid(), signal.SIGINT)
        assert stopping.requested()
    finally:
        stopping.restore()


def test_the_supervisors_word_stops(lane: subprocess.Popen[str]) -> None:
    out, _ = lane.communicate("stop\n", timeout=WAIT_S)
    assert out == "settled\n"


def test_the_supervisors_death_stops(lane: subprocess.Popen[str]) -> None:
    assert lane.stdin is not None
    lane.stdin.close()  # as the system does when its holder dies
    assert lane.stdout is not None
    assert lane.stdout.readline() == "settled\n"


def test_handlers_are_given_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    StopOnSignal().restore()
    assert signal.getsignal(signal.SIGINT) is before
