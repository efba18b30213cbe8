"""The crash-point matrix: real processes die, raise, meet a full disk or stand still at every named point.

Counts are printed and written as JSON. `--resume FILE` keeps each finished combination there and goes on with the rest;
`--trace` measures anew which scenario reaches which point.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.environment import go_on_in_environment
from scripts.steps_shown import say


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="crash_points.py", description=__doc__, allow_abbrev=False)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--all", action="store_true", help="every combination")
    what.add_argument("--share", type=int, metavar="N", help="so many combinations, chosen by the seed")
    what.add_argument("--once", action="store_true", help="every point once")
    what.add_argument("--pairs", type=int, metavar="N", help="so many pairs: a death, and one more in the recovery")
    what.add_argument("--only", metavar="TEXT", help="combinations whose key contains the text")
    what.add_argument("--trace", action="store_true", help="measure which scenario reaches which point")
    what.add_argument("--list", action="store_true", help="print the combinations and their number")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--minutes", type=float, help="begin nothing new after so long")
    parser.add_argument("--resume", type=Path, metavar="FILE", help="finished combinations, a line each")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    return parser.parse_args(arguments)


def chosen(options: argparse.Namespace) -> list[Any]:
    from tests.fault.points import matrix

    every = matrix.every_combination(matrix.load_reached(), options.seed)
    if options.share is not None:
        return matrix.share(every, options.share, options.seed)
    if options.pairs is not None:
        return matrix.pairs(every, options.pairs, options.seed)
    if options.only is not None:
        return [one for one in every if options.only in one.key]
    return matrix.each_point_once(every, options.seed) if options.once else every


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    go_on_in_environment()
    from tests.fault.points import campaign

    if options.list:
        combinations = chosen(options)
        for one in combinations:
            say(one.key)
        say(f"{len(combinations)} combinations")
        return 0
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        if options.trace:
            return campaign.trace_all(Path(folder), options.workers)
        return campaign.run_all(chosen(options), options, Path(folder))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
