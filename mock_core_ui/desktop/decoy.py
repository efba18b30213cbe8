"""A window of another program that gets in the way: it takes the focus at random and writes down every key it is given.

`python -m mock_core_ui.desktop.decoy --log FILE`. An empty log proves that no key that was meant for another window
came here. Between its appearances it is iconified, and whom the focus goes back to is not its business.
"""

from __future__ import annotations

import argparse
import random
import sys
import tkinter as tk
from collections.abc import Sequence
from pathlib import Path

TITLE = "メモ帳"
SHORTEST_HOLD_S = 0.2
LONGEST_HOLD_S = 1.5


class Decoy:
    """The window and its log."""

    def __init__(self, title: str, log: Path, every_s: float | None, chance: random.Random) -> None:
        """Without `every_s` it takes the focus once, at its start, and keeps it."""
        self._log = log
        self._every_s = every_s
        self._chance = chance
        self._root = tk.Tk(className="Decoy")
        self._root.title(title)
        self._root.geometry("360x160+500+300")
        tk.Label(self._root, text="別のプログラムの画面です。", padx=30, pady=50).pack(fill="both", expand=True)
        self._root.bind("<KeyPress>", self._key)
        log.write_text("", encoding="utf-8")  # from now on it says what came in

    def run(self) -> None:
        """Runs until it is closed."""
        if self._every_s is None:
            self._take()
        else:
            self._root.withdraw()
            self._wait()
        self._root.mainloop()

    def _key(self, event: tk.Event[tk.Misc]) -> None:
        with self._log.open("a", encoding="utf-8") as log:
            log.write(f"{event.keysym}\n")

    def _wait(self) -> None:
        share = self._chance.uniform(0.5, 1.5)
        self._root.after(round((self._every_s or 0) * share * 1000), self._appear)

    def _appear(self) -> None:
        self._take()
        self._root.after(round(self._chance.uniform(SHORTEST_HOLD_S, LONGEST_HOLD_S) * 1000), self._go)

    def _take(self) -> None:
        self._root.deiconify()
        self._root.lift()
        self._root.focus_force()

    def _go(self) -> None:
        self._root.iconify()
        self._wait()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m mock_core_ui.desktop.decoy", description=__doc__)
    parser.add_argument("--log", type=Path, required=True, help="file to which every key that comes in is written")
    parser.add_argument("--every", type=float, help="seconds between two appearances, on average; left out: once")
    parser.add_argument("--seed", type=int, default=1, help="the same number, the same moments")
    parser.add_argument("--title", default=TITLE)
    given = parser.parse_args(arguments)
    Decoy(given.title, given.log, given.every, random.Random(given.seed)).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
