"""A screen without a person: an X display of its own (Xvfb) with a window manager, for client programs. Standard library only."""

from __future__ import annotations

import os
import select
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

LIMIT_S = 20.0
"""How long each of the two may take to come up on a busy machine."""
_POLL_S = 0.02


class DisplayFailed(Exception):
    """The display did not come up; what was said is in its log."""


class Display:
    """One X display with openbox on it. A context manager: leaving it ends both."""

    def __init__(self, folder: Path, size: str = "1280x800x24", dpi: int = 0) -> None:
        """`dpi`: what the display says of itself; 0 = its own default."""
        read, write = os.pipe()
        self._log = (folder / "x11.log").open("ab")
        more = ["-dpi", str(dpi)] if dpi else []
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", *more],
            pass_fds=(write,),
            stdout=self._log,
            stderr=self._log,
        )
        self._manager: subprocess.Popen[bytes] | None = None
        os.close(write)
        with os.fdopen(read) as numbers:
            ready, _, _ = select.select([numbers], [], [], LIMIT_S)
            number = numbers.readline().strip() if ready else ""
        self.name = f":{number}"
        self.environment = {**os.environ, "DISPLAY": self.name, "LC_ALL": "C.UTF-8"}
        if not number:
            self.close()
            raise DisplayFailed("Xvfb")
        self._manager = subprocess.Popen(["openbox"], env=self.environment, stdout=self._log, stderr=self._log)
        end = time.monotonic() + LIMIT_S
        while "_NET_SUPPORTING_WM_CHECK(WINDOW)" not in self._run("xprop", "-root"):
            if time.monotonic() > end:
                self.close()
                raise DisplayFailed("openbox")
            time.sleep(_POLL_S)

    def close(self) -> None:
        for process in (self._manager, self._server):
            if process is not None:
                process.terminate()
                process.wait(timeout=LIMIT_S)
        self._log.close()

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command, env=self.environment, check=False, capture_output=True, encoding="utf-8", timeout=LIMIT_S
        )
        return done.stdout

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
