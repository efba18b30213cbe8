"""Lanes that stand still between last check and click while others take them over: is anything entered twice?

With `--without kill lock watchdog` the campaign runs without those guards and has to find duplicates.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from scripts.environment import go_on_in_environment
from scripts.protocol_files import protocol_digest
from scripts.steps_shown import say


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="paused_lanes.py", description=__doc__, allow_abbrev=False)
    parser.add_argument("--applications", type=int, default=2000)
    parser.add_argument("--lanes", type=int, choices=(2, 3), default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=12, help="one entry in so many is interrupted, on average")
    parser.add_argument("--minutes", type=float, default=60.0, help="pause no more after so long, and drain")
    parser.add_argument("--without", nargs="*", default=[], choices=("lock", "kill", "watchdog"))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    go_on_in_environment()
    from tests.fault.points.campaign import commit
    from tests.fault.points.paused import Guards, PausedLanes

    guards = Guards(**{name: name not in options.without for name in ("lock", "kill", "watchdog")})
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        town = Path(folder) / "town"
        campaign = PausedLanes(
            town, options.applications, options.lanes, options.seed, options.every, guards, minutes=options.minutes
        )
        result = campaign.run() | {"commit": commit(), "digest": protocol_digest()}
    say(json.dumps(result, ensure_ascii=False, indent=1))
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    wrong = sum(result[name] for name in ("missing", "lost", "unfinished"))
    expected = bool(result["duplicates"]) if "kill" in options.without else not result["duplicates"] + wrong
    return 0 if expected else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
