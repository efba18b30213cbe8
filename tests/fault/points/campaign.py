"""Many trials in worker processes: progress, resumption, and the figures with a table by point."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import subprocess
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path
from typing import Any

from bridge_agent.domain.crash_points import every_point
from scripts.protocol_files import protocol_digest
from scripts.steps_shown import say
from tests.fault.points.matrix import Combination, save_reached
from tests.fault.points.scenarios import ALL
from tests.fault.points.towns import make_template
from tests.fault.points.trial import run_trial, trace

ROOT = Path(__file__).parents[3]
TRIES = 2
"""A trial that did not come to its point, or broke itself, is made once more; one that breaks a rule never."""
SAY_EVERY_S = 30.0
Line = dict[str, Any]


def commit() -> str:
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def one(combination: Combination, template: Path, base: Path) -> Line:
    """A trial as plain data; what broke the trial itself is a fault as well."""
    tries = 0
    while True:
        tries += 1
        try:
            line = run_trial(combination, template, base).as_json()
        except Exception:
            line = {
                "key": combination.key,
                "point": combination.point,
                "kind": combination.kind,
                "struck": False,
                "scenario": combination.scenario,
                "seconds": 0.0,
                "faults": ["trial: " + traceback.format_exc()],
            }
        own = all(fault == "point not reached" or fault.startswith("trial:") for fault in line["faults"])
        if not line["faults"] or not own or tries == TRIES:
            return line | {"tries": tries}


def lines_of(file: Path | None, digest: str) -> dict[str, Line]:
    """Finished combinations of this very protocol, by key."""
    if file is None or not file.exists():
        return {}
    lines = [json.loads(text) for text in file.read_text(encoding="utf-8").splitlines()]
    return {line["key"]: line for line in lines if line["digest"] == digest}


def run_all(combinations: Sequence[Combination], options: argparse.Namespace, folder: Path) -> int:
    digest, began = protocol_digest(), time.monotonic()
    done = lines_of(options.resume, digest)
    waiting = [c for c in combinations if c.key not in done]
    say(f"{len(combinations)} combinations, {len(combinations) - len(waiting)} finished before, seed {options.seed}")
    said = time.monotonic()
    for line in worked(waiting, options, folder):
        line |= {"digest": digest, "seed": options.seed}
        done[line["key"]] = line
        if options.resume:
            with options.resume.open("a", encoding="utf-8") as out:
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        for fault in line["faults"]:
            say(f"FAULT {line['key']}: {fault}")
        if time.monotonic() - said > SAY_EVERY_S:
            said = time.monotonic()
            say(f"{sum(c.key in done for c in combinations)}/{len(combinations)} after {said - began:.0f} s")
    result = figures([done[c.key] for c in combinations if c.key in done], combinations, options.seed, digest)
    result["wall_seconds"] = round(time.monotonic() - began, 1)
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    say(json.dumps({k: v for k, v in result.items() if k not in ("points", "faulty")}, ensure_ascii=False, indent=1))
    return 1 if result["faulty"] else 3 if result["left"] else 0


def worked(waiting: Sequence[Combination], options: argparse.Namespace, folder: Path) -> Iterator[Line]:
    template = make_template(folder / "template")
    give_up = time.monotonic() + options.minutes * 60 if options.minutes else float("inf")
    rest = iter(waiting)
    # spawn: workers start servers and threads of their own
    with ProcessPoolExecutor(options.workers, multiprocessing.get_context("spawn")) as pool:
        running: set[Future[Line]] = set()
        while True:
            while len(running) < options.workers and time.monotonic() < give_up:
                combination = next(rest, None)
                if combination is None:
                    break
                running.add(pool.submit(one, combination, template, folder))
            if not running:
                return
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                yield future.result()


def figures(lines: Sequence[Line], combinations: Sequence[Combination], seed: int, digest: str) -> dict[str, Any]:
    verdicts = [line["verdict"] for line in lines if "verdict" in line]
    sums = {
        name: sum(v[name] for v in verdicts)
        for name in ("duplicates", "lost", "missing", "unfinished", "requests", "attempts", "commits")
    }
    ends: Counter[str] = Counter()
    for verdict in verdicts:
        ends.update(verdict["states"])
    return {
        "seed": seed,
        "commit": commit(),
        "digest": digest,
        "combinations": len(combinations),
        "finished": len(lines),
        "left": len(combinations) - len(lines),
        "points": table(lines),
        "points_reached": len({line["point"] for line in lines if line.get("struck")}),
        "points_all": len(every_point()),
        "kinds": dict(Counter(line["kind"] for line in lines)),
        "second_reached": sum(bool(line.get("again")) for line in lines),
        **sums,
        "chain_errors": sum(bool(v["chain"]) for v in verdicts),
        "end_states": dict(ends.most_common()),
        "drain_runs_at_most": max((line.get("drain_runs", 0) for line in lines), default=0),
        "trial_seconds": round(sum(line["seconds"] for line in lines), 1),
        "faulty": [line for line in lines if line["faults"]],
        "faulty_count": sum(bool(line["faults"]) for line in lines),
    }


def table(lines: Sequence[Line]) -> dict[str, dict[str, int]]:
    """Point -> kind -> how many combinations struck there."""
    found: dict[str, dict[str, int]] = {point: {} for point in every_point()}
    for line in lines:
        if line.get("struck"):
            kinds = found[line["point"]]
            kinds[line["kind"]] = kinds.get(line["kind"], 0) + 1
    return found


def trace_all(folder: Path, workers: int) -> int:
    """Measure which scenario reaches which point; the points that none reaches make the call fail."""
    template = make_template(folder / "template")
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        traces = {name: pool.submit(traced, name, template, folder) for name in ALL}
        reached = {name: future.result() for name, future in traces.items()}
    save_reached(reached)
    missing = [point for point in every_point() if not any(point in points for points in reached.values())]
    say(f"{len(reached)} scenarios; points that none reaches: {missing or 'none'}")
    return 1 if missing else 0


def traced(name: str, template: Path, folder: Path) -> dict[str, int]:
    return dict(trace(ALL[name], template, folder))
