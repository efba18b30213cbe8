"""Format, ruff, mypy, import contracts and unit tests: the same command for people, hooks and CI.

`--fix` formats and mends what can be mended first. Exit code 0 only if every check is clean.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.environment import ROOT, go_on_in_environment, put_desktop_parts_in
from scripts.steps_shown import SetupFailed, say

UNIT_TESTS = "unit tests"


def checks() -> dict[str, list[str]]:
    """Every check's command, in the order of their speed; runs in the environment's Python."""
    python = [sys.executable, "-m"]
    contracts = Path(sys.executable).with_name("lint-imports.exe" if sys.platform == "win32" else "lint-imports")
    return {
        "format": [*python, "ruff", "format", "--check", "."],
        "ruff": [*python, "ruff", "check", "."],
        "import contracts": [str(contracts), "--no-cache"],
        "mypy": [*python, "mypy"],
        UNIT_TESTS: [*python, "pytest", "-q", "-n", "2", "tests/unit"],
    }


def run_check(command: list[str]) -> tuple[bool, str]:
    """Whether it is clean, and what it printed."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    return done.returncode == 0, done.stdout


def main(arguments: list[str]) -> int:
    go_on_in_environment()
    unknown = set(arguments) - {"--fix"}
    if unknown:
        say(f"usage: scripts/check [--fix]   (unknown: {' '.join(sorted(unknown))})")
        return 2
    if "--fix" in arguments:
        for fix in (["check", "--fix", "--quiet", "."], ["format", "--quiet", "."]):
            subprocess.run([sys.executable, "-m", "ruff", *fix], cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
    try:
        put_desktop_parts_in()  # mypy reads the types of what drives client programs
    except SetupFailed as error:
        say(str(error))  # the other checks can do without them
    failed = []
    for name, command in checks().items():
        started = time.monotonic()
        clean, output = run_check(command)
        say(f"{'ok  ' if clean else 'FAIL'} {name} ({time.monotonic() - started:.1f} s)")
        if not clean:
            failed.append(name)
            say(output.rstrip())
    say(f"failed: {', '.join(failed)}" if failed else "all clean")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
