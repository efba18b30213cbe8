"""Branch coverage of the protocol's modules by their unit tests: what is not reached is listed, 100 % is the aim.

`case` lines count as reached when they were asked: the type checker proves that a closed union has no other case.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.environment import ROOT, go_on_in_environment
from scripts.mutate import MODULES
from scripts.steps_shown import say

TESTS = ("tests/unit/pipeline", "tests/unit/ledger", "tests/unit/lanes", "tests/unit/domain")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="protocol_coverage.py", description=__doc__, allow_abbrev=False)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    return parser.parse_args(arguments)


def measure() -> tuple[int, dict[str, object]]:
    """The tests' exit code, and per module: branches, what was missed."""
    import coverage
    import pytest

    watching = coverage.Coverage(branch=True, include=[str(ROOT / module) for module in MODULES], data_file=None)
    watching.exclude(r"^\s*case .*:$", which="partial")
    watching.start()
    code = pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *(str(ROOT / test) for test in TESTS)])
    watching.stop()
    found: dict[str, object] = {}
    total = missed = 0
    for module in MODULES:
        analysis = watching._analyze(str(ROOT / module))
        numbers = analysis.numbers
        branches = {str(line): sorted(ends) for line, ends in analysis.missing_branch_arcs().items()}
        total += numbers.n_statements + numbers.n_branches
        missed += numbers.n_missing + numbers.n_missing_branches
        found[module] = {
            "statements": numbers.n_statements,
            "branches": numbers.n_branches,
            "missing_lines": sorted(analysis.missing),
            "missing_branches": branches,
        }
    found["covered"] = round((total - missed) / total, 4)
    return int(code), found


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    go_on_in_environment()
    code, found = measure()
    say(json.dumps(found, indent=1))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
