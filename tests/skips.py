"""What was not run, and why: listed at the end of every run; in CI only tests for other systems may be missing.

A test for one system is marked `windows` or `macos` and is skipped elsewhere by itself.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest

PLATFORMS = {"windows": "win32", "macos": "darwin"}
PLATFORM_TESTS = {"windows": 0, "macos": 0}
"""How many tests have each mark: a whole run in CI must skip exactly these, so that none is lost unseen."""

FULL_RUN = "BRIDGE_AGENT_WHOLE_SUITE"
"""Set by scripts/test.py when no selection was asked for."""

_SKIPPED: pytest.StashKey[list[tuple[str, str, bool]]] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_SKIPPED] = []
    config.pluginmanager.register(_Recorder(config), "skip-recorder")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark, system in PLATFORMS.items():
            if item.get_closest_marker(mark) and sys.platform != system:
                item.add_marker(pytest.mark.skip(reason=f"only on {mark}"))


class _Recorder:
    """Sees every report, those of the parallel workers included."""

    def __init__(self, config: pytest.Config) -> None:
        self._skipped = config.stash[_SKIPPED]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self._skipped.append((report.nodeid, _reason(report), any(mark in report.keywords for mark in PLATFORMS)))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._skipped.append((report.nodeid, _reason(report), False))


def _reason(report: Any) -> str:
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    return str(report.longrepr)


def complaints(skipped: list[tuple[str, str, bool]], *, whole_suite: bool) -> list[str]:
    """Why this run does not count in CI; empty = it does. A skipped test: name, reason, whether it is marked for a system."""
    found = [f"skipped in CI: {name} ({reason})" for name, reason, for_a_system in skipped if not for_a_system]
    if whole_suite:
        expected = sum(number for mark, number in PLATFORM_TESTS.items() if PLATFORMS[mark] != sys.platform)
        marked = sum(for_a_system for _, _, for_a_system in skipped)
        if marked != expected:
            found.append(f"{marked} tests are for other systems, tests/skips.py expects {expected}")
    return found


def _in_ci() -> bool:
    return os.environ.get("CI") == "true"


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if hasattr(session.config, "workerinput") or not _in_ci():
        return
    if exitstatus == 0 and complaints(session.config.stash[_SKIPPED], whole_suite=FULL_RUN in os.environ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    skipped = config.stash[_SKIPPED]
    if skipped:
        terminalreporter.section("not run on this machine")
        for name, reason, _ in sorted(skipped):
            terminalreporter.line(f"{name}: {reason}")
    if _in_ci():
        for complaint in complaints(skipped, whole_suite=FULL_RUN in os.environ):
            terminalreporter.line(f"ERROR {complaint}", red=True)
