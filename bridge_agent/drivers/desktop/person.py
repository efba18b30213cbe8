"""The person at the desk: whoever moves the mouse is asked nothing and disturbed in nothing; the agent waits, then begins the screen anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bridge_agent.domain.errors import StopRunError, TransientError
from bridge_agent.drivers.desktop.desk import Desk

QUIET_S = 10.0
"""The mouse must have been still for so long before the agent goes on."""
MOST_S = 900.0
"""A person who works for longer than this wants the desk: the run stops, resumable."""
_NEAR = 3
"""Pixels: less is a shaken table."""


@dataclass(slots=True)
class Person:
    desk: Desk
    tell: Callable[[str], None]
    quiet_s: float = QUIET_S
    most_s: float = MOST_S
    _left_at: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """The agent itself has moved the pointer, or a person was here: from here on it should stay."""
        self._left_at = self.desk.pointer()

    def moved(self) -> bool:
        x, y = self.desk.pointer()
        return abs(x - self._left_at[0]) > _NEAR or abs(y - self._left_at[1]) > _NEAR

    def look(self) -> None:
        """Raises TransientError after a person used the mouse and has left it alone again: begin anew."""
        if not self.moved():
            return
        self.tell("マウスが動かされたため、自動入力を休んでいます。マウスに触れずに待つと、画面の最初から続けます。")
        began = still = time.monotonic()
        self.forget()
        while time.monotonic() - still < self.quiet_s:
            if time.monotonic() - began > self.most_s:
                raise StopRunError(
                    "端末が操作され続けているため、止めました。手が空いてから、もう一度 run を実行してください。"
                )
            if self.moved():
                still = time.monotonic()
                self.forget()
            time.sleep(0.05)
        raise TransientError("端末が操作されたため、この画面の入力をはじめからやり直します。")
