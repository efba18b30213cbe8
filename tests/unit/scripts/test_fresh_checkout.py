"""A script on a fresh checkout: it goes on in the environment before it needs a package that only the environment has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "scripts"
WENT_ON = 77
PLAY = f"""
import runpy, sys
file, root = sys.argv[1:3]
sys.path.insert(0, root)
import scripts.environment
scripts.environment.go_on_in_environment = lambda: sys.exit({WENT_ON})
sys.argv = [file, "--help"]
runpy.run_path(file, run_name="__main__")
"""
NEEDS_NONE = {"lock.py"}
"""Needs uv alone, which it is called with."""


def started() -> list[Path]:
    files = [*FOLDER.glob("*.py"), *(FOLDER / "bench").glob("*.py")]
    return [
        f for f in sorted(files) if f.name not in NEEDS_NONE and "\nif __name__ ==" in f.read_text(encoding="utf-8")
    ]


def test_there_are_scripts_to_start() -> None:
    assert {"fault_table.py", "tamper.py", "simulate.py", "procedure_pages.py"} <= {file.name for file in started()}


@pytest.mark.parametrize("file", started(), ids=lambda file: file.name)
def test_a_script_needs_no_installed_package_before_it_goes_on(file: Path) -> None:
    command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", PLAY, str(file), str(ROOT)]  # -S: nothing is installed
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL)
    told_its_help = done.returncode == 0 and "usage:" in done.stdout
    assert done.returncode == WENT_ON or told_its_help, done.stderr[-500:]
