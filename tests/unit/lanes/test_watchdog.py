"""The watchdog as a real process: it kills real senders in time, and nobody arms when it does not answer."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
import pytest

from bridge_agent.domain.errors import StopRunError
from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.sender import started_at
from bridge_agent.lanes.watchdog import WatchdogProcess
from bridge_agent.lanes.watching import line_for, sender_from

LONG_S, SOON_S = 60.0, 0.2
GONE_WITHIN_S = 10.0
GUARDED_THEN_DIES = """
import sys
from bridge_agent.domain.ports import Sender
from bridge_agent.lanes.watchdog import WatchdogProcess
pid, started, host = sys.argv[1:]
with WatchdogProcess().guard(Sender(int(pid), float(started), host), 60.0):
    print("armed", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def watchdog() -> Iterator[WatchdogProcess]:
    made = WatchdogProcess()
    yield made
    made.close()


@pytest.fixture
def browser() -> Iterator[subprocess.Popen[bytes]]:
    """Something that would live for ever."""
    process = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    yield process
    process.kill()
    process.wait()
    assert process.stdin is not None
    process.stdin.close()


def sender_of(process: subprocess.Popen[bytes]) -> Sender:
    started = started_at(process.pid)
    assert started is not None
    return Sender(process.pid, started, socket.gethostname())


def test_a_sender_whose_time_is_over_is_killed_while_the_lane_stands_still(
    watchdog: WatchdogProcess, browser: subprocess.Popen[bytes]
) -> None:
    with watchdog.guard(sender_of(browser), SOON_S):
        browser.wait(timeout=GONE_WITHIN_S)  # the lane does nothing at all


def test_a_sender_that_is_done_in_time_lives_on(watchdog: WatchdogProcess, browser: subprocess.Popen[bytes]) -> None:
    with watchdog.guard(sender_of(browser), SOON_S):
        pass
    with pytest.raises(subprocess.TimeoutExpired):
        browser.wait(timeout=5 * SOON_S)


def test_the_senders_of_a_lane_that_dies_are_killed(browser: subprocess.Popen[bytes]) -> None:
    sender = sender_of(browser)
    words = [str(sender.pid), str(sender.started), sender.host]
    lane = subprocess.Popen(
        [sys.executable, "-c", GUARDED_THEN_DIES, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert lane.stdout is not None
    assert lane.stdin is not None
    assert lane.stdout.readline() == b"armed\n"
    lane.kill()
    browser.wait(timeout=GONE_WITHIN_S)
    lane.wait()
    lane.stdin.close()
    lane.stdout.close()


def test_another_process_under_the_same_number_is_left_alone(
    watchdog: WatchdogProcess, browser: subprocess.Popen[bytes]
) -> None:
    real = sender_of(browser)
    other = Sender(real.pid, real.started - 500.0, real.host)
    with watchdog.guard(other, SOON_S), pytest.raises(subprocess.TimeoutExpired):
        browser.wait(timeout=5 * SOON_S)


def test_nothing_is_armed_when_the_watchdog_is_dead(
    watchdog: WatchdogProcess, browser: subprocess.Popen[bytes]
) -> None:
    psutil.Process(watchdog.pid).kill()
    entered = False
    with pytest.raises(StopRunError, match="見張り"), watchdog.guard(sender_of(browser), LONG_S):
        entered = True
    assert not entered


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_signals_for_the_lane_do_not_end_the_watchdog(
    watchdog: WatchdogProcess, browser: subprocess.Popen[bytes]
) -> None:
    with watchdog.guard(sender_of(browser), LONG_S):
        pass  # it has answered: its handlers are set
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        psutil.Process(watchdog.pid).send_signal(number)
    with watchdog.guard(sender_of(browser), SOON_S):
        browser.wait(timeout=GONE_WITHIN_S)


def test_its_process_ends_with_the_lane() -> None:
    made = WatchdogProcess()
    process = psutil.Process(made.pid)
    made.close()
    assert not process.is_running()


def test_a_sender_crosses_the_pipe_unchanged() -> None:
    sender = Sender(12, 3.25, "host-1", 7, 8.5)
    word, rest = line_for(sender, 9.5).split(" ", 1)
    assert word == "arm"
    assert sender_from(rest.split(" ")) == (sender, 9.5)


def test_time_is_counted_by_the_watchdog_alone(
    watchdog: WatchdogProcess, browser: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 0.0)  # the lane's own clock stands still
    with watchdog.guard(sender_of(browser), SOON_S):
        browser.wait(timeout=None)
