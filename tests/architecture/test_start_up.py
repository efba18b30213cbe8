"""Every command pays for what the program loads at its start: libraries of rare tasks are loaded by those tasks."""

from __future__ import annotations

import subprocess
import sys

RARE = ("alembic", "apscheduler", "flask", "numpy", "openpyxl", "pandas", "pyautogui", "tkinter")


def test_starting_a_command_loads_no_library_of_a_rare_task() -> None:
    asked = f"import sys, bridge_agent.cli; print([name for name in {RARE!r} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
