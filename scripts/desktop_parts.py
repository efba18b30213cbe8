"""Brings what a client program needs to be driven here: a screen without a person, its window manager, the driver's parts.

Standard library only; Debian's packages where that is possible.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from scripts import debian
from scripts.environment import put_desktop_parts_in
from scripts.steps_shown import SetupFailed

PROGRAMS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xclip": "xclip",
    "xdotool": "xdotool",
    "xprop": "x11-utils",
    "xwininfo": "x11-utils",
}
"""Program -> Debian's package."""


def bring_desktop(python: Path) -> str:
    """'' when client programs can be driven on a display of their own; otherwise why not, as one sentence."""
    if sys.platform == "win32" or sys.platform == "darwin":
        return "クライアントの模擬画面は X11（Linux）でだけ動きます / the mock client runs on X11 only."
    absent = sorted({package for program, package in PROGRAMS.items() if shutil.which(program) is None})
    if not _has_tkinter(python):
        absent.append("python3-tk")
    if absent and debian.can_install():
        debian.install(absent)
        absent = [program for program in PROGRAMS if shutil.which(program) is None]
        absent += [] if _has_tkinter(python) else ["tkinter"]
    if absent:
        return f"{' '.join(absent)} を入れると、クライアントの画面も動かせます / install {' '.join(absent)}."
    try:
        put_desktop_parts_in()
    except SetupFailed as error:
        return str(error)
    return ""


def _has_tkinter(python: Path) -> bool:
    return subprocess.run([str(python), "-I", "-c", "import tkinter"], check=False, capture_output=True).returncode == 0
