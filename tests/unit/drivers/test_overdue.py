"""What happens to a browser, and to the process that steers it, when a call does not come back."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.browser import overdue
from bridge_agent.drivers.browser.overdue import OverdueGuard
from bridge_agent.drivers.sender import started_at

Process = subprocess.Popen[bytes]


@pytest.fixture
def browser() -> Iterator[Process]:
    yield from idle()


@pytest.fixture
def driver() -> Iterator[Process]:
    yield from idle()


def idle() -> Iterator[Process]:
    """A process that waits for its input to end."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield process
    process.kill()
    process.wait()


@contextmanager
def guarding(browser: Process, driver: Process) -> Iterator[OverdueGuard]:
    both = (browser.pid, started_at(browser.pid) or 0.0), (driver.pid, started_at(driver.pid) or 0.0)
    guard = OverdueGuard(Sender(*both[0], socket.gethostname(), *both[1]))
    yield guard
    guard.stop()


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overdue, "_LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(overdue, "GRACE_S", 0.5)


def test_a_call_that_comes_back_in_time_costs_nothing(browser: Process, driver: Process) -> None:
    with guarding(browser, driver) as guard:
        with guard.limit(0.2):
            pass
        with pytest.raises(subprocess.TimeoutExpired):  # long after the limit would have been over
            browser.wait(timeout=1)
        assert driver.poll() is None


def test_the_browser_goes_first_and_the_driver_when_that_does_not_help(browser: Process, driver: Process) -> None:
    with guarding(browser, driver) as guard, guard.limit(0.05):
        browser.wait(timeout=10)
        assert driver.poll() is None
        driver.wait(timeout=10)


def test_a_call_that_fails_with_its_browser_spares_the_driver(browser: Process, driver: Process) -> None:
    with guarding(browser, driver) as guard:
        with guard.limit(0.05):
            browser.wait(timeout=10)
        with guard.limit(60), pytest.raises(subprocess.TimeoutExpired):
            driver.wait(timeout=1)


def test_a_call_inside_has_no_more_time_than_the_one_around_it(browser: Process, driver: Process) -> None:
    with guarding(browser, driver) as guard, guard.limit(0.05), guard.limit(60):
        browser.wait(timeout=10)


def test_the_time_around_a_call_goes_on_when_the_call_has_come_back(browser: Process, driver: Process) -> None:
    with guarding(browser, driver) as guard, guard.limit(0.3):
        with guard.limit(60):
            pass
        browser.wait(timeout=10)
