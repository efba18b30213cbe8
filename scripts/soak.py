"""One long run with a real browser: does memory stay, does the pace stay? Samples the whole process tree.

Memory is proportional (pages shared by several processes count once); medians are made of every 500 entries. A machine is
not equally fast all the time, so the pace is also compared with that of a fresh run of the same work beside it, begun
several times on the way: what slows the machine slows both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.browsers import bring_browser
from scripts.environment import go_on_in_environment
from scripts.steps_shown import say

PART = 500
"""Entries of one part; the first part is left out of the comparison: caches fill there."""
EVERY_S = 2.0
PROCEDURE = "ltci_burden_ratio_reissue"
BESIDE = 200
"""Entries of a fresh run beside the long one."""
WARM_UP = 20
MARKS = (0.12, 0.4, 0.7, 0.92)
"""Shares of the long run after which a fresh one is begun."""

if TYPE_CHECKING:
    from tests.e2e.agent_town import AgentTown


@dataclass(frozen=True)
class Sample:
    seconds: float
    entered: int
    memory_mb: float


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="soak.py", description=__doc__, allow_abbrev=False)
    parser.add_argument("--entries", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--until-entered", action="store_true", help="end it after the last entry, before the reporting"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    return parser.parse_args(arguments)


def memory_mb(pid: int) -> float:
    """Proportional set size of a process and everything it started, in MB; resident size where PSS is not told."""
    import psutil

    total = 0
    try:
        processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    for process in processes:
        try:
            told = process.memory_full_info()
        except psutil.Error:
            continue
        total += getattr(told, "pss", told.rss)
    return total / 1024**2


@dataclass(frozen=True)
class Beside:
    """The fresh run's entries after its warm-up, from the first armed to the last."""

    at: int
    """Entries of the long run when it was begun."""
    first: str
    last: str
    entries: int


class FreshRun:
    def __init__(self, at: int, folder: Path, seed: int, browser: Path) -> None:
        self._at = at
        self._town = town_of(folder, seed, BESIDE, browser)
        self._process = self._town.start("run", "--json")

    def result(self, *, at_once: bool = False) -> Beside | None:
        """None while it is still entering. `at_once`: as far as it has come."""
        moments = armed(self._town)
        if len(moments) < BESIDE and self._process.poll() is None and not at_once:
            return None
        self._town.kill(self._process)
        self._town.close()
        counted = moments[WARM_UP:]
        return Beside(self._at, counted[0], counted[-1], len(counted)) if counted else Beside(self._at, "", "", 0)


def town_of(folder: Path, seed: int, applications: int, browser: Path) -> AgentTown:
    from tests.e2e.agent_town import AgentTown

    return AgentTown(folder, seed=seed, applications=applications, plain=True, procedures=(PROCEDURE,), browser=browser)


def armed(town: AgentTown) -> list[str]:
    """Moments, in their order; ISO text of one zone, so they compare as they are."""
    from tests.ledger_rows import read

    if not town.ledger.exists():
        return []
    return [row["armed_at"] for row in read(town.ledger, "SELECT armed_at FROM attempt ORDER BY attempt_id")]


def soak(options: argparse.Namespace, folder: Path, browser: Path) -> tuple[list[Sample], dict[str, Any]]:
    """Run the agent once over so many plain applications; returns the samples and what the oracle says."""
    town = town_of(folder / "long", options.seed, options.entries, browser)
    fresh: FreshRun | None = None
    beside: list[Beside] = []
    marks = [round(share * options.entries) for share in MARKS]
    try:
        started = time.monotonic()
        process = town.start("run", "--json")
        samples: list[Sample] = []
        while process.poll() is None:
            time.sleep(EVERY_S)
            entered = registered(town)
            samples.append(Sample(time.monotonic() - started, entered, memory_mb(process.pid)))
            if len(samples) % 30 == 0:
                say(f"{entered}/{options.entries}　{samples[-1].memory_mb:.0f} MB")
            if fresh is not None and (result := fresh.result(at_once=entered >= options.entries)) is not None:
                beside.append(result)
                fresh = None
            elif fresh is None and marks and entered >= marks[0]:
                fresh = FreshRun(marks.pop(0), folder / f"fresh{len(marks)}", options.seed, browser)
            if options.until_entered and entered >= options.entries:
                town.kill(process)  # a stop would first report everything
        states = [state for state, _ in town.states().values()]
        return samples, {
            "exit_code": process.returncode,
            "registered": states.count("reported") + states.count("registered"),
            "duplicates": town.doubles(),
            "missing": town.missing(),
            "lost": len(town.lost()),
            "seconds": round(time.monotonic() - started, 1),
            "beside_a_fresh_run": compared(armed(town), beside),
        }
    finally:
        if fresh is not None:
            fresh.result(at_once=True)
        town.close()


def registered(town: AgentTown) -> int:
    from tests.ledger_rows import read

    if not town.ledger.exists():
        return 0
    [row] = read(town.ledger, "SELECT count(*) AS n FROM attempt WHERE outcome = 'registered'")
    return int(row["n"])


def compared(moments: Sequence[str], beside: Sequence[Beside]) -> list[dict[str, float]]:
    """Per fresh run, how many entries the long one made in the same time; `ratio` = long / fresh."""
    found = []
    for run in beside:
        own = sum(run.first <= moment <= run.last for moment in moments)
        if run.entries:
            found.append({"at": run.at, "long": own, "fresh": run.entries, "ratio": round(own / run.entries, 3)})
    return found


def parts_of(samples: Sequence[Sample], entries: int) -> list[dict[str, float]]:
    """Per part of 500 entries: median memory, and entries a minute between its first and last sample."""
    parts = []
    # What follows the last entry, reconciling and reporting, is no pace of entering.
    entering = samples[: next((n for n, s in enumerate(samples, 1) if s.entered >= entries), len(samples))]
    for start in range(0, entries, PART):
        mine = [s for s in entering if start < s.entered <= start + PART]
        if len(mine) < 3:
            continue
        pace = (mine[-1].entered - mine[0].entered) / max(mine[-1].seconds - mine[0].seconds, 1e-9) * 60
        memory = statistics.median(s.memory_mb for s in mine)
        parts.append({"to": start + PART, "memory_mb": round(memory, 1), "entries_a_minute": round(pace, 1)})
    return parts


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    go_on_in_environment()
    browser = bring_browser(Path(sys.executable), headless=True)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        samples, result = soak(options, Path(folder), browser)
    parts = parts_of(samples, options.entries)
    result |= {"entries": options.entries, "seed": options.seed, "parts": parts}
    if len(parts) >= 3:
        result["memory_last_to_second"] = round(parts[-1]["memory_mb"] / parts[1]["memory_mb"], 3)
        result["pace_second_to_last"] = round(parts[1]["entries_a_minute"] / parts[-1]["entries_a_minute"], 3)
    fresh = result["beside_a_fresh_run"]
    if len(fresh) >= 2:
        result["ratio_first_to_last"] = round(fresh[0]["ratio"] / fresh[-1]["ratio"], 3)
    say(json.dumps(result, ensure_ascii=False, indent=1))
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    whole = result["registered"] == options.entries and not any(result[k] for k in ("duplicates", "missing", "lost"))
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
