"""The driver's libraries are loaded only where a client program is really to be driven; what is missing is one sentence."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from bridge_agent.domain.errors import ConfigError
from bridge_agent.drivers.desktop.opening import open_desk
from bridge_agent.drivers.desktop.preflight import Unfit, UnfitDesk

LIBRARIES = ("pyautogui", "pyperclip", "Xlib", "cv2", "PIL")
ASKED = "import sys, bridge_agent.cli, bridge_agent.wiring; print(*sorted(set(sys.argv[1:]) & set(sys.modules)))"


def test_the_agent_loads_none_of_them_by_itself() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED, *LIBRARIES], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows always has a display")
def test_without_a_display_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(UnfitDesk, match="ログオンした端末") as raised:
        open_desk()
    assert raised.value.code is Unfit.NO_DISPLAY


@pytest.mark.skipif(sys.platform == "win32" or find_spec("pyautogui") is None, reason="needs the desktop extra on X11")
def test_a_display_that_does_not_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":64999")
    asked = "from bridge_agent.drivers.desktop.opening import open_desk; open_desk()"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert "no_display" in done.stderr.splitlines()[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="the X11 part's libraries")
def test_without_the_extra_the_command_that_brings_it_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DISPLAY", ":64999")
    monkeypatch.setenv("XAUTHORITY", str(tmp_path))
    monkeypatch.delitem(sys.modules, "bridge_agent.drivers.desktop.x11", raising=False)
    monkeypatch.setitem(sys.modules, "pyautogui", None)
    with pytest.raises(ConfigError, match=r'pip install "bridge-agent\[desktop\]"'):
        open_desk()
