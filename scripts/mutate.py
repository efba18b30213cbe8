"""Changes the protocol's modules in small ways, one at a time, and counts how many changes a test notices.

Each is judged by the tests that reach the changed line.
Resumes where it stopped as long as the protocol's files and the tests are unchanged. What survives is listed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.environment import ROOT, go_on_in_environment
from scripts.mutation.judging import SURVIVED, TIMED_OUT, WARM, Trial, start
from scripts.mutation.mutants import Mutant, mutants_of
from scripts.mutation.reaching import SHARPEST, Reaching, judges_of, measured
from scripts.steps_shown import say

MODULES = (
    "bridge_agent/domain/work_item.py",
    *(f"bridge_agent/pipeline/{m}.py" for m in "enter settle doubts look_up lane reconcile report run balance".split()),
    *(f"bridge_agent/ledger/{m}.py" for m in "lanes owning settling counting intake writing".split()),
)
TESTS = ("tests/unit/pipeline", "tests/unit/ledger", "tests/unit/domain")
LIMIT_S = 240.0
"""A mutant whose tests take longer hangs: it is noticed."""
FEW_LIMIT_S = 60.0
"""The same for the few tests that are tried first."""


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutate.py", description=__doc__, allow_abbrev=False)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--share", type=int, default=0, help="only so many, chosen by the seed; 0 = all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only files whose name contains this")
    parser.add_argument("--minutes", type=float, default=0, help="stop after so many minutes; 0 = when all are judged")
    parser.add_argument("--json", type=Path, metavar="FILE", help="results; a file that is there is gone on with")
    return parser.parse_args(arguments)


def digest() -> str:
    """Over the mutated files and the tests that judge them."""
    made = hashlib.sha256()
    tests = [path for folder in TESTS for path in sorted((ROOT / folder).rglob("*.py"))]
    for path in [*(ROOT / module for module in MODULES), *tests]:
        made.update(path.read_bytes())
    return made.hexdigest()[:16]


def chosen(options: argparse.Namespace) -> list[Mutant]:
    mutants = [m for module in MODULES if options.only in module for m in mutants_of(ROOT / module, ROOT)]
    if options.share:
        mutants = random.Random(options.seed).sample(mutants, min(options.share, len(mutants)))
    return mutants


def former(file: Path | None) -> dict[str, str]:
    """Verdicts of an earlier call, by the mutants' names."""
    if file is None or not file.exists():
        return {}
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if kept.get("digest") != digest():
        say("the files have changed since: beginning anew")
        return {}
    return dict(kept["verdicts"])


def keep(file: Path | None, verdicts: dict[str, str], total: int) -> dict[str, Any]:
    judged = len(verdicts)
    survivors = sorted(name for name, verdict in verdicts.items() if verdict == SURVIVED)
    result: dict[str, Any] = {
        "digest": digest(),
        "mutants": total,
        "judged": judged,
        "noticed": judged - len(survivors),
        "score": round((judged - len(survivors)) / judged, 4) if judged else None,
        "survivors": survivors,
    }
    if file is not None:
        part = file.with_suffix(".part")
        part.write_text(json.dumps(result | {"verdicts": verdicts}, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(file)
    return result


def tests_are_green() -> bool:
    """The same judging with a module that is written anew but not changed."""
    source = (ROOT / MODULES[0]).read_text(encoding="utf-8")
    trial = start(Mutant(MODULES[0], 0, 0, "unchanged", source), TESTS, ROOT)
    trial.process.join()
    return trial.verdict() == SURVIVED


def judge_all(
    mutants: Sequence[Mutant], verdicts: dict[str, str], reaching: Reaching, options: argparse.Namespace
) -> None:
    waiting = [m for m in mutants if m.name not in verdicts]
    running: list[tuple[Trial, float]] = []
    later: dict[str, list[Sequence[str]]] = {}
    sharp: Counter[str] = Counter()
    end = time.monotonic() + options.minutes * 60 if options.minutes else float("inf")
    while running or (waiting and time.monotonic() < end):
        while waiting and len(running) < options.workers and time.monotonic() < end:
            mutant = waiting.pop(0)
            judges, *rest = judges_of(reaching, mutant.file, mutant.first, mutant.last, TESTS, sharp)
            later[mutant.name] = rest
            limit_s = FEW_LIMIT_S if len(judges) <= SHARPEST and rest else LIMIT_S
            running.append((start(mutant, judges, ROOT), time.monotonic() + limit_s))
        for trial, limit in list(running):
            verdict = trial.verdict()
            if verdict is None and time.monotonic() > limit:
                trial.process.kill()
                verdict = TIMED_OUT
            if verdict is None:
                continue
            trial.process.join()
            sharp.update(filter(None, [trial.noticed_by()]))
            running.remove((trial, limit))
            if verdict == SURVIVED and later[trial.mutant.name]:
                judges = later[trial.mutant.name].pop(0)
                running.append((start(trial.mutant, judges, ROOT), time.monotonic() + LIMIT_S))
                continue
            verdicts[trial.mutant.name] = verdict
            if verdict == SURVIVED:
                say(f"survived: {trial.mutant.name}")
            if len(verdicts) % 20 == 0:
                keep(options.json, verdicts, len(mutants))
                say(f"{len(verdicts)}/{len(mutants)}")
        time.sleep(0.05)


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    go_on_in_environment()
    for module in WARM:
        importlib.import_module(module)
    reaching = measured(MODULES, TESTS, ROOT)
    if reaching is None or not tests_are_green():
        say("the tests are red without any change: nothing can be judged")
        return 2
    mutants = chosen(options)
    verdicts = former(options.json)
    try:
        judge_all(mutants, verdicts, reaching, options)
    except KeyboardInterrupt:
        say("stopped; what was judged is kept")
    say(json.dumps(keep(options.json, verdicts, len(mutants)), ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
