"""A screen of its own for a test: Xvfb with a window manager, keys as a keyboard sends them, the clipboard, window titles."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from scripts import display
from scripts.desktop_parts import PROGRAMS
from scripts.display import LIMIT_S

POLL_S = 0.02


def missing() -> str:
    """Why there can be no such screen here; '' when there can."""
    if sys.platform == "win32":
        return "the desktop mock is tested on X11 only"
    if find_spec("_tkinter") is None:
        return "this Python has no tkinter"
    if find_spec("pyautogui") is None:
        return 'the parts of "bridge-agent[desktop]" are not installed'
    absent = [name for name in PROGRAMS if shutil.which(name) is None]
    return f"not installed: {', '.join(absent)}" if absent else ""


def until(what: str, condition: Callable[[], bool], within_s: float = LIMIT_S) -> None:
    """Returns as soon as the condition holds."""
    end = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"not within {within_s:g} s: {what}")
        time.sleep(POLL_S)


class Display(display.Display):
    """A display, and the eyes and hands of somebody in front of it."""

    def __init__(self, folder: Path, size: str = "1280x800x24") -> None:
        self._owner: subprocess.Popen[bytes] | None = None
        super().__init__(folder, size)  # may close itself, when no display comes up

    def close(self) -> None:
        self._drop_clipboard()
        super().close()

    # -- keys and clipboard -----------------------------------------------------------------------------------

    def key(self, *names: str) -> None:
        """Presses keys one after the other, to whatever window has the focus: "Tab", "ctrl+v"."""
        self._run("xdotool", "key", "--delay", "1", *names)

    def type(self, text: str) -> None:
        """Types ASCII text."""
        self._run("xdotool", "type", "--delay", "1", text)

    @property
    def clipboard(self) -> str:
        return self._run("xclip", "-selection", "clipboard", "-o")

    def put(self, text: str) -> subprocess.Popen[bytes]:
        """Puts a text into the clipboard. The process that is returned ends when another program copies something."""
        self._drop_clipboard()
        self._owner = subprocess.Popen(
            ["xclip", "-selection", "clipboard", "-quiet", "-i"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=self._log,
        )
        assert self._owner.stdin is not None
        self._owner.stdin.write(text.encode("utf-8"))
        self._owner.stdin.close()
        until("the clipboard holds the text", lambda: self.clipboard == text)
        return self._owner

    def copied(self, *keys: str) -> str:
        """What the program copies at the last of these keys; an error when it copies nothing."""
        owner = self.put("nothing was copied")
        self.key(*keys)
        owner.wait(timeout=LIMIT_S)
        return self.clipboard

    def pasted(self, text: str) -> str:
        """Pastes a text where the focus is. Returns what is in the box then."""
        owner = self.put(text)
        self.key("ctrl+v", "ctrl+a", "ctrl+c")
        owner.wait(timeout=LIMIT_S)
        return self.clipboard

    def _drop_clipboard(self) -> None:
        if self._owner is not None and self._owner.poll() is None:
            self._owner.terminate()
        if self._owner is not None:
            self._owner.wait(timeout=LIMIT_S)

    # -- windows ----------------------------------------------------------------------------------------------

    def windows(self) -> dict[int, str]:
        """Id -> title of every window that the window manager shows."""
        listed = self._run("xprop", "-root", "-notype", "_NET_CLIENT_LIST").partition("#")[2]
        ids = [int(text, 16) for text in listed.replace(",", " ").split()]
        return {one: self._run("xdotool", "getwindowname", str(one)).rstrip("\n") for one in ids}

    def titles(self) -> list[str]:
        return sorted(self.windows().values())

    @property
    def active(self) -> str:
        """Title of the window that has the focus."""
        return self._run("xdotool", "getactivewindow", "getwindowname").rstrip("\n")

    def wait_active(self, title: str) -> None:
        """Returns when the window of this title has the keys."""
        until(f"the focus is on {title!r}", lambda: self.active == title)

    def wait_gone(self, title: str) -> None:
        until(f"no window {title!r}", lambda: title not in self.windows().values())

    def property_of(self, title: str, name: str) -> str:
        """A property of a window, as xprop prints it."""
        window = next(one for one, shown in self.windows().items() if shown == title)
        return self._run("xprop", "-id", str(window), "-notype", name).partition("=")[2].strip()

    def activate(self, title: str) -> None:
        """Brings a window to the front as a person does by its task button."""
        window = next(one for one, shown in self.windows().items() if shown == title)
        self._run("xdotool", "windowactivate", str(window))

    def place_of(self, title: str) -> tuple[int, int]:
        """Where a window is."""
        x, y, _, _ = self.area_of(title)
        return x, y

    def area_of(self, title: str) -> tuple[int, int, int, int]:
        """Where a window is and how wide and high, without its frame."""
        window = next(one for one, shown in self.windows().items() if shown == title)
        # xdotool would count the frame of the window manager twice
        lines = self._run("xwininfo", "-id", str(window)).splitlines()
        found = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        x, y = int(found["Absolute upper-left X"]), int(found["Absolute upper-left Y"])
        return x, y, int(found["Width"]), int(found["Height"])
