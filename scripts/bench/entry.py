"""Entries a minute on one screen: the agent with its whole protocol, a hand-written script, and bare navigation.

Each competitor enters the same applications into its own copy of the same mock core (same seed, same data), one lane
each, in alternating rounds within one run, no think time. Prints medians of seconds an entry and their ratios.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from scripts.browsers import bring_browser
from scripts.environment import go_on_in_environment

PROCEDURE = "child_allowance_certification"
STAGES = (
    "plan",
    "ask source",
    "look up before",
    "open",
    "recognise",
    "fill",
    "press",
    "arm",
    "submit",
    "evidence",
    "answer",
    "look up after",
    "settle",
)
TO_REACH = {"agent_vs_handwritten": 0.5, "agent_vs_floor": 1.4, "fill_ms_of_40_fields": 60.0, "own_work_ms": 15.0}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="entry.py", description=__doc__)
    parser.add_argument("--rounds", type=int, default=6, help="alternating rounds; the first is a warm-up")
    parser.add_argument("--entries", type=int, default=5, help="entries of each competitor in a round")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--json", metavar="FILE", type=Path)
    options = parser.parse_args(arguments)
    go_on_in_environment()
    browser = bring_browser(Path(sys.executable), headless=True)
    with tempfile.TemporaryDirectory(prefix="bridge-bench-", ignore_cleanup_errors=True) as folder:
        figures = measure(Path(folder), browser, options.rounds, options.entries, options.seed)
    show(figures)
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


def measure(folder: Path, browser: Path, rounds: int, entries: int, seed: int) -> dict[str, object]:
    from scripts.bench.competitors import Agent, Floor, Handwritten
    from scripts.bench.stopwatch import memory_of_tree

    count = rounds * entries
    with (
        Agent(folder / "agent", browser, count, seed) as agent,
        Handwritten(folder / "handwritten", browser, count, seed) as handwritten,
        Floor(folder / "floor", browser, count, seed) as floor,
    ):
        taken: dict[str, list[float]] = {"agent": [], "handwritten": [], "floor": []}
        peak = 0
        for number in range(rounds):
            made = [agent.enter() for _ in range(entries)]
            for name, other in (("handwritten", handwritten), ("floor", floor)):
                seconds = [other.enter(one.commit) for one in made]
                taken[name] += seconds if number else []
            taken["agent"] += [one.seconds for one in made] if number else []
            peak = max(peak, memory_of_tree())  # between the rounds: reading it takes time from everybody
            print(f"{number + 1}/{rounds} …", file=sys.stderr, flush=True)
        stages = agent.stages_ms(skip=entries)
    return figures_of(taken, stages) | {"peak_memory_mb": round(peak / 1e6), "seed": seed, "rounds": rounds}


def figures_of(taken: dict[str, list[float]], stages: dict[str, float]) -> dict[str, object]:
    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    agent = medians["agent"]
    return {
        "seconds_an_entry": {name: round(value, 4) for name, value in medians.items()},
        "entries_a_minute": {name: round(60 / value, 1) for name, value in medians.items()},
        "agent_vs_handwritten": round(agent / medians["handwritten"], 3),
        "agent_vs_floor": round(agent / medians["floor"], 3),
        "fields_an_entry": stages.pop("fields"),
        "fill_ms_of_40_fields": round(stages.pop("fill_a_field") * 40, 1),
        "own_work_ms": round(stages["entry"] - stages["browser"] - stages["source"] - stages["fsync"], 1),
        "stages_ms": {name: round(value, 1) for name, value in sorted(stages.items())},
        "entries_measured": {name: len(seconds) for name, seconds in taken.items()},
        "measured_at": time.strftime("%Y-%m-%d"),
    }


def show(figures: dict[str, object]) -> None:
    for name, value in figures.items():
        goal = f"   (to reach: ≤ {TO_REACH[name]})" if name in TO_REACH else ""
        if isinstance(value, dict):
            print(name)
            for part, number in value.items():
                print(f"  {part:<24}{number}")
        else:
            print(f"{name:<26}{value}{goal}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
