"""The mock town as a child process: started, asked for its addresses, and stopped whatever happens.

Standard library only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from scripts.environment import ROOT
from scripts.steps_shown import SetupFailed

STOP_LIMIT_S = 15.0
SOURCES = ("management", "drop", "oss")
"""Where applications may come from, by their names in the town's report; the first is always there."""
_OWN_GROUP: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # exists on Windows only


@dataclass(frozen=True, slots=True)
class Place:
    """Where one mock system is and how the agent logs in there; of a drop folder its path, and no log-in."""

    url: str
    user: str
    password: str
    database: Path

    def __repr__(self) -> str:
        return f"Place({self.url})"


class Town:
    """The sources of applications and the cores. A context manager: leaving it stops them.

    `operator`: the agent's account name at every core.
    """

    def __init__(self, data: Path, seed: int, applications: int, more: Sequence[str] = ()) -> None:
        command = [sys.executable, "-m", "mock_core_ui", "serve", "--data", str(data), "--seed", str(seed)]
        command += ["--applications", str(applications), "--until-stdin-closes", *more]
        # A group of its own: Ctrl-C must reach the agent first, which then ends its entry while the cores still answer.
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(os.environ, PYTHONUTF8="1"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            creationflags=_OWN_GROUP,
            start_new_session=True,  # means nothing on Windows
        )
        try:
            self._read_report()
        except BaseException:
            self.stop()
            raise

    def _read_report(self) -> None:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SetupFailed("模擬システムが起動しませんでした / the mock town did not start.")
        report = json.loads(line)
        self.control_token = str(report["control_token"])
        self.sources = {name: _place(report[name]) for name in SOURCES if name in report}
        self.cores = {name: _place(core) for name, core in sorted(report["cores"].items())}
        self.operator = self.sources["management"].user

    def ended(self, within_s: float) -> bool:
        """Whether it has ended by itself; waits so long."""
        try:
            self.process.wait(within_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self) -> None:
        """Closing its input is the request to stop; a second call does nothing."""
        process = self.process
        if process.stdin is not None and not process.stdin.closed:
            process.stdin.close()
        try:
            process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _place(report: dict[str, str]) -> Place:
    address = report.get("url") or report["path"]
    return Place(address, report.get("user", ""), report.get("password", ""), Path(report["database"]))
