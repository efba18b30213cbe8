"""One chaos town with a client program: agent, client and core killed in turn, windows disturbed, and a stranger's window.

The stranger takes the focus at random and writes down every key it is given: there must be none.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.desktop.x11 import Display, until
from tests.fault.chaos import striking
from tests.fault.chaos.browser import SETTLE_S, BrowserChaos

PROCEDURES = ("ltci_renewal", "ltci_care_plan_request", "ltci_insured_card_reissue")
STRANGER_EVERY_S = 4.0
STOP_S = 10.0


class DesktopChaos(BrowserChaos):
    procedures = PROCEDURES
    targets = ("agent", "sender", "sender", "core", "agent", "sender")
    rules = staticmethod(striking.window_rules)

    def __init__(
        self,
        folder: Path,
        *,
        seed: int,
        applications: int,
        browser: Path | str,
        lanes: int = 1,
        settle_s: float = SETTLE_S,
        going_on: Callable[[], bool] = lambda: True,
    ) -> None:
        assert lanes == 1, "one keyboard is one lane"
        folder.mkdir(parents=True, exist_ok=True)
        self._shown = Display(folder)
        super().__init__(
            folder,
            seed=seed,
            applications=applications,
            browser=browser,
            settle_s=settle_s,
            going_on=going_on,
            display=self._shown.name,
        )
        self._keys = folder / "stranger.log"
        watch = ["--log", str(self._keys), "--every", str(STRANGER_EVERY_S), "--seed", str(seed)]
        self._stranger = subprocess.Popen(
            [sys.executable, "-m", "mock_core_ui.desktop.decoy", *watch], env=self._shown.environment
        )
        until("the stranger writes", self._keys.exists)

    def run(self) -> dict[str, Any]:
        try:
            figures = super().run()
        finally:
            there = self._stranger.poll() is None
            self._stranger.terminate()
            self._stranger.wait(STOP_S)
            self._shown.close()
        # Without the stranger nothing was shown: its absence fails the town as well.
        return figures | {"keys_astray": len(self._keys.read_text("utf-8").splitlines()) if there else 1}
