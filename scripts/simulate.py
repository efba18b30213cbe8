"""Plays schedules of the deterministic simulation, as many as wanted, in several processes, and goes on where it stopped.

python3 scripts/simulate.py --seeds 200000 --from 0 --workers 2 --resume simulation.state.json --json simulation.json
python3 scripts/simulate.py --bugs          the seeded bugs, each must be caught
python3 scripts/simulate.py --seed 4711     one schedule, twice: what happened, and that it is the same again
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.environment import go_on_in_environment  # noqa: E402
from scripts.protocol_files import protocol_digest  # noqa: E402

if __name__ == "__main__":
    go_on_in_environment()  # what follows needs the installed packages

from bridge_agent.domain.crash_points import every_point  # noqa: E402
from tests.fault.simulation.bugs import BUGS, caught  # noqa: E402
from tests.fault.simulation.run_seeds import OUT_OF_REACH, Sums, play_all, player  # noqa: E402
from tests.fault.simulation.specification import ALL_MOVES  # noqa: E402

SHARE = 250
"""Seeds a worker plays at a time; what an interruption costs."""
LEAST_MOVES, LEAST_POINTS = 1_000, 100
"""What 200,000 seeds must reach; fewer seeds in proportion."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5_000)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--resume", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--bugs", action="store_true")
    parser.add_argument("--seed", type=int)
    chosen = parser.parse_args()
    if chosen.seed is not None:
        return one(chosen.seed)
    if chosen.bugs:
        return bugs()
    return campaign(chosen)


def one(seed: int) -> int:
    with player() as player_:
        first, second = player_.play(seed), player_.play(seed)
    print(f"seed {seed}: {sum(first.points.values())} points, {first.commits} commits, trace {first.digest:08x}")
    for rule, what in first.violations:
        print(f"  {rule}: {what}")
    same = (first.digest, first.violations) == (second.digest, second.violations)
    print("played again: the same" if same else "played again: NOT the same")
    return 0 if same and not first.violations else 1


def bugs() -> int:
    missed = 0
    for bug in BUGS.values():
        found = caught(bug)
        missed += found is None
        told = "NOT CAUGHT" if found is None else f"seed {found[0]}: {bug.rule}: {found[1]}"
        print(f"{bug.name:4} {bug.what:36} {told}", flush=True)
    print(f"{len(BUGS) - missed} of {len(BUGS)} bugs caught")
    return 1 if missed else 0


def campaign(chosen: argparse.Namespace) -> int:
    sums, done = begin(chosen)
    shares = [
        range(at, min(at + SHARE, chosen.first + chosen.seeds))
        for at in range(chosen.first, chosen.first + chosen.seeds, SHARE)
        if at not in done
    ]
    started, before = time.monotonic(), sums.seeds
    for share, part in played(shares, chosen.workers):
        sums.join(part)
        done.add(share.start)
        if chosen.resume:
            keep(chosen.resume, {"from": chosen.first, "done": sorted(done), **state_of(sums)})
        progress(chosen.seeds, sums, time.monotonic() - started, sums.seeds - before)
    print()
    result = result_of(sums)
    if chosen.json:
        chosen.json.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return say(sums, result)


def begin(chosen: argparse.Namespace) -> tuple[Sums, set[int]]:
    sums = Sums()
    if not chosen.resume or not chosen.resume.exists():
        return sums, set()
    kept = json.loads(chosen.resume.read_text(encoding="utf-8"))
    if kept["from"] != chosen.first or kept.get("digest") != protocol_digest():
        print("the state file belongs to other code or another first seed; beginning anew")
        return sums, set()
    sums.seeds, sums.seconds = kept["seeds"], kept["seconds"]
    sums.moves, sums.points = Counter(kept["moves"]), Counter(kept["points"])
    sums.violations = [(seed, rule, what) for seed, rule, what in kept["violations"]]
    return sums, set(kept["done"])


def played(shares: list[range], workers: int) -> Iterator[tuple[range, Sums]]:
    if workers == 1:
        for share in shares:
            yield share, play_all(share)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap_unordered(play_share, shares)


def play_share(share: range) -> tuple[range, Sums]:
    return share, play_all(share)


def state_of(sums: Sums) -> dict[str, Any]:
    return {
        "commit": commit(),
        "digest": protocol_digest(),
        "seeds": sums.seeds,
        "seconds": round(sums.seconds, 1),
        "violations": sums.violations,
        "moves": dict(sums.moves),
        "points": dict(sums.points),
    }


def result_of(sums: Sums) -> dict[str, Any]:
    return state_of(sums) | {
        "moves": {m: sums.moves[m] for m in ALL_MOVES},
        "points": {p: sums.points[p] for p in every_point()},
        "out_of_reach": OUT_OF_REACH,
    }


def keep(path: Path, content: dict[str, Any]) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


_commit: list[str] = []


def commit() -> str:
    if not _commit:
        asked = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
        _commit.append(asked.stdout.strip() or "unknown")
    return _commit[0]


def progress(wanted: int, sums: Sums, seconds: float, fresh: int) -> None:
    left = (wanted - sums.seeds) * seconds / max(fresh, 1)
    line = f"{sums.seeds:,}/{wanted:,} seeds  {len(sums.violations)} violations  {left / 60:.1f} min left"
    print(f"\r{line}   " if sys.stdout.isatty() else line, end="" if sys.stdout.isatty() else "\n", flush=True)


def say(sums: Sums, result: dict[str, Any]) -> int:
    scale = sums.seeds / 200_000
    few = [f"{m} {n}" for m, n in result["moves"].items() if n < LEAST_MOVES * scale and m not in OUT_OF_REACH]
    few += [f"{p} {n}" for p, n in result["points"].items() if n < LEAST_POINTS * scale and p not in OUT_OF_REACH]
    print(f"{sums.seeds:,} seeds, {len(sums.violations)} violations, {sums.seconds:.0f} s of computing")
    for name in ("moves", "points"):
        print(f"{name}:")
        for what, count in result[name].items():
            print(f"  {what:40} {count:>9,}  {OUT_OF_REACH.get(what, '')}")
    for seed, rule, what in sums.violations[:20]:
        print(f"seed {seed}: {rule}: {what}")
    for what in few:
        print(f"too seldom: {what}")
    return 1 if sums.violations or few else 0


if __name__ == "__main__":
    sys.exit(main())
