"""`recipe record --desktop` as a process on the display, and an author who works in its window with keys and mouse."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.display import LIMIT_S
from tests.desktop.x11 import Display, until

ROOT = Path(__file__).resolve().parents[2]
RECORDER = "画面の場所の記録"
ANCHOR_NAME = "目印の名前"
THROW_AWAY = "変更の破棄"
WALK_S = 90.0
"""A walk round some fifty stops, on a busy machine."""


class Author:
    def __init__(self, display: Display, out: Path, window: str, pages: Sequence[str], *more: str) -> None:
        self.display = display
        command = [sys.executable, "-m", "bridge_agent", "recipe", "record", "--desktop", "hibari"]
        command += [
            "--window",
            window,
            "--out",
            str(out),
            *(word for page in pages for word in ("--page", page)),
            *more,
        ]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=display.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def wait_window(self) -> None:
        def came() -> bool:
            assert self._process.poll() is None, self._process.communicate()
            return self.display.active == RECORDER

        until("the recorder's window has the focus", came, WALK_S)

    def next_line(self) -> str:
        """What it says next, while it runs."""
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def wait_ended(self) -> tuple[int, str, str]:
        """Exit code, what was said, what was complained of."""
        said, complained = self._process.communicate(timeout=WALK_S)
        return self._process.returncode, said, complained

    def name(self, *items: str) -> None:
        """One stop after the other, '' for none."""
        for item in items:
            if item:
                self.display.type(item)
            self.display.key("Return")

    def draw(self, left: int, top: int, right: int, bottom: int) -> None:
        """Drags a rectangle; pixels from the recorder's own top left corner."""
        x, y = self.display.place_of(RECORDER)
        there = [f"{x + right - 5}", f"{y + bottom - 5}"], [f"{x + right}", f"{y + bottom}"]
        self._mouse("mousemove", f"{x + left}", f"{y + top}", "mousedown", "1")
        for point in there:
            self._mouse("mousemove", *point)
        self._mouse("mouseup", "1")

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            self._process.communicate(timeout=LIMIT_S)

    def _mouse(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.display.environment, check=True, timeout=LIMIT_S)
