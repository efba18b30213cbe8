"""A process is known by number and start; only that one is killed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
import pytest

from bridge_agent.domain.ports import Sender
from bridge_agent.drivers.sender import kill_sender, sender_of, started_at


@pytest.fixture
def process() -> Iterator[subprocess.Popen[bytes]]:
    """A process with a child of its own."""
    child = "import time; time.sleep(60)"
    code = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", code])
    end = time.monotonic() + 20
    while not psutil.Process(process.pid).children() and time.monotonic() < end:
        time.sleep(0.02)
    yield process
    process.kill()
    process.wait()


def test_the_whole_family_is_killed(process: subprocess.Popen[bytes]) -> None:
    sender = sender_of(process.pid)
    children = psutil.Process(process.pid).children()
    assert kill_sender(sender)
    process.wait(5)
    assert not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children)
    assert kill_sender(sender)  # dead already


def test_another_start_is_another_process(process: subprocess.Popen[bytes]) -> None:
    sender = sender_of(process.pid)
    assert kill_sender(Sender(sender.pid, sender.started - 10, sender.host))
    assert process.poll() is None


def test_another_machine_is_out_of_reach(process: subprocess.Popen[bytes]) -> None:
    sender = sender_of(process.pid)
    assert not kill_sender(Sender(sender.pid, sender.started, "elsewhere"))
    assert process.poll() is None


def test_the_start_does_not_change(process: subprocess.Popen[bytes]) -> None:
    assert started_at(process.pid) == started_at(process.pid)
    assert started_at(2**22 + 12345) is None
