"""Sets up and runs the whole suite, two workers side by side, and says what could not run and why.

Unknown options are pytest's own and are passed on (-k, -x, -v, a path, …).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.browsers import bring_browser
from scripts.desktop_parts import bring_desktop
from scripts.environment import ROOT, go_on_in_environment
from scripts.steps_shown import SetupFailed, say

KINDS = ("architecture", "contract", "desktop", "e2e", "fault", "recipes", "unit")
WORKERS = "2"
LIMIT_S = 55 * 60  # the whole suite's budget; a run that takes longer hangs
# Names that tests/conftest.py and tests/skips.py read.
BROWSER = "BRIDGE_AGENT_TEST_BROWSER"
WHOLE_SUITE = "BRIDGE_AGENT_WHOLE_SUITE"


def parse(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(prog="test.py", description=__doc__, allow_abbrev=False)
    parser.add_argument(
        "--only", choices=KINDS, action="append", default=[], help="one folder of tests; may be repeated"
    )
    parser.add_argument("--junit", metavar="FILE", type=Path, help="write the results as JUnit XML")
    return parser.parse_known_args(arguments)


def pytest_command(options: argparse.Namespace, passed_on: list[str]) -> list[str]:
    """A file's tests stay on one worker, so that its servers are started once."""
    command = [sys.executable, "-m", "pytest"]
    in_one_process = {"-n", "--numprocesses", "--pdb", "-s", "--collect-only", "--co"}
    if not any(option.split("=")[0] in in_one_process or option.startswith("-n") for option in passed_on):
        command += ["-n", WORKERS, "--dist", "loadfile", "--no-loadscope-reorder"]
    if options.junit is not None:
        command.append(f"--junitxml={options.junit.resolve()}")
    return [*command, *passed_on, *(f"tests/{kind}" for kind in options.only)]


def environment_for(browser: Path, *, whole_suite: bool) -> dict[str, str]:
    """UTF-8 whatever the console's own encoding: the tests print Japanese."""
    environment = {name: value for name, value in os.environ.items() if name != WHOLE_SUITE}
    environment |= {BROWSER: str(browser), "PYTHONUTF8": "1"}
    if whole_suite:
        environment[WHOLE_SUITE] = "1"
    return environment


def main(arguments: list[str]) -> int:
    options, passed_on = parse(arguments)
    started = go_on_in_environment()
    try:
        browser = bring_browser(Path(sys.executable), headless=True)
    except SetupFailed as error:
        say(str(error))
        return 2
    no_desktop = bring_desktop(Path(sys.executable))
    if no_desktop:
        say(no_desktop)
    shutil.rmtree(ROOT / ".test-artifacts", ignore_errors=True)
    whole_suite = not options.only and not passed_on
    command = pytest_command(options, passed_on)
    environment = environment_for(browser, whole_suite=whole_suite)
    keyboard = None if "--pdb" in passed_on else subprocess.DEVNULL
    try:
        code = subprocess.run(
            command, cwd=ROOT, env=environment, check=False, stdin=keyboard, timeout=LIMIT_S
        ).returncode
    except subprocess.TimeoutExpired:
        say(f"the suite did not end within {LIMIT_S // 60} minutes")
        code = 1
    except KeyboardInterrupt:
        code = 130
    say(f"total: {time.monotonic() - started:.0f} s")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
