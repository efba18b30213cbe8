"""One long run with a real browser: does memory stay, does the pace stay? Samples the whole process tree.

Memory is proportional (pages shared by several processes count once); medians are made of every 500 entries.
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

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.browsers import bring_browser
from scripts.environment import go_on_in_environment
from scripts.steps_shown import say

PART = 500
"""Entries of one part; the first part is left out of the comparison: caches fill there."""
EVERY_S = 2.0
PROCEDURE = "ltci_burden_ratio_reissue"


@dataclass(frozen=True)
class Sample:
    seconds: float
    entered: int
    memory_mb: float


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="soak.py", description=__doc__, allow_abbrev=False)
    parser.add_argument("--entries", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
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


def soak(entries: int, seed: int, folder: Path, browser: Path) -> tuple[list[Sample], dict[str, object]]:
    """Run the agent once over so many plain applications; returns the samples and what the oracle says."""
    from tests.e2e.agent_town import AgentTown
    from tests.ledger_rows import read

    town = AgentTown(folder, seed=seed, applications=entries, plain=True, procedures=(PROCEDURE,), browser=browser)
    try:
        started = time.monotonic()
        process = town.start("run", "--json")
        samples: list[Sample] = []
        while process.poll() is None:
            time.sleep(EVERY_S)
            if town.ledger.exists():
                rows = read(town.ledger, "SELECT count(*) AS n FROM attempt WHERE outcome = 'registered'")
                samples.append(Sample(time.monotonic() - started, rows[0]["n"], memory_mb(process.pid)))
                if len(samples) % 30 == 0:
                    say(f"{samples[-1].entered}/{entries}　{samples[-1].memory_mb:.0f} MB")
        states = [state for state, _ in town.states().values()]
        result: dict[str, object] = {
            "exit_code": process.returncode,
            "registered": states.count("reported") + states.count("registered"),
            "duplicates": town.doubles(),
            "missing": town.missing(),
            "lost": len(town.lost()),
            "seconds": round(time.monotonic() - started, 1),
        }
        return samples, result
    finally:
        town.close()


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
        samples, result = soak(options.entries, options.seed, Path(folder), browser)
    parts = parts_of(samples, options.entries)
    result |= {"entries": options.entries, "seed": options.seed, "parts": parts}
    if len(parts) >= 3:
        result["memory_last_to_second"] = round(parts[-1]["memory_mb"] / parts[1]["memory_mb"], 3)
        result["pace_second_to_last"] = round(parts[1]["entries_a_minute"] / parts[-1]["entries_a_minute"], 3)
    say(json.dumps(result, ensure_ascii=False, indent=1))
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    whole = result["registered"] == options.entries and not any(result[k] for k in ("duplicates", "missing", "lost"))
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
