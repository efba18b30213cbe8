"""Chaos: town after town is killed and struck by faults, then must drain; everything must be entered exactly once.

    python3 scripts/chaos.py --minutes 90 --seed 1 --lanes 2 --fast --resume docs/results/chaos-fast.json
    python3 scripts/chaos.py --minutes 60 --seed 2 --browser --json chaos-browser.json
    python3 scripts/chaos.py --minutes 20 --seed 3 --desktop --json chaos-desktop.json

Figures add up over calls with --resume. Exit code 0: all zeros are zero; 1: a town failed, its folder is kept; 2: usage.
Ctrl-C drains the towns in hand and ends; a second one ends at once with the figures of the finished towns.
"""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts import chaos_books as books
from scripts.environment import ROOT, go_on_in_environment
from scripts.protocol_files import protocol_digest
from scripts.steps_shown import SetupFailed, say

RAM = Path("/dev/shm")
RAM_NEEDED = 2 * 1024**3
SAY_EVERY_S = 5.0
SEEDS_APART = 100_000
"""Town k of a campaign has the seed S * SEEDS_APART + k."""
TOWNS = {"fast": 120, "browser": 60, "desktop": 30}
"""Applications of a town."""


class Town(Protocol):
    @property
    def tally(self) -> Any: ...

    def run(self) -> dict[str, Any]: ...


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="chaos.py", description=__doc__.split("\n")[0], allow_abbrev=False)
    parser.add_argument("--minutes", type=float, required=True, help="towns are begun and struck for so long")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--lanes", type=int, default=1, choices=(1, 2, 3), help="accounts at each core, a process each")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--fast", action="store_const", dest="mode", const="fast", help="without a browser (as usual)")
    how.add_argument("--browser", action="store_const", dest="mode", const="browser", help="with a real browser")
    how.add_argument(
        "--desktop",
        action="store_const",
        dest="mode",
        const="desktop",
        help="with a client program on displays of its own",
    )
    parser.set_defaults(mode="fast")
    parser.add_argument("--settle", type=float, default=0.0, metavar="SECONDS", help="the cores' settle time")
    parser.add_argument("--applications", type=int, default=0, help="of one town")
    parser.add_argument("--side-by-side", type=int, default=0, help="towns at a time")
    parser.add_argument("--resume", type=Path, metavar="FILE", help="go on with this file's figures, if it is there")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here; else into the resumed file")
    given = parser.parse_args(arguments)
    if given.json is None and given.resume is None:
        parser.error("--json FILE or --resume FILE is needed")
    given.json = given.json or given.resume
    given.applications = given.applications or TOWNS[given.mode]
    given.side_by_side = given.side_by_side or (2 if given.mode == "fast" else 1)
    return given


def commit_of(root: Path) -> str:
    """The commit that is checked out; with a '+' when files differ from it."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)
        return done.stdout.strip()

    return git("rev-parse", "HEAD") + ("+" if git("status", "--porcelain", "--untracked-files=no") else "")


@dataclass(slots=True)
class Campaign:
    options: argparse.Namespace
    figures: books.Figures
    browser: str = ""
    began: float = field(default_factory=time.monotonic)
    stopping: bool = False
    towns: dict[int, Town] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    numbers: Any = None
    before: tuple[int, int, float] = (0, 0, 0.0)
    """Kills, applications and seconds of former calls."""

    def __post_init__(self) -> None:
        self.numbers = itertools.count(self.figures["towns"] + len(self.figures["failures"]))
        self.before = (self.figures["kills"], self.figures["applications"], self.figures["seconds"])

    @property
    def left_s(self) -> float:
        return self.began + 60 * float(self.options.minutes) - time.monotonic()

    def going_on(self) -> bool:
        return self.left_s > 0 and not self.stopping

    def town(self, folder: Path, seed: int) -> Town:
        """Imported late: only the environment's Python can."""
        from tests.fault.chaos.browser import BrowserChaos
        from tests.fault.chaos.desktop import DesktopChaos
        from tests.fault.chaos.fast import FastChaos

        given = self.options
        shape = {"seed": seed, "applications": given.applications, "lanes": given.lanes, "going_on": self.going_on}
        if given.settle:
            shape["settle_s"] = given.settle
        if given.mode == "browser":
            return BrowserChaos(folder, browser=self.browser, **shape)
        if given.mode == "desktop":
            return DesktopChaos(folder, browser=self.browser, **shape)
        return FastChaos(folder, **shape)

    def work(self, place: Path) -> None:
        """Town after town, until the time is over."""
        while self.going_on():
            with self.lock:
                number = next(self.numbers)
            self.one(place, number)

    def one(self, place: Path, number: int) -> None:
        from tests.fault.chaos.tally import wrong

        seed = self.options.seed * SEEDS_APART + number
        folder = place / f"town-{seed}"
        found: dict[str, Any] = {}
        try:
            town = self.town(folder, seed)
            self.towns[number] = town
            found = town.run()
            bad = wrong(found)
        except Exception:
            bad = [traceback.format_exc()]
        finally:
            self.towns.pop(number, None)
        with self.lock:
            books.add(self.figures, {**found, "towns_by_lanes": {str(self.options.lanes): 1}})
            if bad:
                self.figures["failures"].append({"seed": seed, "folder": str(self.keep(folder)), "wrong": bad})
                say(f"FAILED: town {seed}: {', '.join(bad)}")
            self.figures["seconds"] = round(self.before[2] + time.monotonic() - self.began, 1)
            books.save(self.figures, self.options.json)
        if not bad:
            shutil.rmtree(folder, ignore_errors=True)

    def keep(self, folder: Path) -> Path:
        """A failing town's folder outlives the campaign."""
        kept: Path = self.options.json.resolve().parent / "failed-towns" / f"{folder.name}-{int(time.time())}"
        if folder.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(folder, kept)
        return kept

    def line(self) -> str:
        running = sum(town.tally.kills for town in list(self.towns.values()))
        now = {
            "kills": running,
            "new_kills": self.figures["kills"] + running - self.before[0],
            "new_applications": self.figures["applications"] - self.before[1],
        }
        return books.progress(self.figures, now, time.monotonic() - self.began, self.left_s)

    def run(self, place: Path) -> None:
        workers = [
            threading.Thread(target=self.work, args=(place,), daemon=True) for _ in range(self.options.side_by_side)
        ]
        for worker in workers:
            worker.start()
        said = time.monotonic()
        while any(worker.is_alive() for worker in workers):
            try:
                time.sleep(0.2)
                if time.monotonic() - said >= SAY_EVERY_S:
                    said = time.monotonic()
                    say(self.line())
            except KeyboardInterrupt:
                if self.stopping:
                    say("ended at once; towns in hand are not counted")
                    return
                self.stopping = True
                say("draining the towns in hand; Ctrl-C again ends at once")


def ram_folder() -> str | None:
    """Where towns are quick: memory, when there is enough."""
    return str(RAM) if RAM.is_dir() and shutil.disk_usage(RAM).free > RAM_NEEDED else None


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    go_on_in_environment()
    try:
        figures = books.opened(
            options.resume,
            digest=protocol_digest(driver="" if options.mode == "fast" else options.mode),
            mode=options.mode,
            seed=options.seed,
            lanes=options.lanes,
            commit=commit_of(ROOT),
        )
        campaign = Campaign(options, figures)
        if options.mode != "fast":
            from scripts.browsers import bring_browser

            campaign.browser = str(bring_browser(Path(sys.executable), headless=True))
        else:
            from tests.fault.chaos.fast import warm_up

            warm_up()
    except (books.OtherCampaign, SetupFailed) as error:
        say(str(error))
        return 2
    with tempfile.TemporaryDirectory(prefix="chaos-", dir=ram_folder(), ignore_cleanup_errors=True) as place:
        campaign.run(Path(place))
    books.save(figures, options.json)
    say(json.dumps(figures, ensure_ascii=False, indent=1))
    return 1 if figures["failures"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
