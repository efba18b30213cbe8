"""The window of another program: it takes the focus, writes down the keys it gets, and gives the focus back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts.display import LIMIT_S
from tests.desktop.driver import MENU, RENEWAL, Clerk
from tests.desktop.x11 import Display, until

Start = Callable[..., None]


@pytest.fixture
def decoy(display: Display, tmp_path: Path) -> Iterator[Start]:
    started: list[subprocess.Popen[bytes]] = []

    def start(*more: str) -> None:
        command = [sys.executable, "-m", "mock_core_ui.desktop.decoy", "--log", str(tmp_path / "keys"), *more]
        started.append(subprocess.Popen(command, env=display.environment))

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=LIMIT_S)


def test_keys_go_to_the_decoy_while_it_has_the_focus_and_are_written_down(
    clerk: Clerk, display: Display, decoy: Start, tmp_path: Path
) -> None:
    clerk.open(RENEWAL)
    decoy("--title", "電卓")
    display.wait_active("電卓")
    display.key("ctrl+2", "7", "Tab", "F12")
    log = tmp_path / "keys"
    until("it has all keys", lambda: log.read_text("utf-8").split() == ["Control_L", "2", "7", "Tab", "F12"])
    display.activate(RENEWAL)
    display.wait_active(RENEWAL)
    assert clerk.text_here() == "0099999901"
    assert len(log.read_text("utf-8").split()) == 5


def test_it_comes_and_goes_and_the_window_before_has_the_focus_again(
    clerk: Clerk, display: Display, decoy: Start, tmp_path: Path
) -> None:
    display.wait_active(MENU)
    decoy("--every", "0.3", "--seed", "4")
    for _ in range(2):
        display.wait_active("メモ帳")
        display.wait_active(MENU)
    assert (tmp_path / "keys").read_text("utf-8") == ""
    assert clerk.pid
